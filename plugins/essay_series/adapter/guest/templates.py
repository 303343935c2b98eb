"""The templates of what a guest adds: those of the theme that are made for it, and plain ones where there are none."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape, unescape
from pathlib import Path
from typing import Any

from jinja2 import BaseLoader, ChoiceLoader, Environment, FileSystemLoader, PrefixLoader, TemplateError, meta
from jinja2.environment import Template
from markupsafe import Markup
from pelican import signals
from pelican.contents import Page

from ...build.speaker import Speaker
from ...package import NAME
from ...values import dataclass
from ...views import View
from ..reading.typesetting import plain, typesetter
from .essays import placed
from .listing import SeriesList
from .own import Settings

OWN = f"!{NAME}"
"""Before this name stand the plain templates, as Pelican has ``!simple`` and ``!theme``."""
READ_BY_OURS = {"view", "views"}
"""What a template reads that is made for pages of this plugin; another of the same name is somebody else's."""
SHELLS = ("page.html", "!simple/page.html")
"""What shows a page: the theme's template, or where that asks for more than ours have, Pelican's in its frame."""
FAULTS = (TemplateError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError)
"""What a template of somebody else's may raise when it shows a page that it was not written for."""
TRANSLATING = "jinja2.ext.InternationalizationExtension"
"""The extension by which themes speak several languages."""
_TITLE = re.compile(r"(?P<before><title\b[^>]*>)(?P<words>.*?)(?=</title>)", re.DOTALL)


class UnshowableError(Exception):
    """The theme's templates cannot show a page of ours; what they raise is the message."""


@dataclass(frozen=True)
class OfTheme:
    """A template of the theme that is made for pages of this plugin."""

    template: Template

    def render(self, context: Mapping[str, Any]) -> str:
        """Return the page, with the site's address in the form that this page uses."""
        return placed(self.template.render(context), _root(context))


@dataclass(frozen=True)
class Plain:
    """A page of ours as the theme shows any page: what we have to say stands where the text of a page does."""

    env: Environment
    ours: Environment
    """In which our own templates are rendered, with our words."""
    view: View | SeriesList
    settings: Settings

    def render(self, context: Mapping[str, Any]) -> str:
        """Return the page, with the site's address in the form that this page uses.

        Raises:
            UnshowableError: no template of the theme can show it.

        """
        text = self.ours.get_template(f"{OWN}/plain/{self.view.template}.html").render(context)
        html = self._shown({**context, "page": self._page(text, context)})
        return placed(_with_name(html, context["SITENAME"]), _root(context))

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
        with signals.content_object_init.muted():  # it is none that anybody but the theme should see
            return Page(text, metadata, settings=self.settings, context=dict(context))


def _root(context: Mapping[str, Any]) -> str:
    return context["localsiteurl"] or context["SITEURL"] or ""


def _with_name(html: str, name: str) -> str:
    """Return a page with the name of the site in its title, where the theme leaves it out or does not escape it."""
    bare = plain(Markup(name))
    safe = escape(bare, quote=False)

    def named(found: re.Match[str]) -> str:
        words = found["words"] if bare == safe else found["words"].replace(bare, safe)
        return f"{found['before']}{words if bare in unescape(words) else f'{words.rstrip()} - {safe}'}"

    return _TITLE.sub(named, html, count=1)


def prepare(env: Environment, settings: Mapping[str, Any], speaker: Speaker) -> Environment:
    """Give `env`, which is of our generator alone, our filters and our plain templates.

    Returns:
        The environment in which our own templates are rendered. A theme may have translations of its own in `env`; ours
        take their place only where there are none.

    """
    typeset = typesetter(settings)
    env.filters["typeset"] = typeset
    env.filters["typeset_plain"] = lambda text: plain(typeset(text))
    own = FileSystemLoader(Path(__file__).parent.parent.parent / "templates")
    loaders: list[BaseLoader] = [env.loader] if env.loader else []
    env.loader = ChoiceLoader([*loaders, PrefixLoader({OWN: own}), own])
    if TRANSLATING not in env.extensions:
        speaker.join(env)
        return env
    ours = env.overlay()
    ours.globals = {**env.globals}
    speaker.join(ours)
    return ours


def template(env: Environment, ours: Environment, view: View | SeriesList, settings: Settings) -> OfTheme | Plain:
    """Return the template of a page: that of the theme where it is made for us, or else a plain one."""
    file = f"{view.template}.html"
    return OfTheme(env.get_template(file)) if _is_ours(env, file) else Plain(env, ours, view, settings)


def _is_ours(env: Environment, file: str) -> bool:
    try:
        source = env.loader.get_source(env, file)[0] if env.loader else ""
        return bool(meta.find_undeclared_variables(env.parse(source)) & READ_BY_OURS)
    except (TemplateError, UnicodeDecodeError):
        return False
