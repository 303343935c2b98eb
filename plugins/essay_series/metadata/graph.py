"""View → JSON-LD in the vocabulary of schema.org: the type of the page, its parts, and what it is part of.

A series, essay or play has the same ``@id`` on every page that mentions it, so that programs can join the data of
several pages.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import singledispatch
from typing import Any

from ..l10n import phrases
from ..views import (
    ArchiveView,
    EssayView,
    HomeView,
    LedgerView,
    Link,
    Part,
    PlaybookView,
    PlayView,
    Row,
    View,
    WorksheetView,
)
from ..views.pieces import VerdictLine
from .publication import Publication

Node = Mapping[str, Any]


def graph(view: View, site: Publication) -> Node:
    """Return the JSON-LD document of the page of `view`."""
    nodes = [_node(view, site), *_trail(view, site)]
    return {"@context": "https://schema.org", "@graph": [_without_empty(node) for node in nodes]}


@singledispatch
def _node(view: View, site: Publication) -> Node:
    """Return the main node of a page; a view without a type of its own is a ``WebPage``."""
    return _page("WebPage", view, site)


@_node.register
def _essay(view: EssayView, site: Publication) -> Node:
    url, contents, locale = site.url(view.address.url), view.contents, site.locale_of(view)
    return {
        "@type": "BlogPosting",
        "@id": url,
        "url": url,
        "mainEntityOfPage": url,
        "headline": site.typeset(view.title),
        "description": site.typeset(view.summary),
        "inLanguage": view.lang,
        "datePublished": view.day.iso if view.day else "",
        "dateModified": view.revised.iso if view.revised else "",
        "timeRequired": f"PT{view.minutes}M",
        "author": _author(view.author, site),
        "publisher": _organization(site),
        "position": contents.number if contents else None,
        "isPartOf": _series(contents.series, site) if contents else {"@id": f"{site.root}/#website"},
        "about": [_play(play, site) for play in view.plays],
        "abstract": site.typeset(view.entry),
        "correction": [
            {
                "@type": "CorrectionComment",
                "text": phrases.corrected(site.typeset(each.wrong), site.typeset(each.right), locale),
                "datePublished": each.day.iso,
            }
            for each in view.corrections
        ],
        "image": site.url(view.card) if view.card else "",
    }


@_node.register
def _ledger(view: LedgerView, site: Publication) -> Node:
    days = [part.day.iso for part in view.parts if part.day]
    return {
        **_series(Link(view.address.url, view.title), site),
        "description": site.typeset(view.summary),
        "inLanguage": site.lang,
        "author": _author("", site),
        "publisher": _organization(site),
        "startDate": min(days, default=""),
        "endDate": max(days, default="") if view.complete else "",
        "isPartOf": {"@id": f"{site.root}/#website"},
        "hasPart": [_part(part, site) for part in view.parts],
        "subjectOf": [_verdict(row, row.verdict, site) for row in view.rows if row.verdict],
    }


@_node.register
def _playbook(view: PlaybookView, site: Publication) -> Node:
    terms = [_play(row.play, site) for row in view.plays]
    url = site.url(view.address.url)
    return {
        "@type": "DefinedTermSet",
        "@id": url,
        "url": url,
        "name": site.typeset(view.title),
        "hasDefinedTerm": terms,
    }


@_node.register
def _one_play(view: PlayView, site: Publication) -> Node:
    essays = [*view.costs, *view.benefits, *view.others]
    return {
        **_play(Link(view.address.url, view.title), site),
        "description": site.typeset(view.summary),
        "inDefinedTermSet": site.url(view.playbook.url) if view.playbook.url else "",
        "subjectOf": [{"@id": site.url(part.url)} for part in essays if part.url],
    }


@_node.register
def _home(view: HomeView, site: Publication) -> Node:
    return {
        "@type": "WebSite",
        "@id": f"{site.root}/#website",
        "url": site.url(view.address.url),
        "name": site.name,
        "description": site.typeset(site.summary),
        "inLanguage": site.lang,
        "publisher": _organization(site),
        "hasPart": [_series(card.series, site) for card in view.series],
    }


@_node.register
def _archive(view: ArchiveView, site: Publication) -> Node:
    return _page("CollectionPage", view, site)


def _page(kind: str, view: View, site: Publication) -> Node:
    url = site.url(view.address.url)
    return {
        "@type": kind,
        "@id": url,
        "url": url,
        "name": site.typeset(view.title),
        "description": site.typeset(view.summary),
        "isPartOf": {"@id": f"{site.root}/#website"},
    }


def _part(part: Part, site: Publication) -> Node:
    url = site.url(part.url)
    return {
        "@type": "BlogPosting",
        "@id": url,
        "url": url,
        "headline": site.typeset(part.title),
        "position": part.number,
    }


def _verdict(row: Row, verdict: VerdictLine, site: Publication) -> Node:
    """Return the verdict on a pair as a quotation: schema.org has no verdicts, and a review would claim more."""
    return {
        "@type": "Quotation",
        "name": verdict.words,
        "text": site.typeset(verdict.text),
        "about": [{"@id": site.url(part.url)} for part in (row.cost, row.benefit)],
    }


def _series(series: Link, site: Publication) -> Node:
    """Return a series; one without a page of its own has a name alone."""
    url = site.url(series.url) if series.url else ""
    return {
        "@type": "CreativeWorkSeries",
        "@id": f"{url}#series" if url else "",
        "url": url,
        "name": site.typeset(series.title),
    }


def _play(play: Link, site: Publication) -> Node:
    url = site.url(play.url) if play.url else ""
    return {"@type": "DefinedTerm", "@id": f"{url}#play" if url else "", "url": url, "name": site.typeset(play.title)}


def _author(name: str, site: Publication) -> Node:
    """Return the author as a person, or the site as an organization if it has no other author."""
    author = site.author_of(name)
    return {"@type": "Person", "name": author} if author else _organization(site)


def _organization(site: Publication) -> Node:
    return {"@type": "Organization", "@id": f"{site.root}/#publisher", "name": site.name, "url": f"{site.root}/"}


def _trail(view: View, site: Publication) -> Iterator[Node]:
    """Yield the breadcrumb trail from the home page; the home page has none."""
    steps = [Link("", site.name), *_above(view), Link(view.address.url, view.title)]
    if not isinstance(view, HomeView):
        yield {
            "@type": "BreadcrumbList",
            "itemListElement": [
                {"@type": "ListItem", "position": number, "name": site.typeset(step.title), "item": site.url(step.url)}
                for number, step in enumerate(steps, 1)
            ],
        }


def _above(view: View) -> Iterator[Link]:
    if isinstance(view, EssayView) and view.contents and view.contents.series.url:
        yield view.contents.series
    if isinstance(view, PlayView | WorksheetView) and view.playbook.url:
        yield view.playbook
    if isinstance(view, WorksheetView):
        yield view.play


def _without_empty(value: object) -> object:
    """Return `value` without empty values at any depth."""
    if isinstance(value, Mapping):
        return {name: _without_empty(each) for name, each in value.items() if each not in ("", None, [], {})}
    return [_without_empty(each) for each in value] if isinstance(value, list) else value
