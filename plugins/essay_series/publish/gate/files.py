"""Files as text: reads a file, and the files in it if it is an archive, and names those that it cannot read.

`archives`, `pdf`, `images` and `office` read these formats. Text that was disguised on purpose, as by a cipher, is not
found.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from html import escape

from . import archives, images, office, pdf
from .piece import Member, Piece, UnpackBudget, Unread

PACKED = (".gz", ".br", ".zst")
"""The endings of compressed copies, which are not read: their originals are."""
DEEPEST = 8
"""How many archives may be nested."""

_CLOSED = (
    (b"\xd0\xcf\x11\xe0", "in an old Office format, which is not read"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive, which is not read"),
    (b"Rar!", "a RAR archive, which is not read"),
    (b"\x28\xb5\x2f\xfd", "compressed with Zstandard, which is not read"),
    (rb"{\rtf", "a Rich Text file, which is not read"),
    (b"AT&TFORM", "a DjVu file, which is not read"),
    (b"SQLite format 3\0", "a database, which is not read"),
    (b"-----BEGIN PGP MESSAGE", "encrypted"),
)
"""The first bytes of formats that hold text and are not read, with their descriptions."""
_WORDLESS = re.compile(
    rb"wOF2|wOFF|OTTO|ttcf|true|\x00\x01\x00\x00|\x00asm"
    rb"|ID3|OggS|fLaC|\xff[\xe0-\xff]|.{4}ftyp|\x1aE\xdf\xa3|RIFF....(?:WAVE|AVI )",
    re.DOTALL,
)
"""The first bytes of fonts, programs, sound and film, of which only plain letters are read."""
_INDEX = re.compile(r"\.pf_(?:index|meta|filter|sort)!$")
"""The names of binary files of the search index, which hold words of published pages."""
_BYTE_ORDERS = (
    (b"\xff\xfe\0\0", "utf-32"),
    (b"\0\0\xfe\xff", "utf-32"),
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_RARE = 100
"""In text, at most one byte in so many is zero; browsers ignore it."""
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_PRINTED = re.compile(rb"(?:[\x20-\x7e]|[\xc2-\xf4][\x80-\xbf]{1,3}){6,}")
_PRINTED_WIDE = re.compile(rb"(?:[\x20-\x7e]\0){6,}")


def read(path: str, data: bytes, depth: int = DEEPEST, budget: UnpackBudget | None = None) -> Iterator[Piece | Unread]:
    """Yield the path and the text of a file, and those of each file in it, as ``book.epub!text.xhtml``.

    At most `depth` archives may be nested in it, and no more than `budget` may be unpacked from it.
    """
    budget = budget or UnpackBudget()
    yield Piece(path, "")
    if depth == 0:
        yield Unread(path, "nested in too many archives")
        return
    opened: Iterable[Piece | Unread | Member] = ()
    if archives.is_archive(data):
        opened = archives.members(path, data, budget)
    elif pdf.is_pdf(data):
        opened = pdf.contents(path, data)
    elif archives.has_appended_archive(data):
        opened = archives.members(path, data, budget)
    elif images.is_image(data):
        opened = (*images.metadata(path, data), *_raw(path, data))
    else:
        opened = _plain(path, data)
    for each in opened:
        if isinstance(each, Member):
            yield from read(each.name, each.data, depth - 1, budget)
        else:
            yield each


def _plain(path: str, data: bytes) -> Iterator[Piece | Unread]:
    """Yield a file as text, or the strings in it if it is binary."""
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
        yield Unread(path, "of an unknown kind")


def _raw(path: str, data: bytes) -> Iterator[Piece]:
    """Yield the printable strings in binary data, one per line."""
    printed = [match[0].decode("utf-8", "replace") for match in _PRINTED.finditer(data)]
    printed += [match[0].decode("utf-16-le") for match in _PRINTED_WIDE.finditer(data)]
    yield Piece(path, "\n".join(printed), is_text=False)


def text_of(data: bytes) -> str:
    """Return `data` as text; empty if it is binary."""
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
    """Return UTF-16 without a byte order mark as text; empty if it is binary."""
    for encoding, zeros in (("utf-16-le", data[1::2]), ("utf-16-be", data[0::2])):
        if zeros.count(0) * 2 > len(zeros):
            text = data.decode(encoding, "replace")
            return text if all(letter.isprintable() or letter.isspace() for letter in text) else ""
    return ""


def _unescaped(text: str) -> str:
    """Return the strings in JSON, unescaped; all other text as it is."""
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
