"""Settings of the site, as data; `publishconf.py` says what differs when it is published.

What is not said here stands in `plugins/essay_series/site.py`.
"""

import os
import sys

sys.path.append("plugins")
from essay_series.site import *  # noqa: F403

SITENAME = "Micro-Revolutions"
SITESUBTITLE = "The costs and the benefits of letting others carry the mission"
AUTHOR = SITENAME
SITEURL = ""
TIMEZONE = "UTC"
DEFAULT_LANG = "en"

# What a command may ask for: books, or the site as it was or will be at the end of a day, or at "2009-04-05 18:30"
BOOK_FILES = bool(os.environ.get("BOOK"))
AS_OF = os.environ.get("AS_OF", "")

# What `make check` asks of these essays beyond what is right; leave out any rule, or all
HOUSE_STYLE = {
    "essay_words": (700, 1600),
    "summary_characters": 160,
    "entry_characters": 90,
    "entry_one_sentence": True,
    "source_with_year": True,
    "link_counterpart": True,
    "link_plays": True,
    "paired_sides": True,
    "days_between_parts": (1, 2),
    "repeated_phrase_words": 6,
    "foreign_words": {"Auftragstaktik": "de"},
    "play_outline": [
        *("## Why it works", "## When to use it", "### When not to"),
        *("## Do this week", "## Ask before", "## Ask after"),
    ],
    "play_lists": {
        "## Do this week": ("steps", 3, 6),
        "## Ask before": ("questions", 3, 4),
        "## Ask after": ("questions", 3, 4),
    },
}

# The theme and the plugin of this very repository
THEME = "theme"
THEME_TEMPLATES_OVERRIDES = ["theme/static/css"]
PLUGIN_PATHS = ["plugins"]
