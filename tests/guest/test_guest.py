"""The plugin as a guest: what it adds, that it changes nothing else, and how it reports problems."""

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
"""The folders and files that a guest may add under Pelican's default settings."""
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
    """Return a blog in Markdown, reStructuredText and HTML, with a series, a draft and attached files."""
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
    """Return every file that Pelican writes for `site` without the plugin."""
    there = SiteTest(folder, site.settings.replace("'essay_series'", ""), ours=False)
    for file in [f for f in site.folder.rglob("*") if f.is_file()]:
        path = file.relative_to(site.folder).as_posix()
        if not path.startswith(("output/", "cache/", "__pycache__/")):
            there.write(path, file.read_bytes())
    return built(there).files()


def added_to(site: SiteTest, folder: Path) -> dict[str, bytes]:
    """Build `site` with and without the plugin, compare Pelican's own files, and return those that the plugin adds."""
    ours, theirs = built(site).files(), stock(site, folder)
    assert {path: ours.get(path) for path in theirs} == theirs
    return {path: data for path, data in ours.items() if path not in theirs}


def test_a_ledger_lists_articles_in_any_format_by_date(blog):
    """Articles in Markdown, reStructuredText and HTML are parts of one series, in the order of their dates."""
    page = built(blog, "--fatal=warnings").page("series/old-one/index.html")
    parts = re.findall(r'<li id="([^"]*)"><a href="([^"]*)"', page)
    site = "https://blog.example"
    assert parts == [("two", f"{site}/two.html"), ("three", f"{site}/three.html"), ("its-one", f"{site}/its-one.html")]
    assert "Opening" not in page
    assert "Costs" not in page


def test_a_ledger_links_to_addresses_with_any_placeholder(blog):
    """Addresses may contain the category, the author and metadata from paths; the ledger links to them."""
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
def test_pelicans_own_files_are_the_same(blog, tmp_path, settings):
    """The plugin changes no file of Pelican's, and adds its own only in its own folders."""
    for name in ("search", "offline", "feeds"):
        blog.write(f"mine/{name}.html", "{% for each in articles %}{{ each.title }}{{ each.summary }}{% endfor %}")
    blog.settings += settings
    added = added_to(blog, tmp_path.parent / f"{tmp_path.name}-stock")
    assert "series/old-one/index.html" in added
    assert [path for path in added if not path.startswith(ADDED)] == []
    assert "robots.txt" not in added
    assert [path for path in added if path.startswith("playbook/")] == []  # no file declares a play


@pytest.mark.parametrize("settings", ["", ADDRESS])
def test_nothing_is_added_to_a_site_without_series(tmp_path, settings):
    """Tags and keys of a series alone add no file."""
    site = SiteTest(tmp_path, f"{OURS}{settings}", ours=False)
    site.write("content/one.md", "Title: One\nDate: 2009-04-01\nTags: a, b\nSide: cost\nEntry: x\n\nText.\n")
    assert added_to(site, tmp_path.parent / f"{tmp_path.name}-stock") == {}


def test_feeds_share_ids_and_links_with_pelicans(blog):
    """An essay has the same id and URL in the feed of its series as in Pelican's; all links are absolute."""
    blog.settings += "RELATIVE_URLS = True\n"
    build = built(blog)
    ours, theirs = (build.page(f"feeds/{name}.atom.xml") for name in ("series/old-one", "all"))
    ids = set(re.findall(r"<id>(tag:[^<]*)</id>", ours))
    assert len(ids) == 3
    assert ids <= set(re.findall(r"<id>(tag:[^<]*)</id>", theirs))
    assert "site.invalid" not in build.published()
    assert 'href="https://blog.example/two.html"' in ours
    assert "../" not in ours
    assert {part["id"] for part in json.loads(build.page("feeds/series/old-one.json"))["items"]} == ids


def test_a_site_without_siteurl_gets_no_feeds(blog):
    """Feed ids need the site's URL, so there is no feed without it; the book has its texts all the same."""
    blog.settings += "SITEURL = ''\nESSAY_SERIES_BOOK = True\n"
    build = built(blog)
    assert "essay_series" not in build.said
    assert not [path for path in build.files() if path.startswith("feeds/series")]
    assert "feeds/" not in build.page("series/old-one/index.html").replace("feeds/all", "")
    assert "<code>code</code>" in build.page("series/old-one/book/index.html")


def test_a_page_lists_all_series(blog):
    """One page lists all series with the number of their parts; a page of the site at its address is kept."""
    blog.write("content/other.md", "Title: O\nDate: 2009-04-09\nSeries: Other\n\nText.\n")
    page = built(blog, "--fatal=warnings").page("series/index.html")
    assert re.findall(r'<h2><a href="([^"]*)">([^<]*)</a>', page) == [
        ("https://blog.example/series/other/", "Other"),
        ("https://blog.example/series/old-one/", "Old one"),
    ]
    assert "3 parts, the newest of 3 April 2009" in page
    blog.write("content/pages/mine.md", "Title: Mine\nsave_as: series/index.html\n\nMine.\n")
    assert "Mine." in built(blog, "--fatal=warnings").page("series/index.html")


def test_links_are_relative_with_relative_urls(blog):
    """With RELATIVE_URLS, links to parts, between texts and within a book are relative."""
    blog.settings += "RELATIVE_URLS = True\nESSAY_SERIES_BOOK = True\n"
    build = built(blog)
    assert 'href="../../two.html"' in build.page("series/old-one/index.html")
    book = build.page("series/old-one/book/index.html")
    assert 'href="../../../plain.html"' in book
    assert 'href="#part-two"' in book
    assert "site.invalid" not in build.published()


def test_the_sites_own_page_is_kept(blog):
    """If the site has a file at the address of a ledger, the ledger is left out and reported."""
    blog.write("content/pages/p.md", "Title: P\nsave_as: series/old-one/index.html\n\nMine.\n")
    build = built(blog)
    assert "Mine." in build.page("series/old-one/index.html")
    told = 'content/notes/two.rst:5:10: the page "Old one" would be written to "series/old-one/index.html"'
    assert told in flat(build)
    assert "[taken-address]" in flat(build)


def test_two_added_pages_may_share_an_address(blog):
    """If settings give two added pages one address, the second, here the list of series, is left out."""
    blog.settings += "ESSAY_SERIES_FEEDS_SAVE_AS = 'series/index.html'\n"
    assert ">Feeds</h1>" in built(blog, "--fatal=warnings").page("series/index.html")


def flat(build: Build) -> str:
    """Return what a build said, without how the console broke the lines."""
    return re.sub(r"\s+", " ", build.said)


WRONG = {
    "content/a.md": "Title: A\nDate: 2009-04-01\nSeries: Two\nSide: cost\nEntry: x\nAnswers: gone\n\nText.\n",
    "content/b.md": "Title: B\nDate: 2009-04-02\nSeries: Two\nSeries_index: two\n\nText.\n",
}


def test_problems_are_warnings_with_place_and_cure(blog):
    """A problem is reported with file, line, column, code and cure, and the site is built."""
    build = built(filled(blog, WRONG))
    assert 'content/a.md:6:10: no essay has the slug "gone" [unknown-answer].' in flat(build)
    assert 'content/b.md:4:15: "two" is not a whole number [unreadable-number]. Write digits only' in flat(build)
    assert build.page("series/two/index.html").count("<li id=") == 2
    assert "plain.md" not in build.said


def test_fatal_warnings_end_the_build(blog):
    """Pelican's --fatal=warnings makes the first problem end the build."""
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
def test_settings_choose_errors_and_ignored_problems(blog, settings, code):
    """ESSAY_SERIES_ERRORS makes all or some problems end the build with 1; ESSAY_SERIES_IGNORE drops some."""
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
def test_an_invalid_setting_is_reported_and_ignored(blog, settings, told):
    """An invalid setting of the plugin is reported with its cure, and counts as not set."""
    blog.settings += settings
    build = built(blog)
    assert told in flat(build)
    assert "[unusable-setting]" in build.said
    assert "series/old-one/index.html" in build.files()


def test_files_declare_series_and_plays(blog):
    """Files in the folders of the settings give a series its title, introduction and plans, and a play its page."""
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


def test_a_series_declared_by_a_draft_has_no_page(blog):
    """A draft of a series or of the playbook is not published, and an article that names it is reported."""
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


def test_templates_of_the_theme_are_used(blog):
    """A template of the theme for our pages is used; one that only has the same name is not."""
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
def test_templates_can_link_to_series(blog, settings, address):
    """Templates have the URL of the page of a series, which settings may change or remove, and links to all series."""
    blog.settings += f"THEME_TEMPLATES_OVERRIDES = ['mine']\n{settings}"
    blog.write(
        "mine/article.html",
        "{% set s = article.series %}{% if s %}[{{ s.url }}|{{ s.index }}|{{ s.name }}]"
        "{% for link in essay_series.links %}({{ link.url }}){% endfor %}{% endif %}",
    )
    listed = f"({address})" if address else ""
    assert built(blog, "--fatal=warnings").page("two.html") == f"[{address}|1|Old one]{listed}"


def test_series_with_the_same_slug_have_different_pages(tmp_path):
    """Names that lead to the same slug, or to none, make different series with different pages."""
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


def test_slugs_and_titles_follow_the_sites_settings(tmp_path):
    """Slugs follow SLUGIFY_ settings, titles may come from file names, and DEFAULT_LANG may have any form."""
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


def test_articles_without_a_file_are_parts(blog):
    """An article that another plugin creates has no source file, and is a part of its series all the same."""
    blog.settings += "PLUGINS = ['writer', 'essay_series']\nPLUGIN_PATHS += ['.']\n"
    page = built(blog.write("writer.py", WRITER)).page("series/old-one/index.html")
    assert re.findall(r'href="https://blog.example/(made-\d).html"', page) == ["made-1", "made-2"]


def test_articles_may_share_a_slug(tmp_path):
    """Two articles with one slug in different categories are two parts."""
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


def test_the_site_mode_leaves_no_trace_in_its_process(blog, tmp_path):
    """A guest's site built after a site in the site mode, in one process, is the same as built alone."""
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
    """A theme with translations of its own keeps them, and our templates have ours."""
    env = Environment(extensions=["jinja2.ext.i18n"], autoescape=True)
    theirs = lambda *_: "theirs"  # noqa: E731 - it says one thing
    env.install_gettext_callables(theirs, theirs, newstyle=True)
    ours = prepare(env, DEFAULT_CONFIG, Speaker(Languages(), "de"))
    assert env.from_string('{{ _("Search") }}').render() == "theirs"
    assert ours.from_string('{{ _("Search") }}').render() == "Suche"
    plain = Environment(autoescape=True)
    assert prepare(plain, DEFAULT_CONFIG, Speaker(Languages(), "de")) is plain
    assert plain.from_string('{{ _("Search") }}').render() == "Suche"
