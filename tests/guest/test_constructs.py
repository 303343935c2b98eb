"""Constructs of real blogs, each as a site of a few lines that is the same with the plugin as without."""

from __future__ import annotations

import re
import subprocess
import sys
from html import unescape

import pytest

from guest.law import FIRST, LAST, Made, Site, builds, compared
from guest.sites import FEWER, LIST, dot
from guest.texts import Text, article, page

pytestmark = pytest.mark.site

ROOT = {"SITEURL": "https://example.org/blog"}
NEIGHBOURS = b"""{% extends "!theme/article.html" %}{% block content %}
<p>{{ (article.prev_article or {}).title }} | {{ (article.next_article or {}).title }}</p>{% endblock %}"""


def site(*texts: Text, changes: tuple[Text, ...] = (), files: dict[str, bytes] | None = None, **settings) -> Site:
    """Return a site of `texts` and `files` that is built once, and again after each of the `changes` of texts.

    `settings` are Pelican's, and ``others`` and ``lines`` of `Site`.
    """
    others, lines = settings.pop("others", ()), settings.pop("lines", "")
    first = {text.path: text.written() for text in texts}
    steps = [{text.path: text.written()} for text in changes]
    return Site(({**(files or {}), **first}, *steps), {"THEME": "simple", **settings}, others, lines)


def parts(count: int, **keys: str) -> list[Text]:
    """Return `count` articles of a series on successive days, newest first."""
    return [article(f"part-{n}.md", 20 - n, n, **{"Series": "Turnings", **keys}) for n in range(1, count + 1)]


def with_ours(given: Site, folder, place: str = LAST) -> Made:
    """Return the last build of a site with the plugin."""
    return list(builds(given, folder, place))[-1]


def the_same(given: Site, folder, places: tuple[str, ...] = (LAST,)) -> Made:
    """Assert that Pelican's files are the same with the plugin, and return the last build with it."""
    found, made = compared(given, folder, places)
    assert (found, made.code) == ([], 0)
    return made


def shown(made: Made, path: str) -> str:
    """Return an output file of `made`."""
    assert made.code == 0, made.said
    return made.files[f"output/{path}"].decode()


@pytest.mark.parametrize(
    ("words", "settings"),
    [
        ("{category}/{slug}", {}),
        ("{author}/{slug}", {}),
        ("{date:%Y}/{date:%b}/{slug}", {}),
        ("{section}/{slug}", {"PATH_METADATA": r"(?P<section>[^/]+)/.*"}),
        ("{kind}-{slug}", {"FILENAME_METADATA": r"(?P<kind>[^-]+)-(?P<slug>.*)"}),
    ],
)
def test_addresses_may_have_any_placeholder(words, settings, tmp_path):
    """Addresses may contain category, author, date, and metadata from the file's name or folder."""
    addresses = dict.fromkeys(("ARTICLE_URL", "ARTICLE_SAVE_AS", "DRAFT_URL", "DRAFT_SAVE_AS"), f"{words}.html")
    texts = [
        article("essays/my-one.md", 1, Author="Ann", Series="Turnings"),
        article("essays/my-two.md", 2, Author="Ann", Series="Turnings", Status="draft"),
    ]
    the_same(site(*texts, **addresses, **settings), tmp_path)


@pytest.mark.parametrize("form", ["xml", "txt"])
def test_a_sitemap_lists_the_same_articles(form, tmp_path):
    """The sitemap of another plugin lists the same articles on each build, whichever plugin comes first."""
    texts = parts(2)
    changes = (texts[0].saying("One word more."), texts[1].having(Title="Another title"), article("new.md", 25))
    given = site(*texts, changes=changes, others=("sitemap",), SITEMAP={"format": form}, **ROOT)
    made = the_same(given, tmp_path, (FIRST, LAST))
    assert "another-title" in shown(made, f"sitemap.{form}")


def test_pages_follow_changes_of_their_neighbours(tmp_path):
    """A page that shows other articles shows new ones and new titles, in a series and outside."""
    texts = parts(3)
    changes = (article("new.md", 25), texts[1].having(Title="Another title"))
    overrides = {"files": {"overrides/article.html": NEIGHBOURS}, "THEME_TEMPLATES_OVERRIDES": ["overrides"]}
    given = site(*texts, changes=changes, others=("neighbors",), **overrides)
    made = the_same(given, tmp_path, (FIRST, LAST))
    assert "Another title | New" in shown(made, "part-1.html")


@pytest.mark.parametrize("place", [FIRST, LAST])
def test_other_plugins_see_the_output_folder(place, tmp_path):
    """A plugin that derives URLs from the paths of files finds them below OUTPUT_PATH."""
    settings = {"SEO_ENHANCER": True, "SEO_ENHANCER_OPEN_GRAPH": True, "SEO_ENHANCER_TWITTER_CARDS": True}
    texts = [each.having(Author="Ann") for each in parts(2)]
    the_same(site(*texts, others=("seo",), **settings, **ROOT), tmp_path, (place,))


@pytest.mark.parametrize("place", [FIRST, LAST])
def test_subsites_have_their_own_series(place, tmp_path):
    """Subsites by language have their own pages of series, whichever plugin comes first."""
    texts = [*parts(2), *(each.having(Lang="fr", Slug=f"fr-{n}") for n, each in enumerate(_renamed(parts(2))))]
    given = site(*texts, others=("i18n_subsites",), I18N_SUBSITES={"fr": {}}, **ROOT)
    made = the_same(given, tmp_path, (place,))
    assert "output/series/turnings/index.html" in made.files
    assert "/blog/fr/fr-0.html" in shown(made, "fr/series/turnings/index.html")


def _renamed(texts: list[Text]) -> list[Text]:
    return [Text(each.path.replace("part", "partie"), each.keys, each.body) for each in texts]


def test_templates_of_the_theme_may_have_our_names(tmp_path):
    """Direct templates of a theme with the names of ours are rendered where the site wants them."""
    given = site(
        *parts(1),
        files={"overrides/search.html": LIST, "overrides/offline.html": LIST, "overrides/feeds.html": LIST},
        THEME_TEMPLATES_OVERRIDES=["overrides"],
        DIRECT_TEMPLATES=["index", "search", "offline", "feeds"],
        FEEDS_SAVE_AS="feeds/index.html",
    )
    made = the_same(given, tmp_path)
    assert "Part-1" in shown(made, "feeds/index.html")


def test_pelicans_feeds_are_kept(tmp_path):
    """Feeds of all articles, categories, tags, authors and languages are written, and linked in each head."""
    feeds = {
        **{f"FEED_{end}": f"f/{end.lower()}.xml" for end in ("ATOM", "RSS", "ALL_ATOM", "ALL_RSS")},
        **{f"{kind}_FEED_ATOM": f"f/{kind.lower()}-{{slug}}.xml" for kind in ("CATEGORY", "TAG", "AUTHOR")},
        "TRANSLATION_FEED_ATOM": "f/in-{lang}.xml",
    }
    texts = [*parts(2, Tags="a", Author="Ann"), article("fr.md", 1, Lang="fr", Slug="part-1")]
    given = site(*texts, **feeds, **ROOT)
    made = the_same(given, tmp_path)
    assert shown(made, "index.html").count('rel="alternate"') == 4


OLD_POST = """A [place](#nowhere), [gone]({filename}gone.md), <https://example.org/blog/missing/>, "a', [x][nothing].

# Twice
# Twice
![](/images/none.png) <b>open"""


def test_only_problems_of_series_are_reported(tmp_path):
    """Broken anchors, bare links, repeated titles, unknown keys and open tags are not reported."""
    keys = {"Title": "Same", "Date": "2009-04-01", "Mood": "x", "Series_index": "first"}
    texts = [Text(f"content/old-{n}.md", {**keys, "Slug": f"o{n}"}, OLD_POST) for n in range(2)]
    made = the_same(site(*texts, *parts(1), **ROOT), tmp_path)
    assert not re.search(r"content/\S+:\d+:\d+: ", made.said)


LOADED = b"""import sys
from pelican import signals

def tell(pelican):
    print("loaded", [name for name in sys.modules if name.startswith("essay_series.views")])

def register():
    signals.finalized.connect(tell)
"""


@pytest.mark.parametrize(("series", "loads"), [("", False), ("Series: Turnings\n", True)])
def test_views_are_imported_only_for_series(series, loads, bare_site):
    """The modules that make pages of series are not imported on a blog without series."""
    bare_site.settings = "PLUGINS = ['essay_series', 'loaded']\nPLUGIN_PATHS += ['.']\n"
    bare_site.write("loaded.py", LOADED).write("content/one.md", f"Title: One\nDate: 2009-04-01\n{series}\nWords.\n")
    command = [sys.executable, "-m", "pelican", "content", "-s", str(bare_site.configure())]
    done = subprocess.run(command, cwd=bare_site.folder, check=True, capture_output=True, text=True)
    assert ("loaded []" in done.stdout) is not loads


def test_an_unreadable_declaration_is_reported_and_left_out(tmp_path):
    """An error names the file of a series that cannot be read, and the rest of the site is built."""
    files = {
        "content/shelf/one.rst": b"One\n===\n\n=========\nNo ending\n",
        "content/shelf/two.md": b"Title: Two\nDate: no day\n\nText.\n",
        "content/shelf/three.md": b"Summary: Without a title.\n\nText.\n",
        "content/shelf/turnings.md": b"Title: Turnings\n\nText.\n",
    }
    made = with_ours(site(*parts(1), files=files, ESSAY_SERIES_PATHS=["shelf"]), tmp_path / "site_")
    assert all(name in made.said for name in ("one.rst", "two.md", "three.md"))
    series = {path for path in made.files if path.startswith("output/series/")}
    assert (made.code, series) == (0, {"output/series/index.html", "output/series/turnings/index.html"})


def test_links_in_summaries_are_absolute_in_feeds(tmp_path):
    """With RELATIVE_URLS, a link in a summary is absolute in a feed, as Pelican makes it."""
    texts = parts(2, Summary="See [it]({filename}part-2.md).")
    feeds = {"FEED_ALL_RSS": "all.rss.xml", "FEED_DOMAIN": "https://example.org", "FEED_ALL_ATOM": "all.atom.xml"}
    addresses = {"ARTICLE_SAVE_AS": "a/{slug}/index.html", "ARTICLE_URL": "a/{slug}/"}
    given = site(*texts, RELATIVE_URLS=True, **addresses, **feeds, **ROOT)
    made = the_same(given, tmp_path)
    assert "https://example.org/blog/a/part-2/" in shown(made, "all.rss.xml")


@pytest.mark.parametrize("status", ["draft", "hidden"])
def test_images_of_unlisted_articles_are_copied(status, tmp_path):
    """The page of a draft or hidden article and its image are written as Pelican does."""
    keys = {"Title": "Plan", "Date": "2009-04-01", "Status": status}
    unlisted = Text("content/d/plan.md", keys, "![x]({attach}x.png)")
    given = site(*parts(1), unlisted, files={"content/d/x.png": dot()})
    made = the_same(given, tmp_path)
    assert [path for path in made.files if path.endswith("/x.png")]


def test_the_sites_quote_extension_works(tmp_path):
    """A Markdown extension that sets quotes does so in every kind of block."""
    lines = (
        "MARKDOWN = {'extension_configs': {'markdown.extensions.extra': {}, 'markdown.extensions.smarty': {}, "
        "'markdown.extensions.meta': {}}, 'output_format': 'html5'}\n"
    )
    body = '"Plain" -- words...\n\n> "Not *plain*" -- words...\n\n\'Plain again\''
    text = Text("content/one.md", {"Title": "One", "Date": "2009-04-01", "Series": "Turnings"}, body)
    given = site(text, lines=lines)
    made = the_same(given, tmp_path)
    assert "“Plain” \N{EN DASH} words…" in unescape(shown(made, "one.html"))


REPLACED = b"""
from markdown.extensions import Extension
from markdown.inlinepatterns import BacktickInlineProcessor

class Fewer(Extension):
    def extendMarkdown(self, md):
        md.inlinePatterns.register(BacktickInlineProcessor(r"(?<!x)(\\\\|%+)(.+?)(?<!%)\\1(?!%)"), "backtick", 190)
        md.block_level_elements.remove("div")
        md.ESCAPED_CHARS.append("@")
"""


@pytest.mark.parametrize("code", [FEWER, REPLACED], ids=["without parts", "with other parts"])
def test_the_sites_markdown_extensions_work(code, tmp_path):
    """Parts of Markdown that an extension removes or replaces stay so."""
    lines = (
        "import sys; sys.path.insert(0, '.')\nimport fewer\nMARKDOWN = {'extensions': [fewer.Fewer()], "
        "'extension_configs': {'markdown.extensions.extra': {}, 'markdown.extensions.meta': {}}}\n"
    )
    body = "Plain `code` and %code%.\n\n> A quote\n\n<div>\n*in*\n</div>\n\n<custom>\n*in*\n</custom>\n\n\\@"
    text = Text("content/one.md", {"Title": "One", "Date": "2009-04-01", "Series": "Turnings"}, body)
    the_same(site(text, files={"fewer.py": code}, lines=lines), tmp_path)


@pytest.mark.parametrize("theme", ["simple", "notmyidea"])
def test_added_pages_use_the_theme(theme, tmp_path):
    """Their titles name the site, a menu can link to them, and they announce their feed."""
    menu = (("Series", "https://example.org/blog/series/turnings/"),)
    made = with_ours(site(*parts(2), THEME=theme, MENUITEMS=menu, **ROOT), tmp_path / "site_")
    text = shown(made, "series/turnings/index.html")
    [title] = re.findall(r"<title>(.*?)</title>", text, flags=re.DOTALL)
    assert "Turnings" in title
    assert "A site &amp; its guests" in title
    assert "https://example.org/blog/series/turnings/" in shown(made, "index.html")
    feed = "https://example.org/blog/feeds/series/turnings.atom.xml"
    assert f'<link href="{feed}" type="application/atom+xml" rel="alternate"' in text


ASKS = b"""{% extends "base.html" %}{% block content %}{{ page.content }} {{ page.date.date() }}{% endblock %}"""
FAILS = b"""{% extends "!theme/base.html" %}{% block body %}{{ page.date.date() if page }}{{ super() }}{% endblock %}"""


def test_a_page_template_that_needs_a_date_is_not_used(tmp_path):
    """If the theme's page.html needs what our pages lack, Pelican's is used."""
    files = {"overrides/page.html": ASKS}
    given = site(
        *parts(2), page("old.md").having(Date="2009-04-01"), files=files, THEME_TEMPLATES_OVERRIDES=["overrides"]
    )
    assert "/part-2.html" in shown(the_same(given, tmp_path), "series/turnings/index.html")


def test_a_page_that_no_template_can_show_is_reported(tmp_path):
    """If the theme's base.html fails on our pages, they are left out with a warning."""
    files = {"overrides/page.html": ASKS, "overrides/base.html": FAILS}
    given = site(
        *parts(2), page("old.md").having(Date="2009-04-01"), files=files, THEME_TEMPLATES_OVERRIDES=["overrides"]
    )
    made = the_same(given, tmp_path)
    assert "output/series/turnings/index.html" not in made.files
    assert re.search(r"content/part-2\.md:3:9: .*UndefinedError.*\[unshowable-page\]", " ".join(made.said.split()))


def test_folders_called_series_hold_articles(tmp_path):
    """Folders called series and playbook hold articles and pages unless a setting says otherwise."""
    texts = [article("series/one.md", 1, Series="Turnings"), article("playbook/two.md", 2), page("series/three.md")]
    given = site(*texts)
    made = the_same(given, tmp_path)
    assert "output/one.html" in made.files


def test_a_plain_series_causes_no_warning(tmp_path):
    """A series without mistakes gives no warning, so that --fatal=warnings can be used."""
    keys = {"Date": "2009-04-01", "Series": "Turnings", "Part": "The first"}
    texts = [Text(f"content/{n}.md", {"Title": f"Number {n}", **keys}, "Words.") for n in range(2)]
    made = with_ours(site(*texts, **ROOT), tmp_path / "site_")
    assert (made.code, "WARNING" in made.said) == (0, False), made.said
