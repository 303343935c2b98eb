"""The generated site uses every feature, so that every comparison covers it."""

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
"""Settings that change no page, need files of their own, have a computed default, or suit only other kinds of site."""
SETTINGS = ("plugins/essay_series/site.py", "pelicanconf.py", "publishconf.py")
BUILD_FIELDS = {"content", "downloads"}
"""Fields of views that are empty until texts are converted and files written."""
UNUSED_FIELDS = {("HomeView", name) for name in ("title", "summary", "about")} | {("OfflineView", "summary")}
"""Fields that only the other views fill; a site of one series shows what it is about on its front page."""


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Manuscript:
    """Return the manuscript of the generated site, as a build reads it."""
    folder = tmp_path_factory.mktemp("generated")
    write(generated.files(), folder / "content")
    conf = (PROJECT / "pelicanconf.py").read_text(encoding="utf-8")
    (folder / "pelicanconf.py").write_text(f"{conf}{generated.SETTINGS}", encoding="utf-8")
    own = {"PATH": str(folder / "content"), "CACHE_PATH": str(folder / "cache")}
    return open_manuscript(str(folder / "pelicanconf.py"), own)


def test_the_generated_site_is_always_the_same():
    """Generating the site twice gives the same files."""
    assert generated.files() == generated.files()


def test_the_generated_site_has_no_problems(site):
    """The checks find nothing, and a hundred essays are published."""
    assert checks.run(site) == []
    assert sum(e.status == PUBLISHED and e.lang == "en" for e in site.essays.values()) == COUNT == 100


@pytest.mark.parametrize("key", KEYS, ids=lambda key: f"{key.name}-{key.kinds[0]}")
def test_every_front_matter_key_is_used(key, site):
    """Each key is used in a file of each of its kinds, with each of its choices."""
    sources = [source for source in site.sources if source.text(key.name.lower())]
    assert set(key.kinds) <= {source.kind for source in sources}
    sources = [source for source in sources if source.kind in key.kinds]
    assert set(key.choices) <= {source.text(key.name.lower()) for source in sources}


OF_SOME_KINDS = ("alternates", "card")
"""Fields that every view has, and only some kinds of pages fill."""


@pytest.fixture(scope="module")
def page_views(site) -> Collection[views.View]:
    """Return the views of a preview, without converted texts."""
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
def test_every_field_of_every_view_is_filled(kind, page_views):
    """The site has a page of each kind, and fills each field of its view on one of them."""
    ours = [view for view in page_views if isinstance(view, kind)]
    assert ours
    names = {each.name for each in fields(kind)} - BUILD_FIELDS - {"lang", "listed", *OF_SOME_KINDS}
    empty = {(kind.__name__, name) for name in names if not any(getattr(view, name) for view in ours)}
    assert empty <= UNUSED_FIELDS


@pytest.mark.parametrize("name", OF_SOME_KINDS)
def test_a_field_of_some_kinds_is_filled(name, page_views):
    """A field that every view has, and only some kinds of pages fill, is filled on several kinds."""
    kinds = {type(view) for view in page_views if getattr(view, name)}
    assert {views.EssayView, views.LedgerView, views.PlayView} <= kinds


def test_the_record_knows_the_address_of_every_page(site):
    """What `sources.published` says that readers may keep includes every page that is made from the sources."""
    topics_of_site = Published.of(site).topics
    page_context = views.PageContext(site.site, site.config.routes, topics=topics_of_site, book=True)
    made = views.pages(page_context).values()
    assert {type(view) for view in made} == {*views.KINDS} - {OfflineView, PageView}
    assert {f"/{view.address.url}" for view in made} - Published.of(site).addresses == set()


@pytest.mark.parametrize("setting", sorted(name for name, default in OWN_DEFAULTS.items() if not default))
def test_every_optional_feature_is_switched_on(setting):
    """The published site switches on every setting that is off by default."""
    if setting not in NOT_SWITCHED_ON:
        texts = [(PROJECT / name).read_text(encoding="utf-8") for name in SETTINGS]
        values = re.findall(
            rf"^{setting} = (.+)$", "\n".join([*texts[:2], generated.SETTINGS, *texts[2:]]), re.MULTILINE
        )
        assert values
        assert values[-1] not in ('""', "[]", "False", "None")


@pytest.mark.parametrize("name", BLOCKS)
def test_every_piece_of_markdown_is_used(name):
    """Each piece of Markdown is in a published essay."""
    opening = block(name, 0).splitlines()[0].split("0")[0]
    bodies = "\n".join(text.body for text in TEXTS if text.path.startswith("essays/e"))
    assert f"## {name.capitalize()}\n\n{opening}" in bodies


def test_the_site_is_published_at_more_than_one_kind_of_address():
    """The sites are published at the root of a host, and in a folder on a host with a port."""
    addresses = [urlsplit(recipe.address) for recipe in recipes({})]
    assert {(bool(each.port), bool(each.path)) for each in addresses} == {(False, False), (True, True)}


def test_keys_that_a_commit_does_not_know_are_left_out():
    """A key that is unknown for one kind is left out there, and stays in others."""
    keys = {key.name for key in KEYS}
    files = generated.files({"essay": keys - {"Revision", "Summary"}})
    essays = b"".join(data for path, data in files.items() if path.startswith("essays/"))
    assert b"\nRevision:" not in essays
    assert b"\nModified:" in essays
    assert b"\nSummary:" in files["series/plain.md"]


def test_translations_are_left_out_if_their_kind_has_no_language():
    """A translation whose kind has no key for the language is left out; others stay."""
    files = generated.files({"series": {"Title", "Slug", "Summary"}})
    assert "series/turnings.md" in files
    assert "series/turnings-de.md" not in files
    assert {"essays/e002-de.md", "playbook/name-it-de.md"} <= files.keys()
