"""The plugin's own settings, with their defaults and descriptions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...routes import DEFAULTS

SETTINGS: Mapping[str, tuple[Any, str]] = {
    "SERIES_PATHS": (["series"], "Folders, below the content folder, with the files of series."),
    "PLAYBOOK_PATHS": (["playbook"], "Folders with the files of plays."),
    "LANGUAGE_FOLDER": (
        "",
        "Where each further language has its home page, ledgers and plays, such as `{lang}/`; empty makes none.",
    ),
    "PLAY_SECTIONS": ({}, "The headings in a play that chooser and worksheet are made from."),
    "WORDS": ({}, "What the site calls things: `cost`, `costs`, `benefit`, `benefits`, `ledger`, `playbook`, `play` …"),
    "CATALOGUES": ([], "Folders with catalogues of messages, `LANG.po`, that come before those of the plugin."),
    "HOUSE_STYLE": (None, "Rules of your own for `make check`; see below."),
    "PUBLIC_KEYS": ([], "Keys of the front matter, unknown to the plugin, that readers may see."),
    "AS_OF": ("", "Build as of the end of this day, `2009-04-05`, or as of a minute, `2009-04-05 18:30`."),
    "TAG_AUTHORITY": (
        "",
        "`domain,day`, under which the first publication mints feed ids; left out, it takes its own.",
    ),
    "ALLOWED_HOSTS": (None, "Hosts from which pages may load. A list, even an empty one, gives each page a policy."),
    "LINKS_WITHOUT_HOST": (True, "Whether links within the site have no host in them."),
    "LOOK": ("look.toml", "The file, beside the settings, that overrides colours, fonts and mark."),
    "ASSET_PATHS": ([], "Folders of the theme whose files get a digest in their names."),
    "CARDS": (False, "Whether each essay, series and play gets a picture by which links to it are shown."),
    "IMAGE_WIDTHS": ([], "Widths in pixels in which images are offered, as AVIF and WebP."),
    "IMAGE_COLUMN": ("100vw", "How wide an image is in the text, as the HTML attribute `sizes` says it."),
    "SEARCH_INDEX": (False, "Whether the index behind the search page is made."),
    "OFFLINE": (None, "Whether a service worker keeps the site; `False` removes what it kept, `None` does nothing."),
    "BOOK_FORMATS": ([], "Forms of each series as a book: `page`, `epub`, `pdf`."),
    "BOOK_FILES": (False, "Whether this build makes EPUB and PDF too; `make book` and `make publish` set it."),
    "COPIES": ([], "Other forms beside each page: `md`, `bib`, `csl.json`."),
    "INDEX_DATA_SAVE_AS": ("", "Where one list of everything as JSON goes; empty makes none."),
    "LLMS_SAVE_AS": ("", "Where the list for language models goes, such as `llms.txt`; empty makes none."),
    "MANIFEST_SAVE_AS": ("", "Where the web app manifest goes; empty makes none."),
    "FEED_ICON": (None, "Address of a picture that feeds show."),
    "FEED_STYLESHEET": ("", "Address of the style sheet of Atom feeds."),
    "BUILD_WORKERS": (0, "How many processes a build uses; 0 means one per available processor."),
    "PREVIEW": (False, "Whether the build is for its author's eyes; `make serve` sets it."),
}
"""By name: the default of each setting that is not an address, and its description in Markdown."""

OWN_DEFAULTS: dict[str, Any] = {**DEFAULTS, **{name: default for name, (default, _) in SETTINGS.items()}}
