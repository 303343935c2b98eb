"""``sitemap.xml`` (sitemaps.org) and ``robots.txt`` (RFC 9309)."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from ..routes import encoded
from ..views import View
from ..views.shapes.pages import EssayView, LedgerView, PageView
from ..views.shapes.plays import PlaybookView, PlayView


def robots(root: str) -> bytes:
    """Return ``robots.txt``: crawlers may read the site at the URL `root`, and nothing where `root` is empty."""
    if not root:
        return b"User-agent: *\nDisallow: /\n"
    return f"User-agent: *\nDisallow:\n\nSitemap: {root}/sitemap.xml\n".encode()


def sitemap(views: Mapping[str, View], root: str) -> bytes:
    """Return ``sitemap.xml``: the listed pages, each with the date of the newest essay that it shows.

    Args:
        views: all views of the site, by output path.
        root: the URL of the site, without a slash at the end.

    """
    listed = [view for view in views.values() if view.listed]
    days = {view.address.url: _day(view) for view in listed if isinstance(view, EssayView)}
    entries = sorted((encoded(f"/{view.address.url}"), _newest(view, days)) for view in listed)
    lines = "".join(f"<url><loc>{escape(root + url)}</loc>{_lastmod(day)}</url>\n" for url, day in entries)
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{lines}</urlset>\n'
    ).encode()


def _day(view: EssayView) -> str:
    day = view.revised or view.day
    return day.iso if day else ""


def _newest(view: View, days: Mapping[str, str]) -> str:
    """Return the ISO date of the newest essay that `view` shows; empty where it shows none."""
    if isinstance(view, PageView):
        return ""
    shown = _shown(view)
    return max(days.values() if shown is None else (days.get(url, "") for url in shown), default="")


def _shown(view: View) -> set[str] | None:
    """Return the URLs of the essays that `view` shows; None where it shows all."""
    if isinstance(view, EssayView):
        return {view.address.url}
    if isinstance(view, LedgerView):
        return {part.url for part in view.essays}
    if isinstance(view, PlayView):
        return {part.url for part in (*view.costs, *view.benefits, *view.others)}
    if isinstance(view, PlaybookView):
        return {part.url for row in view.plays for part in row.essays}
    return None


def _lastmod(day: str) -> str:
    return f"<lastmod>{escape(day)}</lastmod>" if day else ""
