"""HTML comments never reach the output, and text in code that looks like one does."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown import Markdown

from builders import SiteTest, a_source
from essay_series.adapter.reading.sources import open_manuscript
from essay_series.build.texts.comments import Comments
from essay_series.sources.comments import comments, uncommented, without_comments

EXTENSIONS = ["extra", "sane_lists", "toc"]


def html(text: str, *more: Comments) -> str:
    """Return the HTML of `text`, with the Markdown extensions of the project's own site and `more`."""
    return Markdown(extensions=[*EXTENSIONS, *more]).convert(text)


HIDDEN = {
    "between words": ("a <!-- s --> b", "<p>a b</p>"),
    "with dashes, tags and quotes": ('a <!-- s -- "s" <i>s</i> > s\n\n**s** --> b', "<p>a b</p>"),
    "at the end of a line": ("a  <!-- s -->\nb", "<p>a\nb</p>"),
    "before words": ("<!-- s --> b `<!-- c -->`", "<p>b <code>&lt;!-- c --&gt;</code></p>"),
    "empty": ("a <!--> b <!---> c <!----> d", "<p>a b c d</p>"),
    "closed by another sign": ("a <!-- s --!> b", "<p>a b</p>"),
    "never closed": ("a <!-- s\n\n- s", "<p>a</p>"),
    "in a comment": ("a <!-- s <!-- s --> b", "<p>a b</p>"),
    "around a fenced block": ("<!-- s\n\n```\ns -->\n```\n\ns -->\n\nb", "<p>b</p>"),
    "around a tick": ("<!-- don`t --> and `c <!-- c -->` x", "<p>and <code>c &lt;!-- c --&gt;</code> x</p>"),
    "in a block of HTML": ("<div>\n`<!-- s -->`\n</div>", "<div>\n``\n</div>"),
    "in raw code": ("<code><!-- s --></code> `a`", "<p><code></code> <code>a</code></p>"),
    "in a quotation": ("> a\n>\n> <!-- s\n> s -->", "<blockquote>\n<p>a</p>\n</blockquote>"),
    "in an item": ("- a <!-- s -->\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
    "below an item": ("- a\n\n    <!-- s\n\n    s -->\n", "<ul>\n<li>\n<p>a</p>\n</li>\n</ul>"),
    "between two lists": ("- a\n\n<!-- s -->\n\n- b", "<ul>\n<li>a</li>\n</ul>\n<ul>\n<li>b</li>\n</ul>"),
    "in a heading": ("# A <!-- s --> `b`", '<h1 id="a-b">A <code>b</code></h1>'),
    "in an image's text": ("![a <!-- s --> b](c.png)", '<p><img alt="a b" src="c.png" /></p>'),
    "in a link's text": ("[a<!-- s -->](c)", '<p><a href="c">a</a></p>'),
    "in an attribute": ('<b title="<!-- s -->">y</b>', '<p><b title="">y</b></p>'),
    "over a tick of another item": ("- a `b\n- <!-- s ` -->", "<ul>\n<li>a `b</li>\n<li></li>\n</ul>"),
    "in the middle of a code span": ("`a\n<!-- s -->\nb`", "<p>`a</p>\n<p>b`</p>"),
    "an instruction": ("a <? s ?> b\n\n<?php\n\ns > s ?>\n\nc", "<p>a b</p>\n<p>c</p>"),
    "a section of CDATA": ("a <![CDATA[ s > s ]]> b", "<p>a b</p>"),
    "a condition": ("<!--[if IE]> s <![endif]-->\n\n<![if !IE]>a<![endif]>", "<p>a</p>"),
    "a declaration": ("<!ELEMENT s>\n\na", "<p>a</p>"),
}
SHOWN = {
    "a code span": ("`<!-- a -->` x", "<p><code>&lt;!-- a --&gt;</code> x</p>"),
    "two code spans": ("`<!--` a `-->`", "<p><code>&lt;!--</code> a <code>--&gt;</code></p>"),
    "an open sign": ("`<!--`", "<p><code>&lt;!--</code></p>"),
    "a fenced block": ("~~~\n<!-- a\n~~~", "<pre><code>&lt;!-- a\n</code></pre>"),
    "an indented block": ("    <!-- a -->", "<pre><code>&lt;!-- a --&gt;\n</code></pre>"),
    "code in a quotation": (">     <? a ?>", "<blockquote>\n<pre><code>&lt;? a ?&gt;\n</code></pre>\n</blockquote>"),
    "an instruction in prose": ("a <?php b", "<p>a &lt;?php b</p>"),
}


@pytest.mark.parametrize("where", HIDDEN)
def test_comments_are_removed(where):
    """A comment is removed wherever it is and whatever it contains, and the text around it stays."""
    text, expected = HIDDEN[where]
    assert html(text, Comments()) == expected


@pytest.mark.parametrize("where", SHOWN)
def test_code_that_looks_like_a_comment_stays(where):
    """Text in code that looks like a comment stays."""
    text, expected = SHOWN[where]
    assert html(text, Comments()) == expected


def test_comments_and_code_in_lists_are_distinguished():
    """Below an item a comment is removed and a code block stays, also if a comment ends the list."""
    item = "- a\n\n    <!-- s -->\n\n        <!-- c -->"
    assert "<pre><code>&lt;!-- c --&gt;\n</code></pre>\n</li>" in html(item, Comments())
    parted = "- a\n\n<!-- s -->\n\n    <!-- c -->"
    assert html(parted, Comments()).endswith("</ul>\n<pre><code>&lt;!-- c --&gt;\n</code></pre>")


def test_removing_comments_keeps_metadata_and_notes():
    """Removing comments changes neither metadata nor the numbers of notes."""
    settings = {"extension_configs": {"footnotes": {"UNIQUE_IDS": True}}}
    stock = Markdown(extensions=["meta", "footnotes"], **settings)
    ours = Markdown(extensions=["meta", "footnotes", Comments()], **settings)
    text = "Title: A\n\nKey: `b` {}c[^1]\n\n[^1]: d"
    assert ours.convert(text.format("<!-- s -->")) == stock.convert(text.format(""))
    assert ours.Meta == {"title": ["A"]}


PIECES = [
    "<!-- s",
    " -->",
    "<!--",
    "-->",
    "`",
    "``",
    "\n",
    "\n\n",
    "- ",
    "> ",
    "    ",
    "w ",
    "```\n",
    "*",
    "[",
    "](x)",
    "|",
]


@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_no_part_of_a_comment_is_shown(text):
    """No comment leaves anything in the HTML, and the HTML has no comments."""
    found = comments(text, html)
    words = [text[each.start : each.end].count("s") for each in found]
    made = html(text, Comments())
    assert without_comments(made) == made
    assert uncommented(text, found).count("s") == text.count("s") - sum(words)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("A <!-- s --> b", "A b"),
        ("A b <!-- s", "A b"),
        ("<!-- s -->A b", "A b"),
        ("A b <!-- s\n    s --> ", "A b"),
        ("A <!--> b", "A b"),
    ],
)
def test_front_matter_values_have_no_comments(written, read):
    """Comments are removed from front matter values, also over several lines."""
    source = a_source(f"Title: {written}\nDate: 2009-04-01\n\nText.\n")
    assert source.text("title") == read
    assert [value.text for value in source.fields["title"].values] == [read]
    assert source.text("date") == "2009-04-01"


def test_a_comment_keeps_the_places_of_values():
    """Values after a comment keep their line and column."""
    source = a_source("Title: T\nPlanned: One\n    <!-- s\n    s --> Two\n\nText.\n", "series/t.md")
    assert [(v.text, v.line, v.column) for v in source.fields["planned"].values] == [("One", 2, 10), ("Two", 4, 11)]


COMMENT = "<!-- hush -- ask <i>Anna</i> hush > 'hush'\n\nhush -- hush -->"


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """Build a site with a comment in every source and value, with all kinds of output."""
    site = SiteTest(tmp_path_factory.mktemp("site"), 'COPIES = ["md", "bib", "csl.json"]\nLLMS_SAVE_AS = "llms.txt"\n')
    site.settings += "SEARCH_INDEX = True\nCARDS = True\n"
    value = "<!-- hush -- hush -->"
    site.write(
        "content/series/turnings.md",
        f"Title: Turnings {value}\nSummary: A run. {value}\nPlanned: Next {value}\n\n{COMMENT}\n",
    )
    site.write("content/playbook/let-go.md", f"Title: Let go {value}\nSummary: Go. {value}\n\nText. {COMMENT}\n")
    site.write("content/pages/about.md", f"Title: About {value}\n\n{COMMENT} Text.\n")
    facts = {
        "Series": f"turnings {value}",
        "Tags": f"let-go {value}",
        "Summary": f"Short. {value}",
        "Title": f"One {value}",
    }
    text = f"Word {COMMENT} word.\n\n- item\n\n    <!-- hush\n\n    hush -->\n\n"
    text += f"`<!-- kept -->`[^1]\n\n[^1]: Note {COMMENT}\n"
    site.essay("one", text, **facts, Side=f"cost {value}", Entry=f"An entry. {value}")
    site.write("content/pages/two.rst", "Two\n###\n\n:date: 2009-04-02\n\n.. hush -- hush\n\nText of two.\n")
    meta = '<meta name="date" content="2009-04-03">'
    page = f"<html><head><title>Three</title>{meta}</head><body>{COMMENT}<p>Text of three.</p></body></html>"
    site.write("content/pages/three.html", page)
    done = site.build()
    assert done.code == 0, done.said
    return done


@pytest.mark.site
def test_no_output_has_a_comment(built):
    """No page, feed, book, copy, list or search index has a word of a comment."""
    files = {path: data.decode("utf-8", "replace") for path, data in built.files().items()}
    assert "essays/one/index.md" in files
    assert "<code>&lt;!-- kept --&gt;</code>" in files["essays/one/index.html"]
    assert "`<!-- kept -->`" in files["essays/one/index.md"]
    assert [path for path, text in files.items() if "hush" in text.lower()] == []
    pages = [path for path, text in files.items() if path.endswith(".html") and ("<!--" in text or "&lt;!--" in text)]
    assert sorted(pages) == ["essays/one/index.html", "series/turnings/book/index.html"]


@pytest.mark.site
def test_a_guest_keeps_comments(tmp_path):
    """On a site that does not enable the extension, Pelican's pages keep their comments."""
    site = SiteTest(tmp_path, "FEED_SAVE_AS = None\nPLUGINS = []\n", ours=False)
    site.write("content/one.md", "Title: One\nDate: 2009-04-01\nCategory: a\n\nText <!-- s --> text.\n")
    site.write("content/two.rst", "Two\n###\n\n:date: 2009-04-02\n:category: a\n\n.. s\n\nText.\n")
    stock = site.build().files()
    site.settings += "PLUGINS = ['essay_series']\n"
    ours = site.build().files()
    assert b"<!-- s -->" in ours["one.html"]
    assert b"<!-- s -->" in ours["two.html"]
    assert {path: ours.get(path) for path in stock if path.endswith(".html")} == {
        path: data for path, data in stock.items() if path.endswith(".html")
    }


@pytest.mark.site
def test_the_converter_for_finding_comments_keeps_them(site):
    """`to_html_with_comments` keeps comments; otherwise finding them would recurse."""
    config = open_manuscript(str(site.configure())).config
    assert "<!-- s -->" in config.to_html_with_comments("a <!-- s --> b")
    assert "<!--" not in config.to_html("a <!-- s --> b")
