"""Pages in scripts without spaces between words, such as Chinese, Japanese and Thai → pages that Pagefind can index.

Pagefind indexes words between spaces. In these scripts readers search for any sequence of characters, and programs
disagree on what is a word. So the indexed copy of a page has a space before each character of these scripts, and a
search for several characters is a search for that sequence of one-character words.
"""

from __future__ import annotations

import json
import re
from html import unescape

import regex

from ..htmltext import Words, pieces

_SCRIPTS = "".join(
    rf"\p{{scx={name}}}" for name in ("Han", "Hiragana", "Katakana", "Bopomofo", "Thai", "Lao", "Khmer", "Myanmar")
)
_LETTER = rf"(?=[\p{{L}}\p{{N}}])[{_SCRIPTS}]"
"""A letter of these scripts; combining marks may follow it. The search page's script has the same pattern."""
_ANY_LETTER = regex.compile(_LETTER)
_GAP = regex.compile(rf"(?<=\S)(?={_LETTER})|(?<={_LETTER}\p{{M}}*[^\w\s]*)(?=[\p{{L}}\p{{N}}])")
"""Positions where an indexed word begins without a space before it."""
_MARK = "|~|"
"""A marker after each added space; Pagefind ignores such punctuation at the edge of a word."""
_SPACE = f" {_MARK}"
_ADDED = re.compile(rf" ?{re.escape(_MARK)}")
_BETWEEN = "\N{ZERO WIDTH SPACE}"
"""The separator of words without spaces that Pagefind's script understands and does not show."""
_CONTEXT = 8
"""The number of characters before a piece of text that decide whether a word begins in it."""


def spaced(html: str) -> str:
    """Return the page `html` with a marked space before each letter of these scripts; any other page is unchanged."""
    if not _ANY_LETTER.search(html):
        return html
    parts: list[str] = []
    at, before = 0, ""
    for piece in pieces(html, references=True):
        if not isinstance(piece, Words):
            continue
        text = before + (unescape(piece.text) if piece.is_reference else piece.text)
        if not piece.is_reference:
            for gap in _GAP.finditer(text, len(before)):
                end = piece.start + gap.start() - len(before)
                parts += [html[at:end], _SPACE]
                at = end
        before = text[-_CONTEXT:]
    return "".join([*parts, html[at:]])


def restored(page: bytes) -> bytes:
    """Return the JSON of a fragment without the spaces of `spaced`; zero-width spaces still separate the words."""
    if _MARK.encode() not in page:
        return page
    data = json.loads(page)
    divided = _ADDED.sub(_BETWEEN, data["content"].replace(" ", f" {_BETWEEN}").replace(f" {_BETWEEN}{_MARK}", _SPACE))
    data["content"] = divided.removeprefix(_BETWEEN)
    data["meta"] = {name: _ADDED.sub("", value) for name, value in data["meta"].items()}
    data["anchors"] = [{**each, "text": _ADDED.sub("", each["text"])} for each in data["anchors"]]
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()
