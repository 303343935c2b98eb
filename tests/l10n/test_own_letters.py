"""Addresses and anchors in non-Latin letters: in links, feeds, the record and server files."""

from __future__ import annotations

import re
from html import unescape
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

import pytest
from lxml import etree
from pelican.utils import slugify as pelican_slugify

from builders import Build, SiteTest, a_config, a_manuscript, an_essay, views_of
from essay_series.cli.write.new import plan
from essay_series.cli.write.new_file import slug_of
from essay_series.metadata.cite import key_of

pytestmark = pytest.mark.site

STEP, WORLD = "первый-шаг", "こんにちは世界"
ROOT = "https://e.example"


@pytest.fixture(scope="module")
def published(tmp_path_factory) -> Build:
    """Publish a site whose names and headings are Russian, Japanese and Hebrew."""
    site = SiteTest(tmp_path_factory.mktemp("letters"), "SLUGIFY_USE_UNICODE = True\n")
    to_heading = f"[шаг]({{filename}}/essays/{STEP}.md#первый-раздел), [ここ](#見出し)."
    world = {"Series": "微革命", "Side": "cost", "Answers": STEP, "Entry": "S.", "Tags": "дать-волю", "Summary": "S."}
    site.essay(WORLD, f"## 見出し\n\n{to_heading}", Title=WORLD, Lang="en", **world)
    step = {**world, "Side": "benefit", "Answers": WORLD, "Aliases": "/essays/старый-шаг/"}
    site.essay(STEP, f"## Первый раздел\n\n[назад]({{filename}}/essays/{WORLD}.md)", Title="Первый шаг", **step)
    site.write("content/essays/shalom.md", "Title: שלום\nSlug: שלום\nDate: 2009-04-03\nSummary: S.\n\nText.\n")
    site.write("content/series/微革命.md", "Title: 微革命\nSummary: S.\n\nText.\n")
    site.write("content/playbook/дать-волю.md", "Title: Дать волю\nSummary: S.\n\nText.\n")
    build = site.publish(ROOT)
    assert build.code == 0, build.said
    return build


def test_every_link_leads_to_a_file_and_an_anchor(published):
    """File names and anchors have the letters as they are; links may encode them."""
    files = published.files()
    pages = {path: data.decode() for path, data in files.items() if path.endswith(".html")}
    dead = []
    for path, page in pages.items():
        for target in map(unescape, re.findall(r'href="([^"]*)"', page)):
            parts = urlsplit(target.removeprefix(ROOT))
            if parts.scheme or parts.netloc:
                continue
            file = unquote(parts.path).lstrip("/") if parts.path else path
            file = f"{file}index.html" if file.endswith("/") or not file else file
            place = unquote(parts.fragment.partition(":~:")[0])
            if file not in files or (place and f'id="{place}"' not in unescape(files[file].decode())):
                dead.append((path, target))
    assert dead == []
    assert f"essays/{WORLD}/index.html" in files
    assert 'id="первый-раздел"' in pages[f"essays/{STEP}/index.html"]


def test_feeds_sitemap_and_redirects_have_encoded_addresses(published):
    """Feeds, sitemap and redirects percent-encode every address."""
    addresses = [
        *etree.fromstring(published.files()["sitemap.xml"]).xpath("//*[local-name()='loc']/text()"),
        *etree.fromstring(published.files()["feeds/all.rss.xml"]).xpath("//link/text() | //guid/text()"),
        *etree.fromstring(published.files()["feeds/all.atom.xml"]).xpath("//@href | //*[local-name()='id']/text()"),
        *(line.split()[1] for line in published.page("_redirects").splitlines() if line.startswith("/")),
    ]
    assert len(addresses) > 20
    assert [each for each in addresses if not each.isascii()] == []
    assert f"/essays/{STEP}/" in {unquote(each) for each in addresses}


def test_the_record_has_readable_addresses(published):
    """The record has each address in its own letters."""
    record = (published.output.parent / "content/published.toml").read_text(encoding="utf-8")
    assert f'"/essays/{WORLD}/" = ' in record
    assert '"/essays/старый-шаг/" = ' in record


def test_anchors_of_a_book_are_names_in_xml(published):
    """On the page of the book each heading has an id that is a valid XML name."""
    ids = re.findall(r' id="([^"]*)"', published.page("series/微革命/book/index.html"))
    assert {f"part-{STEP}--первый-раздел", f"part-{WORLD}--見出し"} <= {*ids}
    assert [name for name in ids if not re.fullmatch(r"[^\W\d][\w.-]*", name)] == []


def slugify(name: str) -> str:
    """Return a slug as Pelican makes it with ``SLUGIFY_USE_UNICODE``."""
    subs = [(r"[^\w\s-]", ""), (r"(?u)\A\s*", ""), (r"(?u)\s*\Z", ""), (r"[-\s]+", "-")]
    return pelican_slugify(name, subs, use_unicode=True)


@pytest.mark.parametrize("title", [WORLD, "Первый шаг", "שלום עולם", "مرحبا"])
def test_a_new_file_has_the_letters_of_its_title(title):
    """`make new` names the file after its title, in the title's letters, without a slug in the header."""
    made = plan({"TITLE": title}, a_manuscript({}, slugify=slugify))
    assert PurePosixPath(made.path).stem == slugify(title) == slug_of(title, a_config(slugify=slugify))
    assert "\nSlug:" not in made.text.partition("<!--")[0]


def test_bibtex_keys_are_distinct_without_latin_letters():
    """Two essays without Latin letters in their slugs get different BibTeX keys."""
    views = views_of(an_essay("первый"), an_essay("второй")).values()
    keys = {key_of(view) for view in views if view.template == "article"}
    assert len(keys) == 2
    assert all(key.isascii() for key in keys)
