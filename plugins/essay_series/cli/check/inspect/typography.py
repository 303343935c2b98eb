"""Typewriter habits in the text of a page: what typesetting did not mend, where readers will see it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from ....marks import is_english, quotes_of
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
"""Inline elements: the text on both sides of their tags belongs together."""
_STRAIGHT, _APOSTROPHE = "a straight quotation mark", "a straight apostrophe"
_OPENING = "an opening mark for an apostrophe"
_HEBREW = "[\u05d0-\u05ea]"
HABITS = (
    (re.compile(rf'(?<!\d)(?<!{_HEBREW}(?="{_HEBREW}))"[^"]*"?'), _STRAIGHT, "Write “ and ”."),
    (re.compile(rf"(?<!\d)(?<!{_HEBREW})'"), _APOSTROPHE, "Write \N{RIGHT SINGLE QUOTATION MARK}."),
    (
        re.compile("(?:(?<=\\w)|^)\N{LEFT SINGLE QUOTATION MARK}(?=s\\b)|\N{LEFT SINGLE QUOTATION MARK}(?=\\d\\ds\\b)"),
        _OPENING,
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
_APOSTROPHES_BEFORE_S = ("en", "nl")
"""Languages in which an opening single mark before an s is no quotation; in others it may be the end of one."""
_BEHIND_A_BLANK = (";", ":", "!", "?")
"""The marks before which French has a blank."""
_NO_WORD = re.compile(r"[^\w\s\0]")
_CONTEXT = 18
_SIGN, _BLOCK = "\N{OBJECT REPLACEMENT CHARACTER}", "\0"
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*://\S+|www\.\S+|\S+@\S+\.\S+", re.IGNORECASE)


@page_check
def check_typewriter(page: Page, site: BuiltSite) -> Iterator[tuple[HtmlElement, str, str]]:  # noqa: ARG001
    """A text has straight quotes, double hyphens, three dots, a blank before a mark, or a hyphen in a range.

    Bad: ``He said "so" -- in 1914-18 ...``.
    Good: the quotes of the page's language, dashes and an ellipsis. Code is left as it is.
    """
    for element, text in _texts(page.root):
        lang = _language(element)
        for habit, what, hint in HABITS:
            for match in habit.finditer(text):
                around = " ".join(text[max(0, match.start() - _CONTEXT) : match.end() + _CONTEXT].split())
                if _is_wrong(what, match[0], lang):
                    yield element, f"{what}: {around.replace(_SIGN, '')}", _hint(what, hint, lang)


def _is_wrong(what: str, found: str, lang: str) -> bool:
    """Tell whether `found` is a habit that the language `lang` does without."""
    language = lang.lower().partition("-")[0]
    if what in (_STRAIGHT, _APOSTROPHE):
        return is_english(lang) or quotes_of(lang) is not None
    if what == _OPENING:
        return language in _APOSTROPHES_BEFORE_S
    return what != _BLANK or language != "fr" or found.strip() not in _BEHIND_A_BLANK


def _hint(what: str, hint: str, lang: str) -> str:
    quotes = quotes_of(lang) if what == _STRAIGHT and not is_english(lang) else None
    return f"Write {quotes.opening.strip()} and {quotes.closing.strip()}." if quotes else hint


def _language(element: HtmlElement) -> str:
    """Return the language that an element is marked with, or that it is in; English where none is told."""
    around = (str(each.get("lang")) for each in (element, *element.iterancestors()) if each.get("lang"))
    return next(around, "en")


def _texts(root: HtmlElement) -> Iterator[tuple[HtmlElement, str]]:
    """Yield the text of each block, and of each part of one in another language.

    Addresses and elements with code are one sign each; marks of a part in another language are no marks of its block.
    """
    main = root.find(".//main")
    for element in (main if main is not None else root).iter():
        is_line = element.tag not in INLINE or element.get("lang") is not None
        if isinstance(element.tag, str) and is_line and not _is_unset(element):
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
            text = "".join(_pieces(child))
            yield _NO_WORD.sub("x", text) if child.get("lang") is not None else text
        else:
            yield _BLOCK
        yield child.tail or ""
