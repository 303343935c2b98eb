"""Typewriter habits in the text of a page: what typesetting did not mend, where readers will see it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from .pages import BuiltSite, Page, page_check

UNSET = ("code", "pre", "kbd", "samp", "script", "style", "textarea", "title")
HABITS = (
    (
        re.compile(r'(?<!\d)"[^"]*"?'),
        "a straight quotation mark",
        "Write “ and ”.",
    ),
    (re.compile(r"(?<!\d)'"), "a straight apostrophe", "Write \N{RIGHT SINGLE QUOTATION MARK}."),
    (
        re.compile("(?:(?<=\\w)|^)\N{LEFT SINGLE QUOTATION MARK}(?=s\\b)|\N{LEFT SINGLE QUOTATION MARK}(?=\\d\\ds\\b)"),
        "an opening mark for an apostrophe",
        "Write \N{RIGHT SINGLE QUOTATION MARK}.",
    ),
    (re.compile(r"(?<!-)--(?!-)"), "two hyphens", "Write an en dash or an em dash."),
    (re.compile(r"(?<!\.)\.\.\.(?!\.)"), "three dots", "Write …."),
    (re.compile(r"(?<=\w) +[,;!?](?!\S)|(?<=\w) +\.(?=\s|$)"), "a blank before a mark", "Take the blank away."),
    (
        re.compile(r"(?<![\w-])\d{2,4}-(?!0)\d{2,4}(?![\w-])"),
        "a hyphen in a range",
        "Write an en dash between numbers.",
    ),
)
_CONTEXT = 18


@page_check
def check_typewriter(page: Page, site: BuiltSite) -> Iterator[tuple[HtmlElement, str, str]]:  # noqa: ARG001
    """A text has straight quotes, double hyphens, three dots, a blank before a mark, or a hyphen in a range.

    Bad: ``He said "so" -- in 1914-18 ...``.
    Good: curly quotes, dashes and an ellipsis. Code is left as it is.
    """
    for element, text in _texts(page.root):
        for habit, what, hint in HABITS:
            for match in habit.finditer(text):
                around = " ".join(text[max(0, match.start() - _CONTEXT) : match.end() + _CONTEXT].split())
                yield element, f"{what}: {around}", hint


def _texts(root: HtmlElement) -> Iterator[tuple[HtmlElement, str]]:
    main = root.find(".//main")
    for element in (main if main is not None else root).iter():
        if not isinstance(element.tag, str) or any(each.tag in UNSET for each in (element, *element.iterancestors())):
            continue
        if element.text:
            yield element, element.text
        for child in element:
            if child.tail:
                yield element, child.tail
