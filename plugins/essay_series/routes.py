"""Every output path and address: patterns in, `Address` out.

The patterns are Pelican's settings of the same names and this plugin's own (see `DEFAULTS`); what fills in those of
articles and pages is Pelican itself (see `config.SiteConfig.address`). An empty ``…_SAVE_AS`` switches a kind of page
off.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import PurePosixPath
from urllib.parse import quote, unquote, urlsplit

from .model import NOWHERE, Address
from .values import dataclass

DEFAULTS = {
    "SERIES_LIST_SAVE_AS": "",
    "SERIES_LIST_URL": "",
    "SERIES_SAVE_AS": "series/{slug}/index.html",
    "SERIES_URL": "series/{slug}/",
    "LEDGER_DATA_SAVE_AS": "series/{slug}/ledger.json",
    "LEDGER_DATA_URL": "series/{slug}/ledger.json",
    "BOOK_SAVE_AS": "series/{slug}/book/index.html",
    "BOOK_URL": "series/{slug}/book/",
    "BOOK_FILE_SAVE_AS": "series/{slug}/{slug}.{format}",
    "BOOK_FILE_URL": "series/{slug}/{slug}.{format}",
    "PLAY_SAVE_AS": "playbook/{slug}/index.html",
    "PLAY_URL": "playbook/{slug}/",
    "WORKSHEET_SAVE_AS": "playbook/{slug}/worksheet/index.html",
    "WORKSHEET_URL": "playbook/{slug}/worksheet/",
    "PLAYBOOK_SAVE_AS": "playbook/index.html",
    "PLAYBOOK_URL": "playbook/",
    "FEED_SAVE_AS": "feeds/{key}.{format}",
    "FEED_URL": "feeds/{key}.{format}",
    "FEEDS_SAVE_AS": "feeds/index.html",
    "FEEDS_URL": "feeds/",
    "OPML_SAVE_AS": "feeds/all.opml",
    "OPML_URL": "feeds/all.opml",
    "CORRECTIONS_SAVE_AS": "corrections/index.html",
    "CORRECTIONS_URL": "corrections/",
    "CASES_SAVE_AS": "cases/index.html",
    "CASES_URL": "cases/",
    "SEARCH_SAVE_AS": "",
    "SEARCH_URL": "",
    "OFFLINE_SAVE_AS": "",
    "OFFLINE_URL": "",
}
PAGES = {
    "SERIES_LIST": "the list of all series",
    "SERIES": "the page of a series, its ledger",
    "LEDGER_DATA": "the ledger as JSON",
    "BOOK": "a series as one page",
    "BOOK_FILE": "a series as EPUB and PDF",
    "PLAY": "the page of a play",
    "WORKSHEET": "the worksheet of a play",
    "PLAYBOOK": "the index of all plays",
    "FEED": "each feed",
    "FEEDS": "the list of all feeds, for people",
    "OPML": "the list of all feeds, for feed readers",
    "CORRECTIONS": "the list of all corrections",
    "CASES": "the list of all cases",
    "SEARCH": "the search page",
    "OFFLINE": "the page shown in place of one that is not kept",
}
"""What has an address of its own, by how its settings begin."""
FORMATS = ("atom.xml", "rss.xml", "json")
"""What every feed is written as, and how its file ends: extensions that static hosts send with the right type."""


_OF_ALL_LANGUAGES = ("FEED", "FEEDS", "OPML", "CORRECTIONS", "CASES", "SEARCH", "OFFLINE")
"""What the languages of a site have in common, or tell apart by the key of a feed."""

COPIES = {"md": "Markdown", "bib": "BibTeX", "csl.json": "CSL-JSON"}
"""What can stand beside a page in another form, by how its file ends."""


class UnknownWordError(Exception):
    """A pattern asks for a word that nothing fills in; the word is its message."""


@dataclass(frozen=True, slots=True)
class Routes:
    """The address patterns of one site."""

    patterns: Mapping[str, str]
    language_folder: str = ""
    """Where the pages for readers of another language lie, such as ``{lang}/``; empty where there are none."""
    lang: str = "en"
    """The site's own language."""
    folder: str = ""
    """The folder of these routes' language; empty for the site's own."""

    def in_language(self, lang: str) -> Routes:
        """Return the routes of the pages for readers of `lang`."""
        return replace(self, folder=self.language_folder.format(lang=lang) if lang != self.lang else "")

    def series(self, slug: str) -> Address:
        """Return the address of a series' ledger page."""
        return self._address("SERIES", slug=slug)

    def series_list(self) -> Address:
        """Return the address of the page that lists all series."""
        return self._address("SERIES_LIST")

    def ledger_data(self, slug: str) -> Address:
        """Return the address of a series' ledger as JSON."""
        return self._address("LEDGER_DATA", slug=slug)

    def book(self, slug: str, form: str = "page") -> Address:
        """Return the address of a series as a book: as one page, or as the file ``epub`` or ``pdf``."""
        return (
            self._address("BOOK", slug=slug) if form == "page" else self._address("BOOK_FILE", slug=slug, format=form)
        )

    def play(self, slug: str) -> Address:
        """Return the address of a play's page."""
        return self._address("PLAY", slug=slug)

    def worksheet(self, slug: str) -> Address:
        """Return the address of a play as a sheet to work with; there is none without the play's own page."""
        return self._address("WORKSHEET", slug=slug) if self.play(slug).path else NOWHERE

    def playbook(self) -> Address:
        """Return the address of the playbook's index."""
        return self._address("PLAYBOOK")

    def home(self) -> Address:
        """Return the address of the home page."""
        path = self.patterns.get("INDEX_SAVE_AS", "index.html")
        return Address(path and f"{self.folder}{path}", self.folder)

    def archive(self) -> Address:
        """Return the address of the archive."""
        return self._address("ARCHIVES")

    def feed(self, key: str, form: str = FORMATS[0]) -> Address:
        """Return the address of the feed `key` in one of the `FORMATS`."""
        return self._address("FEED", key=key, format=form)

    def feeds(self) -> Address:
        """Return the address of the page that lists all feeds."""
        return self._address("FEEDS")

    def opml(self) -> Address:
        """Return the address of the list of all feeds for feed readers."""
        return self._address("OPML")

    def corrections(self) -> Address:
        """Return the address of the page that lists all corrections."""
        return self._address("CORRECTIONS")

    def cases(self) -> Address:
        """Return the address of the page that lists all cases."""
        return self._address("CASES")

    def search(self) -> Address:
        """Return the address of the page to search from."""
        return self._address("SEARCH")

    def offline(self) -> Address:
        """Return the address of the page that is shown in place of one that is not stored."""
        return self._address("OFFLINE")

    def _address(self, prefix: str, **words: str) -> Address:
        path, url = (self.patterns.get(f"{prefix}_{end}", "") for end in ("SAVE_AS", "URL"))
        if not path:
            return NOWHERE
        folder = "" if prefix in _OF_ALL_LANGUAGES else self.folder
        return Address(folder + path.format(**words), folder + url.format(**words))


def as_url(root: str) -> str:
    """Return the address `root` of a site with its folder encoded, and without a slash at the end."""
    parts = urlsplit(root)
    return parts._replace(path=encoded(parts.path)).geturl().rstrip("/")


def folder_of(root: str) -> str:
    """Return the folder of its host in which the site at `root` lies, such as ``/essays``; empty where it has none."""
    return encoded(urlsplit(root).path).rstrip("/")


def whole(root: str, path: str) -> str:
    """Return the whole address, as a URL, of `path` below the site at `root`."""
    return f"{root}/{encoded(path)}"


def encoded(address: str) -> str:
    """Return `address` as a browser asks for it; what is encoded already stays."""
    path, mark, query = address.partition("?")
    return quote(unquote(path), safe="/") + mark + quote(query, safe="=&%+-")


def decoded(address: str) -> str:
    """Return `address` as a server compares it, with every character as itself."""
    return unquote(address)


def stays_inside(path: str) -> bool:
    """Tell whether the output path `path` stays inside the output folder, on every system."""
    pure = PurePosixPath(path.replace("\\", "/"))
    return not pure.is_absolute() and ".." not in pure.parts and ":" not in path and "\0" not in path


def file_at(address: str) -> str:
    """Return the output path at which any host of static files finds a page for `address`, which has a slash in front.

    It is empty where no file can stand for the address, which is so where it has a question mark.
    """
    path = unquote(address).lstrip("/")
    if "?" in address or not stays_inside(path):
        return ""
    return path if path.endswith((".html", ".htm")) else f"{path}/index.html".replace("//", "/").lstrip("/")


def beside(page: Address, ending: str) -> Address:
    """Return the address of the file that stands beside `page` under the same name and ends with `ending`."""
    path = f"{page.path.removesuffix('.html')}.{ending}"
    return Address(path, path)
