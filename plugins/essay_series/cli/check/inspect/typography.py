"""The check for typewriter habits that are left in built pages, such as straight quotes and double hyphens."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from ....marks import is_english, quotes_of
from ....marks.blocks import INLINE, VERBATIM
from .pages import BuiltSite, Page, page_check

UNCHECKED = VERBATIM | {"img", "title"}
_BLANK = "a space before a punctuation mark"
_STRAIGHT, _APOSTROPHE = "a straight quotation mark", "a straight apostrophe"
_OPENING = "an opening quotation mark as an apostrophe"
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
    (re.compile(r"(?<=\w) +[,;!?](?!\S)|(?<=\w) +\.(?=\s|$)"), _BLANK, "Remove the space."),
    (
        re.compile(r"(?<![\w-])\d{2,4}-(?!0)\d{2,4}(?![\w-])"),
        "a hyphen in a range",
        "Write an en dash between numbers.",
    ),
)
_APOSTROPHES_BEFORE_S = ("en", "nl")
"""Languages in which an opening single mark before an s is an apostrophe; in others it may close a quotation."""
_AFTER_A_SPACE = (";", ":", "!", "?")
"""The marks before which French has a space."""
_PUNCTUATION = re.compile(r"[^\w\s\0]")
_CONTEXT = 18
"""How many characters a message quotes on both sides of a match."""
_OBJECT, _BLOCK = "\N{OBJECT REPLACEMENT CHARACTER}", "\0"
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*://\S+|www\.\S+|\S+@\S+\.\S+", re.IGNORECASE)


@page_check
def check_typewriter(page: Page, site: BuiltSite) -> Iterator[tuple[HtmlElement, str, str]]:  # noqa: ARG001
    """A text has straight quotes, double hyphens, three dots, a space before a mark, or a hyphen in a range.

    Bad: ``He said "so" -- in 1914-18 ...``.
    Good: the quotes of the page's language, dashes and an ellipsis. Code is not checked.
    """
    for element, text in _texts(page.root):
        lang = _language(element)
        for habit, what, hint in HABITS:
            for match in habit.finditer(text):
                around = " ".join(text[max(0, match.start() - _CONTEXT) : match.end() + _CONTEXT].split())
                if _is_wrong(what, match[0], lang):
                    yield element, f"{what}: {around.replace(_OBJECT, '')}", _hint(what, hint, lang)


def _is_wrong(what: str, found: str, lang: str) -> bool:
    """Tell whether the text `found`, which matches the habit `what`, is wrong in the language `lang`."""
    language = lang.lower().partition("-")[0]
    if what in (_STRAIGHT, _APOSTROPHE):
        return is_english(lang) or quotes_of(lang) is not None
    if what == _OPENING:
        return language in _APOSTROPHES_BEFORE_S
    return what != _BLANK or language != "fr" or found.strip() not in _AFTER_A_SPACE


def _hint(what: str, hint: str, lang: str) -> str:
    quotes = quotes_of(lang) if what == _STRAIGHT and not is_english(lang) else None
    return f"Write {quotes.opening.strip()} and {quotes.closing.strip()}." if quotes else hint


def _language(element: HtmlElement) -> str:
    """Return the language of an element by the nearest lang attribute; English if there is none."""
    around = (str(each.get("lang")) for each in (element, *element.iterancestors()) if each.get("lang"))
    return next(around, "en")


def _texts(root: HtmlElement) -> Iterator[tuple[HtmlElement, str]]:
    """Yield the text of each block, and of each inline element in another language.

    Addresses, images and code are replaced by one placeholder character each.
    """
    main = root.find(".//main")
    for element in (main if main is not None else root).iter():
        is_block = element.tag not in INLINE or element.get("lang") is not None
        if isinstance(element.tag, str) and is_block and not _is_unchecked(element):
            for text in "".join(_pieces(element)).split(_BLOCK):
                yield element, _ADDRESS.sub(_OBJECT, text)


def _is_unchecked(element: HtmlElement) -> bool:
    return any(each.tag in UNCHECKED for each in (element, *element.iterancestors()))


def _pieces(element: HtmlElement) -> Iterator[str]:
    """Yield the text of `element`, with placeholders for unchecked elements and for blocks in it."""
    yield element.text or ""
    for child in element:
        if not isinstance(child.tag, str):
            pass
        elif child.tag in UNCHECKED:
            yield _OBJECT
        elif child.tag in INLINE:
            text = "".join(_pieces(child))
            yield _PUNCTUATION.sub("x", text) if child.get("lang") is not None else text
        else:
            yield _BLOCK
        yield child.tail or ""
