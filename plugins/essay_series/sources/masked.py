"""Blanks code and comments in Markdown, keeping every other character at its offset, so that the rest can be searched.

It follows Python-Markdown: fenced blocks start in the first column, and indented code is not recognized in list items
or footnotes.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator

from .comments import end_of_comment
from .fences import fenced_blocks

_INDENTED = re.compile(r"\n(?:    |\t)")
_CONTAINER = re.compile(r" {0,3}([*+-]|\d+[.)]|:|\[\^[^\]]+\]:)\s")
# The lookbehind follows the character it belongs to, so that the search can skip to the next one of these characters
_TICKS_OR_COMMENT = re.compile(r"`(?<!(?<!\\)\\`)`*|<!--")
_TICKS = re.compile("`+")
_BLANK_LINE = re.compile(r"\n[^\S\n]*+(?=\n)")


def without_code(text: str) -> str:
    """Return the Markdown `text` with code and comments replaced by blanks; offsets stay the same."""
    text = blanked(text, fenced_blocks(text))
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
    """Yield the start and end of each code span and each comment.

    A code span ends at the next run of equally many backticks in the same paragraph. A regular expression would take
    quadratic time, since it tries every end for every start.
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


def blanked(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """Return `text` with the `spans` of offsets blanked; they may overlap."""
    parts: list[str] = []
    done = 0
    for start, end in sorted(spans):
        if end > done:
            parts += [text[done:start], blank(text[max(done, start) : end])]
            done = end
    return "".join([*parts, text[done:]])


def blank(text: str) -> str:
    """Return `text` with a blank for every character except line breaks."""
    return re.sub(r"[^\n]", " ", text)
