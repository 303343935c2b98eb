"""What differs when the site is published."""

import os
import sys

sys.path.append(os.curdir)
from pelicanconf import *  # noqa: F403

# The address under which readers find the site, without a slash at the end
SITEURL = os.environ.get("SITEURL", "https://example.org").rstrip("/")
OUTPUT_PATH = "public"
BOOK_FILES = True

# What costs more than a look at a page needs: the index that readers search in,
SEARCH_INDEX = True
# and images in these widths, in pixels, as AVIF and WebP, without what cameras write into them
IMAGE_WIDTHS = [480, 800, 1200, 1600]

# A picture for each essay, series and play, by which links to them are shown elsewhere
CARDS = True
