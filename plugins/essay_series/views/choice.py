"""Every kind of page, and the views that readers want to keep."""

from __future__ import annotations

from collections.abc import Iterable
from typing import get_args

from .shapes.pages import EssayView, PageView, View
from .shapes.service import OfflineView

KINDS = tuple(get_args(View))
"""Every kind of page."""
TEMPLATES = tuple(sorted({kind.__dataclass_fields__["template"].default for kind in KINDS}))
"""The templates that show them."""


def dearest_first(views: Iterable[View]) -> list[View]:
    """Return the views that readers keep, what they want most first: what leads on, parts of series, the rest."""
    kept = (view for view in views if view.listed or isinstance(view, OfflineView))
    return sorted(kept, key=lambda view: (_dearness(view), view.address.url))


def _dearness(view: View) -> int:
    if isinstance(view, EssayView | PageView):
        return 1 if isinstance(view, EssayView) and view.contents else 2
    return 0
