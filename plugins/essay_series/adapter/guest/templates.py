"""The templates of what a guest adds: those of the theme that are made for it, and plain ones where there are none."""

from __future__ import annotations

from collections.abc import Mapping
from html import unescape
from pathlib import Path
from typing import Any

from jinja2 import BaseLoader, ChoiceLoader, Environment, FileSystemLoader, PrefixLoader, TemplateError, meta
from jinja2.environment import Template
from markupsafe import Markup

from ...package import NAME
from ..typesetting import typesetter
from .essays import placed

OWN = f"!{NAME}"
"""Before this name stand the plain templates, as Pelican has ``!simple`` and ``!theme``."""
READ_BY_OURS = {"view", "views"}
"""What a template reads that is made for pages of this plugin; another of the same name is somebody else's."""


class Placed:
    """A template that shows texts with the address of the site as it is on the page that is made."""

    def __init__(self, template: Template) -> None:
        self._template = template

    def render(self, context: Mapping[str, Any]) -> str:
        """Return the page."""
        return placed(self._template.render(context), context["localsiteurl"] or context["SITEURL"] or "")


def prepare(env: Environment, settings: Mapping[str, Any]) -> None:
    """Give `env`, which is of our generator alone, our filters and our plain templates."""
    typeset = typesetter(settings)
    env.filters["typeset"] = typeset
    env.filters["typeset_plain"] = lambda text: plain(typeset(text))
    own = FileSystemLoader(Path(__file__).parent.parent.parent / "templates")
    loaders: list[BaseLoader] = [env.loader] if env.loader else []
    env.loader = ChoiceLoader([*loaders, PrefixLoader({OWN: own}), own])


def plain(typeset: Markup) -> str:
    """Return what was typeset as plain text."""
    return unescape(Markup(typeset).striptags())


def template(env: Environment, name: str) -> Placed:
    """Return the template `name` of the theme where it is made for us, or else the plain one."""
    file = f"{name}.html"
    return Placed(env.get_template(file if _is_ours(env, file) else f"{OWN}/{file}"))


def _is_ours(env: Environment, file: str) -> bool:
    try:
        source = env.loader.get_source(env, file)[0] if env.loader else ""
        return bool(meta.find_undeclared_variables(env.parse(source)) & READ_BY_OURS)
    except (TemplateError, UnicodeDecodeError):
        return False
