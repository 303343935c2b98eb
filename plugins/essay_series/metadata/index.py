"""Views → ``index.json``, an index of the site for programs, and ``llms.txt``, one for language models."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from ..routes import COPIES
from ..views import EssayView, LedgerView, Link, Part, PlayView, View
from .publication import Publication


def index_json(views: Mapping[str, View], site: Publication) -> str:
    """Return all listed essays, series and plays of `views` with their titles, URLs and relations, as JSON."""
    content = {
        "name": site.name,
        "url": site.url(""),
        "language": site.lang,
        "essays": [_essay(view, site) for view in _listed(views, EssayView)],
        "series": [_series(view, site) for view in _listed(views, LedgerView)],
        "plays": [_play(view, site) for view in _listed(views, PlayView)],
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def llms_txt(views: Mapping[str, View], site: Publication) -> str:
    """Return links to all listed essays, series and plays with their summaries, in the form of https://llmstxt.org."""
    lines = [f"# {site.name}", *([f"> {site.summary}"] if site.summary else [])]
    locale = site.languages.locale(site.lang)
    kinds = {
        locale.gettext("Essays"): EssayView,
        locale.pgettext("several series", "Series"): LedgerView,
        locale.gettext("Plays"): PlayView,
    }
    for title, kind in kinds.items():
        links = [_line(view, site) for view in _listed(views, kind)]
        lines += [f"## {title}", "\n".join(links)] if links else []
    return "\n\n".join(lines) + "\n"


def _listed(views: Mapping[str, View], kind: type[Any]) -> Iterator[Any]:
    return (view for _, view in sorted(views.items()) if isinstance(view, kind) and view.listed)


def _line(view: View, site: Publication) -> str:
    markdown = _markdown(view, site) if isinstance(view, EssayView) else None
    return f"- [{view.title}]({markdown or site.url(view.address.url)})" + (f": {view.summary}" if view.summary else "")


def _essay(view: EssayView, site: Publication) -> Mapping[str, Any]:
    contents = view.contents
    return {
        "title": view.title,
        "url": site.url(view.address.url),
        "markdown": _markdown(view, site),
        "date": view.day.iso if view.day else None,
        "revised": view.revised.iso if view.revised else None,
        "language": view.lang,
        "author": site.author_of(view.author) or None,
        "summary": view.summary,
        "minutes": view.minutes,
        "side": view.side,
        "entry": view.entry or None,
        "answers": site.url(view.answers.url) if view.answers else None,
        "outcome": view.verdict.outcome if view.verdict else None,
        "verdict": view.verdict.text if view.verdict else None,
        "series": _named(contents.series, site) if contents else None,
        "part": contents.number if contents else None,
        "plays": [_named(play, site) for play in view.plays],
    }


def _markdown(view: EssayView, site: Publication) -> str | None:
    return next((site.url(copy.url) for copy in view.copies if copy.title == COPIES["md"]), None)


def _series(view: LedgerView, site: Publication) -> Mapping[str, Any]:
    return {
        "title": view.title,
        "url": site.url(view.address.url),
        "summary": view.summary,
        "ledger": site.url(view.data.url) if view.data.url else None,
        "parts": [site.url(part.url) for part in view.parts],
        "planned": [part.title for part in view.planned],
    }


def _play(view: PlayView, site: Publication) -> Mapping[str, Any]:
    def urls(parts: tuple[Part, ...]) -> list[str]:
        return [site.url(part.url) for part in parts]

    return {
        "title": view.title,
        "url": site.url(view.address.url),
        "summary": view.summary,
        "costs": urls(view.costs),
        "benefits": urls(view.benefits),
        "others": urls(view.others),
    }


def _named(link: Link, site: Publication) -> Mapping[str, str]:
    return {"title": link.title, "url": site.url(link.url)}
