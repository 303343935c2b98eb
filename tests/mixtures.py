"""Texts of every kind, drawn from a seed: what typography and Markdown might trip over, side by side at random."""

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
TAGS = (
    *(
        f"<{tag}>"
        for name in ["p", "h1", "h6", "li", "dt", "dd", "div", "td", "a", "em", "strong", "span", "i", "b", "sup"]
        for tag in (name, f"/{name}")
    ),
    *('<a href="x">', '<a href="x & y">', "<a title='a \" b'>", '<span class="amp">', '<h2 id="a">', '<p lang="en">'),
    *("<br>", "<br />", '<img alt="x > y">', "</em >", "<P>", "</P>", '<abbr title="World & Co">', "<hr/>"),
    *("<blockquote>", "</blockquote>"),
)
CODE = (
    *(
        f"<{tag}>"
        for name in ["pre", "code", "CODE", "kbd", "samp", "tt", "SCRIPT", "style", "math", "preface"]
        for tag in (name, f"/{name}")
    ),
    *("<!-- a -->", "<!-- a -- b -->", "<!--", "-->", '<pre class="x">', '<code title="a">'),
)
BROKEN = ("<", ">", "< ", "<a", "<p", '<a title="', "<em <b>", "</", "<>", "a < b", "b > a", "<!x>", "</p", "<p <p>")

PROSE = (*MARKS, *BLANKS, *WORDS, *ENTITIES, *TAGS)
ANYTHING = (*PROSE, *CODE, *BROKEN)


def mixtures(kinds: Sequence[str], count: int, seed: int) -> Iterator[str]:
    """Yield `count` texts made of the pieces `kinds`, short ones more often, the same for each seed."""
    chance = random.Random(seed)  # noqa: S311 - no secret is drawn
    for _ in range(count):
        yield "".join(chance.choices(kinds, k=chance.randint(1, chance.choice((3, 8, 25)))))
