"""Front matter is read as Python-Markdown reads it, from any bytes, with the position of every value."""

from __future__ import annotations

from dataclasses import fields

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown import Markdown

from builders import a_config, a_source
from essay_series.l10n.tags import lang_of
from essay_series.model import PlannedPart
from essay_series.sources import declare
from essay_series.sources.frontmatter import read
from essay_series.sources.keys import keys_of

LINES = st.one_of(
    st.builds("{}: {}".format, st.sampled_from(["Title", "date", "Foo_bar", "x-y"]), st.text("ab:-'\"é ", max_size=8)),
    st.sampled_from(["", "    more", "  text", "---", "...", "Just text.", "no colon", ": value", "a b: c"]),
)


def by_markdown(text: str) -> tuple[dict[str, list[str]], str]:
    """Return the header and body that Python-Markdown's meta extension reads from `text`."""
    markdown = Markdown(extensions=["meta"])
    markdown.preprocessors.deregister("html_block")
    body = text.split("\n")
    for preprocessor in markdown.preprocessors:
        body = preprocessor.run(body)
    return markdown.Meta, "\n".join(body).strip()


@given(st.lists(LINES, max_size=8).map("\n".join))
@example("---\nTitle: A\n---\nText.")
@example("Title: A\n    and more\n\nText.")
def test_a_header_is_read_as_pelican_will_read_it(text):
    """Keys, values and body are those of Python-Markdown's meta extension, which Pelican uses."""
    source = a_source(text.encode())
    meta, body = by_markdown(text)
    assert set(source.fields) == set(meta)
    for key, values in meta.items():
        assert source.text(key) == values[0].strip()
    assert source.body.strip() == body


@given(st.binary(max_size=60))
def test_reading_never_fails(data):
    """Any bytes give a source; problems are left to the checks."""
    source = read("essays/one.md", "essay", data)
    assert 1 <= source.body_line <= len(source.lines) + 1
    assert (source.bad_byte is None) == _is_utf8(data)


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


@given(st.lists(LINES, max_size=8).map("\n".join))
def test_keys_and_values_have_their_positions(text):
    """Line and column of a key and of a value lead to exactly that text."""
    source = a_source(text.encode())
    for field in source.fields.values():
        assert source.lines[field.line - 1][field.column - 1 :].startswith(field.name)
        for value in field.values:
            assert source.lines[value.line - 1][value.column - 1 :].startswith(value.text)


def test_a_repeatable_key_has_all_its_values():
    """Planned parts are read from one key or several, one per line."""
    source = a_source(b"Title: A\nPlanned: One\n    Two\nPlanned: Three\n\nText.\n", "series/a.md")
    assert [value.text for value in source.fields["planned"].values] == ["One", "Two", "Three"]
    assert source.repeated == ()


def test_a_date_without_a_zone_is_in_the_sites_zone():
    """A date is in the site's time zone unless it names another."""
    config = a_config()
    assert declare.date_from("2009-04-01", config).isoformat() == "2009-04-01T00:00:00+00:00"
    assert declare.date_from("2009-04-01 18:30 +02:00", config).utcoffset().total_seconds() == 7200
    assert declare.date_from("2009-13-45", config) is None


def test_an_essay_with_a_future_date_is_a_draft():
    """An essay with a future date is not published, whatever its status."""
    source = a_source(b"Title: A\nDate: 2999-01-01\n\nText.\n")
    assert declare.essay_from(source, a_config()).status == "draft"
    assert declare.essay_from(source, a_config(now=None)).status == "published"


def test_a_slug_comes_from_the_file_name():
    """A new title does not change the slug, unless the site makes slugs from titles."""
    source = a_source(b"Title: Another name\nDate: 2009-04-01\n\nText.\n", "essays/the-old-name.md")
    assert declare.essay_from(source, a_config()).slug == "the-old-name"
    assert declare.essay_from(source, a_config(slug_from_file=False)).slug == "another-name"


def test_a_planned_part_has_a_title_a_side_and_a_date():
    """Side and date are optional and in any order; an unknown field is returned."""
    assert declare.planned_from("The end") == PlannedPart("The end")
    planned = declare.planned_from("The end | 2009-04-15 | Benefit")
    assert (planned.title, planned.side, planned.due.isoformat()) == ("The end", "benefit", "2009-04-15")
    assert declare.planned_from("The end | soon") == "soon"


def test_series_index_zero_means_none_as_in_pelican_series():
    """A `Series_index` of 0 gives no part number, as in pelican-series; a `Part` of 0 does."""
    assert declare.part_from({"series_index": "0"}) is None
    assert declare.part_from({"part": "0"}) == 0
    assert declare.part_from({"series_index": "3"}) == 3


VALUES = {
    "text": "Words",
    "date": "2009-04-01",
    "number": "3",
    "name": "other",
    "names": "one, two",
    "flag": "true",
    "plan": "A part | cost | 2009-05-01",
    "correction": "2009-04-02 | wrong | right",
    "case": "A case | 2009 | note",
}
"""A value for each type of key."""
READ_BY_PELICAN = {"Category", "Translation", "Save_as", "Url"}
DECLARE = {"essay": declare.essay_from, "series": declare.series_page_from, "play": declare.play_page_from}


@pytest.mark.parametrize(
    ("kind", "key"),
    [(kind, key) for kind in DECLARE for key in keys_of(kind) if key.name not in READ_BY_PELICAN],
    ids=lambda each: each if isinstance(each, str) else each.name,
)
def test_every_key_is_read(kind, key):
    """Each key changes the essay, series or play that is declared."""

    def declared(**more: str) -> object:
        header = {"Title": "A title", **more}
        text = "".join(f"{name}: {value}\n" for name, value in header.items())
        return DECLARE[kind](read("a/file.md", kind, f"{text}\nText.\n".encode()), a_config())

    special = {"Lang": "fr", "Sides": "myth, myths / fact, facts"}
    value = special.get(key.name) or (key.choices[-1] if key.choices else VALUES[key.type])
    assert declared(**{key.name: value}) != declared()


NAMES_OF_THINGS = {"Slug", "Category", "Author"}
"""Keys whose values are names, which have no language."""


@pytest.mark.parametrize("key", [each.name for each in keys_of("essay", "text") if each.public])
def test_words_for_readers_have_the_language_of_their_essay(key):
    """What a French essay on an English site says under a key is French wherever it is shown."""
    header = {"Title": "A title", "Lang": "fr", key: "Words"}
    text = "".join(f"{name}: {value}\n" for name, value in header.items())
    essay = declare.essay_from(read("a/file.md", "essay", f"{text}\nText.\n".encode()), a_config())
    found = [value for field in fields(essay) if (value := getattr(essay, field.name)) == "Words"]
    assert {lang_of(value, "en") for value in found} <= ({"en"} if key in NAMES_OF_THINGS else {"fr"})
