"""Nikola with the plainest of its own themes, which makes more pages about the site and no list of a series."""

BLOG_AUTHOR = BLOG_TITLE = BLOG_DESCRIPTION = "Bench"
BLOG_EMAIL = "bench@example.org"
SITE_URL = "https://example.org/"
DEFAULT_LANG = "en"
TRANSLATIONS = {DEFAULT_LANG: ""}
TIMEZONE = "UTC"
NAVIGATION_LINKS = {DEFAULT_LANG: ()}
THEME = "bench"
POSTS = (("essays/*.md", "essays", "post.tmpl"),)
PAGES = ()
COMPILERS = {"markdown": [".md"]}
MARKDOWN_EXTENSIONS = ["markdown.extensions.extra"]
FILTERS = {".html": ["filters.typogrify"]}
PRETTY_URLS = True
TAG_PATH = "tags"
TAG_PAGES_ARE_INDEXES = False
INDEX_DISPLAY_POST_COUNT = FEED_LENGTH = 20
INDEX_TEASERS = False
FEED_TEASERS = False
SHOW_SOURCELINK = COPY_SOURCES = False
CREATE_MONTHLY_ARCHIVE = False
GENERATE_RSS = True
DISABLED_PLUGINS = ["render_galleries", "render_listings", "robots"]
OUTPUT_FOLDER = "output"
CACHE_FOLDER = "cache"
