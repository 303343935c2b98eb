"""What reading a file yields: pieces of text, files that are packed in it, and what could not be looked into."""

from __future__ import annotations

from ...values import dataclass

MOST = 256 * 2**20


@dataclass(frozen=True, slots=True)
class Piece:
    """Text that stands in a file."""

    name: str
    """The file; ``book.epub!text.xhtml`` is a file in a file."""
    text: str
    is_text: bool = True
    """Whether somebody wrote it; else it is bytes that look like letters, in which a short name means nothing."""


@dataclass(frozen=True, slots=True)
class Member:
    """A file that is packed in another."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True, order=True)
class Unread:
    """That a file could not be looked into."""

    path: str
    why: str

    def __str__(self) -> str:
        return f"{self.path}: not looked into, since it is {self.why} [unread-file]. Look at it yourself."


@dataclass(slots=True)
class Room:
    """How many bytes may still be unpacked of one published file, so that no archive can fill the machine."""

    left: int = MOST

    def take(self, size: int) -> bool:
        """Count `size` bytes, and tell whether there was room for them."""
        fits = size <= self.left
        self.left = self.left - size if fits else 0
        return fits
