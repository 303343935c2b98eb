"""Markdown with its code and comments blanked, every character in its place: what is looked through for all else."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator

from .comments import end_of_comment

_FENCE = re.compile(r"(?P<fence>`{3,}+|~{3,}+)(?P<info>.*)")
_INDENTED = re.compile(r"\n(?:    |\t)")
_CONTAINER = re.compile(r" {0,3}([*+-]|\d+[.)]|:|\[\^[^\]]+\]:)\s")
# What must not stand before a mark is looked for behind it, so that the search can leap from mark to mark
_TICKS_OR_COMMENT = re.compile(r"`(?<!(?<!\\)\\`)`*|<!--")
_TICKS = re.compile("`+")
_BLANK_LINE = re.compile(r"\n[^\S\n]*+(?=\n)")


def without_code(text: str) -> str:
    """Return the Markdown `text` with code and comments blanked, every other character in its place."""
    if "```" in text or "~~~" in text:
        text = "\n".join(_without_fenced(text.split("\n")))
    if text.startswith(("    ", "\t")) or _INDENTED.search(text):
        text = _without_indented_code(text)
    if "`" in text or "<!--" in text:
        text = blanked(text, _code_spans_and_comments(text))
    return text


def _without_indented_code(text: str) -> str:
    lines = text.split("\n")
    in_container, after_blank = False, True
    for number, line in enumerate(lines):
        indented = line.startswith(("    ", "\t"))
        if line.strip() and indented and after_blank and not in_container:
            lines[number] = blank(line)
            continue
        if line.strip() and not indented and (after_blank or _CONTAINER.match(line)):
            in_container = bool(_CONTAINER.match(line))
        after_blank = not line.strip()
    return "\n".join(lines)


def _code_spans_and_comments(text: str) -> Iterator[tuple[int, int]]:
    """Yield where each code span and each comment starts and ends.

    A span ends at the next run of as many ticks, in the same paragraph. This is no pattern, since a pattern tries
    every end for every start.
    """
    closing: dict[int, list[int]] = {}
    for ticks in _TICKS.finditer(text):
        closing.setdefault(len(ticks[0]), []).append(ticks.start())
    breaks = [match.start() for match in _BLANK_LINE.finditer(text)] + [len(text)]
    done = 0
    for opening in _TICKS_OR_COMMENT.finditer(text):
        start, inside = opening.span()
        if start < done:
            continue
        if opening[0] == "<!--":
            done = end_of_comment(text, start) or len(text)
        else:
            ends = closing.get(inside - start, [])
            number = bisect_left(ends, inside)
            paragraph = breaks[bisect_left(breaks, inside)]
            done = ends[number] + inside - start if number < len(ends) and ends[number] < paragraph else 0
        if done:
            yield start, done


def _without_fenced(lines: list[str]) -> list[str]:
    """Return `lines` with blanks for all that stands between a line of ticks or tildes and the next such line."""
    fences = {number: match for number, line in enumerate(lines) if (match := _FENCE.match(line))}
    closing: dict[str, list[int]] = {}
    for number, fence in fences.items():
        if not fence["info"].strip(" "):
            closing.setdefault(fence["fence"], []).append(number)
    found, done = list(lines), -1
    for number, fence in fences.items():
        ends = closing.get(fence["fence"], [])
        after = bisect_right(ends, number)
        if number > done and after < len(ends):
            done = ends[after]
            found[number : done + 1] = [blank(line) for line in lines[number : done + 1]]
    return found


def blanked(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """Return `text` with blanks in each of the `spans`, which may overlap."""
    parts: list[str] = []
    done = 0
    for start, end in sorted(spans):
        if end > done:
            parts += [text[done:start], blank(text[max(done, start) : end])]
            done = end
    return "".join([*parts, text[done:]])


def blank(text: str) -> str:
    """Return blanks for all of `text` but its line ends."""
    return re.sub(r"[^\n]", " ", text)
