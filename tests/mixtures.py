"""Random texts from a seed, made of pieces that are difficult for typography and Markdown."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

MARKS = (
    *('"', "'", "\\", '\\"', "\\'", "\\.", "``", "''", "`", "-", "--", "---", ".", "..", "...", ". . .", "!", "?", ","),
    *("(", ")", "[", "]", "{", "#", "%", ";", "\\B", ".\\B", "80s", "\\-"),
)
BLANKS = (" ", " ", " ", "  ", "\n", "\t", "\u00a0", "\u2028", "\x1f")
WORDS = (
    *("a", "b", "s", "word", "don't", '"quoted"', "'so'", "12", "K", "NASA", "U.S.A.", "A. B. ", "D.O.T.  ", "2KU2"),
    *("JIMMY'S", "été", "straße", "\u017f", "\u212a", "日本", "😀", "и так", "A1B", "a_b", "3,000"),
)
ENTITIES = (
    *("&", "&amp;", "&#38;", "&nbsp;", "&quot;", "&ldquo;", "&#8220;", "&lsquo;", "&#8216;", "&mdash;", "&ndash;"),
    *("&#8211;", "&#8212;", "&#x2013;", "&&#x2014;", "&lt;", "&gt;", " & ", "&nbsp;&amp;&nbsp;"),
)
_NAMES = "p h1 h6 li dt dd div td a em strong span i b sup blockquote"
TAGS = (
    *(f"<{slash}{name}>" for name in _NAMES.split() for slash in ("", "/")),
    *('<a href="x">', '<a href="x & y">', "<a title='a \" b'>", '<span class="amp">', '<h2 id="a">', '<p lang="en">'),
    *("<br>", "<br />", '<img alt="x > y">', "</em >", "<P>", "</P>", '<abbr title="World & Co">', "<hr/>"),
)
_CODE_NAMES = "pre code CODE kbd samp tt script SCRIPT style math preface"
CODE = (
    *(f"<{slash}{name}>" for name in _CODE_NAMES.split() for slash in ("", "/")),
    *("<!-- a -->", "<!-- a -- b -->", "<!--", "-->", '<pre class="x">', '<code title="a">'),
)
BROKEN = ("<", ">", "< ", "<a", "<p", '<a title="', "<em <b>", "</", "<>", "a < b", "b > a", "<!x>", "</p", "<p <p>")

BLOCKS = (
    *("a word", "*a* b", "two\nlines", "x **b** `c` [d](e)", "- i", "- i\n- *j*", "* k\n  goes on"),
    *("1. one\n2. two", "2. two", "- [x] a", "> q", "> q\n> r", "> a\n>\n> b", ">c", "> - l", "# h", "## h *e*"),
    *("# h\ntext", "text\n# h", "text\n# h\n- l", "    code", "\tcode", "   three", ": d", "t\n: d", ":x"),
    *("[^1]: note", "[^1]: note\n    more", "a[^1]", "a[^2] b", "[r]: /u", "[r]: /u 'T'", "[r][r] x", "[r]"),
    *("*[HTML]: Hyper", "HTML", "a|b\n-|-\n1|2", "---", "* * *", "t\n---", "t\n===", "a\n***", "<div>x</div>"),
    *('<p markdown="1">*x*</p>', "<b>x</b> y", "```\nc\n```", "~~~\nc", "\\*a\\*", "_e_", "a_b_c", "__s__"),
    *("***b***", "a & b", "&amp; &copy; &x", "![i](j)", '[a](b "t")', "[a](<b>)", "[a]( b )", "[TOC]"),
    *("///Footnotes Go Here///", "{: .c }", "p\n{: .c }", "# h {#id}", "a {x}", "", "", " ", "+ p\n+ q", "1986. y"),
    *("*\n", "-", "!!! note\n    x", "a  \nb", "`x` `` y ` z ``", "*a*[^1]*b*", "**x**y", "x*y*z", "*a *b"),
    *("a* b*", "[a *b*](c)", "*[a](b)*", "`a`*b*`c`", "1. a\n\n   b", "- a\n\n    b", "- a\n    - b", "> > n"),
    *("a\n> b", "a\n- b", "a\n1. b", "[a](b)[^1]", "[^1][a](b)", "x[^1](y)", '"q" *e*', "(*e*)", "e*", "\xa0nb"),
    *("\u2028x", "a\u001fb", "http://x/_y_", "[a](b_c_d*e)", "[a]()", "[](b)", "[^](b)", "[a]\n(b)", "`a\nb`"),
    *("- `a\n  b`"),
)
"""Blocks of every kind; the HTML of one may depend on its neighbours."""
BETWEEN = ("\n\n", "\n\n", "\n\n", "\n\n", "\n", "\n\n\n", "\n\n\n\n", "\n \n")
PROSE = (*MARKS, *BLANKS, *WORDS, *ENTITIES, *TAGS)
ANYTHING = (*PROSE, *CODE, *BROKEN)


def mixtures(kinds: Sequence[str], count: int, seed: int) -> Iterator[str]:
    """Yield `count` texts of pieces from `kinds`, mostly short ones, always the same for a seed."""
    chance = random.Random(seed)  # noqa: S311 - no secret is drawn
    for _ in range(count):
        yield "".join(chance.choices(kinds, k=chance.randint(1, chance.choice((3, 8, 25)))))


def documents(count: int, seed: int) -> Iterator[str]:
    """Yield `count` texts of a few blocks each, always the same for a seed."""
    chance = random.Random(seed)  # noqa: S311 - no secret is drawn
    for _ in range(count):
        blocks = chance.choices(BLOCKS, k=chance.randint(1, 7))
        text = "".join(f"{block}{chance.choice(BETWEEN)}" for block in blocks)
        yield text if chance.randrange(3) else text.rstrip("\n")
