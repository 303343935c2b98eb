"""Settings of the site of the documentation, which `make docs` builds into cache/docs/site/."""

import sys

sys.path.append("plugins")
from essay_series.site import *  # noqa: F403

SITENAME = "Essay Series"
SITESUBTITLE = "Documentation"
SITEURL = ""
TIMEZONE = "UTC"
DEFAULT_LANG = "en"
# Pelican takes these two from the folder of this file, and the cache from the folder in which it is called
PATH = "../../cache/docs/content"
OUTPUT_PATH = "../../cache/docs/site"
CACHE_PATH = "cache/docs/build"

# A page of documentation has no date of its own, and its address is in its source
DEFAULT_DATE = (2026, 11, 22)
SERIES_URL = "{slug}/"
SERIES_SAVE_AS = "{slug}/index.html"

# The front page is docs/README.md; there is nothing to subscribe to, to cite or to look up by date
DIRECT_TEMPLATES: list[str] = []
ARCHIVES_SAVE_AS = ARCHIVES_URL = ""
FEED_SAVE_AS = FEED_URL = FEEDS_SAVE_AS = FEEDS_URL = OPML_SAVE_AS = OPML_URL = ""
LEDGER_DATA_SAVE_AS = LEDGER_DATA_URL = ""
COPIES: list[str] = []
INDEX_DATA_SAVE_AS = ""
BOOK_FORMATS: list[str] = []
MANIFEST_SAVE_AS = ""
SEARCH_INDEX = True

PLUGIN_PATHS = ["../../plugins"]
