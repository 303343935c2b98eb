"""The files for editors: they agree with the checks, and with the sources of this repository."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from builders import PROJECT, SAMPLE, a_manuscript, a_source
from essay_series import checks
from essay_series.adapter.reading.sources import open_manuscript
from essay_series.cli.editors import editors
from essay_series.cli.editors.front_matter_cms import settings
from essay_series.cli.editors.json_schema import schema
from essay_series.cli.editors.snippets import HEADERS, snippets
from essay_series.cli.editors.vocabulary import vocabulary
from essay_series.sources.frontmatter import Source
from essay_series.sources.keys import EVERY, KEYS, LINES, keys_of

SOUND = open_manuscript(str(SAMPLE / "pelicanconf.py"))
NAMES = {"series": ("turnings",), "play": ("let-go", "guard")}
VALIDATORS = {kind: Draft202012Validator(schema(kind, NAMES)) for kind in EVERY}


def as_object(source: Source) -> dict[str, str | list[str]]:
    """Return the header of `source` as a program would hold it."""
    found = {}
    for field in source.fields.values():
        values = [value.text.strip() for value in field.values]
        found[field.name] = values if len(values) > 1 else values[0]
    return found


def errors(kind: str, header: dict) -> list[str]:
    """Return the errors of the schema in a header."""
    return [error.message for error in VALIDATORS[kind].iter_errors(header)]


@pytest.mark.parametrize("kind", EVERY)
def test_each_schema_is_valid(kind):
    """Each schema is valid JSON Schema, and has every key of its kind with its meaning."""
    Draft202012Validator.check_schema(schema(kind, NAMES))
    properties = schema(kind, NAMES)["properties"]
    assert {key.name: key.meaning for key in keys_of(kind)} == {
        name: each["description"] for name, each in properties.items() if "description" in each
    }


@pytest.mark.parametrize("source", SOUND.sources, ids=lambda source: source.path)
def test_all_front_matter_of_a_sound_site_is_valid(source):
    """Files without problems are valid by the schema."""
    assert errors(source.kind, as_object(source)) == []


@pytest.mark.parametrize(
    ("kind", "header"),
    [
        ("essay", {"Date": "2009-04-01"}),
        ("essay", {"Title": "A"}),
        ("essay", {"Title": "A", "Status": "hidden"}),
        ("essay", {"Title": " ", "Date": "2009-04-01"}),
        ("essay", {"Title": "A", "Date": "April 2009"}),
        ("essay", {"Title": "A", "Date": "2009-04-01", "Sid": "cost"}),
        ("essay", {"Title": "A", "Date": "2009-04-01", "Side": "costs"}),
        ("essay", {"Title": "A", "Date": "2009-04-01", "Part": "two"}),
        ("essay", {"Title": "A", "Date": "2009-04-01", "Part": 2.5}),
        ("essay", {"Title": "A", "Date": "2009-04-01", "Status": "drafts"}),
        ("essay", {"Title": "A", "Date": "2009-04-01", "Tags": ["let-go"]}),
        ("essay", {"Title": "A", "Date": "2009-04-01", "Translation": "yes"}),
        ("series", {"Title": "A", "Status": "hidden"}),
        ("series", {"Title": "A", "Planned": "B | soon"}),
        ("series", {"Title": "A", "Planned": ["B | cost", "| cost"]}),
        ("play", {"Title": "A", "Date": "2009-04-01"}),
        ("page", {"title": "A", "Title": 3}),
    ],
)
def test_a_bad_header_is_not_valid(kind, header):
    """Front matter that the checks refuse is invalid by the schema."""
    assert errors(kind, header)


@pytest.mark.parametrize(
    ("kind", "header"),
    [
        ("essay", {"title": "A", "status": "draft"}),
        ("essay", {"title": "A", "date": "2009-04-01T18:30:00+02:00", "part": 20, "translation": True}),
        ("essay", {"Title": "A", "Status": "skip", "Part": "-3"}),
        ("page", {"Status": "skip"}),
        ("series", {"Title": "A", "Planned": ["B", "C | cost", "D | 2009-04-15 | benefit"]}),
    ],
)
def test_a_good_header_is_valid_however_it_was_read(kind, header):
    """Keys in lower case, numbers and booleans of YAML, and several planned parts are valid."""
    assert errors(kind, header) == []


ANY = st.text("abc1 -:|é(", max_size=8)
VALUES = {
    "date": st.sampled_from(("2009-04-01", "2009-4-1", "2009-04-01 18:30Z", "2009-04-01T18:30:01 +0200", "1.4.2009")),
    "number": st.sampled_from(("20", "-3", "+3", "2.5", "two", "1234567890")),
    "choice": st.sampled_from(("cost", "benefit", "draft", "published", "hidden", "skip", "costs")),
    "flag": st.sampled_from(("true", "false")),
    "plan": st.sampled_from(
        ("A", "A | cost", "A|2009-04-01|benefit", "A | soon", "| cost", "A | cost | 2009-04-01 18:30")
    ),
    "correction": st.sampled_from(("2009-05-02 | a | b", "2009-05-02|a|b", "2009-05-02 | a", "soon | a | b", "a | b")),
    "case": st.sampled_from(("A | 1970", "A|1970-71", "A | 19700", "A", "A | spring 1970", "| 1970", "A | 1970 |")),
}
CODES = {
    "unreadable-date",
    "unknown-status",
    "unknown-side",
    "unknown-standing",
    "unreadable-number",
    "unreadable-planned",
}
CODES |= {"unreadable-correction", "unreadable-case"}
CODES |= {"empty-value", "unknown-key", "missing-title", "missing-date"}


@st.composite
def headers(draw) -> tuple[str, list[tuple[str, str]]]:
    """Draw a kind and some lines of its header, many right and some wrong."""
    kind = draw(st.sampled_from(("essay", "series", "play", "page")))
    keys = draw(
        st.lists(st.sampled_from([key for key in KEYS if kind in key.kinds or key.name == "Side"]), unique=True)
    )
    return kind, [
        (key.name, draw(VALUES.get(key.type, ANY)).strip()) for key in {key.name: key for key in keys}.values()
    ]


@given(headers())
@example(("essay", [("Status", "skip")]))
@example(("page", [("Status", "skip")]))
@example(("essay", [("Title", "A"), ("Date", ""), ("Status", "draft")]))
def test_the_schema_and_the_checks_agree(drawn):
    """Checks and schema agree about single values.

    A file with ``Status: skip`` is not part of the site, so few checks read it; the schema still helps its editor.
    """
    kind, lines = drawn
    folder = {"essay": "essays", "series": "series", "play": "playbook", "page": "pages"}[kind]
    path = f"{folder}/one.md"
    source = a_source("".join(f"{name}: {value}\n" for name, value in lines) + "\nText.\n", path)
    told = {p.code for p in checks.run(a_manuscript({"series/s.md": "Title: S\n", path: "\n".join(source.lines)}))}
    valid, clean = not errors(kind, as_object(source)), not told & (CODES | {"unread-header"})
    assert valid == clean or (clean and source.text("status") == "skip")


def test_the_committed_editor_files_are_current(monkeypatch):
    """The files for editors know every key; `make editors` writes them. Names are left to make check."""
    monkeypatch.chdir(PROJECT)
    known = json.loads(Path("editors/essay.schema.json").read_text(encoding="utf-8"))["properties"]
    names = {kind: tuple(known[key].get("examples", ())) for kind, key in (("series", "Series"), ("play", "Tags"))}
    expected = editors.files_for(names, open_manuscript().config)
    stale = {path for path, text in expected.items() if Path(path).read_text(encoding="utf-8") != text}
    assert stale == set(), "run make editors"
    assert {path.name for path in (PROJECT / "editors").iterdir()} == {f"{kind}.schema.json" for kind in EVERY}


def test_declared_names_are_offered():
    """The names of series and plays are examples, and not required."""
    manuscript = a_manuscript({"series/b.md": "Title: B\n", "series/a.md": "Title: A\n", "playbook/p.md": "Title: P\n"})
    found = schema("essay", vocabulary(manuscript))["properties"]
    assert (found["Series"]["examples"], found["Tags"]["examples"]) == (["a", "b"], ["p"])
    assert found["Series"]["type"] == "string"


def expanded(lines: list[str]) -> str:
    """Return the lines of a snippet as inserted, with first choices and placeholders."""
    text = re.sub(r"\$\{\d+\|((?:\\.|[^,|])*)[^|]*\|\}", r"\1", "\n".join(lines))
    text = re.sub(r"\$\{\d+:((?:\\.|[^}])*)\}", r"\1", text).replace("$0", "Text.")
    return text.replace("$CURRENT_YEAR-$CURRENT_MONTH-$CURRENT_DATE", "2009-04-01")


@pytest.mark.parametrize("kind", HEADERS)
def test_a_snippet_is_a_header_and_what_is_not_filled_is_not_published(kind):
    """Every line of a snippet is valid front matter; an unfilled placeholder is a problem once it is published."""
    found = snippets({"series": ("odd,one", "turnings"), "play": ("let-go",)})[f"{kind} header"]["body"]
    folder = {"essay": "essays", "series": "series", "play": "playbook", "page": "pages"}[kind]
    source = a_source(expanded(found), f"{folder}/one.md")
    assert tuple(field.name for field in source.fields.values()) == HEADERS[kind]
    assert source.body == "Text."
    assert errors(kind, as_object(source)) == []
    published = "\n".join(line for line in source.lines if not line.startswith("Status"))
    told = [p for p in checks.run(a_manuscript({source.path: published})) if p.code == "unfinished"]
    assert len(told) == sum(field.text.startswith("(") for field in source.fields.values()) > 0


def test_every_key_has_a_snippet_and_a_field():
    """Every key has a field, except for those whose lines have several pieces."""
    assert {f"key-{key.name.lower()}" for key in KEYS} <= snippets(NAMES).keys()
    types = settings(NAMES, "content", dict.fromkeys(("essay", "series", "play", "page"), "x"))
    for kind, each in zip(("essay", "series", "play", "page"), types["frontMatter.taxonomy.contentTypes"], strict=True):
        assert [field["title"] for field in each["fields"]] == [k.name for k in keys_of(kind) if k.type not in LINES]


def test_the_form_keeps_to_plain_values():
    """Lists have commas, values no quotes, and only essays can be created, since other files would get a "type"."""
    found = settings(NAMES, "content", {"essay": "essays", "series": "series", "play": "playbook", "page": "pages"})
    assert {"tags", "related", "authors", "aliases"} <= set(found["frontMatter.taxonomy.commaSeparatedFields"])
    assert {key.name.lower() for key in KEYS} <= set(found["frontMatter.taxonomy.noPropertyValueQuotes"])
    creating = [f["contentTypes"] for f in found["frontMatter.content.pageFolders"] if not f.get("disableCreation")]
    assert creating == [["default"]]


def test_the_command_writes_all_files(site):
    """The command prints the paths of its files, all of which are JSON."""
    done = site.essay("one").publish("", command="editors")
    assert done.code == 0, done.said
    for path in done.said.split():
        json.loads((site.folder / path).read_text())
    assert len(done.said.split()) == 7


def test_outdated_editor_files_are_reported(site):
    """A check reports files that lack a play, until they are generated again; missing files are not reported."""
    site.essay("one", Summary="One.")
    assert "stale-editor-file" not in site.publish("", command="check").said
    site.publish("", command="editors")
    assert "stale-editor-file" not in site.publish("", command="check").said
    site.write("content/playbook/rest.md", "Title: Rest\nSummary: Do nothing.\n\nText.\n")
    told = site.publish("", command="check").said
    assert "editors/essay.schema.json:1:1: warning: the file does not match the present series" in told
    assert told.count("stale-editor-file") == 4
