"""Settings of the site of the documentation, which `make docs` builds into cache/docs/site/."""

import re
import sys
from pathlib import Path

sys.path.append("plugins")
from essay_series.site import *  # noqa: F403

SITENAME = "Essay Series"
SITESUBTITLE = "Documentation"
SITEURL = ""
TIMEZONE = "UTC"
DEFAULT_LANG = "en"
# Pelican takes these from the folder of this file
PATH = "../../cache/docs/content"
OUTPUT_PATH = "../../cache/docs/site"
CACHE_PATH = "../../cache/docs/build"

# Pages are dated by the last release, and their sources give their addresses
DATED = re.search(r"(?m)^## \[\d.*\] - (\d+)-(\d+)-(\d+)$", Path("CHANGELOG.md").read_text(encoding="utf-8"))
DEFAULT_DATE = tuple(map(int, DATED.groups()))
SERIES_URL = "{slug}/"
SERIES_SAVE_AS = "{slug}/index.html"

# The front page is docs/README.md; there are no feeds, citations or archives
DIRECT_TEMPLATES: list[str] = []
ARCHIVES_SAVE_AS = ARCHIVES_URL = ""
FEED_SAVE_AS = FEED_URL = FEEDS_SAVE_AS = FEEDS_URL = OPML_SAVE_AS = OPML_URL = ""
LEDGER_DATA_SAVE_AS = LEDGER_DATA_URL = ""
COPIES: list[str] = []
INDEX_DATA_SAVE_AS = ""
BOOK_FORMATS: list[str] = []
MANIFEST_SAVE_AS = ""
SEARCH_INDEX = True

THEME_TEMPLATES_OVERRIDES = ["tools/docs/templates", theme("static"), theme("static/css")]  # noqa: F405 - as above
PLUGIN_PATHS = ["../../plugins"]
