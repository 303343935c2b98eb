"""Texts bound into one book keep their words, and every reference in them has a target."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown import Markdown

from builders import a_couple, a_part, a_play, a_series, views_of
from essay_series.book.binding import Binding, Text
from essay_series.htmltext import note_labels
from essay_series.views import BookView

BINDING = Binding("part-one", 5, (("/essays/two/", "part-two"), ("/playbook/guard/", "play-guard"), ("/s/", "ledger")))
NOTED = "Word[^a] and word[^b], and again[^a].\n\n## A heading\n\nText.\n\n[^a]: First.\n\n[^b]: Second."


def converted(text: str) -> str:
    """Return the HTML of Markdown as the site makes it."""
    notes = {"BACKLINK_TITLE": "Back to the text of note {}"}
    configured = {"toc": {"permalink": "#"}, "extra": {"footnotes": notes}}
    return Markdown(extensions=["extra", "toc"], extension_configs=configured).convert(text)


def bound(content: str, binding: Binding = BINDING) -> str:
    """Return the HTML of a text in a book."""
    return Text(content, binding).bound()


def words(html: str) -> list[str]:
    """Return the words of a text without its permalinks and footnote links."""
    return re.sub(r'<a class="(?:headerlink|footnote-[a-z]+)".*?</a>|<[^>]+>', " ", html).split()


def book_of(*essays, **site) -> BookView:
    """Return the book of the series of `essays`."""
    return views_of(*essays, book=True, **site)["series/turnings/book/index.html"]


def test_notes_are_numbered_throughout_the_book():
    """A text's first note has the number after the last note before it, in its reference and in its list."""
    text = bound(converted(NOTED))
    assert re.findall(r'href="#note-\d+">(\d+)</a>', text) == ["5", "6", "5"]
    assert '<ol start="5">' in text
    assert "Back to the text of note 6" in text


def test_a_note_links_back_to_each_reference():
    """Every reference to a note has its own id, and the note links to each."""
    text = bound(converted(NOTED))
    marks = re.findall(r'<sup id="([^"]+)"', text)
    assert len(set(marks)) == 3
    assert {f"#{mark}" for mark in marks} == set(re.findall(r'backref" href="([^"]+)"', text))


@pytest.mark.parametrize(
    ("target", "href"),
    [
        ("/essays/two/", "#part-two"),
        ("/essays/two/#a-heading", "#part-two--a-heading"),
        ("/essays/two/#fn:x", "#part-two"),
        ("/playbook/guard/", "#play-guard"),
        ("/s/#two", "#ledger"),
        ("/about/", "/about/"),
        ("https://example.org/a?b&c", "https://example.org/a?b&amp;c"),
        ("#a-heading", "#part-one--a-heading"),
    ],
)
def test_links_to_bound_texts_stay_in_the_book(target, href):
    """Links to texts in the book become links in the book; all others stay as they are."""
    assert f'href="{href}"' in bound(converted(f"[words]({target})"))


def test_addresses_outside_the_book_get_their_host():
    """Paths to pages outside the book become whole addresses, since a book is read anywhere."""
    binding = Binding("part-one", 1, (("/in/essays/two/", "part-two"),), "https://e.example")
    text = "[a](/in/about/) [b](//f.example/) [c](/in/essays/two/) [d](https://e.example/in/essays/two/)"
    assert re.findall('href="([^"]+)"', bound(converted(text), binding)) == [
        "https://e.example/in/about/",
        "//f.example/",
        "#part-two",
        "#part-two",
    ]
    film = bound('<video src="/in/a.mp4" title="Film"></video>', binding)
    assert film == '<a class="not-carried" href="https://e.example/in/a.mp4">Film</a>'


def test_pictures_and_frames_are_replaced_by_words():
    """A picture is replaced by its description and a frame by a link."""
    text = bound(
        '<p><img src="/a.png" alt="A match"></p><iframe src="https://a.example/" title="Film"></iframe>', BINDING
    )
    assert "[Picture: A match]" in text
    assert '<a class="not-carried" href="https://a.example/">Film</a>' in text
    assert "<img" not in text
    assert "<iframe" not in text


@given(st.lists(st.sampled_from(("Word", "a < b", "A & B", "[x](#y)", "## H", "Note[^n]", "*em*", "`<b>`", '"q"'))))
def test_binding_loses_no_word(pieces):
    """Bound HTML has the words of the text, in their order."""
    text = converted("\n\n".join([*pieces, "[^n]: The note."]))
    assert words(bound(text)) == words(text)


def test_the_parts_of_a_book_follow_each_other():
    """The published parts are in reading order, and note numbers continue from part to part."""
    book = book_of(*a_couple(content=converted(NOTED)), a_part("end", day=3, content=converted(NOTED)))
    assert [chapter.part.slug for chapter in book.chapters] == ["price", "gain", "end"]
    for one, next_one in pairwise(book.chapters):
        first = one.text.binding.first_note + len(note_labels(one.text.content))
        assert next_one.text.binding.first_note == first


def test_a_book_holds_the_plays_that_its_parts_teach():
    """A book has the plays that its parts teach, and no others."""
    book = book_of(a_part("one", plays=("let-go",)), series=[a_series()], plays=[a_play("let-go"), a_play("guard")])
    assert [play.id for play in book.plays] == ["play-let-go"]


def test_the_book_page_is_not_listed():
    """The page of the book is not listed for search engines, since every part has its own page."""
    assert not book_of(a_part()).listed


def test_ids_keep_vowel_signs_and_accents():
    """Ids that differ only in a combining mark stay different in a book."""
    one, other = "कि", "की"
    html = bound(f'<h2 id="{one}">a</h2><h2 id="{other}">b</h2><a href="#{other}">c</a>', Binding("part-x", 1, ()))
    assert re.findall(r'id="([^"]*)"', html) == [f"part-x--{one}", f"part-x--{other}"]
    assert f'href="#part-x--{other}"' in html
