"""The text of a page as Markdown makes it, and as it is shown."""

from __future__ import annotations

from lxml import html
from markdown import Markdown

from essay_series.views.kinds.prose import prose


def shown(text: str):
    """Return the Markdown `text` as a page shows it."""
    return html.fragment_fromstring(prose(Markdown(extensions=["extra"]).convert(text)), create_parent="div")


def test_each_note_is_a_sibling_of_the_paragraphs_with_its_number_and_its_role():
    """A style sheet can bring a note into the order of the paragraphs, and its number is text that can be copied."""
    root = shown("One.[^a] Two.[^b]\n\n[^a]: First.\n\n    - with\n    - a list\n\n[^b]: Second.\n")
    notes = root.xpath("./div[@role='doc-footnote']")
    assert [note.get("id") for note in notes] == ["fn:a", "fn:b"]
    assert [" ".join(note.text_content().split())[:9] for note in notes] == ["1. First.", "2. Second"]
    assert notes[0].xpath("count(.//li)") == 2
    assert root.xpath("count(.//div[@class='footnote']/ol)") == 0
    assert [mark.get("href") for mark in root.xpath(".//a[@role='doc-noteref']")] == ["#fn:a", "#fn:b"]
    assert len(root.xpath(".//a[@role='doc-backlink']")) == 2


def test_what_stands_behind_the_notes_stays_behind_them():
    """Notes that an author puts between paragraphs stay there, and lists of other kinds are left alone."""
    root = shown("One.[^a]\n\n///Footnotes Go Here///\n\n<div><ol><li>Item</li></ol></div>\n\n[^a]: Note.")
    assert [each.tag for each in root] == ["p", "hr", "div", "div"]
    assert root[-1].xpath("string(./ol/li)") == "Item"


def test_a_text_without_notes_is_as_it_was():
    """Nothing is added to a text that has none."""
    text = "<p>One.</p>\n<ol>\n<li>Item</li>\n</ol>"
    assert prose(text) == text
