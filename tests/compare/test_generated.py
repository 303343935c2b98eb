"""The generated site uses every feature there is, so that no comparison goes without one."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import fields
from urllib.parse import urlsplit

import pytest

from builders import PATTERNS, PROJECT
from compare import generated
from compare.blocks import BLOCKS, block
from compare.builds import write
from compare.compare import recipes
from compare.essays import COUNT
from essay_series import checks, views
from essay_series.adapter.reading.sources import open_manuscript
from essay_series.adapter.settings.defaults import OWN_DEFAULTS
from essay_series.feeds.topics import topics
from essay_series.l10n import ENGLISH
from essay_series.model import PUBLISHED, Address
from essay_series.routes import Routes
from essay_series.sources.keys import KEYS
from essay_series.sources.manuscript import Manuscript
from essay_series.sources.published import Published
from essay_series.views.shapes.pages import PageView
from essay_series.views.shapes.service import OfflineView

TEXTS = list(generated.texts())
NOT_SWITCHED_ON = {"PREVIEW", "AS_OF", "PUBLIC_KEYS", "HOUSE_STYLE", "BUILD_WORKERS", "TAG_AUTHORITY", "FEED_ICON"}
NOT_SWITCHED_ON |= {"SERIES_LIST_SAVE_AS", "SERIES_LIST_URL", "CATALOGUES"}
"""What `make serve` sets, only another day needs, only sites without a vocabulary can use, what changes no page, and
what is worked out where no setting says it; the list of series is for a site whose front page is another's, and
catalogues are files beside the settings."""
SETTINGS = ("plugins/essay_series/site.py", "pelicanconf.py", "publishconf.py")
OF_THE_BUILD = {"content", "downloads"}
"""Fields of views that are empty until texts are converted and files made."""
OF_NO_PAGE = {("HomeView", name) for name in ("title", "summary", "about")} | {("OfflineView", "summary")}
"""Fields that are there for the sake of the other views, as `lang` and `listed` are; what a site is about stands on the
front page of a site of one series."""


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Manuscript:
    """Return the manuscript of the generated site, as a build reads it."""
    folder = tmp_path_factory.mktemp("generated")
    write(generated.files(), folder / "content")
    conf = (PROJECT / "pelicanconf.py").read_text(encoding="utf-8")
    (folder / "pelicanconf.py").write_text(f"{conf}{generated.SETTINGS}", encoding="utf-8")
    own = {"PATH": str(folder / "content"), "CACHE_PATH": str(folder / "cache")}
    return open_manuscript(str(folder / "pelicanconf.py"), own)


def test_the_site_is_the_same_each_time():
    """Both sides of a comparison, on whatever day and machine, get the same files."""
    assert generated.files() == generated.files()


def test_the_site_has_no_mistakes_and_a_hundred_essays(site):
    """A commit that builds at all builds this site."""
    assert checks.run(site) == []
    assert sum(e.status == PUBLISHED and e.lang == "en" for e in site.essays.values()) == COUNT == 100


@pytest.mark.parametrize("key", KEYS, ids=lambda key: f"{key.name}-{key.kinds[0]}")
def test_every_key_of_the_front_matter_is_written(key, site):
    """Each key stands in a file of each kind that it is a key of, and a choice has each of its values somewhere."""
    told = [source for source in site.sources if source.text(key.name.lower())]
    assert set(key.kinds) <= {source.kind for source in told}
    told = [source for source in told if source.kind in key.kinds]
    assert set(key.choices) <= {source.text(key.name.lower()) for source in told}


@pytest.fixture(scope="module")
def shown(site) -> Collection[views.View]:
    """Return all that the pages of a preview show, without the texts, which only a build converts."""
    documents = [
        views.Document(
            source.text("title"),
            source.text("summary") or "A page.",
            "The text.",
            address=Address(source.path, source.path),
            status=source.text("status") or PUBLISHED,
        )
        for source in site.sources
        if source.kind == "page"
    ]
    unlisted = [essay for essay in site.essays.values() if essay.status != PUBLISHED]
    service = {"SEARCH_SAVE_AS": "search/index.html", "OFFLINE_SAVE_AS": "offline/index.html"}
    routes = Routes({**PATTERNS, **service}, "{lang}/", "en")
    page_context = views.PageContext(
        site.site,
        routes,
        unlisted=tuple(unlisted),
        documents=tuple(documents),
        playbook=views.Document("The playbook", "All plays.", "The text."),
        topics=topics(site.site, routes, ENGLISH),
        name="A site",
        now=site.config.now,
        copies=("md", "bib", "csl.json"),
        cards=True,
        offline=True,
        book=True,
        preview=True,
    )
    return views.pages(page_context).values()


@pytest.mark.parametrize("kind", views.KINDS, ids=lambda kind: kind.__name__)
def test_every_kind_of_page_shows_all_that_it_can_show(kind, shown):
    """The site has a page of each kind, and each field of its view is filled on one of them."""
    ours = [view for view in shown if isinstance(view, kind)]
    assert ours
    names = {each.name for each in fields(kind)} - OF_THE_BUILD - {"lang", "listed"}
    empty = {(kind.__name__, name) for name in names if not any(getattr(view, name) for view in ours)}
    assert empty <= OF_NO_PAGE


def test_the_record_knows_the_address_of_every_page(site):
    """What `sources.published` says that readers may keep includes every page that is made from the sources."""
    topics_of_site = Published.of(site).topics
    page_context = views.PageContext(site.site, site.config.routes, topics=topics_of_site, book=True)
    made = views.pages(page_context).values()
    assert {type(view) for view in made} == {*views.KINDS} - {OfflineView, PageView}
    assert {f"/{view.address.url}" for view in made} - Published.of(site).addresses == set()


@pytest.mark.parametrize("setting", sorted(name for name, default in OWN_DEFAULTS.items() if not default))
def test_every_setting_that_is_off_unless_it_is_wanted_is_on(setting):
    """Whatever the plugin does on demand alone, the published site asks for."""
    if setting not in NOT_SWITCHED_ON:
        texts = [(PROJECT / name).read_text(encoding="utf-8") for name in SETTINGS]
        values = re.findall(
            rf"^{setting} = (.+)$", "\n".join([*texts[:2], generated.SETTINGS, *texts[2:]]), re.MULTILINE
        )
        assert values
        assert values[-1] not in ('""', "[]", "False", "None")


@pytest.mark.parametrize("name", BLOCKS)
def test_every_piece_of_markdown_stands_in_an_essay(name):
    """No piece of Markdown is left out of the published essays."""
    opening = block(name, 0).splitlines()[0].split("0")[0]
    bodies = "\n".join(text.body for text in TEXTS if text.path.startswith("essays/e"))
    assert f"## {name.capitalize()}\n\n{opening}" in bodies


def test_the_site_is_published_at_more_than_one_kind_of_address():
    """There is an address of its own domain, and one below a folder of a host with a port."""
    addresses = [urlsplit(recipe.address) for recipe in recipes({})]
    assert {(bool(each.port), bool(each.path)) for each in addresses} == {(False, False), (True, True)}


def test_a_key_that_a_commit_does_not_know_is_left_out():
    """A commit older than a key is given the site without it, and other kinds of file keep theirs."""
    keys = {key.name for key in KEYS}
    files = generated.files({"essay": keys - {"Revision", "Summary"}})
    essays = b"".join(data for path, data in files.items() if path.startswith("essays/"))
    assert b"\nRevision:" not in essays
    assert b"\nModified:" in essays
    assert b"\nSummary:" in files["series/plain.md"]


def test_a_translation_is_left_out_where_a_commit_knows_no_language_of_its_kind():
    """A series in German is not written without its language, as a second file of the same slug; German essays stay."""
    files = generated.files({"series": {"Title", "Slug", "Summary"}})
    assert "series/turnings.md" in files
    assert "series/turnings-de.md" not in files
    assert {"essays/e002-de.md", "playbook/name-it-de.md"} <= files.keys()
