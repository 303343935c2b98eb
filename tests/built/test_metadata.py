"""What machines are told of each page, read with the libraries that others read it with."""

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


def test_series_and_essays_speak_of_each_other(pages, essays):
    """The series has the parts that say that they are its own, at positions 1 to N, under the same names."""
    series = nodes(pages["series/the-shared-garden/index.html"])["CreativeWorkSeries"]
    postings = sorted((nodes(page)["BlogPosting"] for page in essays), key=lambda node: node["position"])
    assert [node["position"] for node in postings] == list(range(1, len(essays) + 1))
    assert {node["isPartOf"]["@id"] for node in postings} == {series["@id"]}
    told = [(part["@id"], part["position"], part["headline"]) for part in series["hasPart"]]
    assert told == [(node["@id"], node["position"], node["headline"]) for node in postings]


def test_every_id_that_a_page_names_is_said_by_one(pages):
    """No node points at something that no page describes, and every address is one of the site's pages."""
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


def test_the_trail_leads_from_the_front_page(pages):
    """Each page but the first says the way to it, step by step."""
    trail = nodes(pages["playbook/keep-a-diary/index.html"])["BreadcrumbList"]["itemListElement"]
    assert [(step["position"], step["name"]) for step in trail] == [
        (1, "Allotment Letters"),
        (2, "The garden playbook"),
        (3, "Keep a diary"),
    ]
    assert "BreadcrumbList" not in nodes(pages["index.html"])


def test_microformats_tell_name_address_author_date_and_text(essays):
    """A parser of microformats reads each essay whole."""
    for page in essays:
        (entry,) = (item for item in mf2py.parse(doc=page)["items"] if "h-entry" in item["type"])
        found = entry["properties"]
        assert " ".join(found["name"][0].split()) == meta(page)["og:title"]
        assert found["url"] == [meta(page)["og:url"]]
        assert " ".join(found["author"][0]["properties"]["name"][0].split()) == "Allotment Letters"
        assert found["published"] == [meta(page)["article:published_time"]]
        assert len(words(found["content"][0]["value"])) > 300


def test_the_archive_is_a_feed_of_entries(pages, essays):
    """A parser of microformats finds every essay in the archive, with its address."""
    feeds = [
        item
        for item in mf2py.parse(doc=pages["archive/index.html"], url=f"{ROOT}/archive/")["items"]
        if "h-feed" in item["type"]
    ]
    found = {entry["properties"]["url"][0] for feed in feeds for entry in feed["children"]}
    assert found == {meta(page)["og:url"] for page in essays}


def test_an_extractor_reads_title_day_and_text(essays):
    """A reader's view has the exact title and day, and at least 98 in 100 words of the text, and of nothing else."""
    for page in essays:
        text = words(html.fromstring(page).find_class("e-content")[0].text_content())
        read = trafilatura.bare_extraction(page, with_metadata=True, include_comments=False, favor_recall=True)
        assert (read.title, read.date) == (meta(page)["og:title"], meta(page)["article:published_time"])
        shared = sum((Counter(text) & Counter(words(read.text))).values())
        assert shared / len(text) >= 0.98


def test_libraries_are_told_of_essays_alone(pages, essays):
    """Essays say title, day and address under Highwire's names, and no author where only the site's name is known."""
    for page in essays:
        found = meta(page)
        assert found["citation_publication_date"] == found["article:published_time"].replace("-", "/")
        assert found["citation_title"] == found["og:title"]
        assert found["og:type"] == "article"
        assert not {"author", "citation_author"} & found.keys()
    assert "citation_title" not in meta(pages["index.html"])


def test_a_person_is_told_apart_from_the_site():
    """An author's name is a person's; the site's own name as by-line is no person."""
    (view,) = (v for v in views_of(an_essay("one", author="B. Other")).values() if v.template == "article")
    assert graph(view, SITE)["@graph"][0]["author"] == {"@type": "Person", "name": "B. Other"}
    assert ("citation_author", "B. Other") in {(tag.name, tag.content) for tag in tags(view, SITE)}
    alone = Publication(ROOT, "A site", "A site", "", "en")
    (view,) = (v for v in views_of(an_essay("one")).values() if v.template == "article")
    assert graph(view, alone)["@graph"][0]["author"]["@type"] == "Organization"


def test_what_is_not_listed_is_not_described():
    """A hidden essay or a draft says nothing of itself to machines."""
    (view,) = (v for v in views_of(unlisted=(an_essay("one", status="hidden"),)).values() if v.template == "article")
    assert described(view, SITE) == ""


@given(st.text(), st.sampled_from(["</script>", "<!--", "]]>", '"', "'", "&quot;", "\u2028", "\x00", ">"]))
def test_no_title_breaks_out(text, hostile):
    """Whatever a title is, it is read back as it was, and ends neither its element nor its attribute."""
    title = f"{text}{hostile}{text}".encode("utf-8", "ignore").decode()
    (view,) = (v for v in views_of(an_essay("one", title=title)).values() if v.template == "article")
    said = described(view, SITE)
    assert json.loads(LD.search(said)[1])["@graph"][0]["headline"] == title
    assert said.count("<") == said.count("<meta ") + 2
    elements = html.fragments_fromstring(said)
    assert {element.tag for element in elements} == {"meta", "script"}
