"""What every template finds beside Pelican's own: filters, names of assets, and the plugin's plain templates."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from html import unescape
from pathlib import Path
from typing import Any

from jinja2 import ChoiceLoader, FileSystemLoader
from markupsafe import Markup
from pelican.generators import Generator

from .. import metadata as found
from ..hosts import guarded
from ..hosts.policy import KEEPING, NOTHING, SEARCHING
from ..languages import language
from ..routes import whole
from ..views.prose import prose
from .building import build_of
from .publication import publication, site_look
from .typesetting import typesetter

SEARCH = "search"
"""The section of the page to search from."""


def offer(generator: Generator) -> None:
    """Give the templates of `generator` our filters, and our own templates where the theme has none.

    ``asset("theme/match.svg")`` is the name under which readers find that file, and ``url|whole`` the whole address of
    what lies at `url` below the site.
    """
    typeset = typesetter(generator.settings)
    generator.env.filters["typeset"] = typeset
    generator.env.filters["typeset_plain"] = lambda text: unescape(Markup(typeset(text)).striptags())
    generator.env.filters["language"] = language
    generator.env.filters["prose"] = prose
    generator.env.filters["guarded"] = partial(_guarded, settings=generator.settings)
    generator.env.filters["whole"] = partial(whole, generator.settings["SITEURL"])
    generator.env.globals["asset"] = build_of(generator.settings).assets.name
    look = site_look(generator.settings)
    generator.env.globals["look"] = look
    inline = look.mark.get("inline") if look else None
    generator.env.globals["inline_mark"] = Markup(inline.read_text(encoding="utf-8").strip()) if inline else ""
    site = publication(generator)
    generator.env.filters["described"] = lambda view: Markup(found.described(view, site))
    generator.env.filters["text_fragment"] = lambda sentence: found.text_fragment(site.typeset(sentence))
    own = FileSystemLoader(Path(__file__).parent.parent / "templates")
    theme = generator.env.loader
    generator.env.loader = ChoiceLoader([theme, own] if theme else [own])
    if templates := build_of(generator.settings).templates:
        templates.watch(generator.env)


def _guarded(page: Markup, section: str = "", *, settings: Mapping[str, Any]) -> Markup:
    """Give a rendered page of `section` its content security policy; a preview has none, since it runs a script."""
    allowed = settings["ALLOWED_HOSTS"]
    if allowed is None or settings["PREVIEW"]:
        return page
    usual = KEEPING if settings["OFFLINE"] else NOTHING
    more = SEARCHING if section == SEARCH and settings["SEARCH_INDEX"] else usual
    return Markup(guarded(str(page), allowed, https=settings["SITEURL"].startswith("https:"), more=more))
