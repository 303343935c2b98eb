"""XML exports, read twice: once as a run of characters that is counted, once by a parser.

The count knows nothing of XML but where an item begins and ends, so that it also counts what no parser can read. It
sees one item at a time, and so does the parser.
"""

from __future__ import annotations

import codecs
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

from lxml import etree

from .item import Census, ImportRefusedError, without_control
from .opened import Bounded, stream_of

LONGEST = 9_000_000
"""So many characters may an item have; the parser's own limit is near."""
LONGEST_HEAD = 8_000_000
_SHOWN = 100_000
_TAIL = 32
_CDATA = re.compile(r"<!\[CDATA\[(.*?)\]\]>", re.DOTALL)
_DECLARED = re.compile(rb"""^<\?xml[^>]*?encoding=["']([A-Za-z0-9._-]+)""")
_SPACES = re.compile(r"""\sxmlns:(?P<prefix>[\w.-]+)=["'](?P<address>[^"'<>]*)["']""")
_DEFAULT = re.compile(r"""<(?:feed|rss)\b[^>]*?\sxmlns=["'](?P<address>[^"'<>]*)["']""")
_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
GO_ON = "PARTIAL=1 brings in what can be read, and names what is lost."


@dataclass(frozen=True, slots=True)
class Piece:
    """An item as it stands in the export."""

    text: str
    damage: str = ""
    """Why it is not whole; empty where it is."""


@dataclass(frozen=True)
class Survey:
    """What the count found."""

    census: Census
    head: str
    """All that stands above the first item."""
    more: Counter[str]
    """How often each of what was asked for stands in items."""
    undeclared: frozenset[str] = frozenset()
    """Prefixes of names that stand in items, and that nothing above them declares."""


@dataclass(frozen=True)
class XmlExport:
    """An XML export whose items are elements of one name."""

    path: Path
    member: str
    """Its path in the zip at `path`; empty where that is the export itself."""
    tag: str
    partial: bool = False
    """Whether what is damaged is left out, instead of ending the import."""

    @property
    def called(self) -> str:
        """How messages call it."""
        return f"{self.member} in {self.path}" if self.member else str(self.path)

    def survey(self, kind_of: Callable[[str], tuple[str, str]], inside: Iterable[str] = ()) -> Survey:
        """Count the items.

        Args:
            kind_of: returns kind and state of an item, from its text in which long pieces of CDATA are blank.
            inside: tags of which each is counted, within items.

        Raises:
            ImportRefusedError: it cannot be read as text, or is damaged, and that is not to be passed over.

        """
        census: Census = Counter()
        more: Counter[str] = Counter()
        prefixes: set[str] = set()
        head: list[str] = []
        for piece in self.pieces(head):
            if piece.damage and not self.partial:
                title = _title_in(piece.text)
                raise ImportRefusedError(f"{self.called} is damaged: {title}: {piece.damage}. {GO_ON}")
            bare = without_texts(piece.text)
            census[kind_of(bare)] += 1
            prefixes |= _prefixes(bare)
            for name in inside:
                more[name] += bare.count(f"<{name}>")
        above = "".join(head)
        declared = {found["prefix"] for found in _SPACES.finditer(above)}
        return Survey(census, above, more, frozenset(prefixes - declared))

    def pieces(self, head: list[str] | None = None) -> Iterator[Piece]:
        """Yield every item as it stands there; all that is above the first is put into `head`.

        Raises:
            ImportRefusedError: it cannot be read as text.

        """
        with stream_of(self.path, self.member) as stream:
            yield from _Scanner(self.tag, [] if head is None else head).scan(self._decoded(stream))

    def elements(self, survey: Survey) -> Iterator[etree._Element | str]:
        """Yield each item as an element, or as a text that says what was lost.

        Raises:
            ImportRefusedError: the XML is damaged, and that is not to be passed over.

        """
        if "<!ENTITY" in survey.head:
            raise ImportRefusedError(f"{self.called} declares entities of its own, and is not opened.")
        if self.partial:
            yield from self._one_by_one(survey.head)
            return
        if survey.undeclared:
            # A prefix that is never declared is no loss where all else is whole
            for each in self._one_by_one(survey.head):
                if isinstance(each, str):
                    raise ImportRefusedError(f"{self.called} is damaged: {each}. {GO_ON}")
                yield each
            return
        try:
            yield from self._at_once()
        except etree.XMLSyntaxError as error:
            raise ImportRefusedError(f"{self.called} is damaged: {error.msg}. {GO_ON}") from error

    def _at_once(self) -> Iterator[etree._Element]:
        with stream_of(self.path, self.member) as stream:
            parsed = etree.iterparse(
                cast("IO[bytes]", stream),
                events=("end",),
                tag=f"{{*}}{self.tag}",
                resolve_entities=False,
                no_network=True,
                load_dtd=False,
                huge_tree=False,
            )
            for _, element in parsed:
                yield element
                _forget(element)

    def _one_by_one(self, head: str) -> Iterator[etree._Element | str]:
        opening = "".join(f' xmlns:{m["prefix"]}="{m["address"]}"' for m in _unique(_SPACES.finditer(head)))
        known = {m["prefix"] for m in _SPACES.finditer(head)}
        default = _DEFAULT.search(head)
        opening += f' xmlns="{default["address"]}"' if default else ""
        for piece in self.pieces():
            title = _title_in(piece.text)
            if piece.damage:
                yield f"{title}: {piece.damage}"
                continue
            parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
            try:
                text = without_control(piece.text).replace("\ufffd", "?") if self.partial else piece.text
                more = "".join(f' xmlns:{each}="{each}"' for each in sorted(_prefixes(text) - known))
                yield etree.fromstring(f"<all{opening}{more}>{text}</all>", parser)[0]
            except (etree.XMLSyntaxError, ValueError, IndexError) as error:
                yield f"{title}: {error}"

    def _decoded(self, stream: Bounded) -> Iterator[str]:
        first = stream.read(1 << 16)
        declared = _DECLARED.search(first.removeprefix(codecs.BOM_UTF8).lstrip())
        encoding = declared[1].decode() if declared else "utf-8"
        mark = next((mark for mark in _MARKS if first.startswith(mark)), b"")
        if mark:
            encoding = "utf-8-sig" if mark == codecs.BOM_UTF8 else "utf-16"
        elif first[:4] in (b"<\0?\0", b"\0<\0?"):
            encoding = "utf-16-le" if first[0] else "utf-16-be"
        try:
            decoder = codecs.getincrementaldecoder(encoding)("replace" if self.partial else "strict")
            yield decoder.decode(first)
            while data := stream.read(1 << 20):
                yield decoder.decode(data)
            yield decoder.decode(b"", final=True)
        except LookupError as error:
            raise ImportRefusedError(f'{self.called} says that it is in "{encoding}", which is no encoding.') from error
        except UnicodeDecodeError as error:
            wrong = f"{self.called} is not in {encoding}, as it should be ({error.reason})."
            raise ImportRefusedError(f"{wrong} Save it in that encoding, or export again. {GO_ON}") from error


def without_texts(item: str) -> str:
    """Return an item in which CDATA is written without its marks if it is a word, and left out if it is a text."""
    return _CDATA.sub(lambda found: found[1] if len(found[1]) < 80 and "<" not in found[1] else "", item)  # noqa: PLR2004


def value_in(item: str, name: str) -> str:
    """Return the text of the first element `name`, as it is written, in what `without_texts` gives; empty for none."""
    found = re.search(rf"<{name}(?:\s[^>]*)?>([^<]*)<", item)
    return found[1].strip() if found else ""


class _Scanner:
    """Finds items in a run of characters, and holds no more than one."""

    def __init__(self, tag: str, head: list[str]) -> None:
        self._token = re.compile(rf"<!\[CDATA\[|<!--|<(?P<end>/?){tag}(?=[\s>/])")
        self._head, self._head_left, self._began = head, LONGEST_HEAD, False
        self._buffer = ""
        self._at = 0
        self._start: int | None = None
        self._until = ""
        self._too_long = False

    def scan(self, chunks: Iterable[str]) -> Iterator[Piece]:
        """Yield the items in `chunks`."""
        for chunk in chunks:
            self._buffer += chunk
            while (piece := self._next()) is not None:
                if piece.text:
                    yield piece
            self._trim()
        if self._start is not None:
            yield Piece(self._buffer[self._start :][:_SHOWN], "the export ends within it")

    def _next(self) -> Piece | None:
        """Go on to the next token; return an item if one ends, an empty one for other tokens, and None at the end."""
        if self._until:
            end = self._buffer.find(self._until, self._at)
            if end < 0:
                self._at = max(self._at, len(self._buffer) - len(self._until))
                return None
            self._at, self._until = end + len(self._until), ""
        found = self._token.search(self._buffer, self._at)
        if found is None:
            self._at = max(self._at, len(self._buffer) - _TAIL)
            return None
        self._at = found.end()
        if found["end"] is None:
            self._until = "]]>" if "CDATA" in found[0] else "-->"
            return Piece("")
        return self._ended(found) if found["end"] else self._started(found)

    def _started(self, found: re.Match[str]) -> Piece:
        before, self._start = self._start, found.start()
        if not self._began:
            self._head.append(self._buffer[: found.start()][: self._head_left])
            self._began = True
        if before is None:
            return Piece("")
        return Piece(self._buffer[before : found.start()][:_SHOWN], "its end is missing")

    def _ended(self, found: re.Match[str]) -> Piece:
        if self._start is None:
            return Piece("")
        text = f"{self._buffer[self._start : found.end()]}>"
        damage = f"it is longer than {LONGEST:,} characters" if self._too_long or len(text) > LONGEST else ""
        self._start, self._too_long = None, False
        return Piece(text[:_SHOWN] if damage else text, damage)

    def _trim(self) -> None:
        """Forget what lies behind, and the inside of what is too long."""
        if self._start is None:
            if not self._began and self._head_left > 0:
                kept = self._buffer[: self._at][: self._head_left]
                self._head.append(kept)
                self._head_left -= len(kept)
            self._buffer, self._at = self._buffer[self._at :], 0
        elif len(self._buffer) - self._start > LONGEST:
            shown, rest = self._buffer[self._start :][:_SHOWN], self._buffer[self._at :]
            self._buffer, self._start, self._at, self._too_long = shown + rest, 0, len(shown), True


def _prefixes(text: str) -> set[str]:
    return set(re.findall(r"<([A-Za-z][\w.-]*):[A-Za-z]", _CDATA.sub("", text)))


def _title_in(text: str) -> str:
    bare = _CDATA.sub(lambda found: found[1][:200].replace("<", ""), text[:_SHOWN])
    title = " ".join(without_control(value_in(bare, "title")).split())
    return f'"{title}"' if title else f"an item without a title, {' '.join(bare[:60].split())}"


def _forget(element: etree._Element) -> None:
    """Free an element and all before it."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def _unique(found: Iterable[re.Match[str]]) -> Iterator[re.Match[str]]:
    seen: set[str] = set()
    for each in found:
        if each["prefix"] not in seen:
            seen.add(each["prefix"])
            yield each
