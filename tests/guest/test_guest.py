"""The plugin alone on any Pelican site: what it adds, that nothing else changes, and how it tells what is wrong."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from jinja2 import Environment
from pelican.settings import DEFAULT_CONFIG

from builders import Build, SiteTest
from essay_series.adapter.guest.templates import prepare
from essay_series.build.speaker import Speaker
from essay_series.l10n import Languages

pytestmark = pytest.mark.site

OURS = "PLUGINS = ['essay_series']\nTIMEZONE = 'UTC'\n"
ADDRESS = "SITEURL = 'https://blog.example'\n"
ADDED = ("series/", "playbook/", "feeds/series/", "feeds/plays/", "feeds/index.html", "feeds/all.opml")
"""How the path of every file begins that a guest may add under stock settings."""
DECLARING = "ESSAY_SERIES_PATHS = ['shelf']\nESSAY_SERIES_PLAYBOOK_PATHS = ['plays']\n"
BLOG = {
    "content/notes/one.md": """
        Title: It's "one"
        Date: 2009-04-03
        Series: Old one
        Tags: a, b
        Lang: en

        Words -- "quoted" and `code`, <!-- a comment --> [two]({filename}two.rst),
        ![dot]({static}dot.png), [plain]({filename}plain.md)
        """,
    "content/notes/two.rst": """
        Two
        ###

        :date: 2009-04-01
        :series: Old one
        :author: Ann

        Text with a `link <{filename}one.md>`__.
        """,
    "content/three.html": """
        <html><head><title>Three</title><meta name="date" content="2009-04-02">
        <meta name="series" content="Old one"></head><body><p>Text.</p></body></html>
        """,
    "content/notes/draft.md": """
        Title: Draft
        Status: draft
        Date: 2009-04-05
        Series: Old one

        ![x]({static}own.png)
        """,
    "content/notes/plain.md": "Title: Plain\nDate: 2009-04-06\nPart: second\nSide: B\nAnswers: 42\n\n[x](#nowhere)\n",
    "content/notes/dot.png": "dot",
    "content/notes/own.png": "own",
}


@pytest.fixture
def blog(tmp_path) -> SiteTest:
    """Return a blog in several languages of markup, with a series, a draft and files beside the texts."""
    return filled(SiteTest(tmp_path, f"{OURS}{ADDRESS}", ours=False), BLOG)


def filled(site: SiteTest, files: dict[str, str]) -> SiteTest:
    """Write `files` into `site`."""
    for path, text in files.items():
        site.write(path, text)
    return site


def built(site: SiteTest, *arguments: str) -> Build:
    """Build `site`, which must succeed."""
    build = site.build(*arguments)
    assert build.code == 0, build.said
    return build


def stock(site: SiteTest, folder: Path) -> dict[str, bytes]:
    """Return every file that Pelican makes of `site` without the plugin."""
    there = SiteTest(folder, site.settings.replace("'essay_series'", ""), ours=False)
    for file in [f for f in site.folder.rglob("*") if f.is_file()]:
        path = file.relative_to(site.folder).as_posix()
        if not path.startswith(("output/", "cache/", "__pycache__/")):
            there.write(path, file.read_bytes())
    return built(there).files()


def held_together(site: SiteTest, folder: Path) -> dict[str, bytes]:
    """Build `site` with and without the plugin: all that is made without it must be the same. Return what is added."""
    ours, theirs = built(site).files(), stock(site, folder)
    assert {path: ours.get(path) for path in theirs} == theirs
    return {path: data for path, data in ours.items() if path not in theirs}


def test_articles_of_every_kind_are_parts_in_order(blog):
    """Articles in Markdown, reStructuredText and HTML are parts of one series, by their dates, as plain parts."""
    page = built(blog, "--fatal=warnings").page("series/old-one/index.html")
    parts = re.findall(r'<li id="([^"]*)"><a href="([^"]*)"', page)
    site = "https://blog.example"
    assert parts == [("two", f"{site}/two.html"), ("three", f"{site}/three.html"), ("its-one", f"{site}/its-one.html")]
    assert "Opening" not in page


def test_addresses_may_hold_any_word(blog):
    """Category, author, and words of paths and file names may stand in addresses; parts lead there."""
    blog.settings += (
        'ARTICLE_URL = ARTICLE_SAVE_AS = "{category}/{author}/{room}/{slug}.html"\nAUTHOR = "Ben"\n'
        'PATH_METADATA = r"(?P<room>[^/.]+).*"\n'
    )
    page = built(blog).page("series/old-one/index.html")
    assert 'href="https://blog.example/notes/ann/notes/two.html"' in page
    assert 'href="https://blog.example/misc/ben/three/three.html"' in page


SMARTY = """
from pelican.settings import DEFAULT_CONFIG
MARKDOWN = DEFAULT_CONFIG["MARKDOWN"]
MARKDOWN["extension_configs"]["markdown.extensions.smarty"] = {}
TYPOGRIFY = True
"""
TEMPLATES = """
DIRECT_TEMPLATES = ["index", "search", "offline", "feeds"]
THEME_TEMPLATES_OVERRIDES = ["mine"]
SERIES_SAVE_AS = "all-series.html"
FEEDS_SAVE_AS = "feeds.html"
"""


@pytest.mark.parametrize(
    "settings",
    [
        "",
        "SITEURL = ''\n",
        "SITEURL = ''\nRELATIVE_URLS = True\n",
        "FEED_ATOM = 'feed.xml'\nTAG_FEED_ATOM = 'feeds/tag-{slug}.xml'\nFEED_ALL_RSS = 'feeds/series/old-one.json'\n",
        SMARTY,
        TEMPLATES,
        "WITH_FUTURE_DATES = False\nDEFAULT_PAGINATION = 1\nYEAR_ARCHIVE_SAVE_AS = '{date:%Y}/index.html'\n",
    ],
    ids=["address", "none", "relative", "feeds", "smarty", "templates", "dates"],
)
def test_what_pelican_makes_alone_is_the_same(blog, tmp_path, settings):
    """Pages, feeds, drafts and files are what they are without the plugin, and what is added lies where it belongs."""
    for name in ("search", "offline", "feeds"):
        blog.write(f"mine/{name}.html", "{% for each in articles %}{{ each.title }}{{ each.summary }}{% endfor %}")
    blog.settings += settings
    added = held_together(blog, tmp_path.parent / f"{tmp_path.name}-stock")
    assert "series/old-one/index.html" in added
    assert [path for path in added if not path.startswith(ADDED)] == []
    assert "robots.txt" not in added
    assert [path for path in added if path.startswith("playbook/")] == []  # no file declares a play


def test_nothing_is_added_where_nothing_asks_for_it(tmp_path):
    """A site without any series, and with all its tags, gets no file more."""
    site = SiteTest(tmp_path, f"{OURS}{ADDRESS}", ours=False)
    site.write("content/one.md", "Title: One\nDate: 2009-04-01\nTags: a, b\nSide: cost\nEntry: x\n\nText.\n")
    assert held_together(site, tmp_path.parent / f"{tmp_path.name}-stock") == {}


@pytest.mark.parametrize("first", [True, False], ids=["first", "last"])
@pytest.mark.parametrize(
    ("others", "settings"),
    [
        (("sitemap", "neighbors"), ""),
        (("seo",), "AUTHOR = 'Ben'\nSEO_ENHANCER = True\nSEO_ENHANCER_OPEN_GRAPH = True\n"),
        (("i18n_subsites",), "I18N_SUBSITES = {'fr': {'SITENAME': 'Un site'}}\n"),
    ],
    ids=["sitemap", "seo", "subsites"],
)
def test_other_plugins_work_beside_it(blog, others, settings, first):
    """Plugins that look at every page, and those that build several sites in one process, build twice beside ours."""
    listed = ["essay_series", *others] if first else [*others, "essay_series"]
    blog.settings = f"PLUGINS = {listed}\nTIMEZONE = 'UTC'\n{ADDRESS}{settings}"
    blog.write("content/fr.md", "Title: Un\nSlug: its-one\nDate: 2009-04-03\nLang: fr\nSeries: Old one\n\nMots.\n")
    first_build = built(blog).files()
    second = built(blog).files()
    assert first_build.keys() == second.keys()
    assert "series/old-one/index.html" in second
    if "sitemap" in others:
        for slug in ("two", "three", "its-one", "plain"):
            assert f"<loc>https://blog.example/{slug}.html</loc>".encode() in second["sitemap.xml"]
        assert second["sitemap.xml"].count(b"<loc>") == second["sitemap.xml"].count(b"<loc>https://blog.example/")
    if "i18n_subsites" in others:
        assert b"/fr/its-one.html" in second["fr/series/old-one/index.html"]


def test_ids_and_links_of_feeds_are_those_of_the_sites_own(blog):
    """An essay has one id and one address in the feed of its series and in the site's; links are whole addresses."""
    blog.settings += "RELATIVE_URLS = True\n"
    build = built(blog)
    ours, theirs = (build.page(f"feeds/{name}.atom.xml") for name in ("series/old-one", "all"))
    ids = set(re.findall(r"<id>(tag:[^<]*)</id>", ours))
    assert len(ids) == 3
    assert ids <= set(re.findall(r"<id>(tag:[^<]*)</id>", theirs))
    assert 'href="https://blog.example/two.html"' in ours
    assert "../" not in ours
    assert {part["id"] for part in json.loads(build.page("feeds/series/old-one.json"))["items"]} == ids


def test_a_site_without_an_address_has_no_feed_of_ours(blog):
    """Ids are made of the site's address, so no feed of ours is made without one; a book has its texts all the same."""
    blog.settings += "SITEURL = ''\nESSAY_SERIES_BOOK = True\n"
    build = built(blog)
    assert "essay_series" not in build.said
    assert not [path for path in build.files() if path.startswith("feeds/series")]
    assert "feeds/" not in build.page("series/old-one/index.html").replace("feeds/all", "")
    assert "<code>code</code>" in build.page("series/old-one/book/index.html")


def test_a_page_lists_all_series(blog):
    """A menu can lead to one page, which names each series with its parts; the site's own page there stays."""
    blog.write("content/other.md", "Title: O\nDate: 2009-04-09\nSeries: Other\n\nText.\n")
    page = built(blog, "--fatal=warnings").page("series/index.html")
    assert re.findall(r'<h2><a href="([^"]*)">([^<]*)</a>', page) == [
        ("https://blog.example/series/other/", "Other"),
        ("https://blog.example/series/old-one/", "Old one"),
    ]
    assert "3 parts, the newest of 3 April 2009" in page
    blog.write("content/pages/mine.md", "Title: Mine\nsave_as: series/index.html\n\nMine.\n")
    assert "Mine." in built(blog, "--fatal=warnings").page("series/index.html")


def test_links_are_relative_where_the_site_asks_for_it(blog):
    """Under RELATIVE_URLS our pages lead to parts, to the style and from text to text by relative addresses."""
    blog.settings += "RELATIVE_URLS = True\nESSAY_SERIES_BOOK = True\n"
    build = built(blog)
    assert 'href="../../two.html"' in build.page("series/old-one/index.html")
    book = build.page("series/old-one/book/index.html")
    assert 'href="../../../plain.html"' in book
    assert 'href="#part-two"' in book
    assert "site.invalid" not in build.published()


def test_a_page_says_the_sites_name_and_announces_its_feed(blog):
    """The pages stand in the theme's frame, name the site in their title, and announce the feed of their series."""
    page = built(blog).page("series/old-one/index.html")
    assert "<title>Old one - A Pelican Blog</title>" in page
    assert 'id="banner"' in page
    assert (
        'href="https://blog.example/feeds/series/old-one.atom.xml" type="application/atom+xml" rel="alternate"' in page
    )


def test_a_page_gives_way_to_the_sites_own(blog):
    """Where the site writes a file, or has a folder or a static file, ours is left out, and that is told."""
    blog.write("content/pages/p.md", "Title: P\nsave_as: series/old-one/index.html\n\nMine.\n")
    build = built(blog)
    assert "Mine." in build.page("series/old-one/index.html")
    told = 'content/notes/two.rst:5:10: the page "Old one" would be written to "series/old-one/index.html"'
    assert told in flat(build)
    assert "[taken-address]" in flat(build)


def test_two_pages_of_ours_at_one_address_end_no_build(blog):
    """Where settings give two pages of ours one place, the second, here the list of series, is left out."""
    blog.settings += "ESSAY_SERIES_FEEDS_SAVE_AS = 'series/index.html'\n"
    assert ">Feeds</h1>" in built(blog, "--fatal=warnings").page("series/index.html")


def flat(build: Build) -> str:
    """Return what a build said, without how the console broke the lines."""
    return re.sub(r"\s+", " ", build.said)


WRONG = {
    "content/a.md": "Title: A\nDate: 2009-04-01\nSeries: Two\nSide: cost\nEntry: x\nAnswers: gone\n\nText.\n",
    "content/b.md": "Title: B\nDate: 2009-04-02\nSeries: Two\nSeries_index: two\n\nText.\n",
}


def test_problems_are_warnings_with_their_place_and_cure(blog):
    """What is wrong with a series is told with file, line, column, code and cure, and everything else is made."""
    build = built(filled(blog, WRONG))
    assert 'content/a.md:6:10: no essay has the slug "gone" [unknown-answer].' in flat(build)
    assert 'content/b.md:4:15: "two" is not a whole number [unreadable-number]. Write digits only' in flat(build)
    assert build.page("series/two/index.html").count("<li id=") == 2
    assert "plain.md" not in build.said


def test_warnings_may_be_fatal_as_in_pelican(blog):
    """Pelican's own switch makes the first problem the end of the build."""
    assert filled(blog, WRONG).build("--fatal=warnings").code == 1


@pytest.mark.parametrize(
    ("settings", "code"),
    [
        ("ESSAY_SERIES_ERRORS = True\n", 1),
        ("ESSAY_SERIES_ERRORS = ['unknown-answer']\n", 1),
        ("ESSAY_SERIES_ERRORS = ['taken-address']\n", 0),
        ("ESSAY_SERIES_ERRORS = True\nESSAY_SERIES_IGNORE = ['unknown-answer', 'unreadable-number']\n", 0),
    ],
)
def test_settings_say_what_is_an_error_and_what_is_not_told(blog, settings, code):
    """One setting makes some or all problems errors, which end the build with 1, and one leaves some out."""
    blog.settings += settings
    build = filled(blog, WRONG).build()
    assert build.code == code, build.said
    assert "Traceback" not in build.said
    if code:
        assert "[unknown-answer]" in build.said
        assert not (blog.folder / "output/index.html").exists()


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ("ESSAY_SERIES_URL = '{name}/'\n", 'ESSAY_SERIES_URL: "{name}/" has an unknown placeholder'),
        (
            "ESSAY_SERIES_SAVE_AS = 'series.html'\n",
            'ESSAY_SERIES_SAVE_AS: "series.html" would be the same address for several',
        ),
        ("ESSAY_SERIES_SAVE_AS = '../{slug}'\n", "leads out of the output folder"),
        ("ESSAY_SERIES_IGNORE = ['broken']\n", 'ESSAY_SERIES_IGNORE: "broken" is not a code'),
    ],
)
def test_a_setting_that_cannot_be_used_is_told_and_left_out(blog, settings, told):
    """A setting of the plugin's own that makes no sense is told with its cure, and is as if it were not there."""
    blog.settings += settings
    build = built(blog)
    assert told in flat(build)
    assert "[unusable-setting]" in build.said
    assert "series/old-one/index.html" in build.files()


def test_files_declare_series_and_plays_where_a_setting_names_their_folders(blog):
    """A file gives a series its title, its introduction and what is planned, and a play its page; others are open."""
    blog.settings += DECLARING
    blog.write(
        "content/shelf/old-one.md",
        "Title: The old one\nPlanned: More | 2009-05-01\n\n[B]({filename}/notes/one.md). ![A]({static}a.png)\n",
    ).write("content/shelf/a.png", "a")
    blog.write("content/plays/index.md", "Title: The practices\n\nPick one.\n")
    blog.write("content/plays/a.md", "Title: A play\n\nHow.\n").write(
        "content/other.md", "Title: O\nDate: 2009-04-09\nSeries: Other\n\nx\n"
    )
    blog.write("content/notes/link.md", "Title: L\nDate: 2009-04-08\n\n[series]({filename}/shelf/old-one.md)\n")
    blog.settings += "THEME_TEMPLATES_OVERRIDES = ['mine']\n"
    shown = "{% if article.series %}[{{ article.series.name }}|{{ article.series.url }}]{% endif %}"
    blog.write("mine/article.html", "{{ article.content }}" + shown)
    build = built(blog, "--fatal=warnings")
    page = build.page("series/old-one/index.html")
    assert ">The old one</h1>" in page
    assert 'href="https://blog.example/its-one.html">B</a>' in page
    assert "More (1 May 2009)" in page
    assert "[The old one|series/old-one/]" in build.page("two.html")
    assert "series/other/index.html" in build.files()
    assert 'href="https://blog.example/its-one.html"' in build.page("playbook/a/index.html")
    assert "playbook/b/index.html" not in build.files()
    assert ">The practices</h1>" in build.page("playbook/index.html")
    assert "playbook/index/index.html" not in build.files()
    assert 'href="https://blog.example/series/old-one/"' in build.page("l.html")
    assert 'src="https://blog.example/shelf/a.png"' in page
    assert {"shelf/a.png"} <= build.files().keys()
    assert "the-old-one.html" not in build.files()


def test_a_series_whose_file_is_a_draft_has_no_page(blog):
    """A draft of a series or of the playbook gives away nothing, and that an article names it is told."""
    blog.settings += "ESSAY_SERIES_PATHS = 'shelf'\n"
    blog.write("content/shelf/old-one.md", "Title: Canary\nStatus: draft\n\nCanary.\n")
    blog.settings += "ESSAY_SERIES_PLAYBOOK_PATHS = 'plays'\nTHEME_TEMPLATES_OVERRIDES = ['mine']\n"
    blog.write("mine/article.html", "[{{ article.series.name if article.series }}]")
    blog.write("content/link.md", "Title: L\nDate: 2009-04-08\n\n[series]({filename}/shelf/old-one.md)\n")
    blog.write("content/plays/a.md", "Title: A play\n\nHow.\n")
    blog.write("content/plays/index.md", "Title: Canary\nStatus: draft\nSummary: Canary.\n\nCanary.\n")
    build = built(blog)
    assert "Canary" not in build.published()
    assert build.page("two.html") == "[Old one]"
    assert not [path for path in build.files() if path.startswith("series/")]
    assert "playbook/index.html" in build.files()
    assert "[unpublished-name]" in build.said
    assert "Unable to find '/shelf/old-one.md'" in flat(build)


def test_a_theme_has_its_own_say(blog):
    """A template of the theme that is made for our pages is taken, and another of the same name is left alone."""
    blog.settings += "THEME_TEMPLATES_OVERRIDES = ['mine']\n"
    blog.write(
        "mine/ledger.html", "[{{ view.title }}|{{ essay_series.site.series|length }}|{{ essay_series.links[0].url }}]"
    )
    blog.write("mine/feeds.html", "{{ nobody.knows.this }}")
    build = built(blog)
    assert build.page("series/old-one/index.html") == "[Old one|1|series/old-one/]"
    assert ">Feeds</h1>" in build.page("feeds/index.html")


@pytest.mark.parametrize(
    ("settings", "address"),
    [
        ("", "series/old-one/"),
        ("ESSAY_SERIES_SAVE_AS = 's/{slug}.html'\n", "s/old-one.html"),
        ("ESSAY_SERIES_SAVE_AS = 's/{slug}/index.html'\n", "s/old-one/"),
        ("ESSAY_SERIES_SAVE_AS = ''\n", ""),
    ],
)
def test_articles_lead_to_the_page_of_their_series(blog, settings, address):
    """Templates find the address of the page of the series, which settings change or leave out, and a list of all."""
    blog.settings += f"THEME_TEMPLATES_OVERRIDES = ['mine']\n{settings}"
    blog.write(
        "mine/article.html",
        "{% set s = article.series %}{% if s %}[{{ s.url }}|{{ s.index }}|{{ s.name }}]"
        "{% for link in essay_series.links %}({{ link.url }}){% endfor %}{% endif %}",
    )
    listed = f"({address})" if address else ""
    assert built(blog, "--fatal=warnings").page("two.html") == f"[{address}|1|Old one]{listed}"


def test_series_with_like_names_have_pages_of_their_own(tmp_path):
    """Names that would make one address, or none, are series of their own all the same."""
    site = SiteTest(tmp_path, f"{OURS}{ADDRESS}", ours=False)
    for number, name in enumerate(("C++", "C#", "???", "日本"), 1):
        head = f"Title: T{number}\nDate: 2009-04-0{number}\nSeries: {name}\n"
        site.write(f"content/{number}.md", f"{head}\nText.\n")
    pages = [path for path in built(site, "--fatal=warnings").files() if re.match("series/.+/", path)]
    assert len(pages) == 4


OWN_WAYS = """
DEFAULT_LANG = "pt-br"
SLUGIFY_USE_UNICODE = SLUGIFY_PRESERVE_CASE = True
FILENAME_METADATA = "(?P<title>.*)"
ESSAY_SERIES_PATHS = ["shelf"]
THEME_TEMPLATES_OVERRIDES = ["mine"]
"""


def test_slugs_titles_and_languages_of_series_are_those_of_the_site(tmp_path):
    """Slugs have the site's letters, titles may come from names of files, and languages are known in any form."""
    site = SiteTest(tmp_path, f"{OURS}{ADDRESS}{OWN_WAYS}", ours=False)
    site.write("content/shelf/Ação.md", "Summary: Um resumo.\n\nTexto.\n")
    site.write("mine/index.html", "{{ article_series['Ação']|length }}")
    for number in (1, 2):
        site.write(f"content/{number}.md", f"Date: 2009-04-0{number}\nSeries: Ação\n\nTexto.\n")
    build = built(site, "--fatal=warnings")
    page = build.page("series/Ação/index.html")
    assert (page.count("<li id="), ">Ação</h1>" in page, build.page("index.html")) == (2, True, "2")


WRITER = """
from pelican import signals
from pelican.contents import Article

def add(generator):
    for number in (1, 2):
        facts = {"title": f"Made {number}", "slug": f"made-{number}", "series": "Old one", "side": "cost"}
        facts |= {"date": generator.articles[0].date, "category": generator.articles[0].category}
        article = Article("<p>Text.</p>", facts, generator.settings, context=generator.context)
        generator.articles.append(article)

def register():
    signals.article_generator_pretaxonomy.connect(add)
"""


def test_articles_of_other_plugins_without_a_file_are_parts_too(blog):
    """What a plugin adds to the articles has no source; it is a part, and its problems name no line of a file."""
    blog.settings += "PLUGINS = ['writer', 'essay_series']\nPLUGIN_PATHS += ['.']\n"
    page = built(blog.write("writer.py", WRITER)).page("series/old-one/index.html")
    assert re.findall(r'href="https://blog.example/(made-\d).html"', page) == ["made-1", "made-2"]


def test_articles_that_share_a_slug_are_told_apart(tmp_path):
    """Where addresses hold more than the slug, two articles of one slug are two parts."""
    site = SiteTest(tmp_path, f"{OURS}ARTICLE_TRANSLATION_ID = None\n", ours=False)
    site.settings += 'ARTICLE_URL = ARTICLE_SAVE_AS = "{category}/{slug}.html"\n'
    for room in ("a", "b"):
        site.write(f"content/{room}/news.md", f"Title: News\nDate: 2009-04-01\nSeries: S\nCategory: {room}\n\nText.\n")
    page = built(site).page("series/s/index.html")
    assert re.findall(r'href="/(\w/news.html)"', page) == ["a/news.html", "b/news.html"]


BOTH = """
import os
import sys
from pelican import Pelican
from pelican.settings import read_settings

for folder in sys.argv[1:]:
    os.chdir(folder)
    Pelican(read_settings("pelicanconf.py")).run()
"""


def test_a_site_of_the_other_kind_in_the_same_process_leaves_nothing_behind(blog, tmp_path):
    """A guest's site that one process builds after a site of this project's kind is what it is alone."""
    alone = built(blog).files()
    other = SiteTest(tmp_path / "other", f"{OURS}{ADDRESS}ESSAY_SERIES_SITE = True\n", ours=False)
    other.write("content/one.md", "Title: One\nDate: 2009-04-01\nCategory: a\n\nText.\n").configure()
    shutil.rmtree(blog.folder / "output")
    command = [sys.executable, "-c", BOTH, str(other.folder), str(blog.folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert (other.folder / "output/robots.txt").exists()
    assert Build(0, "", blog.folder / "output").files() == alone


def test_a_theme_keeps_its_own_translations():
    """A theme that speaks several languages by itself finds its words as it left them, and our pages find ours."""
    env = Environment(extensions=["jinja2.ext.i18n"], autoescape=True)
    theirs = lambda *_: "theirs"  # noqa: E731 - it says one thing
    env.install_gettext_callables(theirs, theirs, newstyle=True)
    ours = prepare(env, DEFAULT_CONFIG, Speaker(Languages(), "de"))
    assert env.from_string('{{ _("Search") }}').render() == "theirs"
    assert ours.from_string('{{ _("Search") }}').render() == "Suche"
    plain = Environment(autoescape=True)
    assert prepare(plain, DEFAULT_CONFIG, Speaker(Languages(), "de")) is plain
    assert plain.from_string('{{ _("Search") }}').render() == "Suche"
