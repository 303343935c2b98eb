"""Plans for a new position of an essay in its series; they change the sort keys ``Part``, which no reader sees."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from ....assemble import order
from ....model import Essay
from ....names import did_you_mean, one_of
from ....sources.frontmatter import Source
from ....sources.manuscript import Manuscript
from ...command import CommandError
from .edits import Plan, Replacement
from .header import line_added, value_changed
from .slugs import demand_known

GAP = 10
"""The difference between two new sort keys, so that an essay can be put between them later."""
START = "start"


def essay_moved(manuscript: Manuscript, slug: str, after: str) -> Plan:
    """Return the plan that puts the essay `slug` after the essay `after` of its series, or first (``start``).

    A series that is ordered by ``Part`` keeps as many of its numbers as possible. In one that is ordered by date, every
    essay gets a number, since dates are facts and must not change.
    """
    run = _run(manuscript, slug)
    present = list(run)
    others = [each for each in present if each != slug]
    if after == slug:
        raise CommandError("An essay cannot follow itself.")
    if after != START and after not in others:
        hint = did_you_mean(after, others, f'Its essays are {one_of(others)}; "{START}" puts it first.')
        raise CommandError(f'No essay of the same series has the slug "{after}". {hint}')
    at = others.index(after) + 1 if after in others else 0
    wanted = [*others[:at], slug, *others[at:]]
    if wanted == present:
        raise CommandError(f'"{slug}" is in that position already: {", ".join(present)}.')
    parts = [run[each][0].part for each in wanted]
    numbers = renumbered([part for part in parts if part is not None], at) if None not in parts else _fresh(parts)
    changes = frozenset(
        change
        for each, number in zip(wanted, numbers, strict=True)
        for change in _numbered(manuscript, run[each], number)
    )
    notes = (f"before: {', '.join(present)}", f"after:  {', '.join(wanted)}")
    return Plan(changes, notes=notes, fulfilled=lambda then: list(_run(then, slug)) == wanted)


def renumbered(parts: Sequence[int], moved: int) -> list[int]:
    """Return strictly increasing numbers that differ from `parts` in as few places as possible.

    The number at the index `moved` is out of order, and always replaced.
    """
    least = 1 if min(parts) > 0 else None
    kept = _longest([n for n in range(len(parts)) if n != moved], parts, least)
    numbers = list(parts)
    for before, behind in zip([-1, *kept], [*kept, len(parts)], strict=True):
        room = range(before + 1, behind)
        low = parts[before] if before >= 0 else None
        high = parts[behind] if behind < len(parts) else None
        for index, number in zip(room, _between(low, high, len(room), least), strict=True):
            numbers[index] = number
    return numbers


def _longest(indices: Sequence[int], parts: Sequence[int], least: int | None) -> list[int]:
    """Return as many indices as possible that can keep their numbers and leave room for those between them."""
    best: dict[int, list[int]] = {}
    for index in indices:
        if least is not None and parts[index] < least + index:
            continue
        before = [best[i] for i in best if parts[index] - parts[i] >= index - i]
        best[index] = [*max(before, key=len, default=[]), index]
    return max(best.values(), key=len, default=[])


def _between(low: int | None, high: int | None, count: int, least: int | None) -> list[int]:
    """Return `count` increasing numbers between `low` and `high`, None being no bound; there must be room for them."""
    if low is None and high is None:
        return [GAP * (n + 1) for n in range(count)]
    if high is None:
        return [(low or 0) + GAP * (n + 1) for n in range(count)]
    if low is None:
        if least is None or high - GAP * count >= least:
            return [high - GAP * (count - n) for n in range(count)]
        low = least - 1
    return [low + (high - low) * (n + 1) // (count + 1) for n in range(count)]


def _fresh(parts: Sequence[int | None]) -> list[int]:
    if any(part is not None for part in parts):
        raise CommandError("Some essays of the series have a Part and some have none. Give it to all, or to none.")
    return [GAP * (n + 1) for n in range(len(parts))]


def _run(manuscript: Manuscript, slug: str) -> dict[str, list[Essay]]:
    """Return the versions of each essay in the series of `slug`, by slug in the present order; drafts are included.

    The version in the site's own language comes first.
    """
    essays = manuscript.essays.values()
    essay = next((each for each in essays if each.slug == slug), None)
    demand_known(slug, {each.slug for each in essays}, "essay")
    if not (essay and essay.series):
        raise CommandError(f'The essay "{slug}" is not part of a series, so it cannot be moved within one.')
    versions: dict[str, list[Essay]] = defaultdict(list)
    default = manuscript.config.default_lang
    for each in sorted(essays, key=lambda each: (each.lang != default, each.lang)):
        if manuscript.series_key(each) == manuscript.series_key(essay):
            versions[each.slug].append(each)
    return dict(sorted(versions.items(), key=lambda item: order(item[1][0])))


def _numbered(manuscript: Manuscript, versions: Sequence[Essay], number: int) -> Iterator[Replacement]:
    for essay in versions:
        source = manuscript.by_path[essay.source]
        key = _key(source)
        if key is None and versions[0].part is None:
            yield line_added(source, f"Part: {number}")
        elif key and essay.part != number:
            yield value_changed(source, key, str(number))


def _key(source: Source) -> str | None:
    return next((key for key in ("part", "series_index") if source.text(key)), None)
