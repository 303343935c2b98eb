"""Settings of a site of this project's kind: addresses, feeds, what is left out, and how Markdown becomes a page.

A site's ``pelicanconf.py`` begins with ``from pelican.plugins.essay_series.site import *`` and says below what differs.
"""

from __future__ import annotations

import re
from functools import cache

from markupsafe import Markup

from .package import NAME, theme

# What lies where
PATH = "content"
OUTPUT_PATH = "output"
CACHE_PATH = "cache"
ARTICLE_PATHS = ["essays"]
PAGE_PATHS = ["pages"]
STATIC_PATHS = ["images"]
IGNORE_FILES = [".*", "__pycache__"]
SERIES_PATHS = ["series"]
PLAYBOOK_PATHS = ["playbook"]

# Addresses; a slug is the file's name, so that a new title keeps the old address
SLUGIFY_SOURCE = "basename"
ARTICLE_URL = "essays/{slug}/"
ARTICLE_SAVE_AS = "essays/{slug}/index.html"
ARTICLE_LANG_URL = "essays/{slug}/{lang}/"
ARTICLE_LANG_SAVE_AS = "essays/{slug}/{lang}/index.html"
PAGE_URL = "{slug}/"
PAGE_SAVE_AS = "{slug}/index.html"
PAGE_LANG_URL = "{slug}/{lang}/"
PAGE_LANG_SAVE_AS = "{slug}/{lang}/index.html"
SERIES_URL = "series/{slug}/"
SERIES_SAVE_AS = "series/{slug}/index.html"
LEDGER_DATA_URL = "series/{slug}/ledger.json"
LEDGER_DATA_SAVE_AS = "series/{slug}/ledger.json"
BOOK_URL = "series/{slug}/book/"
BOOK_SAVE_AS = "series/{slug}/book/index.html"
BOOK_FILE_URL = "series/{slug}/{slug}.{format}"
BOOK_FILE_SAVE_AS = "series/{slug}/{slug}.{format}"
PLAY_URL = "playbook/{slug}/"
PLAY_SAVE_AS = "playbook/{slug}/index.html"
WORKSHEET_URL = "playbook/{slug}/worksheet/"
WORKSHEET_SAVE_AS = "playbook/{slug}/worksheet/index.html"
PLAYBOOK_URL = "playbook/"
PLAYBOOK_SAVE_AS = "playbook/index.html"
# Each other language that has essays has a home page, ledgers, plays and an archive of its own in this folder
LANGUAGE_FOLDER = "{lang}/"
ARCHIVES_URL = "archive/"
ARCHIVES_SAVE_AS = "archive/index.html"
SEARCH_URL = "search/"
SEARCH_SAVE_AS = "search/index.html"
OFFLINE_URL = "offline/"
OFFLINE_SAVE_AS = "offline/index.html"
MANIFEST_SAVE_AS = "manifest.json"
TAG_URL = PLAY_URL

# Plays and series take the place of Pelican's own listings
DIRECT_TEMPLATES = ["index", "archives"]
TAG_SAVE_AS = ""
CATEGORY_SAVE_AS = ""
AUTHOR_SAVE_AS = ""
TAGS_SAVE_AS = ""
CATEGORIES_SAVE_AS = ""
AUTHORS_SAVE_AS = ""

# Each series is a book too: a page, which every build makes, and files, which only `make book` and `make publish` make
BOOK_FORMATS = ["page", "epub", "pdf"]

# What is not published has no page at all
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

# For programs: other forms beside each page, and all of them in one list; "llms.txt" would be one for language models
COPIES = ["md", "bib", "csl.json"]
INDEX_DATA_SAVE_AS = "index.json"
LLMS_SAVE_AS = ""

# From Markdown to the page
THEME = theme()
# Files that pages load have names that change with what they hold, so that browsers may keep them for ever
ASSET_PATHS = ["static/fonts", "static/images", "static/feeds", "static/search", "static/offline"]
THEME_STATIC_PATHS: list[str] = []
THEME_TEMPLATES_OVERRIDES = [theme("static/css")]
# The style sheet stands in every page's head, without its comments and indents
JINJA_FILTERS = {
    "plain_css": cache(lambda css: Markup(re.sub(r"(?s)/\*.*?\*/|\s+(?=[{}])|(?<=[{};,])\s+", "", str(css))))
}
PLUGINS = [NAME]
# The whole site is the plugin's: strict checks, its own feeds, search, policies, and what else README tells of
ESSAY_SERIES_SITE = True
TYPOGRIFY = True
# How wide an image stands in the text, as the attribute `sizes` says it
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
# Hosts from which pages may load images, frames and the like; all else is forbidden by each page's own policy
ALLOWED_HOSTS: list[str] = []
# Whether browsers keep the site for readers without a network; once it was True, False takes away what they kept
OFFLINE = False
JINJA_ENVIRONMENT = {"autoescape": True, "trim_blocks": True, "lstrip_blocks": True}
