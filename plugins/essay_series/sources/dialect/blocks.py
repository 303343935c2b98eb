"""Blocks that come out as text, or text that comes out as a block: fences, tables, headings, notices."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from itertools import pairwise

from .probe import Outcome, Probe, Trap, trap, when

_FENCE = re.compile(
    r"(?P<before>(?: {0,3}> ?)*[ \t]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?)(?P<fence>`{3,}|~{3,})(?P<info>[^`\n]*)$"
)
_DELIMITER = re.compile(r" {0,3}\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")
_HASH = re.compile(r" {0,3}(?P<hashes>#{1,6})(?=[^\s#])")
_NOTICE = re.compile(r"(?P<mark>(?: {0,3}> ?)+\[!\w+\])|(?P<other>(?:!!!|:::+)[ \t]*\{?[\w.]+\}?)")
_CODE_INDENT = re.compile(r" {4}| {0,3}\t")
_OUTER = re.compile(r"(?:[-*+]|\d+[.)])\s|\[\^|:\s")
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))


def without_fences(text: str) -> tuple[str, list[Probe]]:
    """Return `text` with blanks for each fenced block, wherever it is, and what is to be asked about each."""
    lines = text.split("\n")
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    found: list[Probe] = []
    number = 0
    while number < len(lines):
        fence = _FENCE.match(lines[number])
        end = fence and _end(lines, number, fence)
        if fence and end:
            found += _fence(lines, starts, (number, end), fence)
            lines[number : end + 1] = [" " * len(line) for line in lines[number : end + 1]]
            number = end
        number += 1
    return "\n".join(lines), found


def _end(lines: list[str], number: int, fence: re.Match[str]) -> int | None:
    """Return the number of the line that closes a fence, if any does."""
    for later in range(number + 1, len(lines)):
        other = _FENCE.match(lines[later])
        if other and other["fence"].startswith(fence["fence"]) and not other["info"].strip():
            return later
    return None


def _fence(lines: list[str], starts: list[int], span: tuple[int, int], fence: re.Match[str]) -> Iterator[Probe]:
    """Yield what is to be asked about the block in the lines of `span`, if it holds anything and is a fence at all."""
    inside = next((each for each in range(span[0] + 1, span[1]) if lines[each].strip(" \t>")), None)
    in_list = bool(re.search(r"[-*+.)]", fence["before"])) or _in_list(lines, span[0])
    if inside is None or (_CODE_INDENT.match(lines[span[0]]) and not in_list):
        return
    at = starts[inside] + len(lines[inside]) - len(lines[inside].lstrip(" \t>"))
    told = trap("fence-as-text", "this fence makes no block of code", _cure(fence, in_list=in_list))
    yield Probe(at, when(lambda seen: "pre" not in seen.within, told), starts[span[0]] + fence.start("fence"))


def _cure(fence: re.Match[str], *, in_list: bool) -> str:
    if in_list:
        return "In a list, leave the fence out and indent the code by eight blanks, below a blank line."
    if ">" in fence["before"]:
        return "In a quotation, leave the fence out and indent the code by four blanks, below an empty line of it."
    return (
        "Begin the fence at the start of its line." if fence["before"] else "Write one word behind the fence, or none."
    )


def _in_list(lines: list[str], number: int) -> bool:
    """Tell whether a line stands below an item of a list, or in a note."""
    above = [line for line in lines[:number] if line.strip() and not line.startswith((" ", "\t"))]
    return bool(above) and bool(_OUTER.match(above[-1]))


def tables(text: str) -> Iterator[Probe]:
    """Yield what is to be asked about what may be tables."""
    offset = 0
    for (above, head), delimiter in zip(pairwise(["", *text.split("\n")]), text.split("\n")[1:], strict=False):
        if "|" in head and "|" in delimiter and "-" in delimiter and _DELIMITER.match(delimiter):
            at = offset + len(head) - len(head.lstrip(" \t|"))
            cure = "Leave a blank line above it." if above.strip() else "Give each row as many cells as its second row."
            told = trap("table-as-text", "this table comes out as text", cure)
            judge = when(lambda seen: seen.marked_up and "th" not in seen.within, told)
            yield Probe(at, judge, offset + len(head) - len(head.lstrip()))
        offset += len(head) + 1


def headings(text: str) -> Iterator[Probe]:
    """Yield what is to be asked about lines of text that begin with the sign of a heading."""
    offset, above = 0, ""
    for line in text.split("\n"):
        match = _HASH.match(line)
        if match and (above.strip() or (match["hashes"] == "#" and line[match.end()].isdigit())):
            yield Probe(offset + match.end(), _heading, offset + match.start("hashes"))
        above = line
        offset += len(line) + 1


def _heading(seen: Outcome, _: object) -> Trap | None:
    if _HEADINGS.isdisjoint(seen.within):
        return None
    cure = r'Write "\#" for the mere sign; for a heading, leave a blank line above it and a blank behind "#".'
    return trap("accidental-heading", 'this line becomes a heading, since it begins with "#"', cure)


def notices(text: str) -> Iterator[Probe]:
    """Yield what is to be asked about what may be notices: ``> [!NOTE]``, ``!!! note``, ``::: note``."""
    offset = 0
    for line, below in pairwise([*text.split("\n"), ""]):
        if match := _NOTICE.match(line):
            mark = match[0].lstrip(" >")
            what = f'readers see "{mark}", which makes no notice here'
            told = trap("unknown-markup", what, 'Begin the quotation with "**Note:**".')
            # An extension that knows the mark may want nothing else in its line
            inside = len(line) + 1 + len(below) - len(below.lstrip(" \t>")) if below.strip(" \t>") else match.end()
            yield Probe(offset + inside, when(partial(_shows, mark), told), offset + match.end() - len(mark))
        offset += len(line) + 1


def _shows(mark: str, seen: Outcome) -> bool:
    return seen.marked_up and mark in seen.before
