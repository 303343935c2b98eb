"""Settings of the sites that tests build: the code and theme are the project's, and an owner's choices are fixed here.

`test_shipped.py` builds the settings that the project ships.

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
