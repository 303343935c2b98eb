"""What would change on the site if one essay's front matter, or the clock, were another: computed, never guessed.

A variant of the manuscript is read, assembled and checked as a build would, and compared with the one that is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from itertools import groupby

from ... import checks
from ...checks.problem import Problem
from ...model import SIDES, Essay, Site
from ...sources.frontmatter import Field, Source, Value, read
from ...sources.manuscript import Manuscript
from ...sources.published import Published
from ...values import dataclass
from ..terminal import counted, listed

MOST = 4
"""How many addresses or mistakes are told one by one."""


@dataclass(frozen=True, slots=True)
class WhatIf:
    """A change, and all that follows from it, a sentence each."""

    change: str
    effects: tuple[str, ...]


def changed(source: Source, values: Mapping[str, str | None]) -> Source:
    """Return `source` with other values of some keys, as its author would write them; None takes a key away."""
    if source.html is not None:
        lower = {key.lower(): value for key, value in values.items()}
        added = {key: Field(key, 1, (Value(value, 1, 1),)) for key, value in lower.items() if value is not None}
        return replace(source, fields={k: f for k, f in source.fields.items() if k not in lower} | added)
    dropped = {
        value.line
        for key in values
        for field in (*source.fields.values(), *source.repeated)
        if field.name.lower() == key.lower()
        for value in field.values
    }
    start = min((field.line for field in source.fields.values()), default=1) - 1
    written = [f"{key}: {value}" for key, value in values.items() if value is not None]
    kept = [line for number, line in enumerate(source.lines, start=1) if number not in dropped]
    return read(source.path, source.kind, "\n".join([*kept[:start], *written, *kept[start:]]).encode())


def variant(manuscript: Manuscript, *sources: Source, now: datetime | None = None) -> Manuscript:
    """Return `manuscript` with other versions of some sources, and at another moment if one is given."""
    others = {source.path: source for source in sources}
    config = replace(manuscript.config, now=now) if now else manuscript.config
    return replace(manuscript, sources=tuple(others.get(each.path, each) for each in manuscript.sources), config=config)


def what_if(change: str, before: Manuscript, after: Manuscript, essay: Essay) -> WhatIf:
    """Return what differs between two manuscripts, told from where `essay` stands."""
    found = [
        *_own_place(before.site, after.site, essay),
        *_renumbered(before.site, after.site, essay),
        *_pairs(before.site, after.site, essay),
        *_plays(before.site, after.site),
        *_addresses(Published.of(before), Published.of(after)),
        *_mistakes(before, after),
    ]
    return WhatIf(change, tuple(found) or ("nothing changes",))


def _own_place(before: Site, after: Site, essay: Essay) -> Iterator[str]:
    old, new = before.places.get(essay.slug), after.places.get(essay.slug)
    if new and (old is None or (old.number, old.series.slug) != (new.number, new.series.slug)):
        yield f'it becomes part {new.number} of {new.total} of "{new.series.title}"'
    elif old and new is None:
        yield f'it is no part of "{old.series.title}" any more, which has {old.total - 1} left'


def _renumbered(before: Site, after: Site, essay: Essay) -> Iterator[str]:
    """Yield the other parts whose numbers change, those that move alike together."""
    moved = sorted(
        (place.series.slug, place.number, after.places[slug].number)
        for slug, place in before.places.items()
        if slug != essay.slug and slug in after.places and place.number != after.places[slug].number
    )
    alike = groupby(enumerate(moved), key=lambda pair: (pair[1][0], pair[1][2] - pair[1][1], pair[1][1] - pair[0]))
    for _, group in alike:
        run = [part for _, part in group]
        (_, first, becomes), (_, last, ends) = run[0], run[-1]
        if len(run) == 1:
            yield f"part {first} becomes {becomes}"
        else:
            yield f"parts {first} to {last} become {becomes} to {ends}"


def _pairs(before: Site, after: Site, essay: Essay) -> Iterator[str]:
    old, new = _pairs_of(before), _pairs_of(after)
    for words, pairs in (("loses its answer", old.keys() - new.keys()), ("has its answer", new.keys() - old.keys())):
        for slugs in sorted(pairs):
            titles = (old | new)[slugs]
            for slug, title in zip(slugs, titles, strict=True):
                if slug != essay.slug:
                    yield f'"{title}" {words}'


def _pairs_of(site: Site) -> dict[tuple[str, str], tuple[str, str]]:
    pairs = (pair for series in site.series for pair in series.ledger.pairs)
    return {(pair.cost.slug, pair.benefit.slug): (pair.cost.title, pair.benefit.title) for pair in pairs}


def _plays(before: Site, after: Site) -> Iterator[str]:
    """Yield the plays that lose their last essay on a side, or get their first."""
    old = {play.slug: Counter(essay.side for essay in play.essays) for play in before.plays}
    for play in after.plays:
        now, then = Counter(essay.side for essay in play.essays), old.get(play.slug, Counter())
        for side in SIDES:
            if bool(now[side]) != bool(then[side]):
                words = "gets its first" if now[side] else "loses its last"
                yield f'the play "{play.title}" {words} {side}'


def _addresses(before: Published, after: Published) -> Iterator[str]:
    for words, found in (
        ("gone", before.addresses - after.addresses),
        ("new", after.addresses - before.addresses),
    ):
        if found:
            yield f"{words}: {_some(sorted(found, key=lambda address: (len(address), address)))}"


def _mistakes(before: Manuscript, after: Manuscript) -> Iterator[str]:
    """Yield the mistakes that only the variant has; a line that merely moved is the same mistake."""
    known = {_without_place(each) for each in checks.run(before)}
    found = [each for each in checks.run(after) if _without_place(each) not in known]
    for each in found[:MOST]:
        yield f"a mistake in {after.config.content}/{each.path}: {each.message} [{each.code}]"
    if found[MOST:]:
        yield counted(len(found) - MOST, "more mistake")


def _without_place(problem: Problem) -> tuple[str, str, str]:
    return (problem.path, problem.code, problem.message)


def _some(names: list[str]) -> str:
    return listed([*names[:MOST], *([f"{len(names) - MOST} more"] if names[MOST:] else [])])
