"""Texts that are bound into one book keep their words, and every reference in them leads somewhere."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown import Markdown

from builders import a_couple, a_part, a_play, a_series, views_of
from essay_series.book import Binding, Text, note_count
from essay_series.views import BookView

BINDING = Binding("part-one", 5, (("/essays/two/", "part-two"), ("/playbook/guard/", "play-guard"), ("/s/", "ledger")))
NOTED = "Word[^a] and word[^b], and again[^a].\n\n## A heading\n\nText.\n\n[^a]: First.\n\n[^b]: Second."


def made(text: str) -> str:
    """Return the HTML of Markdown as the site makes it."""
    notes = {"BACKLINK_TITLE": "Back to the text of note {}"}
    configured = {"toc": {"permalink": "#"}, "extra": {"footnotes": notes}}
    return Markdown(extensions=["extra", "toc"], extension_configs=configured).convert(text)


def bound(content: str, binding: Binding = BINDING) -> str:
    """Return the HTML of a text in a book."""
    return Text(content, binding).bound()


def words(html: str) -> list[str]:
    """Return the words of a text without what only finds its way in it."""
    return re.sub(r'<a class="(?:headerlink|footnote-[a-z]+)".*?</a>|<[^>]+>', " ", html).split()


def book_of(*essays, **site) -> BookView:
    """Return the book of the series of `essays`."""
    return views_of(*essays, book=True, **site)["series/turnings/book/index.html"]


def test_notes_are_numbered_through_the_book():
    """A text's first note has the number that follows the last note before it, in its mark and in its list."""
    text = bound(made(NOTED))
    assert re.findall(r'href="#note-\d+">(\d+)</a>', text) == ["5", "6", "5"]
    assert '<ol start="5">' in text
    assert "Back to the text of note 6" in text


def test_a_note_leads_back_to_each_of_its_marks():
    """Every mark of a note has an id of its own, and the note leads to each."""
    text = bound(made(NOTED))
    marks = re.findall(r'<sup id="([^"]+)"', text)
    assert len(set(marks)) == 3
    assert {f"#{mark}" for mark in marks} == set(re.findall(r'backref" href="([^"]+)"', text))


@pytest.mark.parametrize(
    ("target", "there"),
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
def test_links_stay_inside_where_they_can(target, there):
    """What the book holds is reached in the book; all else where it was."""
    assert f'href="{there}"' in bound(made(f"[words]({target})"))


def test_a_book_names_the_host_of_what_it_does_not_hold():
    """It is read anywhere, so an address below the host becomes a whole one; what the book holds stays inside."""
    binding = Binding("part-one", 1, (("/in/essays/two/", "part-two"),), "https://e.example")
    text = "[a](/in/about/) [b](//f.example/) [c](/in/essays/two/) [d](https://e.example/in/essays/two/)"
    assert re.findall('href="([^"]+)"', bound(made(text), binding)) == [
        "https://e.example/in/about/",
        "//f.example/",
        "#part-two",
        "#part-two",
    ]
    film = bound('<video src="/in/a.mp4" title="Film"></video>', binding)
    assert film == '<a class="not-carried" href="https://e.example/in/a.mp4">Film</a>'


def test_pictures_and_frames_are_told_in_words():
    """A book is one file: words stand for a picture, and a link for a frame."""
    text = bound(
        '<p><img src="/a.png" alt="A match"></p><iframe src="https://a.example/" title="Film"></iframe>', BINDING
    )
    assert "[Picture: A match]" in text
    assert '<a class="not-carried" href="https://a.example/">Film</a>' in text
    assert "<img" not in text
    assert "<iframe" not in text


@given(st.lists(st.sampled_from(("Word", "a < b", "A & B", "[x](#y)", "## H", "Note[^n]", "*em*", "`<b>`", '"q"'))))
def test_no_word_is_lost(pieces):
    """Binding changes tags alone: all words of the text stay, in their order."""
    text = made("\n\n".join([*pieces, "[^n]: The note."]))
    assert words(bound(text)) == words(text)


def test_the_parts_of_a_book_follow_each_other():
    """All published parts stand in reading order, and the notes of each begin where those before it end."""
    book = book_of(*a_couple(content=made(NOTED)), a_part("end", day=3, content=made(NOTED)))
    assert [chapter.part.slug for chapter in book.chapters] == ["price", "gain", "end"]
    for one, next_one in pairwise(book.chapters):
        first = one.text.binding.first_note + note_count(one.text.content)
        assert next_one.text.binding.first_note == first


def test_a_book_holds_the_plays_that_its_parts_teach():
    """Plays that only other series teach stay out."""
    book = book_of(a_part("one", plays=("let-go",)), series=[a_series()], plays=[a_play("let-go"), a_play("guard")])
    assert [play.id for play in book.plays] == ["play-let-go"]


def test_search_engines_are_not_shown_the_same_text_twice():
    """The page of the book is not listed, since every part has a page of its own."""
    assert not book_of(a_part()).listed


def test_places_that_differ_in_a_mark_alone_stay_two():
    """Vowel signs and accents that follow their letter are kept in the ids of a book, which are names in XML."""
    one, other = "कि", "की"
    html = bound(f'<h2 id="{one}">a</h2><h2 id="{other}">b</h2><a href="#{other}">c</a>', Binding("part-x", 1, ()))
    assert re.findall(r'id="([^"]*)"', html) == [f"part-x--{one}", f"part-x--{other}"]
    assert f'href="#part-x--{other}"' in html
