"""The template environment: our filters and globals, and our own templates for those that the theme lacks."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from jinja2 import ChoiceLoader, Environment, FileSystemLoader
from markupsafe import Markup
from pelican.generators import Generator

from .. import metadata
from ..hosts import with_policy
from ..hosts.policy import NO_SOURCES, OFFLINE_SOURCES, SEARCH_SOURCES
from ..l10n.tags import language
from ..package import TEMPLATES
from ..routes import absolute_url
from ..views.kinds.prose import prose
from .building import build_of
from .outputs.publication import publication
from .reading.typesetting import add_typesetting
from .settings.common import by_line


def set_up_environment(generator: Generator) -> None:
    """Set up the template environment of `generator`, which all generators share.

    Templates can then call ``asset("theme/match.svg")`` for the published name of an asset, and ``url|whole`` for the
    absolute URL of an address relative to the site. If other plugins take part, each generator keeps its own
    environment, since a plugin may change one of them.
    """
    build = build_of(generator.settings)
    if build.environment and build.is_alone:
        generator.env = build.environment
        return
    build.environment = environment = generator.env
    environment.auto_reload = False  # one build has one theme, and no include need ask for the state of its file
    inline = build.look.mark.get("inline") if build.look else None
    environment.globals |= {
        "asset": build.assets.name,
        "font_data": build.assets.font_data,
        "by_line": by_line(generator.settings),
        "look": build.look,
        "inline_mark": Markup(inline.read_text(encoding="utf-8").strip()) if inline else "",
    }
    _add_filters(environment, generator)
    build.speaker.join(environment)
    own, theme = FileSystemLoader(TEMPLATES), environment.loader
    environment.loader = ChoiceLoader([theme, own] if theme else [own])
    if build.templates:
        build.templates.watch(environment)


def _add_filters(environment: Environment, generator: Generator) -> None:
    settings = generator.settings
    add_typesetting(environment, settings)
    site = publication(generator)
    environment.filters |= {
        "language": language,
        "prose": prose,
        "guarded": partial(_guarded, settings=settings),
        "whole": partial(absolute_url, settings["SITEURL"]),
        "described": lambda view: Markup(metadata.described(view, site)),
        "text_fragment": lambda sentence: metadata.text_fragment(site.typeset(sentence)),
    }


def _guarded(page: Markup, section: str = "", *, settings: Mapping[str, Any]) -> Markup:
    """Add the content security policy to a rendered page; a preview has none, since its script must run."""
    allowed = settings["ALLOWED_HOSTS"]
    if allowed is None or settings["PREVIEW"]:
        return page
    usual = OFFLINE_SOURCES if settings["OFFLINE"] else NO_SOURCES
    extra = SEARCH_SOURCES if section == "search" and settings["SEARCH_INDEX"] else usual
    return Markup(with_policy(str(page), allowed, https=settings["SITEURL"].startswith("https:"), extra=extra))
