"""What differs when the site is published."""

import os
import sys

sys.path.append(os.curdir)
from pelicanconf import *  # noqa: F403

# The address under which readers find the site, without a slash at the end
SITEURL = os.environ.get("SITEURL", "https://example.org").rstrip("/")
OUTPUT_PATH = "public"
