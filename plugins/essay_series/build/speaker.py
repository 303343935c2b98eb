"""Translation in templates: ``_``, ``{% trans %}`` and our filters use the language of the page being rendered."""

from __future__ import annotations

from collections.abc import Mapping

from jinja2 import Environment, pass_context, pass_eval_context
from jinja2.nodes import EvalContext
from jinja2.runtime import Context
from markupsafe import Markup

from ..l10n import Languages, foreign
from ..l10n.tags import language
from ..views import View


class Speaker:
    """The language of the page being rendered; each process renders one page at a time, so there is only one."""

    def __init__(self, languages: Languages, lang: str = "en") -> None:
        """Start with the site's language, `lang`."""
        self.languages, self._lang = languages, lang
        self.locale = self._safe = languages.locale(lang)
        self._said: dict[tuple[bool, str], str] = {}
        """Messages without placeholders, as rendered in this language: most are, and they recur on every page."""
        self._own = self.locale.tag

    def turn_to(self, view: View | object) -> None:
        """Switch to the language of the page of `view`, or to the site's if the view has no ``lang``."""
        locale = self.languages.locale(getattr(view, "lang", "") or self._lang)
        names: Mapping[str, str] = getattr(view, "names", {})
        if (locale := locale.naming(names)) != self.locale:
            self.locale, self._safe = locale, locale.in_html
            self._said.clear()

    def join(self, environment: Environment) -> None:
        """Install the translation functions and filters in a Jinja `environment`."""
        environment.add_extension("jinja2.ext.i18n")
        vars(environment)["newstyle_gettext"] = True
        environment.globals.update(
            _=self._gettext,  # Jinja's own looks `gettext` up anew for each message
            gettext=self._gettext,
            ngettext=self._ngettext,
            pgettext=self._pgettext,
            npgettext=self._npgettext,
            locale=lambda tag="": self.languages.locale(tag) if tag else self.locale,
        )
        environment.filters.update(
            as_language=lambda tag: Markup(foreign.of_page(language(tag))),
            in_language=self._in_language,
            words=self._words,
            isolated=self._isolated,
        )

    @pass_context
    def _in_language(self, _: Context, tag: str) -> Markup:
        """Return the ``lang`` and ``dir`` attributes of an element in the language `tag`; empty means the site's."""
        return Markup(foreign.attributes(tag or self._own, self.locale.tag))

    @pass_context
    def _words(self, context: Context, text: str, tag: str = "") -> Markup:
        """Return a title or another plain text as typeset HTML, marked as being in `tag`; empty means the site's."""
        typeset = context.environment.filters["typeset"]
        return Markup(foreign.marked(str(typeset(text)), tag or self._own, self.locale.tag))

    @pass_context
    def _isolated(self, context: Context, name: str) -> Markup:
        """Return a name as typeset HTML, isolated if its script may run in the other direction."""
        typeset = context.environment.filters["typeset"]
        return Markup(foreign.isolated(str(typeset(name)), self.locale.tag))

    @pass_eval_context
    def _gettext(self, context: EvalContext, message: str, **values: object) -> str:
        if values:
            return self._filled(context, self._safe.said(message), values)
        key = (bool(context.autoescape), message)
        if key not in self._said:
            self._said[key] = self._filled(context, self._safe.said(message), values)
        return self._said[key]

    @pass_eval_context
    def _pgettext(self, context: EvalContext, about: str, message: str, **values: object) -> str:
        return self._filled(context, self._safe.said(message, about), values)

    @pass_eval_context
    def _ngettext(self, context: EvalContext, one: str, many: str, num: int, **values: object) -> str:
        return self._filled(context, self._safe.counted(one, many, num), {"num": num, **values})

    @pass_eval_context
    def _npgettext(self, context: EvalContext, about: str, one: str, many: str, num: int, **values: object) -> str:
        return self._filled(context, self._safe.counted(one, many, num, about), {"num": num, **values})

    def _filled(self, context: EvalContext, text: str, values: Mapping[str, object]) -> str:
        """Fill in the values, escaped if the environment autoescapes; the messages themselves are safe HTML."""
        return self.locale.filled(Markup(text) if context.autoescape else text, values)
