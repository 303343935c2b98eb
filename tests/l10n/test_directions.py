"""Styles use start and end instead of left and right, so that they suit both directions."""

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
EXCEPTIONS = {
    "plugins/essay_series/templates/book/print.css": {
        "@page :left": "the left page of an open book is the left one in every language",
        "@page :right": "the right page likewise",
        "@top-left": "the outer corner of a left page",
        "@top-right": "the outer corner of a right page",
    },
    "theme/static/css/blocks/essay/fuse.css": {"transform-origin: 0 0": "rtl.css mirrors it"},
    "theme/static/css/rtl.css": {"transform-origin: 100% 0": "this mirrors it"},
}
"""Declarations that name a side, with the reason."""
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


def sided_declarations(style: str) -> set[str]:
    """Return the declarations of a style sheet that name left or right, whatever the text direction."""
    plain = re.sub(r"/\*.*?\*/", "", style, flags=re.DOTALL)
    found = {" ".join(match[0].split()) for match in _SIDE.finditer(plain)}
    for match in _FOUR.finditer(plain):
        values = re.findall(r"(?:[^\s()]|\((?:[^()]|\([^()]*\))*\))+", match[1])
        if len(values) == 4 and values[1] != values[3]:
            found.add(" ".join(match[0].split()))
    return found


@pytest.mark.parametrize("path", SHEETS)
def test_no_style_sheet_names_a_side(path):
    """A style sheet uses start and end; each exception has a reason."""
    assert sided_declarations(SHEETS[path]) == EXCEPTIONS.get(path, {}).keys()


def test_no_inline_style_names_a_side():
    """Styles in templates and books use start and end, and no element has a style attribute."""
    styles = {path: "".join(re.findall(r"(?s)<style[^>]*>(.*?)</style>", text)) for path, text in STYLED.items()}
    styles["epub"] = CSS
    assert {path: sided_declarations(style) for path, style in styles.items() if sided_declarations(style)} == {}
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
def test_every_form_of_a_side_is_found(style):
    """Properties, values and shorthands that name a side are found."""
    assert len(sided_declarations(style)) == 1


@pytest.mark.parametrize(
    "style", ["p { margin: 1em 2em 3em 2em; text-align: start }", "p { padding: 0 calc(1em + 2px) }"]
)
def test_equal_sides_are_allowed(style):
    """A shorthand with equal left and right names no side."""
    assert sided_declarations(style) == set()
