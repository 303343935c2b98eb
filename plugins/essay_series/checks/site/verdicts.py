"""Checks of verdicts: whether each is complete, belongs to a pair, and agrees with that of the other essay."""

from __future__ import annotations

from collections.abc import Iterator

from ...assemble import order
from ...model import STANDINGS, verdict_in
from ...names import did_you_mean
from ...sources.declare import standing_from
from ...sources.manuscript import Manuscript
from ..files.header import lacks, unpaired_keys
from ..problem import Flaw, at_value, check, essays, short
from .answers import answers


@check
def check_unknown_standing(manuscript: Manuscript) -> Iterator[Flaw]:
    """A standing is not one of the four words.

    Bad: ``Standing: heavier``.
    Good: ``Standing: outweighs``, ``outweighed``, ``level`` or ``depends``.
    """
    for source, _ in essays(manuscript):
        text = source.text("standing")
        if text and not standing_from(text):
            hint = did_you_mean(text, STANDINGS, f"Use one of {', '.join(STANDINGS)}.")
            yield at_value(source, "standing", f'"{short(text)}" is not a standing', hint)


@check
def check_half_a_verdict(manuscript: Manuscript) -> Iterator[Flaw]:
    """A pair is weighed, but readers are told only the outcome or only the reason.

    Bad: ``Standing: outweighs`` alone, or a ``Verdict:`` alone.
    Good: both of them.
    """
    hint = "Say which side outweighs the other (Standing) and why (Verdict), or remove both."
    yield from unpaired_keys(manuscript, "Verdict", "Standing", hint)


@check
def check_verdict_without_pair(manuscript: Manuscript) -> Iterator[Flaw]:
    """A verdict is in an essay without a pair, so the ledger has no place for it.

    Bad: ``Standing: level`` and no ``Answers:`` line.
    Good: the verdict in one of the two essays of a pair, or in a translation of one.
    """
    paired = {essay.slug for essay in manuscript.essays.values() if essay.side and essay.answers}
    hint = 'Add "Side" and "Answers", or move the verdict to an essay that has them.'
    for source, essay in essays(manuscript):
        key = next((key for key in ("verdict", "standing") if source.text(key)), None)
        if key and essay.slug not in paired and (essay.answers or lacks(manuscript, source, "Answers")):
            yield at_value(source, key, "the verdict needs a pair to weigh", hint)


@check
def check_two_verdicts(manuscript: Manuscript) -> Iterator[Flaw]:
    """Both essays of a pair have a verdict, and the two differ.

    Bad: a cost that is ``outweighed``, answered by a benefit that is ``level``.
    Good: one of the two has the verdict, or both have the same: ``outweighed`` here, ``outweighs`` there.
    """
    for source, essay, other in answers(manuscript):
        mine, its = verdict_in(essay), verdict_in(other)
        mutual = other.answers == essay.slug and essay.side != other.side
        if mine and its and mine != its and mutual and order(essay) > order(other):
            line = manuscript.by_path[other.source].fields["standing"].line
            message = f"the pair has another verdict in {other.source}:{line}"
            yield at_value(source, "standing", message, "Keep one of the two, or make them agree.")
