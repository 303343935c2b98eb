"""Lists that other dialects of Markdown read and this one does not: right below a paragraph, or indented less."""

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
    """An item of a list, as the other dialects see it."""

    indent: int
    inside: int
    """The column at which its own text begins."""
    at: int
    marker: str


@dataclass(slots=True)
class _Walk:
    """What is known on the way through the lines."""

    open: list[_Item] = field(default_factory=list)
    """The items that the line may belong to, from the outermost."""
    above: str = ""
    """The line above, without what makes it a quotation."""
    quoted: str = ""
    """What makes the line above a quotation."""
    root: int = 0
    """Where the outermost list began."""
    chunk: int = 0
    """Where the running lines without a blank one began."""
    paragraph: list[tuple[_Item, int]] = field(default_factory=list)
    """What may be items in the running paragraph, each with its place."""
    introduced: bool = False
    """Whether the first of them is below a line that ends with a colon."""


def probes(text: str) -> Iterator[Probe]:
    """Yield what is to be asked about the lists of `text`, whose code is blanked."""
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
    item = _Item(width, inside, at, match["marker"])
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
    """Yield the first item of a list in the paragraph that ends, if it is likely that one is meant.

    A line of prose may begin with a dash or with the year in which something was, so that one such line is no list.
    """
    found = walk.paragraph
    same = [each for each in found if each[0].marker[-1] == found[0][0].marker[-1]]
    if found and (len(same) > 1 or walk.introduced):
        item, place = found[0]
        if item.marker in _BULLETS or int(item.marker[:-1]) <= 1:
            yield Probe(item.at, lambda seen, _: _not_in_list(seen, item.marker), place, walk.chunk)
    walk.paragraph, walk.introduced = [], False


def _continued(parent: _Item, at: int, chunk: int) -> Probe:
    """Return what is to be asked about a further paragraph of the item `parent`."""

    def judge(seen: Outcome, every: Outcomes) -> Trap | None:
        item = every.get(parent.at)
        if not item or not item.depth or not seen.marked_up or seen.depth >= item.depth:
            return None
        cure = f"Indent it by {_INDENT * item.depth} blanks, and leave a blank line below it."
        return trap("outside-list", "this paragraph comes out behind the list, and not in its item", cure)

    return Probe(at, judge, once=chunk)


def _not_in_list(seen: Outcome, marker: str) -> Trap | None:
    """Tell of an item whose marker readers see."""
    if not seen.marked_up or not re.match(rf"(?:{re.escape(marker)}[ \t]+)(?:\[[ xX]\][ \t]+)?$", seen.line):
        return None
    if marker.endswith(")") and seen.before.lstrip().startswith(marker):
        hint = f'Write "{marker[:-1]}." for it.'
        return trap("list-as-text", f'this list is read as text, since "{marker}" begins none', hint)
    return trap("list-as-text", "this list is read as part of the paragraph above it", "Leave a blank line above it.")


def _flat(seen: Outcome, every: Outcomes, parent: _Item) -> Trap | None:
    item = every.get(parent.at)
    if not item or not item.depth or not seen.marked_up or seen.depth > item.depth:
        return None
    cure = f"Indent such items by {_INDENT} blanks more than the one above them."
    return trap("flat-list", "this item comes out beside the one above it, and not within it", cure)
