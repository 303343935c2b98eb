"""View → the ``meta`` elements that other sites and libraries read.

These are Open Graph for shared links (https://ogp.me), with the ``article:`` properties and ``twitter:card``; and for
essays the tags of Highwire Press, from which libraries and Google Scholar take title, author and date.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..cards.card import HEIGHT, WIDTH, Card, alt_of, card_of
from ..l10n.tags import region_of
from ..values import dataclass
from ..views import EssayView, View
from .publication import Publication


@dataclass(frozen=True, slots=True)
class Tag:
    """One ``meta`` element."""

    attribute: str
    """``name`` or ``property``."""
    name: str
    content: str


def tags(view: View, site: Publication) -> tuple[Tag, ...]:
    """Return the ``meta`` elements of the page of `view`, without empty ones."""
    found = [*_open_graph(view, site)]
    if isinstance(view, EssayView):
        found += [*_article(view, site), *_citation(view, site)]
    return tuple(tag for tag in found if tag.content)


def _open_graph(view: View, site: Publication) -> Iterator[Tag]:
    is_essay = isinstance(view, EssayView)
    yield Tag("property", "og:type", "article" if is_essay else "website")
    yield Tag("property", "og:site_name", site.name)
    yield Tag("property", "og:title", site.typeset(view.title or site.name))
    yield Tag("property", "og:description", site.typeset(view.summary or site.summary))
    yield Tag("property", "og:url", site.url(view.address.url) if site.root else "")
    tag = view.lang or site.lang
    yield Tag("property", "og:locale", f"{tag.partition('-')[0]}_{region_of(tag)}" if region_of(tag) else "")
    path = getattr(view, "card", "")
    if path:
        card = card_for(view, site)
        yield Tag("property", "og:image", site.url(path))
        yield Tag("property", "og:image:width", str(WIDTH))
        yield Tag("property", "og:image:height", str(HEIGHT))
        yield Tag("property", "og:image:alt", alt_of(card, site.locale_of(view)) if card else "")
    yield Tag("name", "twitter:card", "summary_large_image" if path else "summary")


def card_for(view: View, site: Publication) -> Card | None:
    """Return the card of the page of `view` on `site`; None if it has none."""
    return card_of(view, site.name, site.summary, site.typeset, site.locale_of(view), author=site.author_of(""))


def _article(view: EssayView, site: Publication) -> Iterator[Tag]:
    yield Tag("property", "article:published_time", view.day.iso if view.day else "")
    yield Tag("property", "article:modified_time", view.revised.iso if view.revised else "")
    yield Tag("property", "article:section", site.typeset(view.contents.series.title) if view.contents else "")
    yield from (Tag("property", "article:tag", site.typeset(play.title)) for play in view.plays)


def _citation(view: EssayView, site: Publication) -> Iterator[Tag]:
    author = site.author_of(view.author)
    yield Tag("name", "author", author)
    yield Tag("name", "citation_title", site.typeset(view.title))
    yield Tag("name", "citation_author", author)
    yield Tag("name", "citation_publication_date", view.day.iso.replace("-", "/") if view.day else "")
    yield Tag("name", "citation_journal_title", site.name)
    yield Tag("name", "citation_language", view.lang)
    yield Tag("name", "citation_fulltext_html_url", site.url(view.address.url) if site.root else "")
