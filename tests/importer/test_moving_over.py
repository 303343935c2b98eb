"""A site made for pelican-series has the same pages with this plugin instead."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest

from builders import Build, SiteTest

pytestmark = pytest.mark.site

THEIRS, OURS = "pelican.plugins.series", "essay_series"
SETTINGS = """
SITEURL = "https://blog.example"
TIMEZONE = "UTC"
THEME_TEMPLATES_OVERRIDES = ["mine"]
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = None
"""
PLACE = """
{% macro slugs(run) %}{% for each in run %}{{ each.slug }}-{{ each.lang }} {% endfor %}{% endmacro %}
{% macro place(series) %}{% if series %}
{{ series.name }} {{ series.index }} {{ series["index"] }} of {{ series.all|length }}
all: {{ slugs(series.all) }}
before: {{ slugs(series.all_previous) }}{{ series.previous.slug }}
after: {{ slugs(series["all_next"]) }}{{ series["next"].slug }}
{% endif %}{% endmacro %}
"""
LISTS = """
{% from "place.html" import slugs %}
{% for name, run in article_series.items() %}{{ name }}: {{ slugs(run) }}{% endfor %}
{% for name, run in page_series.items() %}{{ name }}: {{ slugs(run) }}{% endfor %}
{% for name, run in series.items() %}{{ name }}: {{ slugs(run) }}{% endfor %}
"""
TEMPLATES = {
    "mine/place.html": PLACE,
    "mine/index.html": LISTS,
    "mine/article.html": '{% from "place.html" import place %}{{ article.title }}{{ place(article.series) }}',
    "mine/page.html": '{% from "place.html" import place %}{{ page.title }}{{ place(page.series) }}',
}


def article(name: str, day: int, **keys: object) -> Mapping[str, str]:
    """Return the file of an article of the series "Old one", unless `keys` say otherwise."""
    facts = {"Title": name, "Date": f"2009-04-{day:02}", "Series": "Old one", **keys}
    header = "".join(f"{key}: {value}\n" for key, value in facts.items() if value is not None)
    return {f"content/{name.lower()}-{keys.get('Lang', '')}.md": f"{header}\nText.\n"}


def page(name: str, **keys: object) -> Mapping[str, str]:
    """Return the file of a page."""
    header = "".join(f"{key}: {value}\n" for key, value in {"Title": name, **keys}.items())
    return {f"content/pages/{name.lower()}.md": f"{header}\nText.\n"}


SITES: Mapping[str, Mapping[str, str]] = {
    "dates": article("A", 3) | article("B", 1) | article("C", 2),
    "indices": article("A", 1, Series_index=3) | article("B", 2, Series_index=2) | article("C", 3, Series_index=1),
    "some indices": article("A", 4)
    | article("B", 5, Series_index=7)
    | article("C", 6, Series_index=2)
    | article("D", 1),
    "equal indices": article("A", 1, Series_index=1)
    | article("B", 2, Series_index=1)
    | article("C", 3, Series_index=0),
    "more than ten": {k: v for n in range(1, 13) for k, v in article(f"T{n}", 13 - n, Series_index=n).items()},
    "several series": article("A", 1, Series="Zebra") | article("B", 9, Series="Ant") | article("C", 5, Series="Mole"),
    "no series": article("A", 1, Series=None) | article("B", 2, Series=None),
    "translations": article("A", 1, Lang="en")
    | article("A", 1, Lang="fr", Translation="true")
    | article("B", 2, Lang="en")
    | article("C", 3, Lang="fr"),
    "pages": article("A", 1)
    | page("Second", Series="Old one", Series_index=2)
    | page("First", Series="Old one", Series_index=5)
    | page("Third", Series="Old one", Series_index=1)
    | page("Alone", Series="Pages", Series_index=1),
}


def built(site: SiteTest, plugin: str) -> Build:
    """Build `site` with `plugin`, which must succeed."""
    site.settings = f'PLUGINS = ["{plugin}"]\n{SETTINGS}'
    build = site.build()
    assert build.code == 0, build.said
    return build


def site_of(folder, files: Mapping[str, str]) -> SiteTest:
    """Return a site of `files` whose templates show everything that pelican-series provides."""
    site = SiteTest(folder, ours=False)
    for path, text in {**TEMPLATES, **files}.items():
        site.write(path, text)
    return site


@pytest.mark.parametrize("name", SITES)
def test_pages_are_those_of_pelican_series(name, tmp_path):
    """Names, numbers, neighbours, order, pages and lists of series are those of pelican-series."""
    theirs, ours = (built(site_of(tmp_path / plugin, SITES[name]), plugin).files() for plugin in (THEIRS, OURS))
    assert {path: ours[path].decode() for path in theirs if path.endswith(".html")} == {
        path: data.decode() for path, data in theirs.items() if path.endswith(".html")
    }


def test_a_draft_has_its_series_and_is_not_shown_in_it(tmp_path):
    """A draft's page has its series, whose published parts do not show the draft."""
    files = article("A", 1) | article("Canary", 2, Status="draft") | article("C", 3)
    output = built(site_of(tmp_path, files), OURS).files()
    assert "all: a-en c-en" in re.sub(r"\s+", " ", output["drafts/canary.html"].decode())
    assert [path for path, data in output.items() if b"canary" in data.lower()] == ["drafts/canary.html"]


def test_an_invalid_index_is_reported(tmp_path):
    """An index that is no number is reported, and the article is ordered by its date."""
    files = article("A", 2, Series_index="two") | article("B", 1)
    build = built(site_of(tmp_path, files), OURS)
    assert "[unreadable-number]" in build.said
    assert "all: b-en a-en" in re.sub(r"\s+", " ", build.page("a.html"))


def test_pages_without_an_index_are_ordered_by_title(tmp_path):
    """Pages without an index follow those with one, ordered by title."""
    files = page("Bravo", Series="S") | page("Alpha", Series="S") | page("Zulu", Series="S", Series_index=1)
    html = built(site_of(tmp_path, files), OURS).page("pages/alpha.html")
    assert "S 2 2 of 3 all: zulu-en alpha-en bravo-en" in re.sub(r"\s+", " ", html)
