"""Who writes is said everywhere where somebody is named, and nowhere where nobody is."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import UTC, datetime

import pytest
from lxml import html

from builders import SiteTest, a_part, views_of
from essay_series.book.epub import Leaf, epub
from essay_series.book.facts import Facts
from essay_series.cards.card import card_of

DAY = datetime(2009, 4, 1, tzinfo=UTC)
NAMED = "AUTHOR = 'Ada Named'\nSITEURL = 'https://e.example'\n"


@pytest.fixture(scope="module")
def named(tmp_path_factory):
    """Return a site of three essays with an author, one of them by a guest."""
    site = SiteTest(tmp_path_factory.mktemp("named"), settings=NAMED)
    site.essay("one", Series="turnings").essay("two", Series="turnings", Date="2009-04-02")
    site.essay("lent", Author="Guest Writer").write("content/pages/about.md", "Title: About\n\nText.\n")
    built = site.build()
    assert built.code == 0, built.said
    return built


def shown(page: str) -> str:
    """Return what readers see of `page`, on one line."""
    body = html.document_fromstring(page).body
    for hidden in body.xpath(".//*[@hidden]"):
        hidden.drop_tree()
    return " ".join(body.text_content().split())


@pytest.mark.site
@pytest.mark.parametrize("path", ["index.html", "about/index.html", "archive/index.html", "essays/one/index.html"])
def test_the_author_of_a_site_is_named_once_on_its_pages(named, path):
    """Home, about, archive and each essay say who writes."""
    page = html.document_fromstring(named.page(path)).body
    for citation in page.xpath(".//details"):
        citation.drop_tree()
    assert " ".join(page.text_content().split()).count("Ada Named") == 1


@pytest.mark.site
def test_an_essay_by_another_names_only_that_one(named):
    """A guest's essay is the guest's, on its page, in its citation and in feeds."""
    text = shown(named.page("essays/lent/index.html"))
    assert "Guest Writer" in text
    assert "Ada Named" not in text
    items = json.loads(named.page("feeds/all.json"))["items"]
    assert [item.get("authors") for item in items if "lent" in item["url"]] == [[{"name": "Guest Writer"}]]


@pytest.mark.site
def test_feeds_and_citations_name_the_author(named):
    """Atom, RSS, JSON and the list of feeds have the author, in the places that each of them has for it."""
    assert "<author><name>Ada Named</name>" in named.page("feeds/all.atom.xml")
    assert named.page("feeds/all.rss.xml").count("<dc:creator>Ada Named</dc:creator>") == 2
    assert json.loads(named.page("feeds/all.json"))["authors"][0]["name"] == "Ada Named"
    assert "<ownerName>Ada Named</ownerName>" in named.page("feeds/all.opml")
    assert "Ada Named, “One”" in shown(named.page("essays/one/index.html"))


def the_package(author: str) -> str:
    """Return the package document of a book."""
    facts = Facts("Title", author, "A site", "", "en", "ltr", "urn:x:1", DAY, DAY, "")
    leaves = [
        Leaf("title.xhtml", "Title", "titlepage", "<h1>Title</h1>"),
        Leaf("a.xhtml", "A", "chapter", "<h1>A</h1>"),
    ]
    with zipfile.ZipFile(io.BytesIO(epub(facts, leaves))) as packed:
        return packed.read("EPUB/content.opf").decode()


def test_a_book_has_its_author_or_none():
    """An EPUB names who wrote it, and beside that the site that published it; nobody is made up."""
    assert ">Ada Named</dc:creator>" in the_package("Ada Named")
    assert "<dc:publisher>A site</dc:publisher>" in the_package("")
    assert "dc:creator" not in the_package("")


def test_a_card_is_signed_with_the_author_where_there_is_one():
    """The site's name stands on every card, alone where nobody is named."""
    views = views_of(a_part("one"), a_part("two", author="Guest Writer"))
    signed = {
        view.title: card_of(view, "A site", "", str, author="Ada Named").signature
        for view in views.values()
        if view.title in ("One", "Two")
    }
    assert signed == {"One": "A site · Ada Named", "Two": "A site · Guest Writer"}
    (view,) = (view for view in views.values() if view.title == "One")
    assert card_of(view, "A site", "", str).signature == "A site"
