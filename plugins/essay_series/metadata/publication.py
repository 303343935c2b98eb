"""The metadata of a site, which that of its pages refers to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import field

from ..l10n import Languages, Locale
from ..routes import absolute_url
from ..values import dataclass
from ..views import View


@dataclass(frozen=True, slots=True)
class Publication:
    """A site and its languages; all text is plain."""

    root: str
    """Its URL, without a trailing slash; empty in a preview."""
    name: str
    author: str
    """The author of essays that name no other one; the name of the site if it has none."""
    summary: str
    lang: str
    typeset: Callable[[str], str] = str
    """Puts typographic characters into plain text."""
    languages: Languages = field(default_factory=Languages, compare=False)

    def url(self, path: str) -> str:
        """Return the absolute URL of `path`, a URL relative to the site's root."""
        return absolute_url(self.root, path)

    def locale_of(self, view: View) -> Locale:
        """Return the language of the page of `view`, with the names that its series gives to the sides."""
        return self.languages.locale(view.lang or self.lang).naming(getattr(view, "names", {}))

    def author_of(self, name: str) -> str:
        """Return the author of a page with the author `name`, or else of the site; empty if that is the site itself."""
        known = name or self.author
        return "" if known == self.name else known
