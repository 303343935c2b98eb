"""The view of the page that lists all series."""

from __future__ import annotations

from collections.abc import Iterator

from ...config import SiteConfig
from ...l10n import Locale
from ...model import Site
from ...routes import Routes
from ...values import dataclass
from ...views import Link, View
from ...views.pieces import Day
from ...views.words import day


@dataclass(frozen=True)
class Entry:
    """A series in the list."""

    series: Link
    parts: int
    newest: Day | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesList(View):
    """The view of the list."""

    series: tuple[Entry, ...]
    template: str = "series"
    section: str = "series"


def series_list(site: Site, config: SiteConfig) -> SeriesList:
    """Return the list of the series of `site`, the most recently begun first."""
    return SeriesList(
        title=config.locale.pgettext("several series", "Series"),
        summary="",
        address=config.routes.page("SERIES_LIST"),
        series=tuple(_entries(site, config.routes, config.locale)),
    )


def _entries(site: Site, routes: Routes, locale: Locale) -> Iterator[Entry]:
    for series in reversed(site.series):
        dates = [part.date for part in series.parts if part.date]
        link = Link(routes.series(series.slug).url, series.title, series.summary)
        yield Entry(link, len(series.parts), day(max(dates, default=None), locale))
