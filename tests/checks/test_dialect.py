"""What other dialects of Markdown know and this one does not: told at its place, with a cure that works."""

from __future__ import annotations

import pytest
from markdown import Markdown

from essay_series.sources.dialect import traps


def to_html(text: str, *more: str) -> str:
    """Turn Markdown into HTML as the project's own site does."""
    return Markdown(extensions=["extra", "footnotes", "sane_lists", "toc", *more]).convert(text)


def told(text: str, *more: str) -> list[tuple[str, int, int]]:
    """Return kind and place of all that is told of `text`."""
    return [(each.kind, each.line, each.column) for each in traps(text, 1, lambda each: to_html(each, *more))]


TRAPS = {
    "a list right below a paragraph": ("Text:\n- a\n- b", "list-as-text", 2, 1, "Text:\n\n- a\n- b"),
    "a list in a quotation": ("> Text\n> - a\n> - b", "list-as-text", 2, 3, "> Text\n>\n> - a\n> - b"),
    "numbers with a bracket": ("1) one\n2) two", "list-as-text", 1, 1, "1. one\n2. two"),
    "two blanks for a level": ("- a\n  - b\n  - c", "flat-list", 2, 3, "- a\n    - b\n    - c"),
    "two blanks for a level of several items": (
        "- a\n  - b\n- c\n  - d",
        "flat-list",
        2,
        3,
        "- a\n    - b\n- c\n    - d",
    ),
    "three blanks below a number": ("1. a\n   - b", "flat-list", 2, 4, "1. a\n    - b"),
    "a paragraph of an item": ("1. a\n\n   more\n2. b", "outside-list", 3, 4, "1. a\n\n    more\n\n2. b"),
    "a table right below a paragraph": (
        "Text\n| a | b |\n|---|---|\n| 1 | 2 |",
        *("table-as-text", 2, 1),
        "Text\n\n| a | b |\n|---|---|\n| 1 | 2 |",
    ),
    "a table of too few cells": (
        "| a | b |\n|---|\n| 1 | 2 |",
        "table-as-text",
        1,
        1,
        "| a | b |\n|---|---|\n| 1 | 2 |",
    ),
    "a fence in a list": ("- a\n\n  ```\n  b ~~c~~\n  ```", "fence-as-text", 3, 3, "- a\n\n        b ~~c~~"),
    "two words behind a fence": ("```rust,ignore\nfn\n```", "fence-as-text", 1, 1, "```rust\nfn\n```"),
    "a number sign in a paragraph": ("the\n#hash tag", "accidental-heading", 2, 1, "the\n\\#hash tag"),
    "a number sign": ("#1 of all", "accidental-heading", 1, 1, "\\#1 of all"),
    "struck out": ("I ~~said~~ think", "unknown-markup", 1, 3, "I <del>said</del> think"),
    "highlighted": ("I ==think== so", "unknown-markup", 1, 3, "I <mark>think</mark> so"),
    "lowered": ("H~2~O", "unknown-markup", 1, 2, "H<sub>2</sub>O"),
    "raised": ("x^2^", "unknown-markup", 1, 2, "x<sup>2</sup>"),
    "a box to tick": ("- [ ] a", "unknown-markup", 1, 3, "- ☐ a"),
    "a ticked box": ("- [x] a", "unknown-markup", 1, 3, "- ☑ a"),
    "a notice": ("> [!NOTE]\n> Words", "unknown-markup", 1, 3, "> **Note:**\n> Words"),
    "an admonition": ("!!! note\n    Words", "unknown-markup", 1, 1, "> **Note:** Words"),
    "a container": ("::: note\nWords\n:::", "unknown-markup", 1, 1, "> **Note:** Words"),
    "a formula": ("So $E=mc^2$ holds", "unknown-markup", 1, 4, "So `E=mc^2` holds"),
    "a variable": ("So $n$ holds", "unknown-markup", 1, 4, "So <var>n</var> holds"),
    "a displayed formula": ("$$\na + b\n$$", "unknown-markup", 1, 1, "    a + b"),
    "a wiki's link": ("See [[Page]]", "unknown-markup", 1, 5, "See [Page]({filename}page.md)"),
    "a picture's name": ("Well :smile: so", "unknown-markup", 1, 6, "Well 🙂 so"),
    "an inline note": ("So^[a note] it is", "unknown-markup", 1, 3, "So[^a] it is\n\n[^a]: a note"),
    "a citation": ("So [@knuth]", "unknown-markup", 1, 4, "So[^k]\n\n[^k]: Knuth."),
    "a tag of Liquid": ("{% include x %}", "unknown-markup", 1, 1, "Words"),
    "a backslash for a break": ("one\\\ntwo", "unknown-markup", 1, 4, "one  \ntwo"),
    "an address": (
        "See https://gnu.org/a_b.",
        *("bare-address", 1, 5),
        "See <https://gnu.org/a_b>.",
    ),
}


@pytest.mark.parametrize("what", TRAPS)
def test_each_trap_is_reported_once_and_its_cure_works(what):
    """It is reported at its place, and not after the cure."""
    text, kind, line, column, cured = TRAPS[what]
    assert told(text) == [(kind, line, column)]
    assert told(cured) == []


@pytest.mark.parametrize(
    "text",
    [
        "It costs $5 and $6, or $7-$8.",
        "In the year\n1984. Then\n- said he - all.",
        "`~~a~~` and ``==b==``, <span title='~~c~~'>d</span>",
        "    - a ~~b~~\n      - c https://gnu.org/",
        "```\n- a\n  - b\n~~c~~ https://gnu.org/\n```",
        "<!-- ~~a~~ https://gnu.org/ -->",
        "<div>\n~~a~~ https://gnu.org/ [[b]]\n</div>",
        "[a](https://gnu.org/) <https://gnu.org/> [b]\n\n[b]: https://gnu.org/",
        "# A heading\n\n#Another\n\n##2.0",
        "- a\n    - b\n        - c\n\n    more\n\n* * *",
        "a == b and c == d; f(x) ~ g(x)~; x^y; ~/home and ~/tmp",
        "At 10:30:20, std::vec::x: so. `a`: b",
        "Term\n: What it is\n\n[^1]: - a\n\nText[^1]",
        "[@knuth] and ^[so]\n\n[@knuth]: https://gnu.org/\n[so]: https://gnu.org/",
        "[[1]](https://gnu.org/) and \\~~a~~ and \\[[b]]",
    ],
)
def test_correct_markdown_is_not_reported(text):
    """Prices, dashes, code, comments, raw HTML, links and lists that are rendered as meant are no traps."""
    assert told(text) == []


def test_markup_of_an_enabled_extension_is_not_reported():
    """With an extension for notices, a notice is rendered as one."""
    text = "!!! note\n    Words"
    assert [kind for kind, _, _ in told(text)] == ["unknown-markup"]
    assert told(text, "admonition") == []
