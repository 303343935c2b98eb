"""The same site by Pelican with our plugin in the place of pelican-series, and what only ours makes turned off."""

import os
import sys

sys.path.append(os.curdir)
from pelicanconf import *  # noqa: F403 - settings are taken over whole

PLUGIN_PATHS = ["plugins"]
PLUGINS = ["essay_series"]
ESSAY_SERIES_SITE = True
LINKS_WITHOUT_HOST = False
SERIES_SAVE_AS = PLAY_SAVE_AS = PLAYBOOK_SAVE_AS = LEDGER_DATA_SAVE_AS = FEED_SAVE_AS = FEEDS_SAVE_AS = ""
BOOK_FORMATS: list[str] = []
