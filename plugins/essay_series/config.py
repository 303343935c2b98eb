"""What the rest of the package may know of a site's settings, in one frozen value."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import field
from datetime import datetime, tzinfo

from .house_style import HouseStyle, Misread
from .l10n import Languages
from .model import Address
from .routes import Routes, folder_of
from .values import dataclass


class SettingsError(Exception):
    """A setting has a value that nothing can be made of; the text says which, and how to write it."""


@dataclass(frozen=True, slots=True)
class SiteConfig:
    """The settings of one build, and the few services that only Pelican can give."""

    content: str
    """The content folder as messages name it."""
    routes: Routes
    default_lang: str
    timezone: tzinfo
    """The zone of a date that is written without one."""
    now: datetime | None
    """The moment that the build is of: an essay dated later is not published yet; None publishes it all the same."""
    needs_date: bool
    """Whether an essay must name its date (no ``DEFAULT_DATE``)."""
    slugify: Callable[[str], str]
    slug_from_file: bool
    """Whether a slug is made from the file's name, so that a new title keeps the address, or from the title."""
    inherited: Callable[[str], Mapping[str, str]]
    """Front matter that a file has from its path or from the settings, by lower-case key."""
    address: Callable[[str, str, Mapping[str, str]], Address]
    """Returns the address of an ``essay``, a ``page`` or a ``static`` file from its path and from what its front matter
    says, by lower-case key; it raises `routes.UnknownWordError` where the pattern asks for more than there is."""
    lenient_date: Callable[[str], datetime]
    """Reads a date in any form that Pelican takes, or raises ValueError."""
    to_html: Callable[[str], str]
    """Markdown to HTML, with the site's extensions."""
    to_html_with_comments: Callable[[str], str]
    """The same without the extension that takes comments out: it is asked what is a comment."""
    other_urls: frozenset[str] = frozenset()
    """Addresses that are made by others: direct templates."""
    made_files: Mapping[str, str] = field(default_factory=dict)
    """The output paths at which the settings have a page or a file made, each with what it is."""
    output: str = "output"
    """Where the built site lies."""
    name: str = ""
    """The site's name."""
    languages: Languages = field(default_factory=Languages)
    """What the site can say to its readers."""
    root: str = ""
    """The site's own address, without a slash at the end; empty in a preview."""
    authority: str = ""
    """What the first publication mints feed ids under: ``domain,day``; empty in a preview."""
    folders: Mapping[str, str] = field(
        default_factory=lambda: {"essay": "essays", "series": "series", "play": "playbook", "page": "pages"}
    )
    """Where new files of each kind lie, below the content folder."""
    allowed_hosts: frozenset[str] | None = None
    """Hosts from which pages may load; None where pages have no content security policy at all."""
    searchable: bool = False
    """Whether there is an index to search in."""
    offline: bool = False
    """Whether readers keep the site."""
    book_formats: tuple[str, ...] = ()
    """The forms in which readers get each series as a book: ``page``, ``epub``, ``pdf``."""
    preview: bool = False
    """Whether the build is for its author's eyes, who is shown series and plays that nothing published uses too."""
    theme_folder: str = "theme"
    """Where the files of the theme lie, below the site."""
    manifest: str = ""
    """The output path of the file that tells phones of the site; empty where there is none."""
    as_of: bool = False
    """Whether `now` is a moment that the author asked for."""
    static_paths: tuple[str, ...] = ()
    """The folders below the content folder from which static files are taken."""
    declared_files: frozenset[str] = frozenset()
    """Files and folders below the content folder that the settings publish by name, even if no text shows them."""
    own_words: Callable[[], str] = str
    """Returns all that theme and settings say by themselves."""
    own_places: Callable[[], frozenset[str]] = frozenset
    """Returns the names of the places on pages that the theme itself makes, such as ``content``."""
    public_keys: frozenset[str] = frozenset()
    """Keys of front matter, in lower case, that the schema does not know and that readers are shown all the same."""
    house_style: HouseStyle = field(default_factory=HouseStyle)
    """What the site asks of its essays."""
    misread_style: tuple[Misread, ...] = ()
    """The rules of it that cannot be understood."""

    @property
    def folder(self) -> str:
        """The folder of its host in which the site lies, such as ``/essays``; empty where it has the host to itself."""
        return folder_of(self.root)
