"""The themes of blogs that used pelican-series find the same variables, in the same order.

A site with series of every kind is built with each of the two plugins. Its templates write the variables as JSON, so
that the two builds can be compared.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import pytest

from guest.law import OURS, Site, builds
from guest.texts import Text

pytestmark = pytest.mark.site

PLACE = """{% macro place(content) %}{% if content.series %}{"name": {{ content.series.name|tojson }},
"index": {{ content.series.index|tojson }}, "same index": {{ content.series['index']|tojson }},
"all": {{ content.series.all|map(attribute='slug')|list|tojson }},
"before": {{ content.series.all_previous|map(attribute='slug')|list|tojson }},
"after": {{ content.series['all_next']|map(attribute='slug')|list|tojson }},
"previous": {{ (content.series.previous or {}).slug|default(none)|tojson }},
"next": {{ (content.series['next'] or {}).slug|default(none)|tojson }},
"last": {{ content.series.all[-1].title|tojson }},
"here": {{ (content in content.series.all)|tojson }}}{% else %}null{% endif %}{% endmacro %}
{% macro lists(found) %}{ {% for name, parts in found.items() %}{{ name|string|tojson }}:
{{ parts|map(attribute='slug')|list|tojson }}{% if not loop.last %}, {% endif %}{% endfor %} }{% endmacro %}
"""
ARTICLE = "{% from 'place.html' import place %}{{ place(article) }}"
PAGE = "{% from 'place.html' import place %}{{ place(page) }}"
INDEX = """{% from 'place.html' import lists %}
{"articles": {{ lists(article_series) }}, "pages": {{ lists(page_series) }},
"series": {{ lists(series) }}, "names": {{ article_series.keys()|list|tojson }}}"""
TEMPLATES = {"place": PLACE, "article": ARTICLE, "page": PAGE, "index": INDEX}


def an_article(slug: str, day: int, series: str | None, index: int | None = None, **keys: str) -> Text:
    """Return an article, in a series or in none."""
    facts = {"Title": f"Title of {slug}", "Date": f"2009-04-{day:02}", "Slug": slug, "Series": series, **keys}
    facts["Series_index"] = None if index is None else str(index)
    return Text(f"content/{slug}.md", {key: value for key, value in facts.items() if value is not None}, "Words.")


def a_page(slug: str, title: str, series: str | None, index: int | None = None) -> Text:
    """Return a page, in a series or in none."""
    facts = {"Title": title, "Slug": slug, "Series": series, "Series_index": index and str(index)}
    return Text(f"content/pages/{slug}.md", {key: value for key, value in facts.items() if value is not None}, "Words.")


TEXTS = (
    *(an_article(f"dated-{day}", day, "By date") for day in (3, 1, 2)),
    *(an_article(f"turned-{day}", day, "By index", 4 - day) for day in (1, 2, 3)),
    *(an_article(f"many-{index}", 5, "Over ten", index) for index in (10, 3, 2, 1, 11, 20)),
    *(an_article(f"some-{day}", day, "Some have one", {4: 2, 5: 1}.get(day)) for day in (1, 4, 5, 2)),
    *(an_article(f"equal-{day}", day, "Equal ones", 1) for day in (2, 4, 3)),
    *(an_article(f"gap-{index}", 6, "With gaps & marks", index) for index in (7, 2)),
    an_article("zero", 7, "With nought", 0),
    an_article("below", 8, "With nought", -1),
    an_article("alone", 8, "Alone"),
    an_article("none", 9, None),
    *(an_article(f"both-{day}", day, "Two languages") for day in (10, 11)),
    *(an_article(f"deux-{day}", day, "Two languages", Lang="fr") for day in (13, 12)),
    an_article("seul", 14, "En français", Lang="fr"),
    a_page("page-b", "B", "Pages", 3),
    a_page("page-a", "A", "Pages", 2),
    a_page("page-c", "C", "Pages", 1),
    a_page("page-same", "Same", "By date", 1),
    a_page("page-none", "None", None),
)
BY_TITLE = tuple(a_page(f"page-{title.lower()}", title, "Titles", 1 if title == "Z" else None) for title in "BAZ")
"""pelican-series promises this order, and 3.1.1 stops with a KeyError."""
UNLISTED = (
    *(an_article(f"listed-{day}", day, "With a draft") for day in (1, 3)),
    an_article("unfinished", 2, "With a draft", Status="draft"),
    an_article("secret", 4, "With a draft", Status="hidden"),
)


@dataclass(frozen=True)
class Found:
    """The variables that the templates of one site have written."""

    files: dict[str, bytes]

    def at(self, path: str) -> dict:
        """Return the variables in the page `path`."""
        return json.loads(self.files[f"output/{path}.html"])


def built(folder: Path, plugin: str, texts: tuple[Text, ...]) -> Found:
    """Build a site of `texts` with `plugin`, and return the variables in its templates."""
    files = {f"overrides/{name}.html": text.encode() for name, text in TEMPLATES.items()}
    files |= {text.path: text.written() for text in texts}
    settings = {"THEME": "simple", "THEME_TEMPLATES_OVERRIDES": ["overrides"], "ARTICLE_LANG_SAVE_AS": "{slug}.html"}
    ours = plugin == OURS
    [made] = builds(Site((files,), settings, () if ours else (plugin,)), folder, "last" if ours else None)
    assert made.code == 0, made.said
    return Found(dict(made.files))


@pytest.fixture(scope="module")
def theirs(tmp_path_factory) -> Found:
    """Return the variables of the site with pelican-series."""
    return built(tmp_path_factory.mktemp("guest") / "theirs", "series", TEXTS)


@pytest.fixture(scope="module")
def ours(tmp_path_factory) -> Found:
    """Return the variables of the site with our plugin."""
    return built(tmp_path_factory.mktemp("guest") / "ours", OURS, TEXTS)


@pytest.fixture(scope="module")
def unlisted(tmp_path_factory) -> Found:
    """Return the variables of a site with a draft and a hidden part with our plugin."""
    return built(tmp_path_factory.mktemp("guest") / "draft", OURS, (*UNLISTED, *BY_TITLE))


def test_series_of_each_page_is_the_same(theirs, ours):
    """`series` of each article and page has the same values as with pelican-series."""
    names = [("pages/" if "/pages/" in text.path else "") + text.keys["Slug"] for text in TEXTS]
    assert {name: ours.at(name) for name in names} == {name: theirs.at(name) for name in names}


def test_lists_of_series_are_the_same(theirs, ours):
    """article_series, page_series and series have the same names and parts in the same order."""
    assert ours.at("index") == theirs.at("index")
    assert ours.at("index")["pages"] == {"Pages": ["page-c", "page-a", "page-b"], "By date": ["page-same"]}


def test_the_name_is_as_written(ours):
    """All parts have the name of the series as the author wrote it."""
    assert {ours.at(f"dated-{day}")["name"] for day in (1, 2, 3)} == {"By date"}
    assert ours.at("gap-2")["name"] == "With gaps & marks"


@pytest.mark.parametrize(
    ("slug", "index", "before", "after"),
    [
        ("dated-1", 1, [], ["dated-2", "dated-3"]),
        ("dated-2", 2, ["dated-1"], ["dated-3"]),
        ("dated-3", 3, ["dated-1", "dated-2"], []),
        ("turned-3", 1, [], ["turned-2", "turned-1"]),
        ("turned-2", 2, ["turned-3"], ["turned-1"]),
        ("turned-1", 3, ["turned-3", "turned-2"], []),
        ("many-20", 6, ["many-1", "many-2", "many-3", "many-10", "many-11"], []),
        ("some-1", 3, ["some-5", "some-4"], ["some-2"]),
        ("gap-7", 2, ["gap-2"], []),
        ("pages/page-a", 2, ["page-c"], ["page-b"]),
    ],
)
def test_a_part_has_its_index_and_neighbours(slug, index, before, after, ours):
    """Parts with an index come first, by number, and then the others by date; the index has no gap."""
    found = ours.at(slug)
    assert (found["index"], found["same index"], found["before"], found["after"]) == (index, index, before, after)
    assert found["all"] == [*before, slug.removeprefix("pages/"), *after]
    assert found["previous"] == (before[-1] if before else None)
    assert found["next"] == (after[0] if after else None)


def test_pages_are_sorted_by_index_then_title(unlisted):
    """Pages with an index come first, then the others by title."""
    assert unlisted.at("pages/page-a")["all"] == ["page-z", "page-a", "page-b"]


def test_an_article_without_series_has_none(ours):
    """An article or page that names no series has no `series`."""
    assert ours.at("none") is None
    assert ours.at("pages/page-none") is None


def test_a_draft_is_not_among_the_parts(unlisted):
    """A draft or hidden article has the series' name and published parts, but is not among them."""
    for path in ("drafts/unfinished", "secret"):
        found = unlisted.at(path)
        assert (found["name"], found["all"], found["index"]) == ("With a draft", ["listed-1", "listed-3"], None)
        assert found["here"] is False
    for day in (1, 3):
        assert unlisted.at(f"listed-{day}")["all"] == ["listed-1", "listed-3"]
    assert unlisted.at("index")["articles"] == {"With a draft": ["listed-1", "listed-3"]}


LONELY = {
    "a page": {"content/pages/a.md": ""},
    "a draft": {"content/a.md": "Status: draft\n"},
    "a hidden article": {"content/a.md": "Status: hidden\n"},
    "a translation": {"content/a.md": "Lang: fr\nSlug: b\n", "content/b.md": "Slug: b\n"},
    "a translated draft": {
        "content/a.md": "Lang: fr\nSlug: b\nStatus: draft\n",
        "content/b.md": "Slug: b\nStatus: draft\n",
    },
}


@pytest.mark.parametrize("kind", LONELY)
def test_a_single_content_of_any_kind_has_its_series(kind, tmp_path):
    """A lone page, draft, hidden article or translation with a series has `series`."""
    first, *others = LONELY[kind].items()
    texts = [(first[0], f"Series: Alone\nSave_as: a.html\n{first[1]}"), *others]
    files = {path: f"Title: T\nDate: 2009-04-01\n{keys}\nWords.\n".encode() for path, keys in texts}
    for name in ("article", "page"):
        files[f"overrides/{name}.html"] = f"{{{{ ({name}.series or {{}}).name }}}}".encode()
    settings = {"THEME": "simple", "THEME_TEMPLATES_OVERRIDES": ["overrides"]}
    [made] = builds(Site((files,), settings), tmp_path / "ours_", "last")
    assert (made.code, made.files["output/a.html"]) == (0, b"Alone"), made.said


def test_variables_are_empty_without_series(tmp_path):
    """The variables of templates are defined on a site without series."""
    lists = "{{ article_series }}{{ page_series }}{{ series }}{{ essay_series.links }}{{ essay_series.site.series }}"
    files = {"overrides/index.html": lists.encode(), "content/none.md": an_article("none", 9, None).written()}
    settings = {"THEME": "simple", "THEME_TEMPLATES_OVERRIDES": ["overrides"]}
    [made] = builds(Site((files,), settings), tmp_path / "ours_", "last")
    assert (made.code, made.files["output/index.html"]) == (0, b"{}{}{}()()")


def test_both_plugins_can_be_enabled(tmp_path):
    """The build succeeds with both plugins in the list, in either order."""
    files = {text.path: text.written() for text in TEXTS}
    for place in ("first", "last"):
        [made] = builds(Site((files,), {"THEME": "simple"}, ("series",)), tmp_path / place, place)
        assert made.code == 0, made.said
