"""Typewriter habits in the text of a page: what typesetting did not mend, where readers will see it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from .pages import BuiltSite, Page, page_check

UNSET = ("code", "pre", "kbd", "samp", "script", "style", "textarea", "title")
_BLANK = "a blank before a mark"
INLINE = (
    *(
        "a",
        "abbr",
        "b",
        "bdi",
        "bdo",
        "cite",
        "data",
        "del",
        "dfn",
        "em",
        "i",
        "ins",
        "mark",
        "q",
        "s",
        "small",
        "span",
    ),
    *("strong", "sub", "sup", "time", "u", "var", "wbr"),
)
"""Elements within a line of text: what stands on both sides of their tags belongs together."""
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
    (re.compile(r"(?<=\w) +[,;!?](?!\S)|(?<=\w) +\.(?=\s|$)"), _BLANK, "Take the blank away."),
    (
        re.compile(r"(?<![\w-])\d{2,4}-(?!0)\d{2,4}(?![\w-])"),
        "a hyphen in a range",
        "Write an en dash between numbers.",
    ),
)
_CONTEXT = 18
_SIGN, _BLOCK = "\N{OBJECT REPLACEMENT CHARACTER}", "\0"
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*://\S+|www\.\S+|\S+@\S+\.\S+", re.IGNORECASE)


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
                if what != _BLANK or not _spaces_marks(element):
                    yield element, f"{what}: {around.replace(_SIGN, '')}", hint


def _spaces_marks(element: HtmlElement) -> bool:
    """Tell whether the language of an element sets a blank before some marks, as French does."""
    lang = next((each.get("lang") for each in (element, *element.iterancestors()) if each.get("lang")), "")
    return str(lang).lower().startswith("fr")


def _texts(root: HtmlElement) -> Iterator[tuple[HtmlElement, str]]:
    """Yield the text of each block; addresses in it, and elements with code, are one sign each."""
    main = root.find(".//main")
    for element in (main if main is not None else root).iter():
        if isinstance(element.tag, str) and element.tag not in INLINE and not _is_unset(element):
            for text in "".join(_pieces(element)).split(_BLOCK):
                yield element, _ADDRESS.sub(_SIGN, text)


def _is_unset(element: HtmlElement) -> bool:
    return any(each.tag in UNSET for each in (element, *element.iterancestors()))


def _pieces(element: HtmlElement) -> Iterator[str]:
    """Yield the text of `element`, with a sign for what is not set, and another for each block in it."""
    yield element.text or ""
    for child in element:
        if not isinstance(child.tag, str):
            pass
        elif child.tag in UNSET:
            yield _SIGN
        elif child.tag in INLINE:
            yield from _pieces(child)
        else:
            yield _BLOCK
        yield child.tail or ""
