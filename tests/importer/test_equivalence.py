"""Markdown of imported HTML: the page built from it is equivalent to the original HTML."""

from __future__ import annotations

from html import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from essay_series.htmltext import Element, pieces, texts_in
from essay_series.importer.markup.convert import converted
from essay_series.importer.markup.equivalence import content_of
from essay_series.importer.markup.tree import TooDeepError, tidied
from importer.exports import to_html

NASTY = st.lists(
    st.sampled_from(
        [
            *"ab c1.2)-+*_`~#>|:=[]{}()!\\$^&<'\"",
            "\n",
            "\t",
            "\xa0",
            "é",
            "**",
            "](",
            "[^1]",
            "---",
            "===",
            "&amp;",
            "{: .x}",
            "`" * 3,
        ]
    ),
    min_size=1,
    max_size=14,
).map(lambda found: escape("".join(found), quote=False))
PLACES = st.sampled_from(["https://x.example/a", "https://x.example/a_b(c)?d=e&f=*g*", "/a b/", "mailto:x@y.example"])


def wrapped(name: str, inner: str, facts: str = "") -> str:
    """Return an element with the content `inner`; `facts` are its attributes."""
    return f"<{name}{facts}>{inner}</{name}>"


def lines(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Return a strategy for inline elements around what `inner` draws."""
    names = st.sampled_from(["b", "strong", "i", "em", "code", "del", "sub", "sup", "span", "u", "font"])
    joined = st.lists(inner, min_size=1, max_size=3).map("".join)
    links = st.builds(lambda words, place: wrapped("a", words, f' href="{escape(place)}"'), joined, PLACES)
    return st.one_of(st.builds(wrapped, names, joined), links, joined)


LINE = st.recursive(
    st.one_of(NASTY, st.sampled_from(["<br>", '<img src="/a.png" alt="A">', '<img src="/a_b.png" alt="">'])),
    lines,
    max_leaves=6,
)


def blocks(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Return a strategy for block elements around what `inner` draws."""
    joined = st.lists(inner, min_size=1, max_size=3).map("".join)
    items = st.lists(joined, min_size=1, max_size=3).map(lambda found: "".join(wrapped("li", each) for each in found))
    pairs = st.lists(st.tuples(LINE, joined), min_size=1, max_size=2).map(
        lambda found: "".join(wrapped("dt", term) + wrapped("dd", text) for term, text in found)
    )
    return st.one_of(
        st.builds(wrapped, st.sampled_from(["div", "blockquote", "section", "center"]), joined),
        st.builds(wrapped, st.sampled_from(["ul", "ol"]), items),
        st.builds(wrapped, st.just("dl"), pairs),
    )


ROWS = st.lists(st.tuples(LINE, LINE), min_size=1, max_size=3)
TABLE = ROWS.map(
    lambda rows: (
        "<table>"
        + "".join(
            wrapped("tr", "".join(wrapped("td" if number else "th", cell) for cell in row))
            for number, row in enumerate(rows)
        )
        + "</table>"
    )
)
BLOCK = st.recursive(
    st.one_of(
        st.builds(wrapped, st.sampled_from(["p", "h2", "h3", "p"]), LINE),
        st.builds(wrapped, st.just("pre"), NASTY),
        TABLE,
        LINE,
        st.just("<hr>"),
    ),
    blocks,
    max_leaves=5,
)
HTML = st.lists(BLOCK, min_size=1, max_size=4).map("\n".join)


def facts_of(html: str) -> tuple:
    """Return what another parser finds: the letters of a text, its links and its images."""
    found = pieces(html)
    letters = sorted("".join(texts_in(html)) + "".join(texts_in(html, in_code=True)))
    own = {"headerlink", "footnote-ref", "footnote-backref"}
    links = [
        piece.get("href").value
        for piece in found
        if isinstance(piece, Element)
        and piece.name == "a"
        and piece.get("href")
        and not own & set((piece.get("class").value if piece.get("class") else "").split())
    ]
    images = [piece.get("src").value for piece in found if isinstance(piece, Element) and piece.name == "img"]
    return [each for each in letters if each.isalnum()], len(links), images


@settings(max_examples=60, derandomize=True)
@given(HTML)
def test_the_built_page_is_equivalent_to_the_html(html):
    """Text, links, images, lists, tables, emphasis and line breaks of random HTML survive."""
    found = converted(html, to_html)
    meant = tidied(html)
    assert content_of(found.html) == (content_of(meant.root)[0], [content_of(note)[0] for note in meant.notes])


@settings(max_examples=30, derandomize=True)
@given(HTML)
def test_another_parser_finds_the_same_letters_and_images(html):
    """Another parser finds the same letters and images in both."""
    built = converted(html, to_html).html.replace('">#</a>', '"></a>')
    (letters, _, images), (built_letters, _, built_images) = facts_of(html), facts_of(built)
    assert (built_letters, built_images) == (letters, images)


@settings(max_examples=40, derandomize=True)
@given(
    st.lists(
        st.sampled_from(
            [*"<>/abip &;'\"=\n", "<p>", "</p>", "<b>", "<ul><li>", "</ul>", "<!--", "-->", "<td>", "<a href=x>"]
        ),
        max_size=40,
    ).map("".join)
)
def test_broken_html_is_converted(html):
    """Any text is converted, and its Markdown gives the page that was checked."""
    found = converted(html, to_html)
    assert to_html(found.text) == found.html


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("<p>costs $5 and a &lt; b ~~x~~</p>", "costs $5 and a &lt; b ~~x~~"),
        ("<ul><li>a<ul><li>b<ol><li>c</li></ol></li></ul></li></ul>", "-   a\n    -   b\n        1.  c"),
        ("<ol start='3'><li><p>a</p><p>b</p></li></ol>", "3.  a\n\n    b"),
        ("<div class='x'>Box <b>bold</b></div>", "Box **bold**"),
        ("<div><p>One</p>two<p>three</p></div>", "One\n\ntwo\n\nthree"),
        ('<pre class="brush: php">&lt;?php\n\necho 1;</pre>', "```php\n<?php\n\necho 1;\n```"),
        (
            '<div class="highlight"><pre><code class="language-ruby"><span class="k">puts</span> 1</code></pre></div>',
            "```ruby\nputs 1\n```",
        ),
        ("<dl><dt>T</dt><dd>D</dd></dl>", "T\n:   D"),
        ("<!-- wp:paragraph --><p>One</p><!-- /wp:paragraph -->", "One"),
        ("<p>a<b> b </b>c</p>", "a **b** c"),
        ("<p>line<br>break</p>", "line  \nbreak"),
        ("<p>1. not a list</p><p># no heading</p><p>- no item</p>", "1\\. not a list\n\n\\# no heading\n\n\\- no item"),
        (
            "<table><tr><th>a</th><th>b</th></tr><tr><td>1|2</td><td>x</td></tr></table>",
            "| a | b |\n| --- | --- |\n| 1\\|2 | x |",
        ),
        ("<table><tr><td>a</td><td>b</td></tr></table>", "<table><tr><td>a</td><td>b</td></tr></table>"),
        (
            "<blockquote>a<ul><li>b</li></ul></blockquote><blockquote>c</blockquote>",
            "> a\n>\n> -   b\n\n<!-- -->\n\n> c",
        ),
        ("<p><sub>2</sub> <kbd>x</kbd></p>", "<sub>2</sub> <kbd>x</kbd>"),
        ('<p><img src="/a.png" alt=""></p>', '<img alt="" src="/a.png">'),
        ("<pre>a<br>  b</pre>", "```\na\n  b\n```"),
        ("<ul><li>a<pre>x\n  y</pre></li></ul>", "-   a\n\n        x\n          y"),
        ("<p>\u00a0</p><p></p><p>x</p>", "x"),
        ("<p>It's a snake_case_word, 2*3 * 4</p>", "It's a snake_case_word, 2\\*3 * 4"),
    ],
)
def test_html_becomes_markdown(html, markdown):
    """Each construct becomes its Markdown, and what Markdown lacks stays HTML."""
    assert converted(html, to_html).text == markdown


NOTES = {
    "word": '<p>Text<a href="#_ftn1" name="_ftnref1">[1]</a>.</p><hr><p><a href="#_ftnref1" name="_ftn1">[1]</a> A <i>note</i>.</p>',
    "kramdown": '<p>Text<sup id="fnref:1"><a href="#fn:1" class="footnote">1</a></sup>.</p><div class="footnotes"><ol><li id="fn:1"><p>A <em>note</em>. <a href="#fnref:1">&#8617;</a></p></li></ol></div>',
    "substack": '<p>Text<a class="footnote-anchor" id="footnote-anchor-1" href="#footnote-1">1</a>.</p><div class="footnote"><a id="footnote-1" href="#footnote-anchor-1" class="footnote-number">1</a><div class="footnote-content"><p>A <em>note</em>.</p></div></div>',
    "wordpress": '<p>Text<sup data-fn="x" class="fn"><a href="#x" id="x-link">1</a></sup>.</p><ol class="wp-block-footnotes"><li id="x">A <em>note</em>. <a href="#x-link">↩︎</a></li></ol>',
}


@pytest.mark.parametrize("html", NOTES.values(), ids=NOTES)
def test_footnotes_of_every_program_are_recognised(html):
    """Pairs of links there and back become footnotes, without the back-links."""
    assert converted(html, to_html).text == "Text[^1].\n\n[^1]: A *note*."


def test_a_link_without_a_back_link_is_no_note():
    """The links of a table of contents stay links."""
    html = '<p><a href="#a">1</a></p><h2 id="a">One</h2><p>Text.</p>'
    assert "[^" not in converted(html, to_html, wanted=frozenset({"a"})).text


def test_scripts_and_forms_are_removed():
    """Scripts and styles are removed, forms are listed as lost, and frames become links."""
    found = converted(
        '<p>a</p><script>x()</script><style>p{}</style><form><input></form><iframe src="//v.example/1"></iframe>',
        to_html,
    )
    assert found.text == "a\n\n<https://v.example/1>"
    assert (found.lost, found.embeds) == (("<input>",), ("https://v.example/1",))


def test_html_that_is_nested_too_deeply_is_refused():
    """Thousands of nested elements raise TooDeepError."""
    with pytest.raises(TooDeepError):
        converted("<div>" * 5000 + "x", to_html)
