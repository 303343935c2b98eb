"""What is done group by group is what Pelican does with the whole list."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pelican.contents import Article
from pelican.settings import DEFAULT_CONFIG
from pelican.utils import get_date, slugify

from essay_series.adapter import quickening

DAY = datetime(2000, 1, 1, tzinfo=UTC)


class Content:
    """As much of an article as Pelican sorts and groups by."""

    def __init__(self, slug: str, lang: str, translation: str, day: datetime):
        self.slug, self.lang, self.date = slug, lang, day
        self.in_default_lang = lang == "en"
        self.metadata = {"translation": translation}
        self.source_path = f"{slug}-{lang}.md"
        self.translations: list[Content] = []


CONTENTS = st.lists(
    st.builds(
        Content,
        st.sampled_from("abc"),
        st.sampled_from(("en", "de", "fr")),
        st.sampled_from(("true", "false")),
        st.integers(0, 1460).map(lambda days: DAY + timedelta(days)),
    ),
    max_size=9,
)


@given(CONTENTS, st.sampled_from(("slug", ["slug"], {"slug", "lang"}, None, "")))
def test_translations_are_found_as_pelican_finds_them(contents, ids):
    """Originals, translations and what each content is told of them are the same, in the same order."""
    ours, theirs = list(contents), list(contents)
    found = quickening.process_translations(ours, ids)
    told = [list(each.translations) for each in contents]
    assert (found, ours) == (quickening.PELICANS_TRANSLATIONS(theirs, ids), theirs)
    assert told == [each.translations for each in contents]


@pytest.mark.parametrize("ids", [["nothing"], 7])
def test_translations_that_cannot_be_told_apart_are_refused_as_pelican_does(ids):
    """Where contents cannot be grouped, the error is Pelican's own."""
    contents = [Content("a", "en", "false", DAY) for _ in range(2)]
    with pytest.raises((AttributeError, TypeError)) as theirs:
        quickening.PELICANS_TRANSLATIONS(list(contents), ids)
    with pytest.raises(type(theirs.value)):
        quickening.process_translations(list(contents), ids)


@given(CONTENTS, st.sets(st.sampled_from(("YEAR", "MONTH", "DAY"))))
def test_archives_of_periods_are_pelicans(contents, wanted):
    """Each year, month and day has the same articles in the same order, and the same address."""
    names = {name: f"{name}/{{date:%Y-%m-%d}}.html" if name in wanted else "" for name in ("YEAR", "MONTH", "DAY")}
    settings = DEFAULT_CONFIG | {f"{name}_ARCHIVE_SAVE_AS": pattern for name, pattern in names.items()}
    settings |= {f"{name}_ARCHIVE_URL": pattern for name, pattern in names.items()}
    dates = sorted(contents, key=lambda content: content.date, reverse=True)
    ours = quickening.period_archives(None, dates, contents, settings)
    assert ours == quickening.PELICANS_ARCHIVES(None, dates, contents, settings)


@given(CONTENTS, CONTENTS)
def test_a_list_of_contents_knows_its_own(contents, others):
    """Exactly what was put into the lists of a tag, a category or an author is in them."""
    generator = SimpleNamespace(tags={"t": contents}, categories=[("c", contents)], authors=[("a", contents)])
    quickening.list_contents(generator)
    for listed in (generator.tags["t"], generator.categories[0][1], generator.authors[0][1]):
        assert list(listed) == contents
        assert [each in listed for each in (*contents, *others)] == [each in contents for each in (*contents, *others)]


@given(st.text(st.sampled_from("ab./ü "), max_size=8), st.sampled_from(("", "/site/content", "/site/content/x")))
def test_a_source_lies_where_pelican_says(name, folder):
    """The path of a source below the content folder is Pelican's, for any name, given or the content's own."""
    content = SimpleNamespace(settings={"PATH": "/site/content"}, source_path=f"{folder}/{name}")
    for given_path in (None, "", name):
        theirs = quickening.PELICANS_RELATIVE(content, given_path)
        assert quickening.relative_source_path(content, given_path) == theirs


@given(st.text(), st.booleans())
def test_the_slug_of_a_tag_is_pelicans(name, use_unicode):
    """The slug of any name is Pelican's, asked for once or again."""
    how = {"preserve_case": False, "use_unicode": use_unicode}
    theirs = slugify(name, DEFAULT_CONFIG["SLUG_REGEX_SUBSTITUTIONS"], **how)
    for _ in range(2):
        assert quickening.slug_of(name, regex_subs=DEFAULT_CONFIG["SLUG_REGEX_SUBSTITUTIONS"], **how) == theirs


@pytest.mark.parametrize("words", ["2009-04-01", "2009-04-01 18:30", "1 April 2009", "2009-04-01  18:30 +0200", "May"])
def test_a_day_is_the_one_that_pelican_reads(words):
    """What the words of a header say is what Pelican takes them for, the second time too."""
    assert quickening.date_of(words) == quickening.date_of(words) == get_date(words)


def test_what_pelican_does_not_take_for_a_day_is_none():
    """Words that name no day are refused each time, as Pelican refuses them."""
    for _ in range(2):
        with pytest.raises(ValueError, match="'soon' is not a valid date"):
            quickening.date_of("soon")


def test_addresses_are_asked_for_anew_until_they_are_settled():
    """While contents may change, their addresses do; then each keeps the one that pages were first told."""
    settings = DEFAULT_CONFIG | {"ARTICLE_URL": "{slug}/", "ARTICLE_SAVE_AS": "{slug}/index.html", "PATH": "/c"}
    article = Article("", {"title": "A", "slug": "a"}, settings, "/c/a.md", {})
    addresses = quickening.Addresses()
    assert [addresses.of(article, "url"), addresses.of(article, "save_as")] == ["a/", "a/index.html"]
    article.slug = "b"
    assert addresses.of(article, "url") == "b/"
    addresses.settle()
    for slug in ("b", "c"):
        assert addresses.of(article, "url") == "b/"
        article.slug = slug
    assert addresses.of(Article("", {"title": "D", "slug": "d"}, settings, "/c/d.md", {}), "url") == "d/"
    addresses.forget()
    assert addresses.of(article, "url") == "c/"
