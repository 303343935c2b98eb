"""The templates of a guest's pages: the theme's if it has any for them, or else plain ones inside its ``page.html``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape, unescape
from typing import Any

from jinja2 import BaseLoader, ChoiceLoader, Environment, FileSystemLoader, PrefixLoader, TemplateError, meta
from jinja2.environment import Template
from markupsafe import Markup
from pelican import signals
from pelican.contents import Page

from ...build.speaker import Speaker
from ...package import NAME, TEMPLATES
from ...values import dataclass
from ...views import View
from ..reading.typesetting import add_typesetting, plain
from ..settings.common import Settings
from .essays import with_root

OWN = f"!{NAME}"
"""The prefix of the names of our own templates, like Pelican's ``!simple`` and ``!theme``."""
READ_BY_OURS = {"view", "views"}
"""A template of the theme is for our pages if it reads one of these variables; else it only has the same name."""
SHELLS = ("page.html", "!simple/page.html")
"""The templates that may show a plain page: the theme's, or Pelican's if the theme's fails."""
FAULTS = (TemplateError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError)
"""What a theme's template may raise for a page that it was not written for."""
TRANSLATING = "jinja2.ext.InternationalizationExtension"
"""Jinja's extension for translations, which a theme may use too."""
_TITLE = re.compile(r"(?P<before><title\b[^>]*>)(?P<words>.*?)(?=</title>)", re.DOTALL)


class UnshowableError(Exception):
    """The theme's templates cannot show a page of ours; the message says what they raised."""


@dataclass(frozen=True)
class ThemeTemplate:
    """A template of the theme for pages of this plugin."""

    template: Template

    def render(self, context: Mapping[str, Any]) -> str:
        """Return the page, with the site's URL in the form (absolute or relative) that this page uses."""
        return with_root(self.template.render(context), _root(context))


@dataclass(frozen=True)
class PlainTemplate:
    """A page of ours in the theme's template for any page, with our HTML as its text."""

    env: Environment
    ours: Environment
    """The environment of our own templates, with our translations."""
    view: View
    settings: Settings

    def render(self, context: Mapping[str, Any]) -> str:
        """Return the page, with the site's URL in the form that this page uses.

        Raises:
            UnshowableError: no template of the theme can show it.

        """
        text = self.ours.get_template(f"{OWN}/plain/{self.view.template}.html").render(context)
        html = self._shown({**context, "page": self._page(text, context)})
        return with_root(_with_name(html, context["SITENAME"]), _root(context))

    def _shown(self, context: Mapping[str, Any]) -> str:
        faults = []
        for shell in SHELLS:
            try:
                return self.env.get_template(f"{OWN}/added-page.html").render({**context, "shell": shell})
            except FAULTS as fault:
                faults.append(f"{type(fault).__name__}: {fault}")
        raise UnshowableError(faults[0])

    def _page(self, text: str, context: Mapping[str, Any]) -> Page:
        typeset = self.env.filters["typeset"]
        metadata = {
            "title": str(typeset(self.view.title)),
            "summary": str(typeset(self.view.summary)),
            "slug": self.view.template,
            "save_as": self.view.address.path,
            "url": self.view.address.url,
        }
        with signals.content_object_init.muted():  # other plugins must not take it for a real page
            return Page(text, metadata, settings=self.settings, context=dict(context))


def _root(context: Mapping[str, Any]) -> str:
    return context["localsiteurl"] or context["SITEURL"] or ""


def _with_name(html: str, name: str) -> str:
    """Return a page with the site's name in its ``title`` element, if the theme omits it or does not escape it."""
    bare = plain(Markup(name))
    safe = escape(bare, quote=False)

    def named(found: re.Match[str]) -> str:
        words = found["words"] if bare == safe else found["words"].replace(bare, safe)
        return f"{found['before']}{words if bare in unescape(words) else f'{words.rstrip()} - {safe}'}"

    return _TITLE.sub(named, html, count=1)


def prepare(env: Environment, settings: Mapping[str, Any], speaker: Speaker) -> Environment:
    """Add our filters and templates to `env`, which only our generator uses.

    Returns:
        The environment for our own templates. It is `env` itself, unless the theme has translations of its own there.

    """
    add_typesetting(env, settings)
    own = FileSystemLoader(TEMPLATES)
    loaders: list[BaseLoader] = [env.loader] if env.loader else []
    env.loader = ChoiceLoader([*loaders, PrefixLoader({OWN: own}), own])
    ours = env
    if TRANSLATING in env.extensions:
        ours = env.overlay()
        ours.globals = {**env.globals}
    speaker.join(ours)
    return ours


def template(env: Environment, ours: Environment, view: View, settings: Settings) -> ThemeTemplate | PlainTemplate:
    """Return the template of a page: the theme's if it has one for our pages, or else a plain one."""
    file = f"{view.template}.html"
    if _is_ours(env, file):
        return ThemeTemplate(env.get_template(file))
    return PlainTemplate(env, ours, view, settings)


def _is_ours(env: Environment, file: str) -> bool:
    try:
        source = env.loader.get_source(env, file)[0] if env.loader else ""
        return bool(meta.find_undeclared_variables(env.parse(source)) & READ_BY_OURS)
    except (TemplateError, UnicodeDecodeError):
        return False
