"""The order of the essays in each series, and ``article.series``, both as in the plugin pelican-series."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import field, replace
from typing import Any

from pelican.contents import Page

from ...assemble import EARLIEST
from ...model import PUBLISHED, Essay, SeriesPage
from ...names import fold, spelled_out
from ...sources.declare import part_from
from ...values import dataclass
from ...vocabulary import directory
from ..compat import ArticleSeries
from ..settings.values import text_from, texts_from
from .essays import Essays


@dataclass(frozen=True)
class Runs:
    """The published essays of each series and language, in order."""

    names: Mapping[str, str]
    """The name of each series, by its `key`."""
    ordered: Mapping[tuple[str, str], Sequence[Essay]]
    """The essays, by the `key` of the series and the language."""
    declared: Mapping[str, str] = field(default_factory=dict)
    """The slug of each declared series, by the folded names that authors may use for it."""

    def key(self, name: str) -> str:
        """Return the key of the series called `name`: the slug of a declared series, or else the folded name."""
        return self.declared.get(fold(name), fold(name))

    def numbered(self, essays: Iterable[Essay], default_lang: str) -> list[Essay]:
        """Return `essays` with their position in the series as ``part``; other languages follow the site's own."""
        places: dict[str, int] = {}
        for (_, _), run in sorted(self.ordered.items(), key=lambda each: (each[0][1] != default_lang, each[0])):
            first = 0 if not run or run[0].lang == default_lang else len(places)
            places |= {essay.source: first + number for number, essay in enumerate(run, 1)}
        return [replace(essay, part=places.get(essay.source)) for essay in essays]


def runs_of(essays: Iterable[Essay], pages: Iterable[SeriesPage]) -> Runs:
    """Return the published essays of each series, in order; an essay may name a series that is not in `pages`."""
    declared = list(pages)
    runs = Runs({page.slug: page.title for page in declared}, {}, directory(declared))
    found: dict[tuple[str, str], list[Essay]] = defaultdict(list)
    names: dict[str, str] = dict(runs.names)
    for essay in essays:
        if essay.series and essay.status == PUBLISHED:
            found[runs.key(essay.series), essay.lang].append(essay)
    ordered = {key: sorted(run, key=_order) for key, run in found.items()}
    for (key, _), run in ordered.items():
        names.setdefault(key, run[0].series or "")
    return replace(runs, names=names, ordered=ordered)


def _order(essay: Essay) -> tuple[Any, ...]:
    """Return the sort key of pelican-series: by index, then newest first; those without an index last, by date."""
    when = essay.date or EARLIEST
    if essay.part is None:
        return True, when, essay.slug, essay.source
    return False, essay.part, -when.timestamp(), essay.slug, essay.source


def slugs_of(runs: Runs, slugify: Callable[[str], str]) -> Mapping[str, str]:
    """Return a unique slug for each series that is not declared, by folded name."""
    taken = set(runs.declared.values())
    found: dict[str, str] = {}
    for key, name in sorted(runs.names.items()):
        if key in taken:
            continue
        made = (slugify(name), slugify(spelled_out(name)), *(f"series-{n}" for n in range(1, len(runs.names) + 2)))
        found[fold(name)] = next(slug for slug in made if slug and slug not in taken)
        taken.add(found[fold(name)])
    return found


def offer_articles(essays: Essays, runs: Runs, url: Callable[[str], str]) -> None:
    """Set ``article.series``; a draft gets the published parts but is not among them."""
    contents = {key: [essays.articles[each.source] for each in run] for key, run in runs.ordered.items()}
    places = {each.source: number for run in runs.ordered.values() for number, each in enumerate(run)}
    for source, essay in essays.by_source.items():
        if essay.series:
            key, article = runs.key(essay.series), essays.articles[source]
            name = runs.names.get(key, essay.series)
            run = contents.get((key, essay.lang), [])
            offered = ArticleSeries(name, run, places.get(source), article.lang, url(key))
            article.__dict__["series"] = offered


def article_series(essays: Essays, runs: Runs, default_lang: str) -> dict[str, list[Any]]:
    """Return the articles of each series in the site's language, in order, by the name of the series."""
    keys = dict.fromkeys(runs.key(e.series) for e in essays.published if e.series)
    return {
        runs.names[key]: [essays.articles[each.source] for each in runs.ordered.get((key, default_lang), ())]
        for key in keys
    }


def offer_pages(pages: Iterable[Page]) -> dict[str, list[Page]]:
    """Set ``page.series`` on pages that name a series, and return the pages of each series by its name."""
    found: dict[str, list[Page]] = defaultdict(list)
    names: dict[str, str] = {}
    for page in pages:
        name = text_from(page.metadata.get("series", "")).strip()
        if name:
            found[names.setdefault(fold(name), name)].append(page)
    for name, run in found.items():
        run.sort(key=_page_order)
        for number, page in enumerate(run):
            page.__dict__["series"] = ArticleSeries(name, run, number, page.lang)
    return dict(found)


def _page_order(page: Page) -> tuple[bool, int, str]:
    part = part_from(texts_from(page.metadata))
    return part is None, part or 0, str(getattr(page, "title", "")) if part is None else ""
