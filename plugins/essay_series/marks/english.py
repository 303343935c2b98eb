"""A block of English text → edits of the marks that typogrify would get wrong.

typogrify (by way of smartypants) sees the text between two tags only, so it takes the apostrophe in
``<em>Herald</em>'s`` for an opening quotation mark. The same happens before a decade (``the '90s``) and an elision
(``'Tis``), and after a dash it closes a quotation (``he said--"now"``). Here a block is read across its inline tags.
Only these marks are set, as the entities that typogrify writes; typogrify sets all others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .blocks import OBJECT, Block, Edit

_SURE = "tisn?|twasn?|tweren?|twill|twouldn?|twixt|tween|neath|nuff|nother|em|til"
_LIKELY = "bout|cause|cept|cos|fore|fraid|gainst|kay|mongst|midst|round|scuse|stead|till"
_AND = "roll|bass|chips|cheese|roses|match|shop|tell"
"""What follows an ``'n'`` that means *and*, as in ``rock 'n' roll``."""
_DASH = "[\u2013\u2014]|--+"

_SUSPECTS = (
    ("</", re.compile(r"</[a-zA-Z]+>['\"]")),
    ("<", re.compile(r"<(?<=[^\s>(\[{]<)[a-zA-Z][^<>]*>'")),
    ("<img", re.compile(r"<img[^<>]*>['\"]")),
    ("'", re.compile(rf"'(?<!\w')(?:\d\d|n\b|(?:{_SURE}|{_LIKELY})\b)", re.IGNORECASE)),
    ("---", re.compile("---")),
    ("--", re.compile(r"--(?:</?[a-zA-Z][^<>]*>)*['\"]")),
    ("\u2013", re.compile("\u2013(?:</?[a-zA-Z][^<>]*>)*['\"]")),
    ("\u2014", re.compile("\u2014(?:</?[a-zA-Z][^<>]*>)*['\"]")),
    ("&", re.compile(r"&(?:#821[12]|#x201[34]|[nm]dash);(?:</?[a-zA-Z][^<>]*>)*['\"]")),
)
"""Patterns of such marks, each with a substring that is quick to find; a text without any needs no edits."""

_MARK = re.compile("['\"]")
_DECADE = re.compile(r"(?<!\w)'(?=\d\ds\b)")
_YEAR = re.compile(r"(?<!\w)'(?=\d\d\b(?!s))")
_N = re.compile(rf"(?<!\w)'(?=n(?:'\s+(?:{_AND})\b|(?![\w'])))")
_AFTER_N = re.compile(rf"(?<=(?<!\w)'n)'(?=\s+(?:{_AND})\b)")
_ELISION = re.compile(rf"(?<!\w)'(?=(?:{_SURE})(?!\w)(?!'(?!\w)))", re.IGNORECASE)
_MAYBE_ELISION = re.compile(rf"(?<!\w)'(?=(?:{_LIKELY})(?!\w)(?!'(?!\w)))", re.IGNORECASE)
_CLOSING = re.compile(r"(?<=[^\s(\[{])'(?!\w)")
_AFTER_DASH = re.compile(rf"(?:{_DASH})(?P<marks>['\"]+)")
_MARKS = {("'", True): "&#8216;", ("'", False): "&#8217;", ('"', True): "&#8220;", ('"', False): "&#8221;"}


def suspicious(html: str) -> bool:
    """Tell whether `html` may hold a mark that typogrify would get wrong; False only where it holds none."""
    return any(sign in html and pattern.search(html) for sign, pattern in _SUSPECTS)


def edits(block: Block) -> Iterator[Edit]:
    """Yield the edits of the marks of `block` that typogrify would get wrong."""
    for at, opens in _marks(block).items():
        if at not in block.references and (span := block.span(at, at + 1)):
            yield *span, _MARKS[block.text[at], opens]


def _marks(block: Block) -> dict[int, bool]:
    """Return the offsets of the marks to set, and whether each opens a quotation."""
    text = block.text
    found = {start: False for start in block.starts[1:] if _ends_at_tag(text, start)}
    for match in _AFTER_DASH.finditer(text):
        found |= dict.fromkeys(range(*match.span("marks")), _is_word(text, match.end()))
    for pattern in (_DECADE, _N, _AFTER_N, _ELISION):
        found |= {match.start(): False for match in pattern.finditer(text)}
    last_closing = max((match.start() for match in _CLOSING.finditer(text)), default=-1)
    for pattern in (_YEAR, _MAYBE_ELISION):
        found |= {match.start(): False for match in pattern.finditer(text) if match.end() > last_closing}
    beside = {at - 1 for at in found if at and _MARK.match(text, at - 1)} - found.keys()
    return found | {at: not _closes(text, at) for at in beside}


def _ends_at_tag(text: str, start: int) -> bool:
    """Tell whether the piece of text at `start` begins with a mark that belongs to the text before the tag."""
    if not _MARK.match(text, start) or not _closes(text, start):
        return False
    return text[start] == "'" or not _is_word(text, start + 1)


def _is_word(text: str, at: int) -> bool:
    return text[at : at + 1].isalnum() or text[at : at + 1] == OBJECT


def _closes(text: str, at: int) -> bool:
    """Tell whether the mark at `at` closes a quotation or is an apostrophe, by the text before it."""
    while at and text[at - 1] in "'\"":
        at -= 1
    return at > 0 and not text[at - 1].isspace() and text[at - 1] not in "([{<-\u2013\u2014\u2018\u201c"
