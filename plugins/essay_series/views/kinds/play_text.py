"""The HTML of a play → its parts: when to use it, its steps, and the questions before and after.

Sections are identified by their headings, which a site can choose (`PLAY_SECTIONS`). A play without these sections has
a page too, and its worksheet has only space to write.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import unescape

from ...htmltext import one_line
from ...model import PLAY_SECTIONS
from ...names import fold
from ...values import dataclass

WHEN, STEPS, BEFORE, AFTER = PLAY_SECTIONS
_HEADING = re.compile(r"<h[1-6]\b[^>]*>(?P<words>.*?)</h[1-6]>", re.DOTALL)
_HEADERLINK = re.compile(r'<a class="headerlink".*?</a>', re.DOTALL)
_ITEM = re.compile(r"<(?P<end>/?)li\b[^>]*>")
_NOT_ON_PAPER = re.compile(r"<sup\b[^>]*>.*?</sup>|</?(?:a|p)\b[^>]*>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_BETWEEN = re.compile(r";\s+|(?<=[.!?])\s+")
_JOINED = re.compile(r"^(?:and|or)\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class SheetPart:
    """A part of a worksheet."""

    heading: str
    items: tuple[str, ...]
    """Inline HTML without links."""


@dataclass(frozen=True, slots=True)
class Worksheet:
    """The questions and steps of a play."""

    before: SheetPart
    steps: SheetPart
    after: SheetPart


def worksheet(content: str, headings: Mapping[str, str] = PLAY_SECTIONS) -> Worksheet:
    """Return the worksheet of the play with the HTML `content`."""
    sections = _sections(content)
    parts = (
        SheetPart(headings[name], tuple(_items(_under(name, sections, headings)))) for name in (BEFORE, STEPS, AFTER)
    )
    return Worksheet(*parts)


def situations(content: str, headings: Mapping[str, str] = PLAY_SECTIONS) -> tuple[str, ...]:
    """Return the situations in which to use the play with the HTML `content`, as plain text.

    They are the items of a list in that section, or else its sentences and what is between semicolons.
    """
    section = _under(WHEN, _sections(content), headings)
    pieces = [*_items(section)] or _BETWEEN.split(_plain(section))
    texts = (_JOINED.sub("", _plain(piece)).rstrip(" .;") for piece in pieces)
    return tuple(each[:1].upper() + each[1:] for each in texts if each)


def when_to_use(content: str, headings: Mapping[str, str] = PLAY_SECTIONS) -> str:
    """Return the section on when to use the play with the HTML `content`, as plain text; empty if there is none."""
    return _plain(_under(WHEN, _sections(content), headings))


def _under(name: str, sections: Mapping[str, str], headings: Mapping[str, str]) -> str:
    """Return the HTML under the site's heading of a section, or else under the usual one; empty if there is neither."""
    return sections.get(fold(headings[name])) or sections.get(fold(PLAY_SECTIONS[name]), "")


def _sections(content: str) -> dict[str, str]:
    """Return the HTML from each heading to the next one, by the folded text of the heading."""
    found = [*_HEADING.finditer(content)]
    ends = [*(each.start() for each in found), len(content)][1:]
    return {
        fold(_plain(_HEADERLINK.sub("", each["words"]))): content[each.end() : end]
        for each, end in zip(found, ends, strict=True)
    }


def _items(section: str) -> Iterator[str]:
    """Yield the HTML of each list item that is not inside another one."""
    depth = begin = 0
    for tag in _ITEM.finditer(section):
        depth += -1 if tag["end"] else 1
        if depth == 1 and not tag["end"]:
            begin = tag.end()
        elif depth == 0:
            yield one_line(_NOT_ON_PAPER.sub("", section[begin : tag.start()]))


def _plain(html: str) -> str:
    return one_line(unescape(_TAG.sub("", re.sub(r"<sup\b.*?</sup>", "", html, flags=re.DOTALL))))
