"""The settings of an essay series site: folders, addresses, feeds, theme and Markdown.

A site's ``pelicanconf.py`` starts with ``from pelican.plugins.essay_series.site import *`` and overrides what differs.
The plugin's own settings that are not here have the defaults in `routes` and `adapter.settings.defaults`.
"""

from __future__ import annotations

import re
from functools import cache

from markupsafe import Markup

from .package import NAME, theme

# Folders
PATH = "content"
OUTPUT_PATH = "output"
CACHE_PATH = "cache"
ARTICLE_PATHS = ["essays"]
PAGE_PATHS = ["pages"]
STATIC_PATHS = ["images"]
IGNORE_FILES = [".*", "__pycache__"]

# Addresses; the slug is the file name, so that a change of title does not change the address
SLUGIFY_SOURCE = "basename"
ARTICLE_URL = "essays/{slug}/"
ARTICLE_SAVE_AS = "essays/{slug}/index.html"
ARTICLE_LANG_URL = "essays/{slug}/{lang}/"
ARTICLE_LANG_SAVE_AS = "essays/{slug}/{lang}/index.html"
PAGE_URL = "{slug}/"
PAGE_SAVE_AS = "{slug}/index.html"
PAGE_LANG_URL = "{slug}/{lang}/"
PAGE_LANG_SAVE_AS = "{slug}/{lang}/index.html"
# Each further language with essays gets its own home page, ledgers, plays and archive in this folder
LANGUAGE_FOLDER = "{lang}/"
ARCHIVES_URL = "archive/"
ARCHIVES_SAVE_AS = "archive/index.html"
SEARCH_URL = "search/"
SEARCH_SAVE_AS = "search/index.html"
OFFLINE_URL = "offline/"
OFFLINE_SAVE_AS = "offline/index.html"
MANIFEST_SAVE_AS = "manifest.json"
TAG_URL = "playbook/{slug}/"

# Plays and series replace Pelican's own listings
DIRECT_TEMPLATES = ["index", "archives"]
TAG_SAVE_AS = ""
CATEGORY_SAVE_AS = ""
AUTHOR_SAVE_AS = ""
TAGS_SAVE_AS = ""
CATEGORIES_SAVE_AS = ""
AUTHORS_SAVE_AS = ""

# Each series is also a book: every build makes the page, but only `make book` and `make publish` make the files
BOOK_FORMATS = ["page", "epub", "pdf"]

# Drafts and future essays have no pages
WITH_FUTURE_DATES = False
DRAFT_SAVE_AS = ""
DRAFT_LANG_SAVE_AS = ""
DRAFT_PAGE_SAVE_AS = ""
DRAFT_PAGE_LANG_SAVE_AS = ""

# Feeds are the plugin's own, and Pelican's are off
FEED_ALL_ATOM = None
CATEGORY_FEED_ATOM = None
AUTHOR_FEED_ATOM = None
AUTHOR_FEED_RSS = None
TRANSLATION_FEED_ATOM = None
FEED_STYLESHEET = "theme/feed.css"

# For programs: each page in other formats, and a list of all pages; LLMS_SAVE_AS = "llms.txt" adds one for LLMs
COPIES = ["md", "bib", "csl.json"]
INDEX_DATA_SAVE_AS = "index.json"
LLMS_SAVE_AS = ""

# From Markdown to the page
THEME = theme()
# The files in these folders get names with a digest of their content, so that browsers can cache them forever
ASSET_PATHS = ["static/fonts", "static/images", "static/feeds", "static/search", "static/offline"]
THEME_STATIC_PATHS: list[str] = []
THEME_TEMPLATES_OVERRIDES = [theme("static/css")]
# The style sheet is inlined into every page, without comments and indentation
JINJA_FILTERS = {
    "plain_css": cache(lambda css: Markup(re.sub(r"(?s)/\*.*?\*/|\s+(?=[{}])|(?<=[{};,])\s+", "", str(css))))
}
PLUGINS = [NAME]
# The plugin is responsible for the whole site: strict checks, its own feeds, search, security policies; see README
ESSAY_SERIES_SITE = True
TYPOGRIFY = True
# The width of an image in the text, as a value of the HTML attribute `sizes`
IMAGE_COLUMN = "(min-width: 42rem) 37.5rem, 100vw"
MARKDOWN = {
    "extension_configs": {
        "markdown.extensions.extra": {},
        "markdown.extensions.footnotes": {
            "BACKLINK_TITLE": "Back to the text of note {}",
            "SUPERSCRIPT_TEXT": "{}",
        },
        "markdown.extensions.sane_lists": {},
        "markdown.extensions.toc": {
            "permalink": "#",
            "permalink_title": "Link to this section",
        },
    },
    "output_format": "html",
}
# Other hosts from which pages may load images, frames and so on; the content security policy forbids all others
ALLOWED_HOSTS: list[str] = []
# Whether the site can be read offline; after it was True, False makes browsers delete what they stored
OFFLINE = False
JINJA_ENVIRONMENT = {"autoescape": True, "trim_blocks": True, "lstrip_blocks": True}
