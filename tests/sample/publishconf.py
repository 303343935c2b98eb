"""Settings that differ when a site of the tests is published."""

import os
import sys
from urllib.parse import urlsplit

sys.path.append(os.curdir)
from pelicanconf import *  # noqa: F403

# The address under which readers find the site, without a slash at the end
SITEURL = os.environ.get("SITEURL", "https://example.org").rstrip("/")
OUTPUT_PATH = "public"
BOOK_FILES = True

# Too slow for every build: the search index,
SEARCH_INDEX = True
# images in these widths in pixels, as AVIF and WebP, without metadata,
IMAGE_WIDTHS = [480, 800, 1200, 1600]

# and a card, the picture in link previews, for each essay, series and play
CARDS = True

# The authority under which the first publication mints ids
TAG_AUTHORITY = os.environ.get("TAG_AUTHORITY", f"{urlsplit(SITEURL).hostname},2026-11-22")
