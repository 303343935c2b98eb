"""Links, images and notes in a text: those that Markdown makes, with their positions, and none in code."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown import Markdown

from essay_series.sources.markup import Reference, references
from essay_series.sources.notes import notes

PIECES = [
    *("[a](x.md)", "![b](y.png)", "`[c](z)`", "text", "\n\n", "\n"),
    *("    [d](w)", "```\n", "<!-- [e](v) -->", "- ", "\\["),
]


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("a [b](c.md) d", "c.md"),
        ("[b](<c d.md>)", "c d.md"),
        ('[b](c.md "A title")', "c.md"),
        ("[b [c] d](e.md)", "e.md"),
        ("[b](c_(d).md)", "c_(d).md"),
        ("[![b](c.png)](d.md)", "d.md"),
        ("[b]: c.md", "c.md"),
        ("<a class='x' href='c.md'>b</a>", "c.md"),
        ("- item\n\n    [b](c.md) in the item", "c.md"),
        ("[^n]: note\n\n    [b](c.md) in the note", "c.md"),
        ("[two\nlines](c.md)", "c.md"),
    ],
)
def test_a_link_is_found_however_it_is_written(text, target):
    """Links are found inline, by reference, in HTML, around an image, in a list and over two lines."""
    assert [each.target for each in references(text) if each.kind == "link"] == [target]


@pytest.mark.parametrize(
    "text",
    [
        "`[b](c.md)`",
        "``a ` [b](c.md)``",
        "```\n[b](c.md)\n```",
        "~~~ md\n[b](c.md)\n~~~",
        "```span``` of code\n\n```\n[b](c.md)\n```",
        "text\n\n    [b](c.md)\n\n    [d](e)",
        "<!-- [b](c.md)\n -->",
        "[b] (c.md)",
        "\\[b](c.md)",
        "[^n]: c.md",
    ],
)
def test_nothing_is_found_in_code_comments_or_plain_brackets(text):
    """Code, comments and plain brackets have no links."""
    assert references(text) == []


def test_an_image_has_its_alternative_text_or_none():
    """An image without text has None; an empty alt in HTML is an empty text."""
    text = "![a](x.png) ![](y.png) <img src='z.png' alt=''> <img src='w.png'>"
    assert [(each.target, each.alt) for each in references(text)] == [
        ("x.png", "a"),
        ("y.png", None),
        ("z.png", ""),
        ("w.png", None),
    ]


def test_a_reference_has_the_position_of_its_target():
    """Lines are counted from the first line of the file and columns from 1."""
    found = references("one\ntwo [b](c.md)", first_line=7)
    assert found == [Reference("link", "c.md", 8, 9, target_at=(8, 9))]


@given(st.lists(st.sampled_from(PIECES), max_size=10).map("".join))
def test_references_have_their_positions(text):
    """Every reference has the line and column at which its target is in the text."""
    lines = text.split("\n")
    for each in references(text):
        place = lines[each.line - 1][each.column - 1 :]
        assert place.startswith("![" if each.kind == "image" else each.target)
        line, column = each.target_at
        assert lines[line - 1][column - 1 :].startswith(each.target)


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("[b](<c d.md>)", 6),
        ("![b](<c.png>)", 7),
        ("[b]: <c.md>", 7),
        ("<img alt='x' src='c.png'>", 19),
        ("<video src='c.mp4'>", 13),
    ],
)
def test_the_position_of_a_target_is_its_first_character(text, column):
    """The position is that of the target itself, not of brackets or an image around it."""
    assert [each.target_at for each in references(text)] == [(1, column)]


@pytest.mark.parametrize(
    "text",
    [
        "<blockquote cite='{filename}c.md'>b</blockquote>",
        "<area alt='x' href='{filename}c.md'>",
        "<object data='{static}c.svg'></object>",
    ],
)
def test_links_in_every_attribute_that_pelican_rewrites_are_found(text):
    """HTML that refers to a source is found, whatever the tag."""
    assert [each.target.partition("}")[2] for each in references(text)] in (["c.md"], ["c.svg"])


@given(st.lists(st.sampled_from(["[a](x.md)", "`[c](z)`", "text", "\n\n", "**b**", "[f](g.md)"]), max_size=8))
def test_markdown_makes_the_same_links(pieces):
    """The links found in running text are those that Python-Markdown makes."""
    text = " ".join(pieces)
    assert len(references(text)) == Markdown().convert(text).count("<a href=")


def test_a_reference_without_a_note_is_found():
    """A footnote reference without a note is found, unless it is in code."""
    found = notes("a[^b] c[^d] `[^e]`\n\n[^d]: D.", first_line=3).undefined()
    assert [(note.label, note.line, note.column) for note in found] == [("b", 3, 2)]
