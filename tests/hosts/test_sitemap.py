"""What search engines are told of the site, and what they are not."""

from __future__ import annotations

import re

from lxml import etree

from builders import SiteTest, a_couple, a_day, a_part, an_essay, views_of
from essay_series.hosts import robots, sitemap

ROOT = "https://e.example"
NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


def entries(data: bytes) -> dict[str, str]:
    """Return the day of each page in a sitemap, by its address; empty where it has none."""
    found = etree.fromstring(data).findall("s:url", NAMES)
    return {url.findtext("s:loc", "", NAMES): url.findtext("s:lastmod", "", NAMES) for url in found}


def test_every_listed_page_is_there_with_the_day_of_its_newest_essay():
    """A ledger and a play have the date of the newest of their essays, home and archive that of the newest of all."""
    price, gain = a_couple(plays=("let-go",))
    later = an_essay("later", date=a_day(9))
    found = entries(sitemap(views_of(price, gain, later), ROOT))
    days = {address.removeprefix(ROOT): day[:10] for address, day in found.items()}
    assert days["/essays/price/"] == "2009-04-01"
    assert days["/series/turnings/"] == days["/playbook/"] == days["/playbook/let-go/"] == "2009-04-02"
    assert days["/"] == days["/archive/"] == days["/feeds/"] == "2009-04-09"


def test_only_a_declared_revision_changes_the_date():
    """The date of a revision counts if the essay describes the revision."""
    revised = a_part("one", modified=a_day(20), revision="A new ending.")
    mended = a_part("two", day=2, modified=a_day(21))
    days = entries(sitemap(views_of(revised, mended), ROOT))
    assert days[f"{ROOT}/essays/one/"].startswith("2009-04-20")
    assert days[f"{ROOT}/essays/two/"].startswith("2009-04-02")
    assert days[f"{ROOT}/series/turnings/"].startswith("2009-04-20")


def test_addresses_are_encoded_and_in_order():
    """Addresses are percent-encoded, so the file is well-formed."""
    found = list(entries(sitemap(views_of(an_essay("ça&là")), ROOT)))
    assert f"{ROOT}/essays/%C3%A7a%26l%C3%A0/" in found
    assert found == sorted(found)


def test_robots_may_read_a_published_site_only():
    """The file of a published site names the sitemap; any other keeps crawlers out."""
    assert robots(ROOT).decode().splitlines() == ["User-agent: *", "Disallow:", "", f"Sitemap: {ROOT}/sitemap.xml"]
    assert "Disallow: /\n" in robots("").decode()


def test_unlisted_pages_are_not_in_the_sitemap(site: SiteTest):
    """Drafts, hidden essays, the error page and redirects are left out; listed pages exist."""
    site.essay("one", Aliases="uno").essay("secret", Status="hidden").essay("later", Status="draft")
    site.write("content/pages/404.md", "Title: No\nStatus: hidden\nSave_as: 404.html\nUrl: 404.html\n\nText.\n")
    site.write("content/pages/about.md", "Title: About\n\nText.\n")
    built = site.publish(ROOT)
    assert built.code == 0, built.said
    found = {address.removeprefix(f"{ROOT}/") for address in entries((built.output / "sitemap.xml").read_bytes())}
    assert found == {"", "about/", "archive/", "essays/one/", "feeds/", "playbook/"}
    assert all((built.output / address / "index.html").exists() for address in found)
    assert re.search("^Sitemap: ", built.page("robots.txt"), re.MULTILINE)


def test_a_preview_keeps_search_engines_out(site: SiteTest):
    """So does a build without the URL of the site, and one with drafts."""
    site.essay("one").settings = f"PREVIEW = True\nSITEURL = '{ROOT}'\n"
    assert "Disallow: /\n" in site.build().page("robots.txt")
    site.settings = ""
    files = site.build().files()
    assert b"Disallow: /\n" in files["robots.txt"]
    assert "sitemap.xml" not in files
