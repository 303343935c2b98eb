"""What holds for every page of a site."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import field

from ..l10n import Languages, Locale
from ..routes import whole
from ..values import dataclass
from ..views import View


@dataclass(frozen=True, slots=True)
class Publication:
    """The site as machines are told of it; all text is plain."""

    root: str
    """Its own address, without a slash at the end; empty in a preview."""
    name: str
    author: str
    """The by-line of an essay that names no other author."""
    summary: str
    lang: str
    cards: tuple[int, int] = (0, 0)
    """Width and height of the pictures by which links are shown."""
    typeset: Callable[[str], str] = str
    """Puts typographic characters into plain text."""
    languages: Languages = field(default_factory=Languages, compare=False)

    def url(self, path: str) -> str:
        """Return the whole address of `path`, which is below the site's root."""
        return whole(self.root, path)

    def locale_of(self, view: View) -> Locale:
        """Return the language of the page of `view`, with the names that its series has for its sides."""
        return self.languages.locale(view.lang or self.lang).naming(getattr(view, "names", {}))

    def author_of(self, name: str) -> str:
        """Return who wrote what names `name` as its author; empty where only the site's name is known.

        Args:
            name: the author of the page; empty where that is the site's own by-line.

        """
        known = name or self.author
        return "" if known == self.name else known
