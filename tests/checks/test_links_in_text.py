"""What checks rely on in a text: the same links as Markdown makes of it, and places that code never moves."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown import Markdown
from pelican.contents import Content
from pelican.settings import DEFAULT_CONFIG

from essay_series.checks.texts.unresolved import resolved_in
from essay_series.sources.markup import INDICATORS, references
from essay_series.sources.notes import notes

CODE = ["`[c](z)`", "``[c](z) ` ``", "\n\n```\n[c](z)\n```\n\n"]
TEXT = [
    *("[a](x.md)", "[b](y (1).md)", "[two\nlines](w.md)", '[c](v.md "A title")', "![d](p.png)", "[![e](q.png)](u.md)"),
    *(
        "<a class='k' href='h.md'>f</a>",
        "<img src='i.png' alt=''>",
        "\\[g](no.md)",
        "\\`",
        "text",
        "**bold**",
        "\n",
        "\n\n",
    ),
]


class Targets(HTMLParser):
    """Gathers what a page links to and shows."""

    def __init__(self, html: str):
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        """Keep the targets of links and of images."""
        kept = {("a", "href"): "link", ("img", "src"): "image"}
        self.found += [(kept[tag, name], value) for name, value in attrs if (tag, name) in kept]


def targets(text: str) -> list[tuple[str, str]]:
    """Return kind and target of all that is found in `text`."""
    return [(each.kind, each.target) for each in references(text)]


@given(st.lists(st.sampled_from(TEXT + CODE), max_size=10).map(" ".join))
def test_links_and_images_are_those_that_markdown_makes(text):
    """In any mix of text and code, none is missing and none is invented."""
    html = Markdown(extensions=["extra"]).convert(text)
    assert sorted(targets(text)) == sorted(Targets(html).found)


@given(st.lists(st.sampled_from(TEXT + CODE), max_size=10))
def test_code_has_no_links_and_moves_none(pieces):
    """A text with letters in place of its code has the same links at the same lines and columns."""
    plain = [re.sub(r"[^\n]", "x", piece) if piece in CODE else piece for piece in pieces]
    assert references(" ".join(pieces)) == references(" ".join(plain))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("![a](my photo (2).png)", [("image", "my photo (2).png")]),
        ("\\![a](b.md)", [("link", "b.md")]),
        ("\\\\[a](b.md)", [("link", "b.md")]),
        ("\\`[a](b.md)\\`", [("link", "b.md")]),
        ("`<!--` [a](b.md) `-->`", [("link", "b.md")]),
        ("```\n[a](b.md)", [("link", "b.md")]),
        ("![a][b](c.md)", [("link", "c.md")]),
        ("[a]: b.md 'A title'", [("link", "b.md")]),
        ("<a data-href='x' href='b.md'>a</a>", [("link", "b.md")]),
        ("<img data-src='x' src='a.png'>", [("image", "a.png")]),
        ("<video src='a.mp4' poster='b.png'></video>", [("image", "a.mp4"), ("image", "b.png")]),
        ("<a href=b.md>a</a>", [("link", "b.md")]),
        ("<A HREF = 'b.md'>a</A>", [("link", "b.md")]),
        ("<a\n  class=k\n  href='b.md'\n>a</a>", [("link", "b.md")]),
        ("<a title='1 > 2' href='b.md'>a</a>", [("link", "b.md")]),
        ("<img src=a.png alt=b>", [("image", "a.png")]),
        ('<img alt=\'a "b" c\' src="a.png">', [("image", "a.png")]),
        ("<img src=a.png srcset='b.png 1x, c.png 2x'>", [("image", "a.png"), ("image", "b.png"), ("image", "c.png")]),
        ("<picture><source srcset=a.webp><img src=b.png></picture>", [("image", "a.webp"), ("image", "b.png")]),
        ("<iframe src='{static}/a.html'></iframe>", [("link", "{static}/a.html")]),
        ("if i<n and [a](b.md) or\n\n> so", [("link", "b.md")]),
        ("<i title='<a href=no.md>'>", []),
        ("[a]: <b c.md>", []),
        ("[Editor]: this is prose", []),
        ("[Editor]:\n\nProse.", []),
        ("<abbr href='a'>b</abbr>", []),
        ("[a](unclosed", []),
    ],
)
def test_escapes_spaces_and_near_misses_are_read_as_in_markdown(text, found):
    """Spaces in a target, an escaped mark or an unclosed fence mean the same as in Markdown."""
    assert targets(text) == found


def test_an_images_alternative_text_is_its_own_attribute():
    """The value of another attribute is not the alternative text."""
    assert [each.alt for each in references("<img data-alt='x' src='a.png'>")] == [None]


@pytest.mark.parametrize("note", ["[^n]: Here.", "   [^n]: Here.", "> [^n]: Here.", "- [^n]: Here."])
def test_a_footnote_is_defined_at_the_start_of_a_line(note):
    """It may also be at the start of a quotation or of an item."""
    assert list(notes(f"As he wrote[^n].\n\n{note}").undefined()) == []


def test_a_mark_before_a_colon_is_still_a_mark():
    """A colon after a mark in running text does not define a footnote."""
    found = list(notes("As he wrote[^n]: freedom. \\[^m]").undefined())
    assert [(note.label, note.line, note.column) for note in found] == [("n", 1, 12)]


@given(
    st.sampled_from(["a", "IMG", "object", "form", "meta", "p"]),
    st.lists(
        st.tuples(
            st.sampled_from(["href", "src", "data", "SRC", "poster", "content", "title", "srcset", "xlink:href"]),
            st.sampled_from(
                ["{static}/a.png", "{filename}b c.md", "|tag|x", " {static}y", "{Static}z", "{static}a\nb"]
            ),
            st.sampled_from(['"', "'", ""]),
        ),
        max_size=4,
    ),
)
def test_resolved_links_are_those_that_pelican_resolves(name, attributes):
    """A link in HTML is reported exactly if Pelican leaves it as it is."""
    tag = f"<{name} {' '.join(f'{key}={quote}{value}{quote}' for key, value, quote in attributes)}>"
    pelican = Content._get_intrasite_link_regex(SimpleNamespace(settings=DEFAULT_CONFIG))  # noqa: SLF001 - it has no other door
    known = [match.start("path") for match in pelican.finditer(tag) if match["what"] in INDICATORS]
    assert resolved_in(tag) == known
