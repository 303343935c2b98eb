"""Plain text in, HTML out: escaped always, and typeset where the site has its texts typeset."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from html import escape
from typing import Any

from markupsafe import Markup

from ..apostrophes import set_marks
from .extensions import APOSTROPHES, uses


def typesetter(settings: Mapping[str, Any]) -> Callable[[str], Markup]:
    """Return what makes HTML of plain text: escaped always, and typeset where the site has TYPOGRIFY on."""
    if not settings["TYPOGRIFY"]:
        return lambda text: Markup(escape(text, quote=False))
    from typogrify import filters  # noqa: PLC0415 - Pelican asks for it only where it is used

    omitted = dict.fromkeys(settings["TYPOGRIFY_OMIT_FILTERS"], False)
    prepared = set_marks if uses(settings, APOSTROPHES) else str

    @cache
    def typeset(text: str) -> Markup:
        safe = prepared(escape(text, quote=False))
        return Markup(filters.typogrify(safe, settings["TYPOGRIFY_IGNORE_TAGS"], **omitted))

    return typeset
