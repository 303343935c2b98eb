"""Sites whose addresses, languages and front matter come from every source that Pelican has."""

from __future__ import annotations

import contextlib
import json
import re

import pytest

from builders import SiteTest, a_config
from essay_series.adapter.reading.sources import open_manuscript
from essay_series.checks.site.addresses import own_paths
from essay_series.publish.gate.secrets import secrets
from essay_series.routes import file_at
from essay_series.sources.frontmatter import read_elsewhere
from essay_series.sources.manuscript import manuscript
from essay_series.sources.published import Published


def built(site: SiteTest, *arguments: str):
    """Build `site`, which must succeed."""
    build = site.build(*arguments)
    assert build.code == 0, build.said
    return build


def test_a_language_has_one_tag(site):
    """Two essays in one language, written in two ways, share one feed, and everything uses its tag."""
    site.settings = (
        'ARTICLE_LANG_URL = "essays/{slug}/{lang}/"\nARTICLE_LANG_SAVE_AS = ARTICLE_LANG_URL + "index.html"\n'
    )
    site.settings += 'COPIES = ["csl.json"]\nBOOK_FORMATS = ["page"]\n'
    for slug in ("price", "gain"):
        site.essay(slug, Series="turnings")
    site.essay("price-pt", Slug="price", Lang="pt-BR", Translation="true", Series="turnings")
    site.essay("gain-pt", Slug="gain", Lang="PT-br", Translation="true", Series="turnings")
    build = built(site)
    page = build.page("essays/price/pt-BR/index.html")
    assert '<html lang="pt-BR">' in page
    assert '"inLanguage": "pt-BR"' in page or '"inLanguage":"pt-BR"' in page
    assert 'content="pt_BR"' in page
    assert 'hreflang="pt-BR"' in build.page("essays/gain/index.html")
    assert '<html lang="pt-BR">' in build.page("essays/gain/PT-br/index.html")
    assert len(json.loads(build.page("feeds/languages/pt-br.json"))["items"]) == 2
    assert 'xml:lang="pt-BR"' in build.page("feeds/languages/pt-br.atom.xml")
    assert json.loads(build.page("essays/price/pt-BR/index.csl.json"))[0]["language"] == "pt-BR"


def test_the_sites_language_may_have_a_region(site):
    """DEFAULT_LANG with a region is one tag on every page and in every feed."""
    site.settings = 'DEFAULT_LANG = "pt-br"\n'
    build = built(site.essay("one", Lang="pt-BR").essay("two"))
    assert {re.search('<html lang="(.*?)"', text)[1] for path, text in pages(build)} == {"pt-BR"}
    assert not list((build.output / "feeds").glob("languages/*"))
    assert json.loads(build.page("feeds/all.json"))["language"] == "pt-BR"


def pages(build) -> list[tuple[str, str]]:
    """Return every page with its path."""
    return [(path, data.decode()) for path, data in build.files().items() if path.endswith(".html")]


ADDRESSED = """
PLUGINS = ["essay_series"]
ESSAY_SERIES_SITE = True
SITEURL = "https://example.org"
TAG_AUTHORITY = "example.org,2009-04-01"
AUTHOR = "Anna Beck"
ARTICLE_URL = ARTICLE_SAVE_AS = "{category}/{author}/{date:%Y}/{mood}/{shelf}/{slug}.html"
ARTICLE_LANG_URL = ARTICLE_LANG_SAVE_AS = "{mood}/{slug}-{lang}.html"
DRAFT_URL = DRAFT_SAVE_AS = "drafts/{category}/{slug}.html"
PAGE_URL = PAGE_SAVE_AS = "{path}/{slug}.html"
DEFAULT_METADATA = {"mood": "calm"}
PATH_METADATA = r"essays/(?P<shelf>[^/]*)/.*"
FILENAME_METADATA = r"(?P<date>\\d{4}-\\d\\d-\\d\\d)-(?P<title>.*)"
STATIC_PATHS = []
"""


def test_addresses_may_have_any_placeholder(bare_site):
    """Addresses may contain category, author, date, and metadata from settings, paths and file names."""
    bare_site.settings = ADDRESSED
    text = "Slug: one\nSeries: Turnings\nCategory: Letters\nAliases: former\n\n[Two]({filename}2009-04-02-two.md)\n"
    bare_site.write("content/essays/top/2009-04-01-one.md", text)
    bare_site.write("content/essays/top/2009-04-02-two.md", "Series: Turnings\nAuthor: Bo\nmood: glad\n\nText.\n")
    bare_site.write("content/essays/top/2009-04-03-un.md", "Slug: one\nLang: fr\n\nTexte.\n")
    bare_site.write("content/essays/top/2009-04-04-draft.md", "Status: draft\n\nText.\n")
    bare_site.write("content/pages/2009-04-04-about.md", "Slug: about\n\nText.\n")
    build = built(bare_site)
    one, two = "letters/anna-beck/2009/calm/top/one.html", "top/bo/2009/glad/top/two.html"
    assert f'/{two}"' in build.page(one)
    feed = json.loads(build.page("feeds/series/turnings.json"))
    assert [item["url"] for item in feed["items"]] == [f"https://example.org/{path}" for path in (one, two)]
    assert [item["title"] for item in feed["items"]] == ["one", "two"]
    assert "drafts/top/draft.html" in build.files()
    assert "calm/one-fr.html" in build.files()
    assert f"/{one}" in build.page("letters/anna-beck/2009/calm/top/former.html")
    assert "<h1>about</h1>" in re.sub(r"\s*\n\s*|(?<=h1) [^>]*", "", build.page("pages/2009-04-04-about.md/about.html"))


def test_a_missing_placeholder_is_reported(bare_site):
    """A file without a value for a placeholder of its address is named, with the cure and without a traceback."""
    bare_site.settings = (
        'PLUGINS = ["essay_series"]\nESSAY_SERIES_SITE = True\nARTICLE_URL = ARTICLE_SAVE_AS = "{mood}/{slug}.html"\n'
    )
    build = bare_site.essay("one").build()
    assert build.code == 1
    assert 'content/essays/one.md:1:1: the address needs "mood", which the file does not set' in build.said
    assert "Traceback" not in build.said


def test_another_plugin_may_change_addresses(bare_site):
    """Pages and feeds use the addresses of essays that another plugin moves or creates."""
    bare_site.settings = (
        'PLUGINS = ["essay_series", "mover"]\nESSAY_SERIES_SITE = True\nPLUGIN_PATHS += ["."]\n'
        'TAG_AUTHORITY = "a.org,2009-04-01"\n'
    )
    bare_site.write(
        "mover.py",
        """
        from pelican import signals
        from pelican.contents import Article

        def move(content):
            if getattr(content, "slug", "") == "one":
                content.override_url = content.override_save_as = "moved.html"

        def make(generator):
            first = generator.articles[0]
            facts = {"title": "Made", "slug": "made", "date": first.date, "category": first.category}
            generator.articles.append(Article("Text", facts, generator.settings, "made.md", generator.context))

        def register():
            signals.content_object_init.connect(move)
            signals.article_generator_pretaxonomy.connect(make)
        """,
    )
    build = built(bare_site.essay("one", Series="turnings").essay("two", Series="turnings"))
    urls = [item["url"].rpartition("/")[2] for item in json.loads(build.page("feeds/all.json"))["items"]]
    assert sorted(urls) == ["made.html", "moved.html", "two.html"]


def test_all_output_paths_are_known_before_the_build(site):
    """Every page of a build is that of a source or in the list of made files, so none is overwritten."""
    site.sample().settings = 'BOOK_FORMATS = ["page"]\nOFFLINE = True\nSEARCH_INDEX = True\n'
    build = built(site.essay("price-pt", Slug="price", Lang="pt", Aliases="old"))
    with contextlib.chdir(site.folder):
        written = open_manuscript()
    made = own_paths(written)
    known = {address.path for address in written.addresses.values()} | made.keys()
    known |= {file_at(then) for then in Published.of(written).former}
    assert {path for path in build.files() if path.endswith(".html")} <= known
    assert {"archive/index.html", "search/index.html", "feeds/index.html", "offline/index.html", "sw.js"} <= made.keys()


@pytest.mark.parametrize("name", ["archive", "search", "feeds", "offline", "index", "manifest"])
def test_a_page_at_a_taken_path_is_reported(site, name):
    """A page at the path of a generated one is reported with its place, and nothing is overwritten."""
    site.settings = "OFFLINE = True\nSEARCH_INDEX = True\n"
    place = {"index": "Save_as: index.html\n", "manifest": "Save_as: manifest.json\n"}.get(name, "")
    site.essay("one").write(f"content/pages/{name}.md", f"Title: {name}\n{place}\nText.\n")
    build = site.build()
    assert build.code == 1
    line = 2 if place else 1
    assert re.search(
        rf"content/pages/{name}\.md:{line}:\d+: the output path .* is taken by [^\n]* \[repeated-address\]", build.said
    )
    assert "Traceback" not in build.said


def test_a_page_may_be_the_home_page(bare_site):
    """If the settings do not ask for the template index, a page may be the home page."""
    bare_site.settings = 'PLUGINS = ["essay_series"]\nESSAY_SERIES_SITE = True\nDIRECT_TEMPLATES = ["archives"]\n'
    bare_site.write("content/pages/home.md", "Title: At home\nSave_as: index.html\nUrl: index.html\n\nWelcome.\n")
    assert "Welcome" in built(bare_site.essay("one")).page("index.html")


FORGETFUL = """
from essay_series.adapter.outputs.writer import CollectingWriter
write = CollectingWriter.write_file
def forgetful(self, name, *args, **how):
    return name == "series/turnings/index.html" or write(self, name, *args, **how)
CollectingWriter.write_file = forgetful
"""
NOVEL = """
from dataclasses import replace
from essay_series import views
from essay_series.model import Address
pages = views.pages
def more_pages(shelf):
    found = pages(shelf)
    novel = replace(found["archive/index.html"], address=Address("novel/index.html", "novel/"), template="novel")
    return {**found, "novel/index.html": novel}
views.pages = more_pages
THEME_TEMPLATES_OVERRIDES = [*THEME_TEMPLATES_OVERRIDES, "own"]
"""


def test_a_view_without_a_page_ends_the_build(site):
    """If the page of any view is left out, the build fails and the old output is kept."""
    site.settings = FORGETFUL
    build = site.essay("one", Series="turnings").build()
    assert build.code == 1
    assert "There is no page for series/turnings/index.html" in build.said
    assert not build.output.exists() or not list(build.output.iterdir())


def test_a_new_kind_of_page_is_written(site):
    """A new kind of page needs a view and a template, and nothing else."""
    site.settings = NOVEL
    site.write("own/novel.html", "<h1>Novel</h1>{{ views[output_file].address.url }}").essay("one")
    assert built(site).page("novel/index.html") == "<h1>Novel</h1>novel/"


RST = """
Gain
####

:date: 2009-04-02
:series: turnings
:side: benefit
:answers: price
:entry: A gain.
:tags: let-go, wait
:lang: en
:summary: What *is* gained.

Gained, and `linked <{filename}price.md>`_ -- see `Places`_.

Places
======

.. image:: {static}/images/a.png
   :alt: A.
"""
HTML = (
    "<html><head><title>Closing &amp; more</title><meta name='date' content='2009-04-03'>"
    "<meta name='series' content='turnings'><meta name='keywords' content='wait'></head>"
    "<body><p>The <a href='{filename}gain.rst'>end</a>.</p></body></html>"
)


def test_articles_in_other_formats_are_parts(site):
    """An article in reStructuredText or HTML is in series, ledger, playbook, feeds, record and copies."""
    site.settings = 'COPIES = ["md", "bib"]\n'
    site.essay("price", Series="turnings", Side="cost", Answers="gain", Entry="A price.", Tags="let-go")
    site.write("content/essays/gain.rst", RST).write("content/essays/closing.html", HTML)
    site.write("content/images/a.png", b"\x89PNG")
    build = built(site)
    assert "Part 2 of 3" in build.page("essays/gain/index.html")
    assert 'href="/essays/gain/"' in build.page("essays/closing/index.html")
    assert {"gain", "price"} <= {
        part["slug"] for part in json.loads(build.page("series/turnings/ledger.json"))["parts"]
    }
    titles = [item["title"] for item in json.loads(build.page("feeds/series/turnings.json"))["items"]]
    assert titles == ["Price", "Gain", "Closing & more"]
    assert "playbook/wait/index.html" in build.files()
    assert {"essays/price/index.md", "essays/gain/index.bib"} <= build.files().keys()
    assert "essays/gain/index.md" not in build.files()
    with contextlib.chdir(site.folder):
        written = open_manuscript()
    assert {"/essays/gain/", "/essays/closing/"} <= Published.of(written).ids.keys()
    assert written.by_path["essays/gain.rst"].fields["answers"].line == 7


def test_articles_in_other_formats_are_checked(site):
    """Values of an article in reStructuredText or HTML are checked, each with its own place."""
    wrong = RST.replace("answers: price", "answers: prise").replace("2009-04-02", "01/04/2009")
    site.essay("price", Series="turnings", Side="cost", Entry="A price.").write("content/essays/gain.rst", wrong)
    site.write("content/essays/closing.html", HTML.replace("gain.rst", "lost.rst").replace("><body", ">\n<body"))
    build = site.build()
    assert build.code == 1
    assert "content/essays/gain.rst:4:8: " in build.said
    assert "[unreadable-date]" in build.said
    assert re.search(r"content/essays/gain\.rst:7:11: .*\[unknown-answer\]", build.said)
    assert re.search(r"content/essays/closing\.html:\d:1: there is no file \"essays/lost\.rst\"", build.said)


def test_readers_of_other_plugins_are_used(bare_site):
    """An article that another plugin's reader reads is a part of its series."""
    bare_site.settings = 'PLUGINS = ["essay_series", "shouting"]\nESSAY_SERIES_SITE = True\nPLUGIN_PATHS += ["."]\n'
    bare_site.write(
        "shouting.py",
        """
        from pathlib import Path
        from pelican import signals
        from pelican.readers import BaseReader

        class Shouting(BaseReader):
            file_extensions = ["loud"]

            def read(self, path):
                facts = {"title": "Loud", "date": "2009-04-02", "series": "Turnings"}
                text = Path(path).read_text().upper()
                return text, {key: self.process_metadata(key, value) for key, value in facts.items()}

        def register():
            signals.readers_init.connect(lambda readers: readers.reader_classes.update(loud=Shouting), weak=False)
        """,
    )
    build = built(bare_site.essay("one", Series="Turnings").write("content/essays/two.loud", "<p>hear</p>"))
    items = json.loads(build.page("feeds/series/turnings.json"))["items"]
    assert [item["title"] for item in items] == ["One", "Loud"]
    assert "HEAR" in items[1]["content_html"]


def test_the_gate_knows_drafts_in_other_formats():
    """The gate knows the sentences, the title and the address of a draft that is not in Markdown."""
    facts = {"title": "An unheard thing", "status": "draft"}
    html = "<p>Nobody but <em>me</em> may read this sentence of mine.</p>"
    draft = read_elsewhere("essays/draft.rst", "essay", b"An unheard thing", facts, html)
    found = {secret.words for secret in secrets(manuscript([draft], ["essays/draft.rst"], a_config()))}
    assert {"An unheard thing", "Nobody but me may read this sentence of mine."} <= found
