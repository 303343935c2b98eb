"""The text of a new file: a header with the known values, a note on all other keys, and headings.

A new file is a draft. `checks.unfinished` stops the build if its note or a placeholder would be published.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from ...model import DRAFT
from ...sources.frontmatter import NOTE, Source
from ...sources.keys import Kind, keys_of

_HEADING = re.compile(r"^(#{2,6}) +(.+?)(?: +#+)? *$")
_NUMBERED = re.compile(r"^1[.)] ")
_BULLET = re.compile(r"^([*+-]) ")
PLAY_SECTIONS = (
    *("## Why it works", "## When to use it", "### When not to", "## Do this week"),
    *("1. ", "## Ask before", "- ", "## Ask after", "- "),
)
"""The headings of a site's first play, with how the lists below them start."""


def text_of(kind: Kind, values: Mapping[str, str], body: Sequence[str] = (), advice: Sequence[str] = ()) -> str:
    """Return the text of a new file: a header, a note, and below it the lines `body`.

    An empty one of the `values`, which are by key, becomes a placeholder; the sentences `advice` are added to the note.
    """
    keys = {key.name: key for key in keys_of(kind)}
    header = [f"{name}: {value or keys[name].filler}" for name, value in values.items()]
    rest = [f"  {key.name}: {key.meaning}" for key in keys_of(kind) if key.name not in values]
    fillers = any(not value for value in values.values())
    note = [
        f"{NOTE}: {'replace each (placeholder) above, then ' if fillers else ''}remove this note and the line",
        f'"Status: {DRAFT}". The build stops if any of it is forgotten.',
        *advice,
        "Other keys that may stand above, one per line:",
        *rest,
        "-->",
    ]
    return "\n".join([*header, "", *note, "", *body, ""])


def sections(plays: Iterable[Source]) -> tuple[str, ...]:
    """Return the headings that all `plays` have, each followed by the start of its list where all have the same."""
    outlines = [_outline(source) for source in plays]
    if not outlines:
        return PLAY_SECTIONS
    common = [line for line in outlines[0] if all(line in outline for outline in outlines[1:])]
    return tuple(part for heading in common for part in (heading, _shared(heading, outlines)) if part)


def _shared(heading: str, outlines: Sequence[Mapping[str, str]]) -> str:
    lists = {outline[heading] for outline in outlines}
    return lists.pop() if len(lists) == 1 else ""


def _outline(source: Source) -> dict[str, str]:
    """Return the headings of `source`, each with how its first list starts; empty if it has none."""
    found: dict[str, str] = {}
    heading = ""
    for line in source.body.split("\n"):
        if match := _HEADING.match(line):
            heading = f"{match[1]} {match[2]}"
            found.setdefault(heading, "")
        elif heading and not found[heading]:
            found[heading] = _list_start(line)
    return found


def _list_start(line: str) -> str:
    if _NUMBERED.match(line):
        return "1. "
    bullet = _BULLET.match(line)
    return f"{bullet[1]} " if bullet else ""


def spaced(lines: Iterable[str]) -> list[str]:
    """Return `lines` with a blank line after each."""
    return [part for line in lines for part in (line.rstrip(), "")]
