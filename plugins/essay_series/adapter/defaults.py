"""The settings of the plugin's own, with what they are where a site does not say."""

from __future__ import annotations

from typing import Any

from ..model import PLAY_SECTIONS
from ..routes import DEFAULTS

OWN_DEFAULTS: dict[str, Any] = {
    **DEFAULTS,
    "SERIES_PATHS": ["series"],
    "PLAYBOOK_PATHS": ["playbook"],
    "TAG_AUTHORITY": "",
    "FEED_ICON": None,
    "FEED_STYLESHEET": "",
    "ALLOWED_HOSTS": None,
    "ASSET_PATHS": [],
    "COPIES": [],
    "CARDS": False,
    "LOOK": "look.toml",
    "INDEX_DATA_SAVE_AS": "",
    "LLMS_SAVE_AS": "",
    "BOOK_FORMATS": [],
    "BOOK_FILES": False,
    "PREVIEW": False,
    "SEARCH_INDEX": False,
    "OFFLINE": None,
    "MANIFEST_SAVE_AS": "",
    "IMAGE_WIDTHS": [],
    "IMAGE_COLUMN": "100vw",
    "AS_OF": "",
    "PUBLIC_KEYS": [],
    "LINKS_WITHOUT_HOST": True,
    "HOUSE_STYLE": None,
    "PLAY_SECTIONS": PLAY_SECTIONS,
    "BUILD_WORKERS": 0,
}
