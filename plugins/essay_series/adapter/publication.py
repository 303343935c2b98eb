"""Pelican's settings in, what machines are told of the whole site out."""

from __future__ import annotations

from pathlib import Path

from pelican.generators import Generator

from .. import cards, found
from ..languages import language
from .settings import ContentError, Settings


def card_look(settings: Settings) -> cards.Look | None:
    """Return the look of cards; None where the site or its theme has none.

    Raises:
        ContentError: the theme declares it wrongly.

    """
    try:
        return cards.look_of(Path(settings["THEME"])) if settings["CARDS"] else None
    except ValueError as error:
        raise ContentError(str(error)) from error


def publication(generator: Generator) -> found.Publication:
    """Return what holds for every page of the site, as machines are told of it."""
    settings, typeset = generator.settings, generator.env.filters["typeset_plain"]
    return found.Publication(
        root=settings["SITEURL"],
        name=settings["SITENAME"],
        author=settings.get("AUTHOR") or settings["SITENAME"],
        summary=settings.get("SITESUBTITLE", ""),
        lang=language(settings["DEFAULT_LANG"]),
        cards=(cards.WIDTH, cards.HEIGHT),
        typeset=lambda text: typeset(text).replace("\N{NO-BREAK SPACE}", " "),
    )
