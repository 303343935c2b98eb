"""Finds blocks that may be rendered as text, and text that may become a block: fences, tables, headings, notices."""

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
    """Return `text` with every fenced block blanked, indented and quoted ones too, and a probe for each."""
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
    """Return the index of the line that closes the fence of the line `number`; None if it is never closed."""
    for later in range(number + 1, len(lines)):
        other = _FENCE.match(lines[later])
        if other and other["fence"].startswith(fence["fence"]) and not other["info"].strip():
            return later
    return None


def _fence(lines: list[str], starts: list[int], span: tuple[int, int], fence: re.Match[str]) -> Iterator[Probe]:
    """Yield the probe for the fenced block in the lines of `span`, unless it is empty or indented code."""
    inside = next((each for each in range(span[0] + 1, span[1]) if lines[each].strip(" \t>")), None)
    in_list = bool(re.search(r"[-*+.)]", fence["before"])) or _in_list(lines, span[0])
    if inside is None or (_CODE_INDENT.match(lines[span[0]]) and not in_list):
        return
    at = starts[inside] + len(lines[inside]) - len(lines[inside].lstrip(" \t>"))
    found = trap("fence-as-text", "this fence does not make a code block", _cure(fence, in_list=in_list))
    yield Probe(at, when(lambda seen: "pre" not in seen.within, found), starts[span[0]] + fence.start("fence"))


def _cure(fence: re.Match[str], *, in_list: bool) -> str:
    if in_list:
        return "In a list, remove the fence, add a blank line and indent the code by eight spaces."
    if ">" in fence["before"]:
        return "In a quotation, remove the fence, add an empty quoted line and indent the code by four spaces."
    return "Start the fence in the first column." if fence["before"] else "Write at most one word after the fence."


def _in_list(lines: list[str], number: int) -> bool:
    """Tell whether the line belongs to a list item or a footnote."""
    above = [line for line in lines[:number] if line.strip() and not line.startswith((" ", "\t"))]
    return bool(above) and bool(_OUTER.match(above[-1]))


def tables(text: str) -> Iterator[Probe]:
    """Yield a probe for each possible table."""
    offset = 0
    for (above, head), delimiter in zip(pairwise(["", *text.split("\n")]), text.split("\n")[1:], strict=False):
        if "|" in head and "|" in delimiter and "-" in delimiter and _DELIMITER.match(delimiter):
            at = offset + len(head) - len(head.lstrip(" \t|"))
            cure = "Add a blank line above it." if above.strip() else "Give each row as many cells as the second row."
            found = trap("table-as-text", "this table is shown as text", cure)
            judge = when(lambda seen: seen.marked_up and "th" not in seen.within, found)
            yield Probe(at, judge, offset + len(head) - len(head.lstrip()))
        offset += len(head) + 1


def headings(text: str) -> Iterator[Probe]:
    """Yield a probe for each line of text that starts with ``#`` and may become a heading."""
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
    cure = r'Write "\#" for a literal "#"; for a heading, add a blank line above it and a space after "#".'
    return trap("accidental-heading", 'this line becomes a heading, since it starts with "#"', cure)


def notices(text: str) -> Iterator[Probe]:
    """Yield a probe for each possible notice: ``> [!NOTE]``, ``!!! note``, ``::: note``."""
    offset = 0
    for line, below in pairwise([*text.split("\n"), ""]):
        if match := _NOTICE.match(line):
            mark = match[0].lstrip(" >")
            what = f'readers see "{mark}", which does not make a notice here'
            found = trap("unknown-markup", what, 'Start the quotation with "**Note:**".')
            # An extension that knows the mark may expect it alone on its line, so the token goes into the next one
            inside = len(line) + 1 + len(below) - len(below.lstrip(" \t>")) if below.strip(" \t>") else match.end()
            yield Probe(offset + inside, when(partial(_shows, mark), found), offset + match.end() - len(mark))
        offset += len(line) + 1


def _shows(mark: str, seen: Outcome) -> bool:
    return seen.marked_up and mark in seen.before
