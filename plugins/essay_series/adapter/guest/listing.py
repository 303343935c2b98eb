"""The view of the page that lists all series."""

from __future__ import annotations

from collections.abc import Iterator

from ...l10n import Locale
from ...model import Address, Site
from ...routes import Routes
from ...values import dataclass
from ...views import Link
from ...views.pieces import Day
from ...views.words import day


@dataclass(frozen=True)
class Listed:
    """A series in the list."""

    series: Link
    parts: int
    newest: Day | None


@dataclass(frozen=True)
class SeriesList:
    """The view of the list."""

    address: Address
    series: tuple[Listed, ...]
    title: str
    summary: str = ""
    feeds: tuple[Link, ...] = ()
    template: str = "series"


def series_list(site: Site, routes: Routes, locale: Locale) -> SeriesList:
    """Return the list of the series of `site`, the most recently begun first."""
    title = locale.pgettext("several series", "Series")
    return SeriesList(routes.series_list(), tuple(_listed(site, routes, locale)), title)


def _listed(site: Site, routes: Routes, locale: Locale) -> Iterator[Listed]:
    for series in reversed(site.series):
        dates = [part.date for part in series.parts if part.date]
        link = Link(routes.series(series.slug).url, series.title, series.summary)
        yield Listed(link, len(series.parts), day(max(dates, default=None), locale))
