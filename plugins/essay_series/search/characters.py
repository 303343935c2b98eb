"""Words of scripts that put no blanks between them, such as Chinese, Japanese and Thai, made findable.

Pagefind finds words that stand between blanks. In these scripts a reader may look for any run of characters, and no two
programs divide one sentence into the same words. So in the copy of a page that is indexed a blank stands before each of
these characters, and a search for several is one for the same characters in a row, which finds them wherever they are.
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
"""A letter of these scripts; the marks that belong to it follow it. The search page's script has the same pattern."""
_ANY_LETTER = regex.compile(_LETTER)
_GAP = regex.compile(rf"(?<=\S)(?={_LETTER})|(?<={_LETTER}\p{{M}}*[^\w\s]*)(?=[\p{{L}}\p{{N}}])")
"""Where a word of the index begins that no blank stands before."""
_MARK = "|~|"
"""What is written after a blank that is no part of the text: Pagefind leaves such signs at the edge of a word out."""
_BLANK = f" {_MARK}"
_ADDED = re.compile(rf" ?{re.escape(_MARK)}")
_BETWEEN = "\N{ZERO WIDTH SPACE}"
"""What Pagefind's own script takes as the end of a word in texts without blanks, and does not show."""
_LOOKED_BACK = 8
"""Characters before a piece of text that tell whether a word begins in it."""


def spaced(html: str) -> str:
    """Return the page `html` with a marked blank before each letter of these scripts; any other page stays."""
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
                parts += [html[at:end], _BLANK]
                at = end
        before = text[-_LOOKED_BACK:]
    return "".join([*parts, html[at:]])


def restored(page: bytes) -> bytes:
    """Return what the index knows of a page (JSON) without the blanks of `spaced`, its words divided all the same."""
    if _MARK.encode() not in page:
        return page
    known = json.loads(page)
    divided = _ADDED.sub(_BETWEEN, known["content"].replace(" ", f" {_BETWEEN}").replace(f" {_BETWEEN}{_MARK}", _BLANK))
    known["content"] = divided.removeprefix(_BETWEEN)
    known["meta"] = {name: _ADDED.sub("", value) for name, value in known["meta"].items()}
    known["anchors"] = [{**each, "text": _ADDED.sub("", each["text"])} for each in known["anchors"]]
    return json.dumps(known, ensure_ascii=False, separators=(",", ":")).encode()
