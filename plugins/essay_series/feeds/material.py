"""Essay → `Material`: everything that its item in a feed is made of, and nothing else; equal material, equal items."""

from __future__ import annotations

from collections.abc import Mapping

from ..model import Essay, Place, Site, Verdict
from ..values import dataclass
from .moments import Moments


@dataclass(frozen=True, slots=True)
class Named:
    """Something that an item names: a play or series by its slug, an essay by its address."""

    name: str
    title: str
    lang: str = ""
    """The language of an essay; that of the site for all else."""


@dataclass(frozen=True, slots=True)
class Turn:
    """Where an essay stands in its series."""

    series: Named
    number: int
    total: int
    previous: Named | None
    next: Named | None


@dataclass(frozen=True, slots=True)
class Material:
    """One essay, and what else its item tells of."""

    essay: Essay
    id: str
    when: Moments
    turn: Turn | None
    plays: tuple[Named, ...]
    answers: tuple[str, Named] | None
    """What it is weighed against, with its id."""
    verdict: Verdict | None
    """How the two weigh."""


def material(essay: Essay, site: Site, ids: Mapping[str, str], when: Moments) -> Material:
    """Return what the item of `essay` is made of.

    Args:
        essay: one that is published.
        site: where it stands.
        ids: the id of each essay, by its address with a slash in front.
        when: when it appeared and was revised.

    """
    place = site.places.get(essay.slug)
    other = place.answers if place else None
    return Material(
        essay=essay,
        id=ids[f"/{essay.address.url}"],
        when=when,
        turn=_turn(place) if place else None,
        plays=tuple(Named(play.slug, play.title, play.lang) for play in site.plays_of.get(essay.slug, ())),
        answers=(ids[f"/{other.address.url}"], Named(other.address.url, other.title, other.lang)) if other else None,
        verdict=place.verdict if place else None,
    )


def _turn(place: Place) -> Turn:
    return Turn(
        series=Named(place.series.slug, place.series.title, place.series.lang),
        number=place.number,
        total=place.total,
        previous=_named(place.previous),
        next=_named(place.next),
    )


def _named(essay: Essay | None) -> Named | None:
    return Named(essay.address.url, essay.title, essay.lang) if essay else None
