"""Checks of verdicts: how an essay stands against the one that it answers, and whether both of a pair agree."""

from __future__ import annotations

from collections.abc import Iterator

from ...assemble import order
from ...model import STANDINGS, verdict_in
from ...names import nearest
from ...sources.declare import standing_from
from ...sources.manuscript import Manuscript
from ..files.header import is_misspelt
from ..problem import Flaw, at_value, check, did_you_mean, short
from .answers import answers

VERDICT = (("verdict", "Standing"), ("standing", "Verdict"))
"""The two keys of a verdict, each with the other one."""


@check
def check_unknown_standing(manuscript: Manuscript) -> Iterator[Flaw]:
    """A standing is none of the four words.

    Bad: ``Standing: heavier``.
    Good: ``Standing: outweighs``, ``outweighed``, ``level`` or ``depends``.
    """
    for source in (manuscript.by_path[path] for path in manuscript.essays):
        text = source.text("standing")
        if text and not standing_from(text):
            yield at_value(
                source,
                "standing",
                f'"{short(text)}" is not a standing',
                did_you_mean(nearest(text, STANDINGS), f"Use one of {', '.join(STANDINGS)}."),
            )


@check
def check_half_a_verdict(manuscript: Manuscript) -> Iterator[Flaw]:
    """A pair is weighed, and readers are told only the outcome, or only the reason.

    Bad: ``Standing: outweighs`` alone, or a ``Verdict:`` alone.
    Good: both of them.
    """
    for source in (manuscript.by_path[path] for path in manuscript.essays):
        for key, other in VERDICT:
            has_both = source.text(other.lower()) or is_misspelt(manuscript, source, other.lower())
            if source.text(key) and not has_both:
                yield at_value(
                    source,
                    key,
                    f'"{source.fields[key].name}" is given, and no "{other}"',
                    "Say how the pair weighs (Standing) and why (Verdict), or neither.",
                )


@check
def check_verdict_without_pair(manuscript: Manuscript) -> Iterator[Flaw]:
    """An essay weighs itself against no other, so the ledger has no place for its verdict.

    Bad: ``Standing: level`` and no ``Answers:`` line.
    Good: the verdict in one of the two essays of a pair, or in a translation of one.
    """
    paired = {essay.slug for essay in manuscript.essays.values() if essay.side and essay.answers}
    for essay in manuscript.essays.values():
        source = manuscript.by_path[essay.source]
        key = next((key for key, _ in VERDICT if source.text(key)), None)
        if key and essay.slug not in paired and not is_misspelt(manuscript, source, "answers"):
            yield at_value(
                source,
                key,
                "a verdict is given, and no pair that it weighs",
                'Add "Side" and "Answers", or move the verdict to an essay that has them.',
            )


@check
def check_two_verdicts(manuscript: Manuscript) -> Iterator[Flaw]:
    """Both essays of a pair hold a verdict, and the two are not the same.

    Bad: a cost that is ``outweighed``, answered by a benefit that is ``level``.
    Good: one of the two holds the verdict, or both hold the same: ``outweighed`` here, ``outweighs`` there.
    """
    for essay, other in answers(manuscript):
        mine, its = verdict_in(essay), verdict_in(other)
        mutual = other.answers == essay.slug and essay.side != other.side
        if mine and its and mine != its and mutual and order(essay) > order(other):
            first = manuscript.by_path[other.source]
            place = f"{other.source}:{first.fields['standing'].line}"
            yield at_value(
                manuscript.by_path[essay.source],
                "standing",
                f"the pair has another verdict in {place}",
                "Keep one of the two, or let both say the same.",
            )
