"""Turns the ``…_SAVE_AS`` and ``…_URL`` patterns in the settings into an `Address` for every generated page and file.

The patterns are Pelican's and this plugin's own (see `PAGES`). Those of articles and pages are filled in by Pelican
(see `config.SiteConfig.address`). An empty ``…_SAVE_AS`` switches a kind of page off.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Literal
from urllib.parse import quote, unquote, urlsplit

from .model import NOWHERE, Address
from .values import dataclass


@dataclass(frozen=True, slots=True)
class Page:
    """A kind of page or file with a pattern of its own."""

    what: str
    """A description."""
    path: str = ""
    """The default output path; empty if there is no such page unless a setting says where."""
    of_all_languages: bool = False
    """Whether all languages of a site share it, or distinguish it by the key of a feed."""


PAGES: Mapping[str, Page] = {
    "SERIES_LIST": Page("the list of all series"),
    "SERIES": Page("the page of a series, its ledger", "series/{slug}/index.html"),
    "LEDGER_DATA": Page("the ledger as JSON", "series/{slug}/ledger.json"),
    "BOOK": Page("a series as one page", "series/{slug}/book/index.html"),
    "BOOK_FILE": Page("a series as EPUB and PDF", "series/{slug}/{slug}.{format}"),
    "PLAY": Page("the page of a play", "playbook/{slug}/index.html"),
    "WORKSHEET": Page("the worksheet of a play", "playbook/{slug}/worksheet/index.html"),
    "PLAYBOOK": Page("the index of all plays", "playbook/index.html"),
    "FEED": Page("each feed", "feeds/{key}.{format}", of_all_languages=True),
    "FEEDS": Page("the list of all feeds, for people", "feeds/index.html", of_all_languages=True),
    "OPML": Page("the list of all feeds, for feed readers", "feeds/all.opml", of_all_languages=True),
    "CORRECTIONS": Page("the list of all corrections", "corrections/index.html", of_all_languages=True),
    "CASES": Page("the list of all cases", "cases/index.html", of_all_languages=True),
    "SEARCH": Page("the search page", of_all_languages=True),
    "OFFLINE": Page("the page shown instead of one that is not available offline", of_all_languages=True),
}
"""Every kind of page and file with a pattern of its own, by the prefix of its two settings."""
SinglePage = Literal[
    "SERIES_LIST", "PLAYBOOK", "ARCHIVES", "FEEDS", "OPML", "CORRECTIONS", "CASES", "SEARCH", "OFFLINE"
]
"""The pages and files of which a site or an edition has only one."""
DEFAULTS: Mapping[str, str] = {
    setting: pattern
    for name, page in PAGES.items()
    for setting, pattern in ((f"{name}_SAVE_AS", page.path), (f"{name}_URL", page.path.removesuffix("index.html")))
}
"""The default of each of these settings."""
FORMATS = ("atom.xml", "rss.xml", "json")
"""The formats of every feed, as file extensions that static hosts serve with the right media type."""

COPIES = {"md": "Markdown", "bib": "BibTeX", "csl.json": "CSL-JSON"}
"""The other formats in which a page can be published, by file extension."""


class UnknownWordError(Exception):
    """A pattern has a placeholder without a value; the message is the placeholder."""


@dataclass(frozen=True, slots=True)
class Routes:
    """The address patterns of one site."""

    patterns: Mapping[str, str]
    language_folder: str = ""
    """The pattern of the folder of each other language, such as ``{lang}/``; empty if there are no editions."""
    lang: str = "en"
    """The language of the site."""
    folder: str = ""
    """The folder of the language of these routes; empty for the site's own."""

    def in_language(self, lang: str) -> Routes:
        """Return the routes of the edition in `lang`."""
        return replace(self, folder=self.language_folder.format(lang=lang) if lang != self.lang else "")

    def page(self, name: SinglePage) -> Address:
        """Return the address of one of the pages in `SinglePage`."""
        return self._address(name)

    def series(self, slug: str) -> Address:
        """Return the address of a series' ledger page."""
        return self._address("SERIES", slug=slug)

    def ledger_data(self, slug: str) -> Address:
        """Return the address of a series' ledger as JSON."""
        return self._address("LEDGER_DATA", slug=slug)

    def book(self, slug: str, form: str = "page") -> Address:
        """Return the address of a series as a book in one of the formats ``page``, ``epub`` and ``pdf``."""
        return (
            self._address("BOOK", slug=slug) if form == "page" else self._address("BOOK_FILE", slug=slug, format=form)
        )

    def play(self, slug: str) -> Address:
        """Return the address of a play's page."""
        return self._address("PLAY", slug=slug)

    def worksheet(self, slug: str) -> Address:
        """Return the address of the worksheet of a play; there is none if plays have no pages."""
        return self._address("WORKSHEET", slug=slug) if self.play(slug).path else NOWHERE

    def home(self) -> Address:
        """Return the address of the home page."""
        path = self.patterns.get("INDEX_SAVE_AS", "index.html")
        return Address(path and f"{self.folder}{path}", self.folder)

    def feed(self, key: str, form: str = FORMATS[0]) -> Address:
        """Return the address of the feed `key` in one of the `FORMATS`."""
        return self._address("FEED", key=key, format=form)

    def _address(self, prefix: str, **words: str) -> Address:
        path, url = (self.patterns.get(f"{prefix}_{end}", "") for end in ("SAVE_AS", "URL"))
        if not path:
            return NOWHERE
        is_shared = prefix in PAGES and PAGES[prefix].of_all_languages
        folder = "" if is_shared else self.folder
        return Address(folder + path.format(**words), folder + url.format(**words))


def as_url(root: str) -> str:
    """Return the URL `root` of a site with its path percent-encoded, without a trailing slash."""
    parts = urlsplit(root)
    return parts._replace(path=encoded(parts.path)).geturl().rstrip("/")


def folder_of(root: str) -> str:
    """Return the path of the URL `root` of a site, such as ``/essays``; empty if it is at the root of its host."""
    return encoded(urlsplit(root).path).rstrip("/")


def absolute_url(root: str, path: str) -> str:
    """Return the absolute URL of `path` on the site with the URL `root`."""
    return f"{root}/{encoded(path)}"


def encoded(address: str) -> str:
    """Return `address` percent-encoded, as browsers send it; what is encoded already stays the same."""
    path, mark, query = address.partition("?")
    return quote(unquote(path), safe="/") + mark + quote(query, safe="=&%+-")


def stays_inside(path: str) -> bool:
    """Tell whether the output path `path` stays inside the output folder on every operating system."""
    pure = PurePosixPath(path.replace("\\", "/"))
    return not pure.is_absolute() and ".." not in pure.parts and ":" not in path and "\0" not in path


def output_path(address: str) -> str:
    """Return the output path of the file at `address`, which begins with a slash: a folder means its index.html."""
    path = address.removeprefix("/")
    return f"{path}index.html" if path.endswith("/") or not path else path


def file_at(address: str) -> str:
    """Return the output path that static hosts serve for `address`, which has a leading slash.

    It is empty if no file can be served there: for an address with a query, or outside the site.
    """
    path = unquote(address).lstrip("/")
    if "?" in address or not stays_inside(path):
        return ""
    return path if path.endswith((".html", ".htm")) else f"{path}/index.html".replace("//", "/").lstrip("/")


def beside(page: Address, ending: str) -> Address:
    """Return the address of the file next to `page` with the same name and the extension `ending`."""
    path = f"{page.path.removesuffix('.html')}.{ending}"
    return Address(path, path)
