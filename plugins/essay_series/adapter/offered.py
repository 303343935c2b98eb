"""What every template finds beside Pelican's own: filters, names of assets, and the plugin's plain templates."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from html import unescape
from pathlib import Path
from typing import Any

from jinja2 import ChoiceLoader, Environment, FileSystemLoader
from markupsafe import Markup
from pelican.generators import Generator

from .. import found
from ..hosts import Assets, assets, guarded
from ..hosts.policy import KEEPING, NOTHING, SEARCHING
from ..languages import language
from ..look import Look
from ..routes import whole
from .publication import publication, site_look
from .settings import Settings
from .typesetting import typesetter

SEARCH = "search"
"""The section of the page to search from."""
_FOLLOW_LOOK = (".css", ".svg")
"""Files of the theme that take colours and fonts from the site's look."""
COMPILED = "ESSAY_SERIES_COMPILED"
"""Key under which a build's settings hold the code of its templates."""
ASSETS = "ESSAY_SERIES_ASSETS"
"""Key under which a build's settings hold the files of the theme that have names of their own."""


def theme_assets(settings: Settings) -> Assets:
    """Return the files in the folders ``ASSET_PATHS`` of the theme, under names that change with what they hold."""
    roots = [Path(settings["THEME"], folder) for folder in settings["ASSET_PATHS"]]
    below = settings["THEME_STATIC_DIR"]
    files = {root: sorted(file for file in root.rglob("*") if file.is_file()) for root in roots}
    held = {f"{below}/{f.relative_to(root).as_posix()}": f.read_bytes() for root, found in files.items() for f in found}
    look = site_look(settings)
    if look:
        held |= {f"{below}/{font.name}": font.read_bytes() for font in look.fonts.values()}
        held = {path: _in_look(data, look) if path.endswith(_FOLLOW_LOOK) else data for path, data in held.items()}
    return assets(held)


def _in_look(text: bytes, look: Look) -> bytes:
    """Fill in the colours and fonts of `look` where `text` is a template that asks for them."""
    if b"{{ look." not in text:
        return text
    environment = Environment(keep_trailing_newline=True)  # noqa: S701 - it makes no HTML
    return environment.from_string(text.decode()).render(look=look).encode()


def offer(generator: Generator) -> None:
    """Give the templates of `generator` our filters, and our own templates where the theme has none.

    ``asset("theme/match.svg")`` is the name under which readers find that file, and ``url|whole`` the whole address of
    what lies at `url` below the site.
    """
    typeset = typesetter(generator.settings)
    generator.env.filters["typeset"] = typeset
    generator.env.filters["typeset_plain"] = lambda text: unescape(Markup(typeset(text)).striptags())
    generator.env.filters["language"] = language
    generator.env.filters["guarded"] = partial(_guarded, settings=generator.settings)
    generator.env.filters["whole"] = partial(whole, generator.settings["SITEURL"])
    generator.env.globals["asset"] = generator.settings[ASSETS].name
    generator.env.globals["look"] = site_look(generator.settings)
    site = publication(generator)
    generator.env.filters["described"] = lambda view: Markup(found.described(view, site))
    generator.env.filters["text_fragment"] = lambda sentence: found.text_fragment(site.typeset(sentence))
    own = FileSystemLoader(Path(__file__).parent.parent / "templates")
    theme = generator.env.loader
    generator.env.loader = ChoiceLoader([theme, own] if theme else [own])
    generator.settings[COMPILED].watch(generator.env)


def _guarded(page: Markup, section: str = "", *, settings: Mapping[str, Any]) -> Markup:
    """Give a rendered page of `section` its content security policy; a preview has none, since it runs a script."""
    allowed = settings["ALLOWED_HOSTS"]
    if allowed is None or settings["PREVIEW"]:
        return page
    usual = KEEPING if settings["OFFLINE"] else NOTHING
    more = SEARCHING if section == SEARCH and settings["SEARCH_INDEX"] else usual
    return Markup(guarded(str(page), allowed, https=settings["SITEURL"].startswith("https:"), more=more))
