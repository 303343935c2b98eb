"""Pelican's settings in, what machines are told of the whole site out."""

from __future__ import annotations

from pelican.generators import Generator

from .. import found


def publication(generator: Generator) -> found.Publication:
    """Return what holds for every page of the site, as machines are told of it."""
    settings, typeset = generator.settings, generator.env.filters["typeset_plain"]
    return found.Publication(
        root=settings["SITEURL"],
        name=settings["SITENAME"],
        author=settings.get("AUTHOR") or settings["SITENAME"],
        summary=settings.get("SITESUBTITLE", ""),
        lang=settings["DEFAULT_LANG"].lower(),
        typeset=lambda text: typeset(text).replace("\N{NO-BREAK SPACE}", " "),
    )
