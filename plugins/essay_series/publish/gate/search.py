"""The search for secrets in pieces of text: in text for all of them, in programs and binary data for long ones."""

from __future__ import annotations

import re
from base64 import b64decode
from binascii import Error
from collections.abc import Iterator, Mapping
from dataclasses import field
from functools import cached_property
from html import escape
from urllib.parse import unquote_to_bytes

from ...values import dataclass
from .files import read
from .machine import Traces
from .normalize import chunks, decoded
from .phrases import LONG, Phrases, Secret
from .piece import Piece, Unread

THIS_MACHINE = "this machine"

_PATH = re.compile(r"[\w%.~+/-]+")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_CODE = re.compile(r"<(?:script|style)\b(?![^>]*(?:json|importmap|speculationrules))[^>]*>", re.IGNORECASE)
_QUOTED = re.compile(
    r"\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`|/\*.*?\*/|(?<![:\w])//[^\n]*|\burl\([^)]*\)",
    re.DOTALL,
)
"""The parts of a program that may hold prose: strings and comments."""
_PROGRAMS = (".js", ".mjs", ".cjs", ".css")
_DIGEST = re.compile(r"\bsha(?:256|384|512)-[A-Za-z0-9+/]+=*")
_DATA = re.compile(r"data:[\w.+/-]*(?:;[\w=.+-]+)*;base64,(?P<packed>[A-Za-z0-9+/=%_-]{12,})", re.IGNORECASE)


@dataclass(frozen=True)
class Search:
    """All that is searched for."""

    phrases: Phrases
    addresses: Mapping[str, Secret]
    traces: Traces
    cache: dict[str, frozenset[Secret]] = field(default_factory=dict)
    """The secrets in each chunk of text; most chunks are in many files."""

    @cached_property
    def long_only(self) -> Search:
        """The same search for secrets that are too long to match by chance."""
        addresses = {address: secret for address, secret in self.addresses.items() if len(address) >= LONG}
        return Search(self.phrases.long_only(), addresses, self.traces.long_only())

    @cached_property
    def longest_address(self) -> int:
        """The number of path segments in the longest secret address."""
        return max(address.count("/") + 1 for address in self.addresses)

    def found_in(self, piece: Piece) -> set[Secret]:
        """Return every secret in the path and in the text of `piece`."""
        found = set(self._cached(f'<a href="{escape(piece.name)}"></a>'))
        if not piece.is_text:
            return found | self.long_only._in_text(piece.text)  # noqa: SLF001 - of the same class
        text = piece.text
        for data in _DATA.finditer(text) if "base64," in text else ():
            found |= self._in_data(piece.name, data["packed"])
        text = _DATA.sub("", _DIGEST.sub("", text))
        if piece.name.endswith(_PROGRAMS):
            return found | self._in_program(text)
        found |= self._in_text(text)
        return found | self._in_text(_COMMENT.sub("", text)) if "<!--" in text else found

    def _in_data(self, name: str, packed: str) -> set[Secret]:
        """Return the secrets in a file that is inside a ``data:`` URL."""
        try:
            data = b64decode(unquote_to_bytes(packed), altchars=b"-_" if "-" in packed or "_" in packed else None)
        except (Error, ValueError):
            return set()
        pieces = (each for each in read(name, data) if not isinstance(each, Unread))
        return {secret for each in pieces for secret in self.found_in(each)}

    def _in_text(self, text: str) -> set[Secret]:
        found: set[Secret] = set()
        is_program = False
        for chunk in chunks(text):
            found |= self._in_program(chunk) if is_program else self._cached(chunk)
            is_program = bool(_CODE.match(chunk)) or (is_program and not chunk.startswith("</"))
        return found

    def _in_program(self, text: str) -> set[Secret]:
        """Return the secrets in a program; short ones count in strings and comments only."""
        return self.long_only._in_chunks(text) | self._in_chunks("\n".join(_QUOTED.findall(text)))  # noqa: SLF001 - likewise

    def _in_chunks(self, text: str) -> set[Secret]:
        return {secret for chunk in chunks(text) for secret in self._cached(chunk)}

    def _cached(self, chunk: str) -> frozenset[Secret]:
        found = self.cache.get(chunk)
        return found if found is not None else self.cache.setdefault(chunk, self._secrets_in(chunk))

    def _secrets_in(self, chunk: str) -> frozenset[Secret]:
        plain = decoded(decoded(chunk))
        in_phrases = {self.phrases.secret(*each) for each in self.phrases.found_in(chunk)}
        return frozenset((*in_phrases, *self._addressed_in(plain), *self._traced_in(plain)))

    def _traced_in(self, text: str) -> Iterator[Secret]:
        if trace := self.traces.found_in(text):
            yield Secret(THIS_MACHINE, "a trace", trace)

    def _addressed_in(self, text: str) -> Iterator[Secret]:
        paths = (match[0] for match in _PATH.finditer(text) if "/" in match[0]) if self.addresses else ()
        for path in paths:
            parts = [part for part in path.removesuffix("index.html").split("/") if part][-self.longest_address :]
            tails = ("/".join(parts[start:]) for start in range(len(parts)))
            yield from (self.addresses[tail] for tail in tails if tail in self.addresses)
