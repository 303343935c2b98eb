"""Plain text in, HTML out: escaped always, and typeset where the site has its texts typeset."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache, lru_cache
from html import escape
from typing import Any

from markupsafe import Markup

from ...htmltext import keeping_narrow
from ...l10n.tags import lang_of, language
from ...marks import is_english, set_marks, steps_for
from .extensions import keeps_comments_back


def typesetter(settings: Mapping[str, Any]) -> Callable[[str], Markup]:
    """Return what makes HTML of plain text: escaped always, and typeset where the site has TYPOGRIFY on.

    A text that knows its language is typeset as that has it, and any other as the site's language has it.
    """
    if not settings["TYPOGRIFY"]:
        return lambda text: Markup(escape(text, quote=False))
    from typogrify import filters  # noqa: PLC0415 - Pelican asks for it only where it is used

    default = language(settings["DEFAULT_LANG"])
    by_pelican = not keeps_comments_back(settings)  # whose titles in English are typogrify's alone

    @cache
    def typeset(text: str, lang: str) -> Markup:
        safe = escape(text, quote=False)
        marked = safe if by_pelican and is_english(lang) else set_marks(safe, lang)
        steps = steps_for(lang, settings["TYPOGRIFY_OMIT_FILTERS"])
        return Markup(filters.typogrify(marked, settings["TYPOGRIFY_IGNORE_TAGS"], **steps))

    return lambda text: typeset(str(text), lang_of(text, default))


@lru_cache(maxsize=2**14)
def plain(typeset: str) -> str:
    """Return what was typeset as plain text on one line; narrow blanks of French stay."""
    return keeping_narrow(typeset, lambda html: Markup(html).striptags())
