"""The order in which pages are cached for offline reading."""

from __future__ import annotations

from collections.abc import Iterable

from .shapes.base import View
from .shapes.pages import EssayView, PageView
from .shapes.service import OfflineView


def by_importance(views: Iterable[View]) -> list[View]:
    """Return the views to cache: pages that lead to others first, then parts of series, then the rest."""
    cached = (view for view in views if view.listed or isinstance(view, OfflineView))
    return sorted(cached, key=lambda view: (_rank(view), view.address.url))


def _rank(view: View) -> int:
    if isinstance(view, EssayView | PageView):
        return 1 if isinstance(view, EssayView) and view.contents else 2
    return 0
