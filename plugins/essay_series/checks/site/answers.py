"""Checks of pairs: the essay that another one answers, and whether it answers back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from ...model import COUNTERSIDE, Essay
from ...names import did_you_mean, same_name
from ...sources.frontmatter import Source
from ...sources.manuscript import Manuscript
from ..problem import Flaw, at_value, check, essays, short


@check
def check_unknown_answer(manuscript: Manuscript) -> Iterator[Flaw]:
    """An essay answers an essay that does not exist.

    Bad: ``Answers: further-than-one-arm`` where no essay has that slug.
    Good: ``Answers: further-than-one-arm-can-reach``.
    """
    slugs = {essay.slug for essay in manuscript.essays.values()}
    for source, essay in essays(manuscript):
        if essay.answers and essay.answers not in slugs:
            hint = did_you_mean(essay.answers, slugs, "Write the slug of an essay on the other side.")
            yield at_value(source, "answers", f'no essay has the slug "{short(essay.answers)}"', hint)


@check
def check_answer_to_itself(manuscript: Manuscript) -> Iterator[Flaw]:
    """An essay answers itself.

    Bad: ``Answers:`` with the essay's own slug.
    Good: ``Answers:`` with the slug of an essay on the other side.
    """
    hint = "Write the slug of the essay on the other side that it is weighed against."
    for source, essay in essays(manuscript):
        if essay.answers == essay.slug:
            yield at_value(source, "answers", "the essay answers itself", hint)


@check
def check_answer_from_the_same_side(manuscript: Manuscript) -> Iterator[Flaw]:
    """An essay answers an essay on its own side, or one without a side.

    Bad: a cost that answers a cost, or the opening essay.
    Good: a cost that answers a benefit.
    """
    for source, essay, other in answers(manuscript):
        is_reported = other.side is None and other.answers
        if essay.side and other.side in (essay.side, None) and not is_reported:
            message = f'"{other.slug}" is also a {other.side}' if other.side else f'"{other.slug}" has no side'
            needed = f"A {essay.side} must answer a {COUNTERSIDE[essay.side]}"
            hint = f"{needed}: change the slug here, or a side (see {other.source})."
            yield at_value(source, "answers", message, hint)


@check
def check_answer_from_another_series(manuscript: Manuscript) -> Iterator[Flaw]:
    """An essay answers an essay of another series.

    Bad: a cost of one series that answers a benefit of another.
    Good: a pair within one series.
    """
    for source, essay, other in answers(manuscript):
        if manuscript.series_key(essay) != manuscript.series_key(other):
            where = f'in another series, "{other.series}"' if other.series else "not in a series"
            yield at_value(source, "answers", f'"{other.slug}" is {where}', "Answer an essay of the same series.")


@check
def check_answer_not_mutual(manuscript: Manuscript) -> Iterator[Flaw]:
    """An essay answers an essay that does not answer it.

    Bad: A answers B, and B answers C or no essay.
    Good: A answers B, and B answers A.
    """
    for source, essay, other in answers(manuscript):
        if other.answers != essay.slug and essay.side and other.side == COUNTERSIDE[essay.side]:
            back = f'answers "{other.answers}"' if other.answers else "answers no essay"
            hint = f'Write "Answers: {essay.slug}" in {other.source}, or change this line.'
            yield at_value(source, "answers", f'"{other.slug}" {back}', hint)


def answers(manuscript: Manuscript) -> Iterator[tuple[Source, Essay, Essay]]:
    """Yield the source of each essay, the essay, and the other essay that it answers, if that exists."""
    by_slug: dict[str, list[Essay]] = defaultdict(list)
    for essay in manuscript.placed.values():
        by_slug[essay.slug].append(essay)
    for source, written in essays(manuscript):
        essay = manuscript.placed[source.path]
        others = by_slug.get(essay.answers or "", []) if written.answers else []
        same_lang = [other for other in others if same_name(other.lang, essay.lang)]
        other = next(iter(same_lang or others), None)
        if other and essay.slug != other.slug:
            yield source, essay, other
