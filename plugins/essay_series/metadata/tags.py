"""View → the ``meta`` elements by which other sites and libraries know a page.

Open Graph for links that are shared (https://ogp.me), with the ``article:`` names; ``twitter:card`` for those who ask
for it; and for essays the names of Highwire Press, by which libraries and Google Scholar know title, author and day.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..cards import alt_of, card_of
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
    """Return the ``meta`` elements of the page of `view`, without those that would say nothing."""
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
    card = site.url(getattr(view, "card", "")) if getattr(view, "card", "") else ""
    yield Tag("property", "og:image", card)
    if card:
        yield from (
            Tag("property", f"og:image:{n}", str(v)) for n, v in zip(("width", "height"), site.cards, strict=True)
        )
        yield Tag("property", "og:image:alt", _alt(view, site))
    yield Tag("name", "twitter:card", "summary_large_image" if card else "summary")


def _alt(view: View, site: Publication) -> str:
    card = card_of(view, site.name, site.summary, site.typeset, site.locale_of(view), author=site.author_of(""))
    return alt_of(card, site.locale_of(view)) if card else ""


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
