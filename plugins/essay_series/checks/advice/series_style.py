"""Advice on series and plays by the site's own house style: silent until ``HOUSE_STYLE`` names a rule."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise, zip_longest

from ...l10n.days import noun
from ...model import COUNTERSIDE, PUBLISHED
from ...sources.frontmatter import Source
from ...sources.manuscript import Manuscript
from ...sources.masked import without_code
from ..problem import Flaw, at_offset, at_value
from .adviser import advise

_HEADING = re.compile(r"^##+ .+$", re.MULTILINE)
_ITEMS = {
    "steps": (re.compile(r"^\d+\. ", re.MULTILINE), "numbered steps"),
    "questions": (
        re.compile(r"^[-*+] .+(?:[?？؟]|(?<=[\u0370-\u03ff\u1f00-\u1fff])[;\u037e])$", re.MULTILINE),
        "questions",
    ),
}


@advise
def advise_unpaired_essay(manuscript: Manuscript) -> Iterator[Flaw]:
    """A cost stands without the benefit that answers it, or the other way round (``paired_sides``).

    Bad: a cost whose ``Answers`` is missing.
    Good: two essays that answer each other.
    """
    if manuscript.config.house_style.paired_sides:
        for series in manuscript.site.series:
            for essay in (*series.ledger.costs, *series.ledger.benefits):
                other = COUNTERSIDE[essay.side] if essay.side else ""
                told = f"the {essay.side} is not paired with a {other}"
                hint = f'Write the {other}, and "Answers: …" in both.'
                yield at_value(manuscript.by_path[essay.source], "side", told, hint)


@advise
def advise_essay_between_pairs(manuscript: Manuscript) -> Iterator[Flaw]:
    """A part without a side stands among those that have one, and the ledger passes it over (``paired_sides``).

    Bad: an essay without ``Side`` between a cost and a benefit.
    Good: such an essay as the opening or the closing of its series.
    """
    if manuscript.config.house_style.paired_sides:
        for series in manuscript.site.series:
            for essay in series.ledger.between:
                told = "the essay has no side and is not first or last"
                yield at_value(manuscript.by_path[essay.source], "title", told, "Give it a side, or move it to an end.")


@advise
def advise_part_out_of_step(manuscript: Manuscript) -> Iterator[Flaw]:
    """A part follows the one before it sooner or later than is usual (``days_between_parts``).

    Bad: a part of 9 April after one of 2 April where ``"days_between_parts": (1, 2)``.
    Good: a part of 4 April.
    """
    if wanted := manuscript.config.house_style.days_between_parts:
        for series in manuscript.site.series:
            for before, after in pairwise(series.parts):
                days = (after.date.date() - before.date.date()).days if before.date and after.date else wanted[0]
                if not wanted[0] <= days <= wanted[1]:
                    told = f'the part is dated {days} {noun(days, "day")} after "{before.title}"'
                    hint = f"{wanted[0]} to {wanted[1]} are wanted."
                    yield at_value(manuscript.by_path[after.source], "date", told, hint)


@advise
def advise_play_outline(manuscript: Manuscript) -> Iterator[Flaw]:
    """A play has other headings than all plays have, or has them in another order (``play_outline``).

    Bad: a play that begins with ``## Do this week`` where ``"play_outline": ["## Why it works", "## Do this week"]``.
    Good: every play with the same headings.
    """
    wanted = manuscript.config.house_style.play_outline
    for source in _plays(manuscript) if wanted else ():
        there = list(_HEADING.finditer(without_code(source.body)))
        for heading, expected in zip_longest(there, wanted):
            found = heading[0].rstrip() if heading else ""
            if found != (expected or ""):
                told = (
                    f'"{found}" stands where "{expected}" should'
                    if found and expected
                    else (f'the heading "{found}" is one too many' if found else f'there is no heading "{expected}"')
                )
                hint = f"The headings of a play are {', '.join(wanted)}."
                yield at_offset(source, heading.start() if heading else len(source.body), told, hint)
                break


@advise
def advise_play_list(manuscript: Manuscript) -> Iterator[Flaw]:
    """A list of a play has too few or too many items, or items of another kind (``play_lists``).

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
                    told = f'"{heading[0].rstrip()}" has {count} {name}'
                    yield at_offset(source, heading.start(), told, f"{least} to {most} are wanted.")


def _plays(manuscript: Manuscript) -> Iterator[Source]:
    for path, page in manuscript.play_pages.items():
        if page.status == PUBLISHED:
            yield manuscript.by_path[path]
