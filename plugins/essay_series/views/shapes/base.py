"""What the views of all kinds of pages share."""

from __future__ import annotations

from ...model import Address
from ...values import dataclass
from ..pieces import Link


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """All that the template of a page may read, and all that its content depends on.

    Text is plain except for `content`, which is HTML; templates put it through ``typeset``. URLs are relative to the
    site's root.
    """

    title: str
    summary: str
    """One sentence for lists, feeds and search engines; may be empty."""
    address: Address
    lang: str = ""
    """The language of the page (BCP 47); empty for the site's own, except for essays and ordinary pages."""
    listed: bool = True
    """Whether search engines, the search page and lists include the page."""
    alternates: tuple[Link, ...] = ()
    """The page in every language, and the default for other languages; empty if there is only one.

    The title of each is that of the essay or, on other pages, the language's own name.
    """
    card: str = ""
    """The URL of its card, the picture beside shared links; empty if there is none."""
    feeds: tuple[Link, ...] = ()
    """The feeds that its head announces, that of its own topic first."""
    template: str
    """The name of its template, without ``.html``."""
    section: str
    """The kind of page, for the class of its ``main`` element and the like."""
