"""What is set from left to right, and what from right to left."""

from __future__ import annotations

import re

import pytest

from builders import PROJECT
from essay_series.book.epub import CSS

SHEETS = {
    path.relative_to(PROJECT).as_posix(): path.read_text(encoding="utf-8")
    for folder in ("theme", "plugins")
    for path in sorted((PROJECT / folder).rglob("*.css"))
}
STYLED = {
    path.relative_to(PROJECT).as_posix(): path.read_text(encoding="utf-8")
    for folder in ("theme", "plugins")
    for path in sorted((PROJECT / folder).rglob("*.html"))
}
TURNED_BY_NOTHING = {
    "plugins/essay_series/templates/book/print.css": {
        "@page :left": "the left page of an open book is the left one in every language",
        "@page :right": "likewise",
        "@top-left": "the outer corner of a left page",
        "@top-right": "the outer corner of a right page",
    },
    "theme/static/css/blocks/essay/fuse.css": {"transform-origin: 0 0": "rtl.css turns it"},
    "theme/static/css/rtl.css": {"transform-origin: 100% 0": "this is the turn"},
}
"""What names a side of its own in a style sheet all the same, and why."""
_SIDE = re.compile(
    r"""
    @(?:page\s*:|top-|bottom-)(?:left|right)\b
    | (?<![-\w])(?:(?:margin|padding|border|inset|scroll-margin|scroll-padding)-)?(?:left|right)(?:-[a-z]+)?\s*:
    | (?<![-\w])border-(?:top|bottom)-(?:left|right)-radius\s*:
    | (?<![-\w])(?:text-align(?:-last)?|float|clear|caption-side|justify-[a-z]+|break-[a-z]+)\s*:\s*(?:left|right)\b
    | (?<![-\w])(?:transform-origin|background-position|object-position|perspective-origin)\s*:\s*[^;}]+
    """,
    re.VERBOSE,
)
_FOUR = re.compile(r"(?<![-\w])(?:margin|padding|inset|border-(?:width|style|color)|scroll-margin)\s*:\s*([^;}]+)")


def sided(style: str) -> set[str]:
    """Return what in a style sheet holds for the left or the right, whichever way the text is set."""
    plain = re.sub(r"/\*.*?\*/", "", style, flags=re.DOTALL)
    found = {" ".join(match[0].split()) for match in _SIDE.finditer(plain)}
    for match in _FOUR.finditer(plain):
        values = re.findall(r"(?:[^\s()]|\((?:[^()]|\([^()]*\))*\))+", match[1])
        if len(values) == 4 and values[1] != values[3]:
            found.add(" ".join(match[0].split()))
    return found


@pytest.mark.parametrize("path", SHEETS)
def test_no_style_sheet_names_a_side(path):
    """A style sheet speaks of start and end, so that Arabic is set from the right; all else has a reason."""
    assert sided(SHEETS[path]) == TURNED_BY_NOTHING.get(path, {}).keys()


def test_no_other_style_names_a_side():
    """Nor does a style that stands in a template or in a book."""
    styles = {path: "".join(re.findall(r"(?s)<style[^>]*>(.*?)</style>", text)) for path, text in STYLED.items()}
    styles["epub"] = CSS
    assert {path: sided(style) for path, style in styles.items() if sided(style)} == {}
    assert [path for path, text in STYLED.items() if re.search(r"\sstyle=", text)] == []


@pytest.mark.parametrize(
    "style",
    [
        "p { margin-left: 1em }",
        "p { border-right-color: red }",
        "p { left: 0 }",
        "p{text-align:right}",
        "p { float: left }",
        "p { padding: 0 1em 0 calc(2em + (1px * 2)) }",
        "p { border-top-left-radius: 1px }",
        "p { break-before: right }",
    ],
)
def test_a_side_is_seen_however_it_is_named(style):
    """Properties, values and shorthands that name a side are all found."""
    assert len(sided(style)) == 1


@pytest.mark.parametrize(
    "style", ["p { margin: 1em 2em 3em 2em; text-align: start }", "p { padding: 0 calc(1em + 2px) }"]
)
def test_what_is_the_same_on_both_sides_names_none(style):
    """Shorthands whose left and right are equal stay."""
    assert sided(style) == set()
