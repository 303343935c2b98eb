"""Pelican's settings in, what machines are told of the whole site out."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pelican.generators import Generator

from ... import cards
from ... import metadata as found
from ...l10n.tags import language
from ...look import Look, LookError, look_of
from ..settings.config import BUILD, ContentError, Settings


def site_look(settings: Settings) -> Look | None:
    """Return the look of the site; None where its theme declares none.

    Raises:
        ContentError: the theme or the site declares it wrongly.

    """
    try:
        return look_of(Path(settings["THEME"]), Path(settings["LOOK"]) if settings["LOOK"] else None)
    except LookError as error:
        raise ContentError(str(error)) from error


def by_line(settings: Mapping[str, Any]) -> str:
    """Return who writes the site, as ``AUTHOR`` says; empty where it is not set, or repeats the name of the site."""
    author: str = settings.get("AUTHOR") or ""
    return "" if author == settings["SITENAME"] else author


def card_look(settings: Settings, look: Look | None) -> cards.Look | None:
    """Return the look of cards on a site of that `look`; None where the site or its theme has none."""
    return cards.look_from(look) if look and settings["CARDS"] else None


def feed_icon(settings: Settings, look: Look | None) -> str:
    """Return the file that feeds have as their icon: the one of the settings, or the site's mark; empty for none."""
    mark = f"{settings['THEME_STATIC_DIR']}/{look.mark['mark'].name}" if look else ""
    return str(mark if settings["FEED_ICON"] is None else settings["FEED_ICON"])


def look_files(settings: Settings, look: Look | None) -> list[Path]:
    """Return the files that say how the site looks, and those that they name; the site's own need not exist yet."""
    own = [Path(settings["LOOK"])] if settings["LOOK"] else []
    return sorted({*own, *look.sources, *look.fonts.values(), *look.mark.values()}) if look else []


def publication(generator: Generator) -> found.Publication:
    """Return what holds for every page of the site, as machines are told of it."""
    settings, typeset = generator.settings, generator.env.filters["typeset_plain"]

    def in_lists(text: str) -> str:
        """Return `text` typeset, with the blanks that hold a page's last line together as blanks again."""
        return str(typeset(text)).replace("\N{NO-BREAK SPACE}", " ")

    return found.Publication(
        root=settings["SITEURL"],
        name=settings["SITENAME"],
        author=by_line(settings) or settings["SITENAME"],
        summary=settings.get("SITESUBTITLE", ""),
        lang=language(settings["DEFAULT_LANG"]),
        typeset=in_lists,
        languages=settings[BUILD].speaker.languages,
    )
