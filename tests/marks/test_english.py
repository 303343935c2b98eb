"""Apostrophes and quotation marks in plain English: ours and typogrify's together, as readers see them."""

from __future__ import annotations

import re
from html import unescape

import pytest
import smartypants
from hypothesis import example, given
from hypothesis import strategies as st
from typogrify import filters

from essay_series.marks import set_marks


@pytest.fixture(autouse=True)
def _pelicans_dashes(monkeypatch):
    """Set dashes as Pelican does by default."""
    monkeypatch.setattr(smartypants.Attr, "default", smartypants.Attr.set1 | smartypants.Attr.w)


def seen(html: str) -> str:
    """Return `html` typeset, without the spans that typography adds."""
    typeset = unescape(filters.typogrify(set_marks(html), widont=False))
    return re.sub(r"</?span[^>]*>", "", typeset)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("<p><em>Auftragstaktik</em>'s</p>", "<p><em>Auftragstaktik</em>’s</p>"),
        ("<p>the <a href=\"x'y\">Herald</a>'s</p>", '<p>the <a href="x\'y">Herald</a>’s</p>'),
        ("<p><code>x</code>'s</p>", "<p><code>x</code>’s</p>"),
        ("<p><em>James</em>' book</p>", "<p><em>James</em>’ book</p>"),
        ("<p><strong>1990</strong>s' end</p>", "<p><strong>1990</strong>s’ end</p>"),
        ("<p>O<em>'Brien</em> said</p>", "<p>O<em>’Brien</em> said</p>"),
        ('<p><img alt="" src="x">\'s</p>', '<p><img alt="" src="x">’s</p>'),
        ('<p><em>"yes"</em>\'s</p>', "<p><em>“yes”</em>’s</p>"),
    ],
)
def test_an_apostrophe_belongs_to_the_word_before_its_tag(written, read):
    """A mark after emphasis, a link, code or an image is an apostrophe, since a letter precedes it."""
    assert seen(written) == read


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("<p>'<em>James</em>'. Book</p>", "<p>‘<em>James</em>’. Book</p>"),
        ('<p>"<em>James</em>". Book</p>', "<p>“<em>James</em>”. Book</p>"),
        ('<p>"<code>x</code>"</p>', "<p>“<code>x</code>”</p>"),
        ("<p>so '<em>yes</em>' he</p>", "<p>so ‘<em>yes</em>’ he</p>"),
        ("<p>say <em>'yes'</em></p>", "<p>say <em>‘yes’</em></p>"),
        ('<p>(<em>"a"</em>) <br>"b"</p>', "<p>(<em>“a”</em>) <br>“b”</p>"),
        ("<p>one</p><p>'two'</p>", "<p>one</p><p>‘two’</p>"),
        ("<li><a href=\"x\">one</a></li>\n<li>'two'</li>", '<li><a href="x">one</a></li>\n<li>‘two’</li>'),
    ],
)
def test_quotations_around_inline_tags_stay_quotations(written, read):
    """A pair of marks around or inside emphasis, a link or code opens and closes."""
    assert seen(written) == read


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("<p>the '90s and <em>'60s</em></p>", "<p>the ’90s and <em>’60s</em></p>"),
        ("<p>the class of '68</p>", "<p>the class of ’68</p>"),
        ("<p>'68 of them went,' he said</p>", "<p>‘68 of them went,’ he said</p>"),
        ("<p>'Tis so; 'twas not</p>", "<p>’Tis so; ’twas not</p>"),
        ('<p>"\'Tis so," he said</p>', "<p>“’Tis so,” he said</p>"),
        ("<p>gave 'em hell 'til noon</p>", "<p>gave ’em hell ’til noon</p>"),
        ("<p>come 'round</p>", "<p>come ’round</p>"),
        ("<p>'round the corner' he said</p>", "<p>‘round the corner’ he said</p>"),
        ("<p>'em' is a unit</p>", "<p>‘em’ is a unit</p>"),
        ("<p>rock 'n' roll</p>", "<p>rock ’n’ roll</p>"),
        ("<p>rock 'n roll</p>", "<p>rock ’n roll</p>"),
        ("<p>the letter 'n' again</p>", "<p>the letter ‘n’ again</p>"),
    ],
)
def test_decades_and_elisions_begin_with_an_apostrophe(written, read):
    """An omission at the start of a word or year gets an apostrophe; a quotation there gets a quotation mark."""
    assert seen(written) == read


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ('<p>"Who---"</p>', "<p>“Who—”</p>"),
        ('<p>"Who--" he</p>', "<p>“Who—” he</p>"),
        ('<p>he--"who" she</p>', "<p>he—“who” she</p>"),
        ("<p>he—'who' she</p>", "<p>he—‘who’ she</p>"),
        ('<p>he—<em>"who"</em> she</p>', "<p>he—<em>“who”</em> she</p>"),
        ("<p>he--'tis she</p>", "<p>he—’tis she</p>"),
        ('<p>"who", he -- "me"</p>', "<p>“who”, he — “me”</p>"),
        ("<p>one---two</p>", "<p>one—two</p>"),
    ],
)
def test_marks_after_a_dash_open_before_a_word_and_close_elsewhere(written, read):
    """A dash may end a quotation or precede one, and three hyphens are one dash."""
    assert seen(written) == read


@pytest.mark.parametrize(
    "html",
    [
        '<pre>\'90s --"x"</pre>',
        "<p><code>'90s</code> and <kbd>a</kbd></p>",
        "<script>a</b>'s</script>",
        "<p><!-- the '90s </em>'s --></p>",
        '<p title="the \'90s">plain</p>',
        '<p>plain "text" that isn\'t in need of help</p>',
    ],
)
def test_code_attributes_and_plain_text_are_left_alone(html):
    """Nothing changes in code, scripts, comments and attributes, or where typogrify is right."""
    assert set_marks(html) == html


PIECES = ("a", "9", "90s", " ", "'", '"', "--", "---", "—", "&#8212;", "&amp;", "<", ">", "<em>", "</em>", "<code>")
PIECES = (*PIECES, "</code>", "<p>", "</p>", "<br>", "<!--", "-->", "em", "n", "tis", "\n", "<img src='x'>", ".")


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
@example("</em>'a<em>''")
def test_only_marks_and_dashes_change(html):
    """In any HTML every character except quotation marks and hyphens stays, in the same order."""
    changed = set_marks(html)
    kept = re.sub("&#82(?:16|17|20|21|12);|['\"-]", "", html)
    assert re.sub("&#82(?:16|17|20|21|12);|['\"-]", "", changed) == kept
