"""What authors write in other dialects of Markdown, and this one shows as it is or takes for something else.

Patterns find what may be such a thing, and Markdown itself decides, as the site has it set up: a token is put into each
place, the text is converted once, and where a token comes out tells what became of its place. A site with an extension
that knows a thing is therefore told nothing of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from ...htmltext import Places
from ..masked import without_code
from . import blocks, lists, marks
from .probe import Outcomes, Probe, ToHtml, Trap, outcomes

__all__ = ["Trap", "traps"]


def traps(text: str, first_line: int, to_html: ToHtml) -> list[Trap]:
    """Return what in the Markdown `text` does not come out as it is meant, in the order of its places.

    Args:
        text: a source without its header.
        first_line: the number of its first line in the file.
        to_html: Markdown as the site has it set up; asked only where there is something to ask about.

    """
    rest, fences = blocks.without_fences(text)
    rest = without_code(rest)
    seekers = (lists.probes, blocks.tables, blocks.headings, blocks.notices, marks.probes, marks.addresses)
    probes = [*fences, *chain.from_iterable(seek(rest) for seek in seekers)]
    found = dict(_told(probes, outcomes(text, probes, to_html))) if any(probe.asks for probe in probes) else {}
    place = Places(text, first_line)
    return [Trap(told.kind, *place(at), told.what, told.cure) for at, told in sorted(found.items())]


def _told(probes: list[Probe], seen: Outcomes) -> Iterator[tuple[int, Trap]]:
    """Yield what is told, by its offset."""
    done: set[int] = set()
    for probe in probes:
        outcome = seen.get(probe.at)
        if outcome and probe.once not in done and (told := probe.judge(outcome, seen)):
            if probe.once is not None:
                done.add(probe.once)
            yield probe.at if probe.place is None else probe.place, told
