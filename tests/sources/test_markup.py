"""What is found in a text: every link, image and note that Markdown will make, at its place, and nothing in code."""

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
    """Inline, by reference, in HTML, around an image, in a list or over two lines: a link is a link."""
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
    """What Markdown prints as it stands is no link."""
    assert references(text) == []


def test_an_image_has_its_text_or_none():
    """An image without a word between the brackets has no text; HTML may say that it needs none."""
    text = "![a](x.png) ![](y.png) <img src='z.png' alt=''> <img src='w.png'>"
    assert [(each.target, each.alt) for each in references(text)] == [
        ("x.png", "a"),
        ("y.png", None),
        ("z.png", ""),
        ("w.png", None),
    ]


def test_a_place_is_the_line_and_column_of_the_target():
    """Lines are counted in the file, from where the text begins, and columns from 1."""
    found = references("one\ntwo [b](c.md)", first_line=7)
    assert found == [Reference("link", "c.md", 8, 9, target_at=(8, 9))]


@given(st.lists(st.sampled_from(PIECES), max_size=10).map("".join))
def test_what_is_found_stands_where_it_is_said_to_stand(text):
    """Blanking code moves nothing: every target is in the text at its line and column."""
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
def test_a_target_can_be_changed_where_it_stands(text, column):
    """The place of a target is its own first character, not that of the brackets or of the image around it."""
    assert [each.target_at for each in references(text)] == [(1, column)]


@pytest.mark.parametrize(
    "text",
    [
        "<blockquote cite='{filename}c.md'>b</blockquote>",
        "<area alt='x' href='{filename}c.md'>",
        "<object data='{static}c.svg'></object>",
    ],
)
def test_a_link_to_our_own_files_is_found_in_every_attribute_that_pelican_rewrites(text):
    """HTML that points at a source is found whatever the tag."""
    assert [each.target.partition("}")[2] for each in references(text)] in (["c.md"], ["c.svg"])


@given(st.lists(st.sampled_from(["[a](x.md)", "`[c](z)`", "text", "\n\n", "**b**", "[f](g.md)"]), max_size=8))
def test_markdown_makes_the_same_links(pieces):
    """In running text exactly the links are found that Python-Markdown makes."""
    text = " ".join(pieces)
    assert len(references(text)) == Markdown().convert(text).count("<a href=")


def test_a_note_without_its_text_is_told():
    """A mark that no note answers is found, unless it stands in code."""
    found = notes("a[^b] c[^d] `[^e]`\n\n[^d]: D.", first_line=3).undefined()
    assert [(note.label, note.line, note.column) for note in found] == [("b", 3, 2)]
