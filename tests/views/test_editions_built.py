"""A small site in two languages, built once: what readers of the second one find, and where it leads them."""

from __future__ import annotations

import re

import pytest

from builders import SiteTest

pytestmark = pytest.mark.site


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """Return a site with a series of three parts, two of them and everything else in German too."""
    site = SiteTest(tmp_path_factory.mktemp("editions"), "SEARCH_INDEX = True\n")
    site.write("content/series/turnings.md", "Title: Turnings\nSummary: What turns.\n\nText.\n")
    site.write("content/series/wendungen.md", "Title: Wendungen\nSlug: turnings\nLang: de\n\nDeutscher Text.\n")
    site.write("content/playbook/let-go.md", "Title: Let go\n\nText.\n")
    site.write("content/playbook/loslassen.md", "Title: Loslassen\nSlug: let-go\nLang: de\n\nDeutscher Text.\n")
    site.write("content/playbook/guard.md", "Title: Guard\n\nText.\n")
    common = {"Series": "turnings", "Tags": "let-go, guard"}
    site.essay("price", Side="cost", Entry="The price.", Answers="gain", **common)
    revised = {"Modified": "2009-06-01", "Revision": "Clearer."}
    site.essay("gain", Date="2009-04-02", Side="benefit", Entry="The gain.", Answers="price", **common, **revised)
    site.essay("end", Date="2009-04-03", **common)
    site.essay("gewinn", Slug="gain", Lang="de", Title="Gewinn", Entry="Der Gewinn.", Follows="2009-05-01")
    site.essay("ende", Slug="end", Lang="de", Title="Ende", Follows="2009-06-01")
    done = site.build()
    assert done.code == 0, done.said
    return done


def test_a_language_has_pages_and_feeds_of_its_own(built):
    """Home page, ledger and its data, archive, playbook, a translated play with its sheet, a feed for each topic."""
    found = {path for path in built.files() if path.startswith(("de/", "feeds/de/"))}
    pages = {path for path in found if path.endswith((".html", "ledger.json")) and not path.startswith("feeds/")}
    assert pages == {
        *("de/index.html", "de/archive/index.html", "de/playbook/index.html"),
        *("de/series/turnings/index.html", "de/series/turnings/ledger.json"),
        *("de/playbook/let-go/index.html", "de/playbook/let-go/worksheet/index.html"),
    }
    feeds = {path.removesuffix(".atom.xml") for path in found if path.endswith(".atom.xml")}
    assert feeds == {f"feeds/de/{key}" for key in ("series/turnings", "sides/benefits", "plays/let-go")}
    assert 'xml:lang="de"' in built.page("feeds/de/series/turnings.atom.xml").partition("<entry")[0]


def test_the_ledger_of_a_language_lists_originals_that_it_lacks(built):
    """The pair is there, the cost by its original, the benefit by its translation; other languages are a step away."""
    page = built.page("de/series/turnings/index.html")
    assert 'href="/essays/price/"' in page
    assert 'href="/essays/gain/de/"' in page
    assert '<a href="/series/turnings/" hreflang="en" lang="en">English</a>' in page
    assert '<a href="/de/series/turnings/" hreflang="de" lang="de">Deutsch</a>' in built.page(
        "series/turnings/index.html"
    )
    for path in ("series/turnings/index.html", "de/series/turnings/index.html"):
        assert re.findall(r'hreflang="([^"]*)" href="/([^"]*)"', built.page(path)) == [
            ("en", "series/turnings/"),
            ("de", "de/series/turnings/"),
            ("x-default", "series/turnings/"),
        ]


def test_a_page_of_a_language_leads_on_in_it(built):
    """Its head leads to the pages of its language, and a play without translation to the original."""
    page = built.page("de/index.html")
    head = page.partition("<main")[0]
    assert {'href="/de/"', 'href="/de/series/turnings/"', 'href="/de/playbook/"', 'href="/de/archive/"'} <= {
        match[0] for match in re.finditer(r'href="[^"]*"', head)
    }
    assert 'href="/playbook/guard/"' in page
    assert 'href="/de/playbook/let-go/"' in page
    assert 'href="/series/turnings/"' not in page.partition('<nav class="languages')[0]


def test_a_search_can_be_narrowed_by_titles_in_any_language(built):
    """Its page offers series and plays by the titles that they have on the pages that are found."""
    page = built.page("search/index.html")
    assert re.findall(r'<option value="(Turnings|Wendungen|Loslassen|Guard)"', page) == [
        *("Guard", "Loslassen", "Turnings", "Wendungen"),
    ]


def test_a_translated_part_is_counted_among_the_translated(built):
    """Of two German parts it is the first; the list beside it names all three, and its feed tells the same."""
    page = built.page("essays/gain/de/index.html")
    assert re.search(r'class="kicker-part"[^>]*>\D+1\D+2\D*</span>', page)
    contents = page.partition('<nav class="contents"')[2].partition("</nav>")[0]
    assert re.findall(r'href="/(essays/[^"]*)"', contents) == ["essays/price/", "essays/gain/de/", "essays/end/de/"]
    assert contents.count('aria-current="page"') == 1
    assert 'href="/essays/gain/de/" aria-current="page"' in contents
    assert "Part 2 of 3" in built.page("essays/gain/index.html")


def test_readers_of_a_translation_hear_that_its_original_has_changed(built):
    """At its head stands when, with the way to the original; a translation that follows it says nothing."""
    head = built.page("essays/gain/de/index.html").partition("e-content")[0]
    assert re.search(r'essay-behind.*<time datetime="2009-06-01">.*href="/essays/gain/" hreflang="en"', head, re.DOTALL)
    assert "essay-behind" not in built.page("essays/end/de/index.html")
    assert "essay-behind" not in built.page("essays/gain/index.html")
