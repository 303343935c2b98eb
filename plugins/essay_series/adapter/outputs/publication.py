"""Facts about the whole site, from Pelican's settings: its look, author and icon, and what metadata says of it."""

from __future__ import annotations

from pathlib import Path

from pelican.generators import Generator

from ... import metadata
from ...l10n.tags import language
from ...look import Look, LookError, look_of
from ..reading.typesetting import in_lists
from ..settings.common import Settings, by_line
from ..settings.config import BUILD, ContentError


def site_look(settings: Settings) -> Look | None:
    """Return the look of the site; None if its theme declares none.

    Raises:
        ContentError: a ``look.toml`` is invalid.

    """
    try:
        return look_of(Path(settings["THEME"]), Path(settings["LOOK"]) if settings["LOOK"] else None)
    except LookError as error:
        raise ContentError(str(error)) from error


def feed_icon(settings: Settings, look: Look | None) -> str:
    """Return the path of the icon of feeds: ``FEED_ICON``, or else the site's mark; empty if there is none."""
    mark = f"{settings['THEME_STATIC_DIR']}/{look.mark['mark'].name}" if look else ""
    return str(mark if settings["FEED_ICON"] is None else settings["FEED_ICON"])


def look_files(settings: Settings, look: Look | None) -> list[Path]:
    """Return all files that `look` is read from or refers to, and the site's own look file even if it is missing."""
    own = [Path(settings["LOOK"])] if settings["LOOK"] else []
    return sorted({*own, *look.sources, *look.fonts.values(), *look.mark.values()}) if look else []


def publication(generator: Generator) -> metadata.Publication:
    """Return the facts about the whole site that metadata of every page needs."""
    settings = generator.settings
    return metadata.Publication(
        root=settings["SITEURL"],
        name=settings["SITENAME"],
        author=by_line(settings) or settings["SITENAME"],
        summary=settings.get("SITESUBTITLE", ""),
        lang=language(settings["DEFAULT_LANG"]),
        typeset=in_lists(generator.env.filters["typeset_plain"]),
        languages=settings[BUILD].speaker.languages,
    )
