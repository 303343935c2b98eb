"""Finds lists that Python-Markdown may not read as such: directly below a paragraph, or with too little indentation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import field

from ...values import dataclass
from .probe import Outcome, Outcomes, Probe, Trap, trap

_ITEM = re.compile(r"(?P<indent>[ \t]*)(?P<marker>[-*+]|\d{1,9}[.)])(?P<gap>[ \t]+)(?P<box>\[[ xX]\][ \t]+)?(?=[^\s|])")
_RULE = re.compile(r"[ \t]*(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})$")
_QUOTE = re.compile(r"(?: {0,3}> ?)+")
_NOTE = re.compile(r"\[\^[^\]\n]+\]:|: ")
_INDENT = 4
_BULLETS = frozenset("-*+")


@dataclass(frozen=True, slots=True)
class _Item:
    """A list item, as other dialects read it."""

    inside: int
    """The column, from 0, of the text after its marker."""
    at: int
    """The offset of that text."""
    marker: str


@dataclass(slots=True)
class _Walk:
    """The state between two lines."""

    open: list[_Item] = field(default_factory=list)
    """The items that the line may belong to, the outermost first."""
    above: str = ""
    """The previous line, without its quotation markers."""
    quoted: str = ""
    """The quotation markers of the previous line."""
    root: int = 0
    """The offset of the outermost list."""
    chunk: int = 0
    """The offset of the first line since the last blank line."""
    paragraph: list[tuple[_Item, int]] = field(default_factory=list)
    """Possible items within the current paragraph, each with the offset of its marker."""
    introduced: bool = False
    """Whether the line above the first of them ends with a colon."""


def probes(text: str) -> Iterator[Probe]:
    """Yield the probes for the lists in `text`, whose code is blanked."""
    walk, offset = _Walk(), 0
    for line in [*text.split("\n"), ""]:
        quote = _QUOTE.match(line)
        prefix = quote[0] if quote else ""
        if prefix.count(">") != walk.quoted.count(">"):
            yield from _paragraph_ends(walk)
            walk.open, walk.above = [], ""
        walk.quoted = prefix
        yield from _line(walk, line[len(prefix) :], offset + len(prefix))
        walk.above = line[len(prefix) :]
        offset += len(line) + 1


def _line(walk: _Walk, line: str, offset: int) -> Iterator[Probe]:
    indent = len(line) - len(line.lstrip())
    if not walk.above.strip():
        walk.chunk = offset
    width = len(line[:indent].expandtabs(_INDENT))
    item = None if _RULE.match(line) else _ITEM.match(line)
    if not line.strip():
        yield from _paragraph_ends(walk)
    elif _NOTE.match(line):
        walk.open = []
    elif item:
        yield from _item(walk, item, width, offset)
    elif not walk.above.strip():
        while walk.open and width < walk.open[-1].inside:
            walk.open.pop()
        if walk.open and width < walk.open[-1].inside + _INDENT and line[indent] not in "#<>|`~[":
            yield _continued(walk.open[-1], offset + indent, walk.chunk)


def _item(walk: _Walk, match: re.Match[str], width: int, offset: int) -> Iterator[Probe]:
    runs_on = bool(walk.above.strip()) and not walk.open
    begins = not walk.open
    while walk.open and width < walk.open[-1].inside:
        walk.open.pop()
    at, place = offset + match.end(), offset + match.start("marker")
    inside = width + len(match["marker"]) + min(len(match["gap"]), _INDENT)
    item = _Item(inside, at, match["marker"])
    if runs_on:
        walk.introduced = walk.introduced or (not walk.paragraph and walk.above.rstrip().endswith(":"))
        walk.paragraph.append((item, place))
    elif not walk.open and width >= _INDENT:
        return
    else:
        walk.root = offset if begins else walk.root
        yield Probe(at, lambda seen, _: _not_in_list(seen, item.marker), place, walk.chunk)
        if walk.open:
            parent = walk.open[-1]
            yield Probe(at, lambda seen, every: _flat(seen, every, parent), place, -walk.root - 1)
        walk.open.append(item)


def _paragraph_ends(walk: _Walk) -> Iterator[Probe]:
    """Yield a probe for the first possible item in the paragraph that ends, if it is probably a list.

    A single such line is not enough: a line of prose may start with a dash or with a year and a full stop.
    """
    found = walk.paragraph
    same = [each for each in found if each[0].marker[-1] == found[0][0].marker[-1]]
    if found and (len(same) > 1 or walk.introduced):
        item, place = found[0]
        if item.marker in _BULLETS or int(item.marker[:-1]) <= 1:
            yield Probe(item.at, lambda seen, _: _not_in_list(seen, item.marker), place, walk.chunk)
    walk.paragraph, walk.introduced = [], False


def _continued(parent: _Item, at: int, chunk: int) -> Probe:
    """Return the probe for a further paragraph of the item `parent`."""

    def judge(seen: Outcome, every: Outcomes) -> Trap | None:
        item = every.get(parent.at)
        if not item or not item.depth or not seen.marked_up or seen.depth >= item.depth:
            return None
        cure = f"Indent it by {_INDENT * item.depth} spaces, and add a blank line below it."
        return trap("outside-list", "this paragraph ends the list instead of continuing its item", cure)

    return Probe(at, judge, once=chunk)


def _not_in_list(seen: Outcome, marker: str) -> Trap | None:
    """Return a trap if readers see the marker of the item."""
    if not seen.marked_up or not re.match(rf"(?:{re.escape(marker)}[ \t]+)(?:\[[ xX]\][ \t]+)?$", seen.line):
        return None
    if marker.endswith(")") and seen.before.lstrip().startswith(marker):
        hint = f'Write "{marker[:-1]}." instead.'
        return trap("list-as-text", f'this list is read as text, since "{marker}" does not start a list', hint)
    return trap("list-as-text", "this list is read as part of the paragraph above it", "Add a blank line above it.")


def _flat(seen: Outcome, every: Outcomes, parent: _Item) -> Trap | None:
    item = every.get(parent.at)
    if not item or not item.depth or not seen.marked_up or seen.depth > item.depth:
        return None
    cure = f"Indent nested items by {_INDENT} spaces more than the item above them."
    return trap("flat-list", "this item is not nested in the item above it", cure)
