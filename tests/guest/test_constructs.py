"""What real blogs hold, each rewritten as a site of a few lines: with the plugin it is what it is without."""

from __future__ import annotations

import re
import subprocess
import sys
from html import unescape

import pytest
from lxml import etree

from guest.law import FIRST, LAST, Made, Site, builds, judged
from guest.sites import FEWER, LIST, dot
from guest.texts import Text, article, page

pytestmark = pytest.mark.site

ROOT = {"SITEURL": "https://example.org/blog"}
NEIGHBOURS = b"""{% extends "!theme/article.html" %}{% block content %}
<p>{{ (article.prev_article or {}).title }} | {{ (article.next_article or {}).title }}</p>{% endblock %}"""


def site(*texts: Text, changes: tuple[Text, ...] = (), files: dict[str, bytes] | None = None, **settings) -> Site:
    """Return a site of `texts` and `files` that is built once, and again after each of the `changes`.

    Args:
        texts: articles and pages.
        changes: texts that are written anew, or first.
        files: other files by their paths.
        settings: those of Pelican; `others` lists plugins and `lines` are lines of Python, as of `Site`.

    """
    others, lines = settings.pop("others", ()), settings.pop("lines", "")
    first = {text.path: text.written() for text in texts}
    steps = [{text.path: text.written()} for text in changes]
    return Site(({**(files or {}), **first}, *steps), {"THEME": "simple", **settings}, others, lines)


def parts(count: int, **keys: str) -> list[Text]:
    """Return `count` articles of a series, a day after another, of which the first is the newest."""
    return [article(f"part-{n}.md", 20 - n, n, **{"Series": "Turnings", **keys}) for n in range(1, count + 1)]


def with_ours(given: Site, folder, place: str = LAST) -> Made:
    """Return what the last build of a site makes with the plugin."""
    return list(builds(given, folder, place))[-1]


def the_same(given: Site, folder, places: tuple[str, ...] = (LAST,)) -> Made:
    """See that a site has all that stock Pelican makes, byte for byte, and return its last build with the plugin."""
    found, made = judged(given, folder, places)
    assert (found, made.code) == ([], 0)
    return made


def shown(made: Made, path: str) -> str:
    """Return an output file of `made`."""
    assert made.code == 0, made.said
    return made.files[f"output/{path}"].decode()


@pytest.mark.parametrize("ending", ["rst", "html"])
def test_an_article_in_another_language_than_markdown_builds(ending, tmp_path):
    """A blog that is written in reStructuredText or HTML builds, in a series and out of one."""
    texts = [article(f"one.{ending}", 1, 1, Series="Turnings"), article(f"two.{ending}", 2)]
    the_same(site(*texts), tmp_path)


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
def test_words_that_pelican_fills_in_may_stand_in_addresses(words, settings, tmp_path):
    """Addresses may hold the category, the author, the date, and what the name of the file or its folder says."""
    addresses = dict.fromkeys(("ARTICLE_URL", "ARTICLE_SAVE_AS", "DRAFT_URL", "DRAFT_SAVE_AS"), f"{words}.html")
    texts = [
        article("essays/my-one.md", 1, Author="Ann", Series="Turnings"),
        article("essays/my-two.md", 2, Author="Ann", Series="Turnings", Status="draft"),
    ]
    the_same(site(*texts, **addresses, **settings), tmp_path)


@pytest.mark.parametrize("form", ["xml", "txt"])
def test_a_sitemap_of_another_plugin_lists_all_that_it_would(form, tmp_path):
    """It lists the same articles at the same addresses on each build, whichever plugin comes first."""
    texts = parts(2)
    changes = (texts[0].saying("One word more."), texts[1].having(Title="Another title"), article("new.md", 25))
    given = site(*texts, changes=changes, others=("sitemap",), SITEMAP={"format": form}, **ROOT)
    made = the_same(given, tmp_path, (FIRST, LAST))
    assert "another-title" in shown(made, f"sitemap.{form}")


def test_pages_that_show_their_neighbours_follow_every_change(tmp_path):
    """Where a page shows other articles, a new one and a new title are seen on it, in a series and out of one."""
    texts = parts(3)
    changes = (article("new.md", 25), texts[1].having(Title="Another title"))
    overrides = {"files": {"overrides/article.html": NEIGHBOURS}, "THEME_TEMPLATES_OVERRIDES": ["overrides"]}
    given = site(*texts, changes=changes, others=("neighbors",), **overrides)
    made = the_same(given, tmp_path, (FIRST, LAST))
    assert "Another title | New" in shown(made, "part-1.html")


@pytest.mark.parametrize("place", [FIRST, LAST])
def test_other_plugins_see_one_true_output_folder(place, tmp_path):
    """A plugin that works out addresses from where files are written finds them below the folder of the settings."""
    settings = {"SEO_ENHANCER": True, "SEO_ENHANCER_OPEN_GRAPH": True, "SEO_ENHANCER_TWITTER_CARDS": True}
    texts = [each.having(Author="Ann") for each in parts(2)]
    the_same(site(*texts, others=("seo",), **settings, **ROOT), tmp_path, (place,))


@pytest.mark.parametrize("place", [FIRST, LAST])
def test_two_sites_can_be_built_in_one_process(place, tmp_path):
    """Subsites by language are whole, with their own pages of series, whichever plugin comes first."""
    texts = [*parts(2), *(each.having(Lang="fr", Slug=f"fr-{n}") for n, each in enumerate(_renamed(parts(2))))]
    given = site(*texts, others=("i18n_subsites",), I18N_SUBSITES={"fr": {}}, **ROOT)
    made = the_same(given, tmp_path, (place,))
    assert {"output/series/turnings/index.html", "output/fr/series/turnings/index.html"} <= made.files.keys()


def _renamed(texts: list[Text]) -> list[Text]:
    return [Text(each.path.replace("part", "partie"), each.keys, each.body) for each in texts]


def test_a_page_to_search_from_and_one_for_no_network_are_the_themes(tmp_path):
    """Templates of a theme that are called as ours are, are written where the site wants them."""
    given = site(
        *parts(1),
        files={"overrides/search.html": LIST, "overrides/offline.html": LIST, "overrides/feeds.html": LIST},
        THEME_TEMPLATES_OVERRIDES=["overrides"],
        DIRECT_TEMPLATES=["index", "search", "offline", "feeds"],
        FEEDS_SAVE_AS="feeds/index.html",
    )
    made = the_same(given, tmp_path)
    assert "Part-1" in shown(made, "feeds/index.html")


def test_the_feeds_of_a_site_stay_and_are_announced(tmp_path):
    """Feeds of all articles, of categories, tags, authors and languages are there, with their links in each head."""
    feeds = {
        **{f"FEED_{end}": f"f/{end.lower()}.xml" for end in ("ATOM", "RSS", "ALL_ATOM", "ALL_RSS")},
        **{f"{kind}_FEED_ATOM": f"f/{kind.lower()}-{{slug}}.xml" for kind in ("CATEGORY", "TAG", "AUTHOR")},
        "TRANSLATION_FEED_ATOM": "f/in-{lang}.xml",
    }
    texts = [*parts(2, Tags="a", Author="Ann"), article("fr.md", 1, Lang="fr", Slug="part-1")]
    given = site(*texts, **feeds, **ROOT)
    made = the_same(given, tmp_path)
    assert shown(made, "index.html").count('rel="alternate"') == 4


@pytest.mark.parametrize("root", ["", "https://example.org"])
def test_no_file_appears_that_was_not_asked_for(root, tmp_path):
    """A site without a series gets no file at all, whether it knows its address or not."""
    given = site(article("one.md", 1, Tags="a"), page("about.md"), SITEURL=root)
    stock, ours = list(builds(given, tmp_path / "stock"))[-1], with_ours(given, tmp_path / "ours_")
    assert stock.files.keys() == ours.files.keys()


def test_feeds_of_ours_have_ids_of_the_site_itself(tmp_path):
    """Ids come from the address of the site, as those of Pelican's feeds do; a site without one has no feed of ours."""
    made = with_ours(site(*parts(2), **ROOT), tmp_path / "root_")
    ours = [path for path in made.files if path.startswith("output/feeds/") and "turnings" in path]
    ids = {
        each.text for path in ours if path.endswith("atom.xml") for each in etree.fromstring(made.files[path]).iter()
    }
    assert any(text and text.startswith("tag:example.org,") for text in ids)
    assert not [path for path, data in made.files.items() if b".invalid" in data]
    bare = with_ours(site(*parts(2)), tmp_path / "bare_")
    assert not [path for path, data in bare.files.items() if b".invalid" in data]


OLD_POST = """A [place](#nowhere), [gone]({filename}gone.md), <https://example.org/blog/missing/>, "a', [x][nothing].

# Twice
# Twice
![](/images/none.png) <b>open"""


def test_what_an_old_blog_does_is_no_problem_of_ours(tmp_path):
    """Broken anchors, bare links, repeated titles, unknown keys and open tags are no problems, and all is built."""
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
def test_a_blog_without_a_series_loads_nothing_to_make_one(series, loads, bare_site):
    """What makes pages of series is loaded where there is a series, so that a blog without any is not held up."""
    bare_site.settings = "PLUGINS = ['essay_series', 'loaded']\nPLUGIN_PATHS += ['.']\n"
    bare_site.write("loaded.py", LOADED).write("content/one.md", f"Title: One\nDate: 2009-04-01\n{series}\nWords.\n")
    command = [sys.executable, "-m", "pelican", "content", "-s", str(bare_site.configure())]
    done = subprocess.run(command, cwd=bare_site.folder, check=True, capture_output=True, text=True)
    assert ("loaded []" in done.stdout) is not loads


MISTAKE = {"Series": "Turnings", "Series_index": "one"}


def test_a_mistake_in_a_series_is_a_warning_with_its_place(tmp_path):
    """It is told with file, line and column, and the site is built; settings make it an error or leave it out."""
    texts = [*parts(1), article("odd.md", 2, **MISTAKE)]
    made = the_same(site(*texts), tmp_path)
    assert re.search(r"WARNING.*content/odd\.md:4:15: .*\[unreadable-number\]", made.said)
    strict = with_ours(site(*texts, ESSAY_SERIES_ERRORS=True), tmp_path / "error")
    assert (strict.code, "content/odd.md:4:15" in strict.said) == (1, True)
    quiet = with_ours(site(*texts, ESSAY_SERIES_IGNORE=["unreadable-number"]), tmp_path / "quiet")
    assert (quiet.code, "odd.md:4" in quiet.said) == (0, False)


def test_a_file_that_declares_a_series_and_cannot_be_read_is_told_and_left_out(tmp_path):
    """As with articles, an error names the file, and all else is made."""
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


def test_links_in_summaries_are_whole_in_feeds(tmp_path):
    """With RELATIVE_URLS, a link in a summary has the whole address in a feed, as Pelican gives it."""
    texts = parts(2, Summary="See [it]({filename}part-2.md).")
    feeds = {"FEED_ALL_RSS": "all.rss.xml", "FEED_DOMAIN": "https://example.org", "FEED_ALL_ATOM": "all.atom.xml"}
    addresses = {"ARTICLE_SAVE_AS": "a/{slug}/index.html", "ARTICLE_URL": "a/{slug}/"}
    given = site(*texts, RELATIVE_URLS=True, **addresses, **feeds, **ROOT)
    made = the_same(given, tmp_path)
    assert "https://example.org/blog/a/part-2/" in shown(made, "all.rss.xml")


def test_a_series_without_sides_is_a_plain_list_of_parts(tmp_path):
    """Its page lists the parts in order, oldest first, and knows neither opening nor closing."""
    text = shown(with_ours(site(*parts(5)), tmp_path / "site_"), "series/turnings/index.html")
    places = [text.index(f"/part-{n}.html") for n in (5, 4, 3, 2, 1)]
    assert places == sorted(places)
    assert "Opening" not in text
    assert "Costs" not in text


@pytest.mark.parametrize("status", ["draft", "hidden"])
def test_what_an_unlisted_article_shows_is_copied_as_ever(status, tmp_path):
    """A draft with an image has both its page and its image, as Pelican makes them."""
    keys = {"Title": "Plan", "Date": "2009-04-01", "Status": status}
    unlisted = Text("content/d/plan.md", keys, "![x]({attach}x.png)")
    given = site(*parts(1), unlisted, files={"content/d/x.png": dot()})
    made = the_same(given, tmp_path)
    assert [path for path in made.files if path.endswith("/x.png")]


def test_marks_are_set_by_whatever_the_site_has_configured(tmp_path):
    """An extension that sets quotes does so in every block, whether a block is plain or not."""
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
def test_markdown_with_parts_removed_or_replaced_is_as_configured(code, tmp_path):
    """What an extension of the site takes out of Markdown stays out, and what it puts in works."""
    lines = (
        "import sys; sys.path.insert(0, '.')\nimport fewer\nMARKDOWN = {'extensions': [fewer.Fewer()], "
        "'extension_configs': {'markdown.extensions.extra': {}, 'markdown.extensions.meta': {}}}\n"
    )
    body = "Plain `code` and %code%.\n\n> A quote\n\n<div>\n*in*\n</div>\n\n<custom>\n*in*\n</custom>\n\n\\@"
    text = Text("content/one.md", {"Title": "One", "Date": "2009-04-01", "Series": "Turnings"}, body)
    the_same(site(text, files={"fewer.py": code}, lines=lines), tmp_path)


@pytest.mark.parametrize("theme", ["simple", "notmyidea"])
def test_pages_of_ours_are_pages_of_the_theme(theme, tmp_path):
    """Their titles name the site, a menu of the site's own leads to them, and they announce their feed."""
    menu = (("Series", "https://example.org/blog/series/turnings/"),)
    made = with_ours(site(*parts(2), THEME=theme, MENUITEMS=menu, **ROOT), tmp_path / "site_")
    text = shown(made, "series/turnings/index.html")
    [title] = re.findall(r"<title>(.*?)</title>", text, flags=re.DOTALL)
    assert "Turnings" in title
    assert "A site &amp; its guests" in title
    assert "https://example.org/blog/series/turnings/" in shown(made, "index.html")
    feeds = [path.removeprefix("output/") for path in made.files if "feeds/" in path and "turnings" in path]
    assert any(f"https://example.org/blog/{path}" in text for path in feeds)


ASKS = b"""{% extends "base.html" %}{% block content %}{{ page.content }} {{ page.date.date() }}{% endblock %}"""
FAILS = b"""{% extends "!theme/base.html" %}{% block body %}{{ page.date.date() if page }}{{ super() }}{% endblock %}"""


def test_a_theme_that_asks_a_date_of_each_page_shows_ours_in_its_frame(tmp_path):
    """Where all pages of a site have more than ours, its own template cannot show them, and Pelican's does."""
    files = {"overrides/page.html": ASKS}
    given = site(
        *parts(2), page("old.md").having(Date="2009-04-01"), files=files, THEME_TEMPLATES_OVERRIDES=["overrides"]
    )
    assert "/part-2.html" in shown(the_same(given, tmp_path), "series/turnings/index.html")


def test_a_page_that_no_template_of_the_theme_can_show_is_left_out_and_told(tmp_path):
    """A theme whose very frame fails on pages of ours ends no build: there is a warning, and all else is there."""
    files = {"overrides/page.html": ASKS, "overrides/base.html": FAILS}
    given = site(
        *parts(2), page("old.md").having(Date="2009-04-01"), files=files, THEME_TEMPLATES_OVERRIDES=["overrides"]
    )
    made = the_same(given, tmp_path)
    assert "output/series/turnings/index.html" not in made.files
    assert re.search(r"content/part-2\.md:3:9: .*UndefinedError.*\[unshowable-page\]", " ".join(made.said.split()))


def test_an_article_in_a_folder_that_is_called_as_ours_is_an_article(tmp_path):
    """Folders that are called series and playbook are a blog's own, until a setting says otherwise."""
    texts = [article("series/one.md", 1, Series="Turnings"), article("playbook/two.md", 2), page("series/three.md")]
    given = site(*texts)
    made = the_same(given, tmp_path)
    assert "output/one.html" in made.files


def test_where_the_site_has_a_file_of_its_own_ours_gives_way(tmp_path):
    """A page, a category or an image at the place of a series' page stays; ours is left out, and that is told."""
    texts = [*parts(2), page("own.md", save_as="series/turnings/index.html", url="series/turnings/")]
    given = site(*texts)
    made = the_same(given, tmp_path)
    assert "taken-address" in made.said


def test_a_site_without_a_mistake_is_told_nothing(tmp_path):
    """A plain series gives no warning, so that a build that stops at warnings goes on."""
    keys = {"Date": "2009-04-01", "Series": "Turnings", "Part": "The first"}
    texts = [Text(f"content/{n}.md", {"Title": f"Number {n}", **keys}, "Words.") for n in range(2)]
    made = with_ours(site(*texts, **ROOT), tmp_path / "site_")
    assert (made.code, "WARNING" in made.said) == (0, False), made.said
