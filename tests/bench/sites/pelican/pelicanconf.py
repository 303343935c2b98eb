"""Stock Pelican with pelican-series: the site that all tools of the benchmark make."""

SITENAME = "Bench"
SITEURL = "https://example.org"
TIMEZONE = "UTC"
AUTHOR = "Bench"
PATH = "content"
ARTICLE_PATHS = ["essays"]
STATIC_PATHS = []
THEME = "theme"
THEME_STATIC_PATHS = []
TYPOGRIFY = True
PLUGINS = ["pelican.plugins.series"]
SLUGIFY_SOURCE = "basename"
ARTICLE_URL = "essays/{slug}/"
ARTICLE_SAVE_AS = "essays/{slug}/index.html"
TAG_URL = "tags/{slug}/"
TAG_SAVE_AS = "tags/{slug}/index.html"
DIRECT_TEMPLATES = ["index", "sitemap"]
SITEMAP_SAVE_AS = "sitemap.xml"
PAGINATED_TEMPLATES = {"index": 20}
CATEGORY_SAVE_AS = AUTHOR_SAVE_AS = TAGS_SAVE_AS = CATEGORIES_SAVE_AS = AUTHORS_SAVE_AS = ARCHIVES_SAVE_AS = ""
FEED_ALL_ATOM = "feeds/all.xml"
TAG_FEED_ATOM = "feeds/{slug}.xml"
CATEGORY_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = TRANSLATION_FEED_ATOM = None
FEED_MAX_ITEMS = 20
