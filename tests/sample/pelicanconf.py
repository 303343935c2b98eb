"""Settings of the sites that tests build: the machinery is the project's, and all that an owner chooses is fixed here.

What the project ships is built by `test_shipped.py`.
"""

import os
import sys
from pathlib import Path

try:
    from pelican.plugins.essay_series.site import *  # noqa: F403
except ImportError:  # in a checkout
    sys.path.append(str(Path(__file__).parents[2] / "plugins"))
    from essay_series.site import *  # noqa: F403

AS_OF = os.environ.get("AS_OF", "")

SITENAME = "Allotment Letters"
SITESUBTITLE = "What a shared garden costs, and what it gives back"
AUTHOR = SITENAME
SITEURL = ""
TIMEZONE = "UTC"
DEFAULT_LANG = "en"

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
ARCHIVES_URL = "archive/"
ARCHIVES_SAVE_AS = "archive/index.html"
SEARCH_URL = "search/"
SEARCH_SAVE_AS = "search/index.html"
OFFLINE_URL = "offline/"
OFFLINE_SAVE_AS = "offline/index.html"
MANIFEST_SAVE_AS = "manifest.json"
TAG_URL = PLAY_URL

# EPUBs and PDFs take seconds; tests/book/ asks for them
BOOK_FORMATS = ["page"]
BOOK_FILES = False

# What a site may offer, and may ask for
COPIES = ["md", "bib", "csl.json"]
INDEX_DATA_SAVE_AS = "index.json"
LLMS_SAVE_AS = ""
ALLOWED_HOSTS: list[str] = []
OFFLINE = False
TYPOGRIFY = True
HOUSE_STYLE = None

# The code and the theme, from here
THEME = "../../theme"
THEME_TEMPLATES_OVERRIDES = ["../../theme/static/css"]
PLUGIN_PATHS = ["../../plugins"]
PLUGINS = ["essay_series"]
