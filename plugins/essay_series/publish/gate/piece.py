"""The results of reading a file: pieces of text, files in archives, and files that cannot be read."""

from __future__ import annotations

from ...values import dataclass

MAX_UNPACKED = 256 * 2**20
"""Bytes."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of text in a file."""

    name: str
    """The path of the file; ``book.epub!text.xhtml`` is a file in an archive."""
    text: str
    is_text: bool = True
    """False for binary data read as letters, in which a short name may appear by chance."""


@dataclass(frozen=True, slots=True)
class Member:
    """A file in an archive."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True, order=True)
class Unread:
    """A file that could not be read, and so was not checked."""

    path: str
    why: str
    """The kind of file, as the end of a sentence."""

    def __str__(self) -> str:
        return f"{self.path}: not checked, since it is {self.why} [unread-file]. Look at it yourself."


@dataclass(slots=True)
class UnpackBudget:
    """How many more bytes may be unpacked from one file: a limit against archive bombs."""

    left: int = MAX_UNPACKED

    def take(self, size: int) -> bool:
        """Use up `size` bytes, and tell whether they were within the limit."""
        fits = size <= self.left
        self.left = self.left - size if fits else 0
        return fits
