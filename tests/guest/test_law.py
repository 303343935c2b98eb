"""Stock Pelican's files are the same, byte for byte, on every site that has this plugin too."""

from __future__ import annotations

from itertools import combinations, product
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from guest.law import FIRST, LAST, Made, broken, builds, differences
from guest.sites import DIMENSIONS, SITES, any_site, covering, rich_site

ROWS = tuple(enumerate(covering()))
HERE = Made(
    0,
    "Done: Processed 1 article in 0.10 seconds.",
    {"output/index.html": b"<p>", "output/sitemap.xml": b"<urlset>\n</urlset>"},
)
SITEMAP = "<urlset>\n<url>\n<loc>https://a.org/{}</loc>\n</url>\n</urlset>"


@pytest.mark.site
@pytest.mark.parametrize(("number", "row"), ROWS, ids=[f"{number}-{row['plugins']}" for number, row in ROWS])
def test_a_guest_changes_nothing_on_a_site_of_any_kind(number, row, tmp_path):
    """Sites in which each two kinds of everything meet are built four times, with an edit, a new title, a text more."""
    site = rich_site(row)
    assert len(site.steps) == 4
    assert differences(site, tmp_path, [(FIRST, LAST)[number % 2]]) == []


@pytest.mark.site
@settings(
    max_examples=SITES or 2,
    derandomize=not SITES,
    database=None,
    phases=(Phase.generate, Phase.shrink) if SITES else (Phase.generate,),
    suppress_health_check=list(HealthCheck),
)
@given(any_site())
def test_a_guest_changes_nothing_on_a_site_drawn_at_random(site):
    """Whatever its texts say for the plugin or for others, and whatever is done to them, stock files stay the same."""
    with TemporaryDirectory() as folder:
        assert differences(site, Path(folder), (FIRST, LAST) if SITES else (LAST,)) == []


@pytest.mark.site
def test_stock_pelican_keeps_the_law_beside_itself(tmp_path):
    """What is compared does not hang on the clock or on the folder: two builds by stock Pelican are the same."""
    site = rich_site(ROWS[8][1])
    pairs = zip(builds(site, tmp_path / "one"), builds(site, tmp_path / "two"), strict=True)
    assert [(one.code, list(broken(one, two))) for one, two in pairs] == [(0, [])] * 4


def test_each_two_kinds_meet_in_a_site():
    """The few sites hold each pair of values of each two dimensions."""
    for one, two in combinations(DIMENSIONS, 2):
        assert {(row[one], row[two]) for _, row in ROWS} == set(product(DIMENSIONS[one], DIMENSIONS[two]))


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"code": 1}, "exit code 1"),
        ({"files": {"output/sitemap.xml": HERE.files["output/sitemap.xml"]}}, "missing: output/index.html"),
        ({"files": {**HERE.files, "output/index.html": b"<b>"}}, "different: output/index.html"),
        ({"files": {**HERE.files, "output/robots.txt": b""}}, "added: output/robots.txt"),
        ({"files": {**HERE.files, "series/one/index.html": b""}}, "added: series/one/index.html"),
        ({"said": "Done: Processed 2 articles in 0.10 seconds."}, "not said: Done: Processed 1 article"),
        ({"files": {**HERE.files, "output/sitemap.xml": SITEMAP.format("one.html").encode()}}, "different"),
    ],
)
def test_each_breach_is_told(change, told):
    """A changed file, a missing one, one that nobody asked for, another exit code or a lost warning is told."""
    [found] = broken(HERE, Made(**{"code": HERE.code, "said": HERE.said, "files": HERE.files, **change}))
    assert found.startswith(told)


def test_what_the_plugin_declares_may_be_added():
    """Pages of series, plays and feeds may be there besides, and a sitemap may list them."""
    listed = SITEMAP.format("series/turnings/").encode()
    files = {
        **HERE.files,
        "output/series/turnings/index.html": b"",
        "output/fr/feeds/a.xml": b"",
        "output/sitemap.xml": listed,
    }
    assert list(broken(HERE, Made(0, f"WARNING more {HERE.said}", files))) == []


@pytest.mark.parametrize(("path", "is_allowed"), [("output/series/index.html", True), ("output/index.html", False)])
def test_what_lies_about_may_give_way_to_a_page_of_ours(path, is_allowed):
    """A page that stock Pelican no longer makes may be written over at a place of ours, and nowhere else."""
    stock, ours = (Made(0, "", {path: data}, frozenset([path])) for data in (b"old", b"new"))
    assert (list(broken(stock, ours)) == []) is is_allowed
    assert list(broken(Made(0, "", stock.files), ours))
