"""The bytes of a site's files as text, down to what is packed in them; and which of them cannot be looked into.

`packed` opens archives, `pdf` PDFs, `pictures` what is noted in images, and `office` joins words that office programs
divide. What somebody disguises on purpose, as by a cipher, is not looked for.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from html import escape

from . import office, packed, pdf, pictures
from .piece import Member, Piece, Room, Unread

PACKED = (".gz", ".br", ".zst")
"""How files end that are made of another, for hosts that send them compressed."""
DEEPEST = 8
"""So many archives may lie in one another."""

_CLOSED = (
    (b"\xd0\xcf\x11\xe0", "a file of an old Office, which is not opened"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive, which is not opened"),
    (b"Rar!", "a RAR archive, which is not opened"),
    (b"\x28\xb5\x2f\xfd", "packed with Zstandard, which is not opened"),
    (rb"{\rtf", "a Rich Text file, which is not opened"),
    (b"AT&TFORM", "a DjVu file, which is not opened"),
    (b"SQLite format 3\0", "a database, which is not opened"),
    (b"-----BEGIN PGP MESSAGE", "encrypted"),
)
"""How files begin that hold words in a form that is not read, and what they are."""
_WORDLESS = re.compile(
    rb"wOF2|wOFF|OTTO|ttcf|true|\x00\x01\x00\x00|\x00asm"
    rb"|ID3|OggS|fLaC|\xff[\xe0-\xff]|.{4}ftyp|\x1aE\xdf\xa3|RIFF....(?:WAVE|AVI )",
    re.DOTALL,
)
"""How fonts, programs, sound and film begin: of these only what is written in plain letters can be looked at."""
_INDEX = re.compile(r"\.pf_(?:index|meta|filter|sort)!$")
"""Pieces of the search index, which hold the words of published pages in a form of their own."""
_BYTE_ORDERS = (
    (b"\xff\xfe\0\0", "utf-32"),
    (b"\0\0\xfe\xff", "utf-32"),
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_RARE = 100
"""Of so many bytes one may be a zero, which browsers leave out."""
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_PRINTED = re.compile(rb"(?:[\x20-\x7e]|[\xc2-\xf4][\x80-\xbf]{1,3}){6,}")
_PRINTED_WIDE = re.compile(rb"(?:[\x20-\x7e]\0){6,}")


def read(path: str, data: bytes, depth: int = DEEPEST, room: Room | None = None) -> Iterator[Piece | Unread]:
    """Yield the name and the text of the file `path`, and of each that is packed in it: ``book.epub!text.xhtml``.

    Args:
        path: its name.
        data: its bytes.
        depth: how many archives more may lie in it.
        room: how much may be unpacked of it.

    """
    room = room or Room()
    yield Piece(path, "")
    if depth == 0:
        yield Unread(path, "packed too deep to be opened")
        return
    opened: Iterable[Piece | Unread | Member] = ()
    if packed.is_packed(data):
        opened = packed.members(path, data, room)
    elif pdf.is_pdf(data):
        opened = pdf.contents(path, data)
    elif packed.has_archive(data):
        opened = packed.members(path, data, room)
    elif pictures.is_picture(data):
        opened = (*pictures.notes(path, data), *_raw(path, data))
    else:
        opened = _plain(path, data)
    for each in opened:
        if isinstance(each, Member):
            yield from read(each.name, each.data, depth - 1, room)
        else:
            yield each


def _plain(path: str, data: bytes) -> Iterator[Piece | Unread]:
    """Yield a file as text, or what is printed in it where it is none."""
    why = next((why for start, why in _CLOSED if data.startswith(start)), "")
    text = "" if why or _INDEX.search(path) else text_of(data)
    if text or not data:
        yield Piece(path, _unescaped(text))
        if office.is_office(text):
            yield Piece(path, office.joined(data))
        return
    yield from _raw(path, data)
    if why:
        yield Unread(path, why)
    elif not (_WORDLESS.match(data) or _INDEX.search(path)):
        yield Unread(path, "of a kind that is not known")


def _raw(path: str, data: bytes) -> Iterator[Piece]:
    """Yield what is printed in bytes that are no text, a piece a line."""
    printed = [match[0].decode("utf-8", "replace") for match in _PRINTED.finditer(data)]
    printed += [match[0].decode("utf-16-le") for match in _PRINTED_WIDE.finditer(data)]
    yield Piece(path, "\n".join(printed), is_text=False)


def text_of(data: bytes) -> str:
    """Return `data` as text; nothing where it is none."""
    for mark, encoding in _BYTE_ORDERS:
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    if data.count(0) * _RARE > len(data):
        return _wide(data)
    try:
        return data.decode().replace("\0", "")
    except UnicodeDecodeError:
        return "" if _CONTROL.search(data) else data.decode("cp1252", "replace")


def _wide(data: bytes) -> str:
    """Return text of two bytes a letter that says so nowhere; nothing where it is none."""
    for encoding, zeros in (("utf-16-le", data[1::2]), ("utf-16-be", data[0::2])):
        if zeros.count(0) * 2 > len(zeros):
            text = data.decode(encoding, "replace")
            return text if all(letter.isprintable() or letter.isspace() for letter in text) else ""
    return ""


def _unescaped(text: str) -> str:
    """Return JSON with its strings as they are read; all other text as it is."""
    if text.lstrip()[:1] not in ("{", "["):
        return text
    try:
        return "\n<hr>\n".join(_strings(json.loads(text)))
    except (ValueError, RecursionError):
        return text


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        yield from (text for each in value for text in _strings(each))
    elif isinstance(value, dict):
        for key, each in value.items():
            yield f'<hr title="{escape(key)}">' if " " in key or "-" in key else ""
            yield from _strings(each)
