"""Advice on series and plays by the site's own rules; each function needs its rule in ``HOUSE_STYLE``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise, zip_longest

from ...l10n.days import noun
from ...model import COUNTERSIDE, PUBLISHED
from ...sources.frontmatter import Source
from ...sources.manuscript import Manuscript
from ...sources.masked import without_code
from ..problem import Flaw, advise, at_offset, at_value

_HEADING = re.compile(r"^##+ .+$", re.MULTILINE)
_ITEMS = {
    "steps": (re.compile(r"^\d+\. ", re.MULTILINE), "numbered step"),
    "questions": (
        re.compile(r"^[-*+] .+(?:[?？؟]|(?<=[\u0370-\u03ff\u1f00-\u1fff])[;\u037e])$", re.MULTILINE),
        "question",
    ),
}


@advise
def advise_unpaired_essay(manuscript: Manuscript) -> Iterator[Flaw]:
    """A cost has no benefit that answers it, or the other way round, as the rule ``paired_sides`` wants.

    Bad: a cost whose ``Answers`` is missing.
    Good: two essays that answer each other.
    """
    if manuscript.config.house_style.paired_sides:
        for series in manuscript.site.series:
            for essay in (*series.ledger.costs, *series.ledger.benefits):
                other = COUNTERSIDE[essay.side] if essay.side else ""
                hint = f'Write the {other}, and "Answers: …" in both.'
                message = f"the {essay.side} is not paired with a {other}"
                yield at_value(manuscript.by_path[essay.source], "side", message, hint)


@advise
def advise_essay_between_pairs(manuscript: Manuscript) -> Iterator[Flaw]:
    """A part without a side is between parts that have one, contrary to the rule ``paired_sides``.

    Bad: an essay without ``Side`` between a cost and a benefit.
    Good: such an essay at the start or at the end of its series.
    """
    if manuscript.config.house_style.paired_sides:
        for series in manuscript.site.series:
            for essay in series.ledger.between:
                message, hint = "the essay has no side and is not first or last", "Add a side, or move it to an end."
                yield at_value(manuscript.by_path[essay.source], "title", message, hint)


@advise
def advise_part_out_of_step(manuscript: Manuscript) -> Iterator[Flaw]:
    """A part is dated sooner or later after the one before it than the rule ``days_between_parts`` allows.

    Bad: a part of 9 April after one of 2 April where ``"days_between_parts": (1, 2)``.
    Good: a part of 4 April.
    """
    if wanted := manuscript.config.house_style.days_between_parts:
        for series in manuscript.site.series:
            for before, after in pairwise(series.parts):
                days = (after.date.date() - before.date.date()).days if before.date and after.date else wanted[0]
                if not wanted[0] <= days <= wanted[1]:
                    message = f'the part is dated {days} {noun(days, "day")} after "{before.title}"'
                    hint = f"The house style wants {wanted[0]} to {wanted[1]}."
                    yield at_value(manuscript.by_path[after.source], "date", message, hint)


@advise
def advise_play_outline(manuscript: Manuscript) -> Iterator[Flaw]:
    """A play does not have the headings of the rule ``play_outline`` in that order.

    Bad: a play that begins with ``## Do this week`` where ``"play_outline": ["## Why it works", "## Do this week"]``.
    Good: every play with the same headings.
    """
    wanted = manuscript.config.house_style.play_outline
    hint = f"The headings of a play are {', '.join(wanted)}."
    for source in _plays(manuscript) if wanted else ():
        for heading, expected in zip_longest(_HEADING.finditer(without_code(source.body)), wanted):
            if heading is None:
                yield at_offset(source, len(source.body), f'the heading "{expected}" is missing', hint)
                break
            found = heading[0].rstrip()
            if found != expected:
                message = f'the heading is "{found}", not "{expected}"' if expected else f'"{found}" is one too many'
                yield at_offset(source, heading.start(), message, hint)
                break


@advise
def advise_play_list(manuscript: Manuscript) -> Iterator[Flaw]:
    """A list of a play has too few or too many items of the kind that the rule ``play_lists`` wants.

    Bad: two steps where ``"play_lists": {"## Do this week": ("steps", 3, 6)}``.
    Good: four numbered steps.
    """
    wanted = manuscript.config.house_style.play_lists
    for source in _plays(manuscript) if wanted else ():
        text = without_code(source.body)
        for heading in _HEADING.finditer(text):
            if heading[0].rstrip() in wanted:
                what, least, most = wanted[heading[0].rstrip()]
                pattern, name = _ITEMS[what]
                section = text[heading.end() :].split("\n##", maxsplit=1)[0]
                count = len(pattern.findall(section))
                if not least <= count <= most:
                    message = f'"{heading[0].rstrip()}" has {count} {noun(count, name)}'
                    yield at_offset(source, heading.start(), message, f"The house style wants {least} to {most}.")


def _plays(manuscript: Manuscript) -> Iterator[Source]:
    for path, page in manuscript.play_pages.items():
        if page.status == PUBLISHED:
            yield manuscript.by_path[path]
