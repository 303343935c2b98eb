"""Turns plain text into HTML: always escaped, and typeset if TYPOGRIFY is on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache, lru_cache
from html import escape
from typing import Any

from jinja2 import Environment
from markupsafe import Markup

from ...htmltext import keeping_narrow
from ...l10n.tags import lang_of, language
from ...marks import is_english, set_marks, steps_for
from ..settings.markdown import keeps_comments_back


def typesetter(settings: Mapping[str, Any]) -> Callable[[str], Markup]:
    """Return the function from plain text to HTML under `settings`.

    A `LangString` is typeset by the rules of its language, any other text by those of the site's language.
    """
    if not settings["TYPOGRIFY"]:
        return lambda text: Markup(escape(text, quote=False))
    from typogrify import filters  # noqa: PLC0415 - not a requirement of Pelican if TYPOGRIFY is off

    default = language(settings["DEFAULT_LANG"])
    by_pelican = not keeps_comments_back(settings)  # English titles then go through typogrify alone, as in Pelican

    @cache
    def typeset(text: str, lang: str) -> Markup:
        safe = escape(text, quote=False)
        marked = safe if by_pelican and is_english(lang) else set_marks(safe, lang)
        steps = steps_for(lang, settings["TYPOGRIFY_OMIT_FILTERS"])
        return Markup(filters.typogrify(marked, settings["TYPOGRIFY_IGNORE_TAGS"], **steps))

    return lambda text: typeset(str(text), lang_of(text, default))


def add_typesetting(environment: Environment, settings: Mapping[str, Any]) -> None:
    """Add the filters ``typeset``, from plain text to HTML, and ``typeset_plain``, from plain text to plain text."""
    typeset = typesetter(settings)
    environment.filters["typeset"] = typeset
    environment.filters["typeset_plain"] = lambda text: plain(typeset(text))


def in_lists(typeset: Callable[[str], str]) -> Callable[[str], str]:
    """Return `typeset` with ordinary spaces for no-break ones, for texts of feeds and metadata."""
    return lambda text: typeset(text).replace("\N{NO-BREAK SPACE}", " ")


@lru_cache(maxsize=2**14)
def plain(typeset: str) -> str:
    """Return typeset HTML as plain text on one line; narrow no-break spaces, as in French, are kept."""
    return keeping_narrow(typeset, lambda html: Markup(html).striptags())
