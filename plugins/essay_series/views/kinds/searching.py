"""`Site` → the view of the search page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ...l10n import Locale, foreign, phrases
from ...model import SIDES, Play, Series
from ...search import folders
from ..context import MOST_NAMED, PageContext
from ..linker import Linker
from ..pieces import Link, Searched
from ..shapes.base import View
from ..shapes.pages import EssayView, LedgerView, PageView
from ..shapes.plays import PlaybookView, PlayView
from ..shapes.service import SearchView

_FINDABLE = EssayView | LedgerView | PlaybookView | PlayView | PageView
"""The kinds of pages in the index."""


def search_view(context: PageContext, linker: Linker, views: Iterable[View]) -> SearchView:
    """Return the view of the search page, given those of all other pages."""
    routes, series, locale = context.routes, context.site.series, linker.locale
    ways = [context.playbook_link] if context.site.plays else []
    ways += [linker.series(each) for each in series] if len(series) <= MOST_NAMED else []
    archive = routes.page("ARCHIVES").url
    ways.append(Link(archive, locale.gettext("Archive"), locale.gettext("Every essay, newest first.")))
    return SearchView(
        address=routes.page("SEARCH"),
        ways=tuple(way for way in ways if way.url),
        sides=tuple(side for side in SIDES if any(essay.side == side for essay in context.site.essays)),
        plays=_titles(play for site in context.site.everywhere for play in site.own_plays),
        series=_titles(each for site in context.site.everywhere for each in site.series),
        languages=_searched(views, context.site.lang),
        words=script_words(locale),
        title=locale.gettext("Search"),
        summary=locale.gettext("Find a word in every essay, play and ledger."),
    )


def _titles(listed: Iterable[Series | Play]) -> tuple[str, ...]:
    """Return the distinct titles of series or plays."""
    return tuple(dict.fromkeys(each.title for each in listed))


def _searched(views: Iterable[View], lang: str) -> tuple[Searched, ...]:
    """Return the languages of the pages in the index; the site's own, `lang`, is first."""
    found = {view.lang or lang for view in views if view.listed and isinstance(view, _FINDABLE)}
    places = folders(found, lang).items()
    return tuple(Searched(each, folder, foreign.direction(each)) for each, folder in places)


def script_words(locale: Locale) -> Mapping[str, str | Mapping[str, str]]:
    """Return the messages of the page's script, by name; those with a number by category of ``Intl.PluralRules``."""
    # translators: the number of pages that a search found
    found = locale.plurals("%(num)s page", "%(num)s pages")
    found_with = locale.plurals("%(num)s page with “%(words)s”", "%(num)s pages with “%(words)s”")
    return {
        "cost": f"\N{MINUS SIGN} {phrases.side('cost', locale)}",
        "benefit": f"+ {phrases.side('benefit', locale)}",
        "found": {category: _open(text, locale) for category, text in found.items()},
        "foundWith": {category: _open(text, locale) for category, text in found_with.items()},
        "nothing": locale.gettext("Nothing. Try fewer or shorter words, or take a filter away."),
        "nothingWith": _open(
            locale.said("Nothing with “%(words)s”. Try fewer or shorter words, or take a filter away."), locale
        ),
        "failed": locale.gettext("The index to search in could not be loaded. There are other ways."),
    }


def _open(text: str, locale: Locale) -> str:
    """Return a message with the placeholders of the script, ``{count}`` and ``{words}``."""
    return locale.filled(text, {"num": "{count}", "words": "{words}"})
