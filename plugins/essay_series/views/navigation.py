"""Where a reader can go from every page, in the language of the page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..values import dataclass
from .context import MOST_NAMED, PageContext
from .kinds.languages import in_language
from .pieces import Link


@dataclass(frozen=True, slots=True)
class Ways:
    """The links in the head of a page."""

    home: str
    """The address of the home page."""
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Navigation:
    """The links in the head of every page."""

    own: Ways
    """In the site's own language."""
    by_language: Mapping[str, Ways]
    """In each other language that has pages of its own."""

    @property
    def everywhere(self) -> tuple[Ways, ...]:
        """Those in all languages, the site's own first."""
        return (self.own, *self.by_language.values())

    def of(self, lang: str) -> Ways:
        """Return the links on a page in the language `lang`."""
        return self.by_language.get(lang, self.own)


def navigation(context: PageContext) -> Navigation:
    """Return the links in the head of every page of the site."""
    return Navigation(
        _ways(context), {edition.lang: _ways(in_language(context, edition)) for edition in context.site.editions}
    )


def _ways(context: PageContext) -> Ways:
    return Ways(context.routes.home().url, tuple(link for link in _links(context) if link.url))


def _links(context: PageContext) -> Iterator[Link]:
    """Yield ledgers, playbook, archive, pages, and the page to search from."""
    routes, site, locale = context.routes, context.site, context.languages.locale(context.site.lang)
    lang = site.lang if site.is_edition else ""
    if len(site.series) > MOST_NAMED and routes.home().path:
        yield Link(f"{routes.home().url}#series-1", locale.pgettext("several series", "Series"), lang=lang)
    for series in site.series if len(site.series) <= MOST_NAMED else ():
        is_alone = len(site.series) == 1 and series.is_two_sided
        title = locale.gettext("Ledger") if is_alone else series.title
        yield Link(routes.series(series.slug).url, title, lang=lang)
    if site.plays:
        yield Link(routes.playbook().url, locale.gettext("Playbook"), lang=lang)
    # translators: the page that lists all essays by date
    yield Link(routes.archive().url, locale.gettext("Archive"), lang=lang)
    yield from (Link(page.address.url, page.title, lang=page.lang) for page in context.documents if page.listed)
    yield Link(routes.search().url, locale.gettext("Search"), lang=lang)
