"""The text of a play → its pieces: when to use it, its steps, and the questions before and after.

A play is a text like any other. Each section is known by the words of its heading, which a site may
choose (`PLAY_SECTIONS`); a play without them is shown all the same, and its worksheet has only room to write.
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
    """Each HTML of one line, without links."""


@dataclass(frozen=True, slots=True)
class Worksheet:
    """What a play has one write down and do."""

    before: SheetPart
    steps: SheetPart
    after: SheetPart


def worksheet(content: str, headings: Mapping[str, str] = PLAY_SECTIONS) -> Worksheet:
    """Return what the play with the HTML `content` has one write down and do."""
    sections = _sections(content)
    parts = (
        SheetPart(headings[name], tuple(_items(_under(name, sections, headings)))) for name in (BEFORE, STEPS, AFTER)
    )
    return Worksheet(*parts)


def situations(content: str, headings: Mapping[str, str] = PLAY_SECTIONS) -> tuple[str, ...]:
    """Return the situations in which to use the play with the HTML `content`, each as plain text.

    They are the items of a list under that heading, or else what its sentences put between semicolons.
    """
    section = _under(WHEN, _sections(content), headings)
    pieces = [*_items(section)] or _BETWEEN.split(_plain(section))
    told = (_JOINED.sub("", _plain(piece)).rstrip(" .;") for piece in pieces)
    return tuple(each[:1].upper() + each[1:] for each in told if each)


def when_to_use(content: str, headings: Mapping[str, str] = PLAY_SECTIONS) -> str:
    """Return what the play with the HTML `content` says of when to use it, as plain text."""
    return _plain(_under(WHEN, _sections(content), headings))


def _under(name: str, sections: Mapping[str, str], headings: Mapping[str, str]) -> str:
    """Return the HTML under a heading, by what the site calls it or else by its usual name; empty where it is not."""
    return sections.get(fold(headings[name])) or sections.get(fold(PLAY_SECTIONS[name]), "")


def _sections(content: str) -> dict[str, str]:
    """Return the HTML under each heading, down to the next one, by the folded words of the heading."""
    found = [*_HEADING.finditer(content)]
    ends = [*(each.start() for each in found), len(content)][1:]
    return {
        fold(_plain(_HEADERLINK.sub("", each["words"]))): content[each.end() : end]
        for each, end in zip(found, ends, strict=True)
    }


def _items(section: str) -> Iterator[str]:
    """Yield what each item says that is not an item within another."""
    depth = begin = 0
    for tag in _ITEM.finditer(section):
        depth += -1 if tag["end"] else 1
        if depth == 1 and not tag["end"]:
            begin = tag.end()
        elif depth == 0:
            yield one_line(_NOT_ON_PAPER.sub("", section[begin : tag.start()]))


def _plain(html: str) -> str:
    return one_line(unescape(_TAG.sub("", re.sub(r"<sup\b.*?</sup>", "", html, flags=re.DOTALL))))
