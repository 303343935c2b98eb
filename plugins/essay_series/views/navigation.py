"""`Site` → the navigation links on every page, in each language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..values import dataclass
from .context import MOST_NAMED, PageContext
from .kinds.languages import in_language
from .pieces import Link


@dataclass(frozen=True, slots=True)
class PageLinks:
    """The navigation links on a page."""

    home: str
    """The URL of the home page."""
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Navigation:
    """The navigation links on all pages."""

    own: PageLinks
    """On pages in the site's own language."""
    by_language: Mapping[str, PageLinks]
    """On pages in each other language that has an edition."""

    @property
    def everywhere(self) -> tuple[PageLinks, ...]:
        """The links in all languages, the site's own first."""
        return (self.own, *self.by_language.values())

    def of(self, lang: str) -> PageLinks:
        """Return the links on a page in the language `lang`."""
        return self.by_language.get(lang, self.own)


def navigation(context: PageContext) -> Navigation:
    """Return the navigation links on all pages of the site."""
    editions = {edition.lang: _page_links(in_language(context, edition)) for edition in context.site.editions}
    return Navigation(_page_links(context), editions)


def _page_links(context: PageContext) -> PageLinks:
    return PageLinks(context.routes.home().url, tuple(link for link in _links(context) if link.url))


def _links(context: PageContext) -> Iterator[Link]:
    """Yield links to ledgers, playbook, archive, ordinary pages and search."""
    routes, site, locale = context.routes, context.site, context.languages.locale(context.site.lang)
    lang = site.lang if site.is_edition else ""
    if len(site.series) > MOST_NAMED and routes.home().path:
        yield Link(f"{routes.home().url}#series-1", locale.pgettext("several series", "Series"), lang=lang)
    for series in site.series if len(site.series) <= MOST_NAMED else ():
        is_alone = len(site.series) == 1 and series.is_two_sided
        title = locale.gettext("Ledger") if is_alone else series.title
        yield Link(routes.series(series.slug).url, title, lang=lang)
    if site.plays:
        yield Link(routes.page("PLAYBOOK").url, locale.gettext("Playbook"), lang=lang)
    # translators: the page that lists all essays by date
    yield Link(routes.page("ARCHIVES").url, locale.gettext("Archive"), lang=lang)
    yield from (Link(page.address.url, page.title, lang=page.lang) for page in context.documents if page.listed)
    yield Link(routes.page("SEARCH").url, locale.gettext("Search"), lang=lang)
