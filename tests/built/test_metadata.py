"""The metadata of pages, read with the libraries that other programs use."""

from __future__ import annotations

import json
import re
from collections import Counter

import mf2py
import pytest
import trafilatura
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from builders import SiteTest, an_essay, views_of
from essay_series.metadata import Publication, described, graph, tags

pytestmark = pytest.mark.site

ROOT = "https://e.example"
SITE = Publication(ROOT, "A site", "A. Author", "What it is about", "en")
LD = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


@pytest.fixture(scope="module")
def pages(tmp_path_factory) -> dict[str, str]:
    """Return every page of the sample, as it is built for an address, by its path."""
    build = SiteTest(tmp_path_factory.mktemp("site"), settings=f"SITEURL = {ROOT!r}\n").sample().build()
    assert build.code == 0, build.said
    return {path: data.decode() for path, data in build.files().items() if path.endswith(".html")}


@pytest.fixture(scope="module")
def essays(pages) -> list[str]:
    """Return the page of each essay."""
    return [page for path, page in sorted(pages.items()) if path.startswith("essays/")]


def nodes(page: str) -> dict[str, dict]:
    """Return what a page says of itself, by type."""
    return {node["@type"]: node for node in json.loads(LD.search(page)[1])["@graph"]}


def words(text: str) -> list[str]:
    """Return the words of `text`."""
    return re.findall(r"\w+", text)


def meta(page: str) -> dict[str, str]:
    """Return the ``meta`` elements of a page."""
    found = html.fromstring(page).iterfind(".//meta[@content]")
    return {element.get("property") or element.get("name"): element.get("content") for element in found}


def test_series_and_essays_refer_to_each_other(pages, essays):
    """A series has the parts that refer to it, at positions 1 to N, under the same names."""
    series = nodes(pages["series/the-shared-garden/index.html"])["CreativeWorkSeries"]
    postings = sorted((nodes(page)["BlogPosting"] for page in essays), key=lambda node: node["position"])
    assert [node["position"] for node in postings] == list(range(1, len(essays) + 1))
    assert {node["isPartOf"]["@id"] for node in postings} == {series["@id"]}
    told = [(part["@id"], part["position"], part["headline"]) for part in series["hasPart"]]
    assert told == [(node["@id"], node["position"], node["headline"]) for node in postings]


def test_every_id_is_defined(pages):
    """Every id that a node refers to is defined on a page, and every URL is one of the site's pages."""
    described_ids, named, addresses = set(), set(), set()

    def walk(value, top):
        if isinstance(value, dict):
            if "@id" in value:
                (described_ids if top else named).add(value["@id"])
            addresses.update(value[key] for key in ("url", "item") if key in value)
            for each in value.values():
                walk(each, top=False)
        elif isinstance(value, list):
            for each in value:
                walk(each, top=False)

    for page in pages.values():
        for found in LD.findall(page):
            for node in json.loads(found)["@graph"]:
                walk(node, top=True)
    assert named - described_ids == {f"{ROOT}/#publisher"}
    known = {f"{ROOT}/{path.removesuffix('index.html')}" for path in pages}
    assert addresses <= known


def test_breadcrumbs_start_at_the_home_page(pages):
    """Each page but the home page has breadcrumbs from there."""
    trail = nodes(pages["playbook/keep-a-diary/index.html"])["BreadcrumbList"]["itemListElement"]
    assert [(step["position"], step["name"]) for step in trail] == [
        (1, "Allotment Letters"),
        (2, "The garden playbook"),
        (3, "Keep a diary"),
    ]
    assert "BreadcrumbList" not in nodes(pages["index.html"])


def test_essays_are_microformats(essays):
    """A microformats parser finds name, URL, author, date and text of each essay."""
    for page in essays:
        (entry,) = (item for item in mf2py.parse(doc=page)["items"] if "h-entry" in item["type"])
        found = entry["properties"]
        assert " ".join(found["name"][0].split()) == meta(page)["og:title"]
        assert found["url"] == [meta(page)["og:url"]]
        assert " ".join(found["author"][0]["properties"]["name"][0].split()) == "Allotment Letters"
        assert found["published"] == [meta(page)["article:published_time"]]
        assert len(words(found["content"][0]["value"])) > 300


def test_the_archive_is_an_h_feed(pages, essays):
    """A microformats parser finds every essay in the archive, with its URL."""
    feeds = [
        item
        for item in mf2py.parse(doc=pages["archive/index.html"], url=f"{ROOT}/archive/")["items"]
        if "h-feed" in item["type"]
    ]
    found = {entry["properties"]["url"][0] for feed in feeds for entry in feed["children"]}
    assert found == {meta(page)["og:url"] for page in essays}


def test_an_extractor_reads_title_day_and_text(essays):
    """Reader views find the exact title and date, and at least 98 of 100 words of the text and nothing else."""
    for page in essays:
        text = words(html.fromstring(page).find_class("e-content")[0].text_content())
        read = trafilatura.bare_extraction(page, with_metadata=True, include_comments=False, favor_recall=True)
        assert (read.title, read.date) == (meta(page)["og:title"], meta(page)["article:published_time"])
        shared = sum((Counter(text) & Counter(words(read.text))).values())
        assert shared / len(text) >= 0.98


def test_only_essays_have_citation_metadata(pages, essays):
    """Essays have Highwire's title, date and URL, and no author if only the site's name is known."""
    for page in essays:
        found = meta(page)
        assert found["citation_publication_date"] == found["article:published_time"].replace("-", "/")
        assert found["citation_title"] == found["og:title"]
        assert found["og:type"] == "article"
        assert not {"author", "citation_author"} & found.keys()
    assert "citation_title" not in meta(pages["index.html"])


def test_an_author_is_a_person_unless_it_is_the_site():
    """An author's name is a Person; the site's own name as by-line is not."""
    (view,) = (v for v in views_of(an_essay("one", author="B. Other")).values() if v.template == "article")
    assert graph(view, SITE)["@graph"][0]["author"] == {"@type": "Person", "name": "B. Other"}
    assert ("citation_author", "B. Other") in {(tag.name, tag.content) for tag in tags(view, SITE)}
    alone = Publication(ROOT, "A site", "A site", "", "en")
    (view,) = (v for v in views_of(an_essay("one")).values() if v.template == "article")
    assert graph(view, alone)["@graph"][0]["author"]["@type"] == "Organization"


def test_unlisted_pages_have_no_metadata():
    """A hidden essay or a draft has no metadata."""
    (view,) = (v for v in views_of(unlisted=(an_essay("one", status="hidden"),)).values() if v.template == "article")
    assert described(view, SITE) == ""


@given(st.text(), st.sampled_from(["</script>", "<!--", "]]>", '"', "'", "&quot;", "\u2028", "\x00", ">"]))
def test_titles_are_escaped(text, hostile):
    """Any title is read back as it was, and ends neither its element nor its attribute."""
    title = f"{text}{hostile}{text}".encode("utf-8", "ignore").decode()
    (view,) = (v for v in views_of(an_essay("one", title=title)).values() if v.template == "article")
    said = described(view, SITE)
    assert json.loads(LD.search(said)[1])["@graph"][0]["headline"] == title
    assert said.count("<") == said.count("<meta ") + 2
    elements = html.fragments_fromstring(said)
    assert {element.tag for element in elements} == {"meta", "script"}
