"""Essay → `ItemData`: everything that decides its feed items; equal data gives equal items."""

from __future__ import annotations

from collections.abc import Mapping

from ..model import Essay, Place, Site, Verdict
from ..values import dataclass
from .dates import ItemDates


@dataclass(frozen=True, slots=True)
class Ref:
    """A reference from an item to something else."""

    name: str
    """The slug of a play or series; the URL of an essay, relative to the site's root."""
    title: str
    lang: str = ""
    """The language of the title; empty for the site's own."""


@dataclass(frozen=True, slots=True)
class Position:
    """The position of an essay in its series."""

    series: Ref
    number: int
    total: int
    previous: Ref | None
    next: Ref | None


@dataclass(frozen=True, slots=True)
class ItemData:
    """An essay, and what its items say about other pages."""

    essay: Essay
    id: str
    dates: ItemDates
    position: Position | None
    plays: tuple[Ref, ...]
    answers: tuple[str, Ref] | None
    """The id of the essay that this one is weighed against, and a reference to it."""
    verdict: Verdict | None
    """How the two essays weigh."""


def item_data(essay: Essay, site: Site, ids: Mapping[str, str], dates: ItemDates) -> ItemData:
    """Return what decides the items of `essay`, which belongs to the site or edition `site`.

    `ids` has the feed id of each essay, by its URL with a leading slash.
    """
    place = site.places.get(essay.slug)
    other = place.answers if place else None
    return ItemData(
        essay=essay,
        id=ids[f"/{essay.address.url}"],
        dates=dates,
        position=_position(place) if place else None,
        plays=tuple(Ref(play.slug, play.title, play.lang) for play in site.plays_of.get(essay.slug, ())),
        answers=(ids[f"/{other.address.url}"], _ref(other)) if other else None,
        verdict=place.verdict if place else None,
    )


def _position(place: Place) -> Position:
    return Position(
        series=Ref(place.series.slug, place.series.title, place.series.lang),
        number=place.number,
        total=place.total,
        previous=_ref(place.previous) if place.previous else None,
        next=_ref(place.next) if place.next else None,
    )


def _ref(essay: Essay) -> Ref:
    return Ref(essay.address.url, essay.title, essay.lang)
