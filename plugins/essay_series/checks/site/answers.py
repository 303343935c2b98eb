"""Checks of pairs: whom an essay answers, and whether that one answers back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from ...model import COUNTERSIDE, Essay
from ...names import nearest, same_name
from ...sources.manuscript import Manuscript
from ..problem import Flaw, at_value, check, did_you_mean, short


@check
def check_unknown_answer(manuscript: Manuscript) -> Iterator[Flaw]:
    """An essay answers one that does not exist.

    Bad: ``Answers: further-than-one-arm`` where no essay has that slug.
    Good: ``Answers: further-than-one-arm-can-reach``.
    """
    slugs = {essay.slug for essay in manuscript.essays.values()}
    for essay in manuscript.essays.values():
        if essay.answers and essay.answers not in slugs:
            yield _at_answers(
                manuscript,
                essay,
                f'no essay has the slug "{short(essay.answers)}"',
                did_you_mean(nearest(essay.answers, slugs), "Write the slug of an essay on the other side."),
            )


@check
def check_answer_to_itself(manuscript: Manuscript) -> Iterator[Flaw]:
    """An essay answers itself.

    Bad: ``Answers:`` with the essay's own slug.
    Good: ``Answers:`` with the slug of an essay on the other side.
    """
    for essay in manuscript.essays.values():
        if essay.answers == essay.slug:
            yield _at_answers(
                manuscript,
                essay,
                "the essay answers itself",
                "Write the slug of the essay on the other side that it is weighed against.",
            )


@check
def check_answer_from_the_same_side(manuscript: Manuscript) -> Iterator[Flaw]:
    """An essay answers one that stands on its own side, or on none.

    Bad: a cost that answers a cost, or the opening essay.
    Good: a cost that answers a benefit.
    """
    for essay, other in answers(manuscript):
        told = other.side is None and other.answers
        if essay.side and other.side in (essay.side, None) and not told:
            stands = f"is a {other.side} too" if other.side else "has no side"
            yield _at_answers(
                manuscript,
                essay,
                f'"{other.slug}" {stands}',
                f"A {essay.side} answers a {COUNTERSIDE[essay.side]}: change the slug, or a side ({other.source}).",
            )


@check
def check_answer_from_another_series(manuscript: Manuscript) -> Iterator[Flaw]:
    """An essay answers one in another ledger.

    Bad: a cost of one series that answers a benefit of another.
    Good: a pair within one series.
    """
    for essay, other in answers(manuscript):
        if manuscript.series_key(essay) != manuscript.series_key(other):
            yield _at_answers(
                manuscript,
                essay,
                f'"{other.slug}" is in another series ({other.series or "none"})',
                "Answer an essay of the same series.",
            )


@check
def check_answer_not_mutual(manuscript: Manuscript) -> Iterator[Flaw]:
    """An essay answers one that does not answer it back.

    Bad: A answers B, and B answers C or no essay.
    Good: A answers B, and B answers A.
    """
    for essay, other in answers(manuscript):
        if other.answers != essay.slug and essay.side and other.side == COUNTERSIDE[essay.side]:
            back = f'answers "{other.answers}"' if other.answers else "answers no essay"
            yield _at_answers(
                manuscript,
                essay,
                f'"{other.slug}" {back}',
                f'Write "Answers: {essay.slug}" in {other.source}, or change this line.',
            )


def answers(manuscript: Manuscript) -> Iterator[tuple[Essay, Essay]]:
    """Yield each essay with the essay that it answers, if that exists and is not the essay itself."""
    by_slug: dict[str, list[Essay]] = defaultdict(list)
    for essay in manuscript.placed.values():
        by_slug[essay.slug].append(essay)
    for essay in (placed for path, placed in manuscript.placed.items() if manuscript.essays[path].answers):
        others = by_slug.get(essay.answers or "", [])
        same_lang = [other for other in others if same_name(other.lang, essay.lang)]
        other = next(iter(same_lang or others), None)
        if other and essay.slug != other.slug:
            yield essay, other


def _at_answers(manuscript: Manuscript, essay: Essay, message: str, hint: str) -> Flaw:
    return at_value(manuscript.by_path[essay.source], "answers", message, hint)
