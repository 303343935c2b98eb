"""What every template finds beside Pelican's own: filters, and the plugin's plain templates."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from html import unescape
from pathlib import Path
from typing import Any

from jinja2 import ChoiceLoader, FileSystemLoader
from markupsafe import Markup
from pelican.generators import Generator

from ..hosts import guarded
from .settings import typesetter


def offer(generator: Generator) -> None:
    """Give the templates of `generator` our filters, and our own templates where the theme has none."""
    typeset = typesetter(generator.settings)
    generator.env.filters["typeset"] = typeset
    generator.env.filters["typeset_plain"] = lambda text: unescape(Markup(typeset(text)).striptags())
    generator.env.filters["guarded"] = partial(_guarded, settings=generator.settings)
    own = FileSystemLoader(Path(__file__).parent.parent / "templates")
    theme = generator.env.loader
    generator.env.loader = ChoiceLoader([theme, own] if theme else [own])


def _guarded(page: Markup, settings: Mapping[str, Any]) -> Markup:
    """Give a rendered page its content security policy; a preview has none, since it runs a script."""
    allowed = settings["ALLOWED_HOSTS"]
    if allowed is None or settings["PREVIEW"]:
        return page
    return Markup(guarded(str(page), allowed, https=settings["SITEURL"].startswith("https:")))
