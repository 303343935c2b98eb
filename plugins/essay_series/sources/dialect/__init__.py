"""Finds markup of other Markdown dialects that the site's Markdown prints as text or reads as something else.

Regular expressions find the candidates, and the site's Markdown itself decides: a token is put at each candidate, the
text is converted once, and the place of the token in the HTML shows how the candidate was read. If an extension of the
site understands the markup, nothing is reported.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from ...htmltext import Places
from ..comments import ToHtml
from ..masked import without_code
from . import blocks, lists, marks
from .probe import Outcomes, Probe, Trap, outcomes

__all__ = ["Trap", "traps"]


def traps(text: str, first_line: int, to_html: ToHtml) -> list[Trap]:
    """Return the Markdown in `text` that is not rendered as its author meant it, in order.

    `text` begins at the line `first_line` of its file. `to_html` converts Markdown with the site's extensions; it is
    called only if there are candidates.
    """
    rest, fences = blocks.without_fences(text)
    rest = without_code(rest)
    finders = (lists.probes, blocks.tables, blocks.headings, blocks.notices, marks.probes, marks.addresses)
    probes = [*fences, *chain.from_iterable(find(rest) for find in finders)]
    found = dict(_traps_at(probes, outcomes(text, probes, to_html))) if probes else {}
    place = Places(text, first_line)
    return [Trap(trap.kind, *place(at), trap.what, trap.cure) for at, trap in sorted(found.items())]


def _traps_at(probes: list[Probe], seen: Outcomes) -> Iterator[tuple[int, Trap]]:
    """Yield each trap with its offset in the text."""
    done: set[int] = set()
    for probe in probes:
        outcome = seen.get(probe.at)
        if outcome and probe.once not in done and (trap := probe.judge(outcome, seen)):
            if probe.once is not None:
                done.add(probe.once)
            yield probe.at if probe.place is None else probe.place, trap
