"""The settings that the pure part of the package uses, in one frozen value."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import field
from datetime import datetime, tzinfo

from .house_style import HouseStyle, InvalidRule
from .l10n import Languages, Locale
from .model import Address
from .routes import Routes, folder_of
from .values import dataclass


class AuthorError(Exception):
    """Something that the author can mend; the message says all, so no traceback is shown."""


class SettingsError(AuthorError):
    """A setting has an invalid value; the text says which, and how to write it."""


@dataclass(frozen=True, slots=True)
class SiteConfig:
    """The settings of one build, and the few functions that only Pelican can provide."""

    content: str
    """The path of the content folder as it appears in messages."""
    routes: Routes
    default_lang: str
    timezone: tzinfo
    """The zone of dates that are written without one."""
    now: datetime | None
    """The time the build is made for: essays with a later date are not published yet. None publishes all."""
    needs_date: bool
    """Whether every essay must have a date, since there is no ``DEFAULT_DATE``."""
    slugify: Callable[[str], str]
    slug_from_file: bool
    """Whether a slug is made from the file name, which survives a change of title, or from the title."""
    inherited: Callable[[str], Mapping[str, str]]
    """Returns the front matter that a file gets from its path or from the settings, by lower-case key."""
    address: Callable[[str, str, Mapping[str, str]], Address]
    """Returns the address of an ``essay``, ``page`` or ``static`` file, given its path and its front matter by
    lower-case key; raises `routes.UnknownWordError` if the pattern has a placeholder without a value."""
    lenient_date: Callable[[str], datetime]
    """Parses a date in any form that Pelican accepts; raises ValueError."""
    to_html: Callable[[str], str]
    """Converts Markdown to HTML with the site's extensions."""
    to_html_with_comments: Callable[[str], str]
    """The same without the extension that removes comments, to find out what Markdown reads as a comment."""
    other_urls: frozenset[str] = frozenset()
    """The addresses of Pelican's direct templates."""
    made_files: Mapping[str, str] = field(default_factory=dict)
    """The output paths of pages and files that settings such as ``INDEX_SAVE_AS`` name, each with a description."""
    output: str = "output"
    """The path of the output folder."""
    name: str = ""
    """The name of the site."""
    languages: Languages = field(default_factory=Languages)
    """The languages of the interface, with their translations."""
    root: str = ""
    """The URL of the site, without a trailing slash; empty in a preview."""
    authority: str = ""
    """The ``domain,day`` under which the first publication mints feed ids (RFC 4151); empty in a preview."""
    folders: Mapping[str, str] = field(
        default_factory=lambda: {"essay": "essays", "series": "series", "play": "playbook", "page": "pages"}
    )
    """The folder for new files of each kind, relative to the content folder."""
    allowed_hosts: frozenset[str] | None = None
    """The hosts from which pages may load; None if pages have no content security policy."""
    searchable: bool = False
    """Whether there is a search index."""
    offline: bool = False
    """Whether the site can be read offline."""
    book_formats: tuple[str, ...] = ()
    """The formats in which each series is published as a book: ``page``, ``epub``, ``pdf``."""
    preview: bool = False
    """Whether the build is a preview for the author, which also shows series and plays without published essays."""
    theme_folder: str = "theme"
    """The folder of the theme's static files, relative to the site's root."""
    manifest: str = ""
    """The output path of the web app manifest; empty if there is none."""
    as_of: bool = False
    """Whether the author set `now` with ``AS_OF``."""
    static_paths: tuple[str, ...] = ()
    """The folders of static files, relative to the content folder."""
    declared_files: frozenset[str] = frozenset()
    """Files and folders, relative to the content folder, that the settings publish by name."""
    theme_and_settings_text: Callable[[], str] = str
    """Returns the text of the theme's files and of the settings."""
    theme_anchors: Callable[[], frozenset[str]] = frozenset
    """Returns the ids of elements in the theme's templates, such as ``content``, which links may lead to."""
    public_keys: frozenset[str] = frozenset()
    """Unknown front matter keys, in lower case, that readers may see."""
    house_style: HouseStyle = field(default_factory=HouseStyle)
    invalid_rules: tuple[InvalidRule, ...] = ()
    """The invalid rules in ``HOUSE_STYLE``."""

    @property
    def locale(self) -> Locale:
        """The site's own language."""
        return self.languages.locale(self.default_lang)

    @property
    def present(self) -> datetime:
        """The time the build is made for, or of this moment if `now` is None."""
        return self.now or datetime.now(self.timezone)

    @property
    def folder(self) -> str:
        """The path of the site on its host, such as ``/essays``; empty if it is at the root of the host."""
        return folder_of(self.root)
