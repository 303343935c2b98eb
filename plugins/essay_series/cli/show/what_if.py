"""The effects on the site of a change of one essay's front matter, or of the build's time.

A variant of the manuscript is assembled and checked as in a build, and compared with the present one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from itertools import groupby

from ...checks.problem import new_problems
from ...model import SIDES, Essay, Site
from ...sources.frontmatter import Field, Source, Value, read
from ...sources.manuscript import Manuscript
from ...sources.published import Published
from ...values import dataclass
from ..terminal import counted, listed

MOST = 4
"""How many addresses or mistakes are listed; the others are counted."""


@dataclass(frozen=True, slots=True)
class WhatIf:
    """A change and its effects, one sentence for each."""

    change: str
    effects: tuple[str, ...]


def changed(source: Source, values: Mapping[str, str | None]) -> Source:
    """Return `source` with new `values` of some keys; None removes a key."""
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
    """Return `manuscript` with new versions of some sources, and at the time `now` if one is given."""
    others = {source.path: source for source in sources}
    config = replace(manuscript.config, now=now) if now else manuscript.config
    return replace(manuscript, sources=tuple(others.get(each.path, each) for each in manuscript.sources), config=config)


def what_if(change: str, before: Manuscript, after: Manuscript, essay: Essay) -> WhatIf:
    """Return the differences between two manuscripts, worded for the author of `essay`."""
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
        yield f'it is no longer part of "{old.series.title}", which has {counted(old.total - 1, "part")} left'


def _renumbered(before: Site, after: Site, essay: Essay) -> Iterator[str]:
    """Yield the other parts whose numbers change, one line for a range that moves together."""
    moved = sorted(
        (place.series.slug, place.number, after.places[slug].number)
        for slug, place in before.places.items()
        if slug != essay.slug and slug in after.places and place.number != after.places[slug].number
    )
    ranges = groupby(enumerate(moved), key=lambda pair: (pair[1][0], pair[1][2] - pair[1][1], pair[1][1] - pair[0]))
    for _, group in ranges:
        parts = [part for _, part in group]
        (_, first, new_first), (_, last, new_last) = parts[0], parts[-1]
        if len(parts) == 1:
            yield f"part {first} becomes {new_first}"
        else:
            yield f"parts {first} to {last} become {new_first} to {new_last}"


def _pairs(before: Site, after: Site, essay: Essay) -> Iterator[str]:
    old, new = _pairs_of(before), _pairs_of(after)
    for effect, pairs in (("loses its answer", old.keys() - new.keys()), ("has its answer", new.keys() - old.keys())):
        for slugs in sorted(pairs):
            titles = (old | new)[slugs]
            for slug, title in zip(slugs, titles, strict=True):
                if slug != essay.slug:
                    yield f'"{title}" {effect}'


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
                effect = "gets its first" if now[side] else "loses its last"
                yield f'the play "{play.title}" {effect} {side}'


def _addresses(before: Published, after: Published) -> Iterator[str]:
    for label, found in (
        ("removed", before.addresses - after.addresses),
        ("new", after.addresses - before.addresses),
    ):
        if found:
            yield f"{label}: {_some(sorted(found, key=lambda address: (len(address), address)))}"


def _mistakes(before: Manuscript, after: Manuscript) -> Iterator[str]:
    found = new_problems(before, after)
    for each in found[:MOST]:
        yield f"a mistake in {after.config.content}/{each.path}: {each.message} [{each.code}]"
    if found[MOST:]:
        yield counted(len(found) - MOST, "more mistake")


def _some(names: list[str]) -> str:
    return listed([*names[:MOST], *([f"{len(names) - MOST} more"] if names[MOST:] else [])])
