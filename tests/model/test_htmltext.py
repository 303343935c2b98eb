"""HTML is read as browsers read it, and every part of it is told with its place."""

from __future__ import annotations

from html import escape

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from essay_series.adapter.reading.typesetting import plain
from essay_series.feeds.body import beginning
from essay_series.htmltext import (
    Element,
    End,
    Words,
    anchors,
    canonical,
    elements,
    is_always_there,
    one_line,
    pieces,
    texts_in,
    with_encoded_addresses,
)

NAMES = st.sampled_from(["id", "ID", "href", "name", "alt", "data-x", "hidden"])
VALUES = st.sampled_from(
    ["x", "a b", "caf\u00e9", "a&amp;b", "&eacute;&#x21;", "{static}/i.png", 'say "so"', "it's", "1 > 2", ""]
)
TAGS = st.sampled_from(["a", "A", "p", "div", "DIV", "span", "img"])
WORDS = st.sampled_from(
    ["words ", "&lt;p id=no>", "1 < 2 ", "<!-- <p id=no> -->", "\n", "<script>'<p id=no>'</script>"]
)


@st.composite
def tags(draw) -> str:
    """Return a tag in one of the forms that HTML allows."""
    parts = [draw(TAGS)]
    for name, value in draw(st.lists(st.tuples(NAMES, VALUES), max_size=4)):
        forms = [f'{name}="{value}"'] if '"' not in value else []
        forms += [f"{name} = '{value}'", f"{name}\n='{value}'"] if "'" not in value else []
        forms += [f"{name}={value}"] if value and not set(value) & set(" \"'<>`=") else []
        forms += [name] if not value else []
        parts.append(draw(st.sampled_from(forms)))
    return f"<{draw(st.sampled_from([' ', '  ', chr(10)])).join(parts)}{draw(st.sampled_from(['', ' ']))}>"


def as_browsers_do(html: str) -> list[tuple[str, dict[str, str]]]:
    """Return names and attributes of all elements of `html`, by the rules that browsers follow."""
    tokens = html5lib.parseFragment(html, treebuilder="etree", namespaceHTMLElements=False)
    return [(each.tag, dict(each.attrib)) for each in tokens.iter() if isinstance(each.tag, str)][1:]


@given(st.lists(st.one_of(WORDS, tags()), max_size=6).map("".join))
def test_elements_and_attributes_are_those_that_browsers_find(html):
    """In any form, with any quotes, in any case: names, values and the first of two equal names are the browser's."""
    found = [(each.name, {a.name: a.value for a in each.attributes}) for each in elements(html)]
    # What browsers repair, such as an anchor within another, is repeated in their tree; so sets are compared
    assert {(name, *sorted(values.items())) for name, values in found} == {
        (name, *sorted(values.items())) for name, values in as_browsers_do(html)
    }


@given(st.lists(st.one_of(WORDS, tags()), max_size=6).map("".join))
def test_elements_and_values_have_their_offsets(html):
    """Offsets, lines and columns lead to the tag and to the value in the source."""
    lines = html.split("\n")
    for each in elements(html):
        assert html[each.start : each.end] == each.written
        assert lines[each.line - 1].startswith(each.written.split("\n")[0], each.column - 1)
        assert all(html.startswith(a.written, a.start) for a in each.attributes)


def test_lines_are_counted_in_the_file():
    """The first line of a text has its number in the file."""
    assert [(e.line, e.column) for e in elements("one\n <b>", first_line=7)] == [(8, 2)]


def test_pieces_are_elements_ends_and_words_in_order():
    """Comments are left out."""
    found = pieces("<b>x&amp;</b><!-- no --><br/>")
    assert [(type(each), getattr(each, "name", None) or each.text) for each in found] == [
        (Element, "b"),
        (Words, "x&"),
        (End, "b"),
        (Element, "br"),
        (End, "br"),
    ]
    references = [each.text for each in pieces("x&amp;&#33;", references=True) if isinstance(each, Words)]
    assert references == ["x", "&amp;", "&#33;"]


@pytest.mark.parametrize(
    ("html", "addresses"),
    [
        ('<img src="a.png" srcset="b.png 1x, c,d.png 2x,e.png" alt="">', ["a.png", "b.png", "c,d.png", "e.png"]),
        ("<video src=a.mp4 poster='b.png'>", ["a.mp4", "b.png"]),
        ("<a href='?a=1&amp;b=2' title='href=x'>", ["?a=1&b=2"]),
        ("<object data=x.svg>", ["x.svg"]),
    ],
)
def test_every_address_of_an_element_is_found(html, addresses):
    """Each address of a srcset is found separately, quoted or not."""
    (element,) = elements(html)
    found = list(element.addresses())
    assert [each.value for each in found] == addresses
    assert all(html.startswith(each.written, each.start) for each in found)


def test_places_are_ids_and_names_of_anchors():
    """A link can lead to an id of any element and to the name of an anchor, not to the name of a field."""
    html = '<p ID=a><a NAME="b"></a><input name="c"><h2 id="d&amp;e"></h2><!-- <p id="f"> --></p>'
    assert anchors(html) == ["a", "b", "d&e"]


@pytest.mark.parametrize(
    ("fragment", "there"),
    [("", True), ("top", True), ("TOP", True), (":~:text=so", True), ("x:~:text=so", False), ("x", False)],
)
def test_the_top_and_text_fragments_exist_on_every_page(fragment, there):
    """An empty fragment and ``top`` mean the top of a page; ``:~:`` starts a text directive."""
    assert is_always_there(fragment) is there


@pytest.mark.parametrize(
    ("html", "encoded"),
    [
        ('<img src="/i/my photo (2).jpg">', '<img src="/i/my%20photo%20%282%29.jpg">'),
        (
            "<a title='a b' href='/my photo.jpg?a=1&amp;b=2'>x</a>",
            "<a title='a b' href='/my%20photo.jpg?a=1&amp;b=2'>x</a>",
        ),
        ('<a href="/my%20photo (2).jpg">x</a>', '<a href="/my%20photo%20%282%29.jpg">x</a>'),
        ('<a href="/a_(b).jpg"> a="b c"</a>', '<a href="/a_(b).jpg"> a="b c"</a>'),
        ('<img src="data:image/svg+xml,<svg a b>">', '<img src="data:image/svg+xml,<svg a b>">'),
        ('<img src="/a.png" srcset="/a.png 1x, /b.png 2x">', '<img src="/a.png" srcset="/a.png 1x, /b.png 2x">'),
    ],
)
def test_addresses_with_blanks_are_encoded_and_others_left(html, encoded):
    """A file's name may hold blanks and brackets, an address may not; what is encoded is not encoded again."""
    assert with_encoded_addresses(html) == encoded
    assert with_encoded_addresses(encoded) == encoded


@pytest.mark.parametrize(
    ("page", "address"),
    [
        ('<head><link rel="canonical" href="https://a.example/?a&amp;b"></head>', "https://a.example/?a&b"),
        ("<link href=https://a.example/ REL='Canonical nofollow'>", "https://a.example/"),
        ('<head><link rel="icon" href="i.svg"></head><link rel="canonical" href="b">', ""),
        ("<p>", ""),
    ],
)
def test_a_pages_own_address_is_found_in_any_form(page, address):
    """A theme may write the link in any way; what stands behind the head is none."""
    assert canonical(page) == address


def test_texts_in_and_outside_code_are_separate():
    """Text outside of code is found whatever elements are in between."""
    html = "a<pre><b>b</b></pre>c<code>d</code></code>e"
    assert list(texts_in(html)) == ["a", "c", "e"]
    assert list(texts_in(html, in_code=True)) == ["b", "d"]


def test_unclosed_tags_are_ignored_in_linear_time():
    """A hundred thousand signs that open a tag are read once."""
    assert elements("<a " * 100_000) == []
    assert len(elements("<a " * 100_000 + ">")) == 1


def test_narrow_spaces_of_french_stay_in_texts_on_one_line():
    """Collapsing and shortening keep the no-break space before a punctuation mark."""
    assert one_line(" Non\u202f!\n Vraiment\u202f? ") == "Non\u202f! Vraiment\u202f?"
    assert beginning("<p>Non\u202f!\n Oui</p>") == "Non\u202f! Oui"
    assert plain("<b>Non\u202f!</b>\n&amp; oui") == "Non\u202f! & oui"


@pytest.mark.parametrize("text", ["What &lt; means", "&amp;amp;", "AT&T", "a < b", "<b>", "&copy;"])
def test_what_was_escaped_is_plain_again(text):
    """A title that speaks of references and tags says the same in feeds and in the head of its page as on the page."""
    assert plain(escape(text)) == text
