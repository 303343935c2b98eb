"""Pelican's own files are the same, byte for byte, with this plugin."""

from __future__ import annotations

from itertools import combinations, product
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from guest.law import FIRST, LAST, Made, builds, differences, violations
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
    """Sites that cover every pair of settings stay the same over four builds with edits between them."""
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
def test_a_guest_changes_nothing_on_a_random_site(site):
    """Pelican's own files stay the same for random texts, settings and edits."""
    with TemporaryDirectory() as folder:
        assert differences(site, Path(folder), (FIRST, LAST) if SITES else (LAST,)) == []


@pytest.mark.site
def test_two_builds_by_stock_pelican_are_the_same(tmp_path):
    """The comparison does not depend on the clock or the folder."""
    site = rich_site(ROWS[8][1])
    pairs = zip(builds(site, tmp_path / "one"), builds(site, tmp_path / "two"), strict=True)
    assert [(one.code, list(violations(one, two))) for one, two in pairs] == [(0, [])] * 4


def test_the_sites_cover_every_pair():
    """Each pair of values of two dimensions occurs in one of the sites."""
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
def test_each_difference_is_found(change, told):
    """A changed, missing or unexpected file, another exit code and a lost warning are found."""
    [found] = violations(HERE, Made(**{"code": HERE.code, "said": HERE.said, "files": HERE.files, **change}))
    assert found.startswith(told)


def test_declared_files_may_be_added():
    """Pages of series, plays and feeds may be added, also in subsites and in a sitemap."""
    listed = SITEMAP.format("series/turnings/").encode()
    files = {
        **HERE.files,
        "output/series/turnings/index.html": b"",
        "output/fr/feeds/a.xml": b"",
        "output/sitemap.xml": listed,
    }
    assert list(violations(HERE, Made(0, f"WARNING more {HERE.said}", files))) == []


@pytest.mark.parametrize(("path", "is_allowed"), [("output/series/index.html", True), ("output/index.html", False)])
def test_only_declared_files_may_replace_leftovers(path, is_allowed):
    """A file left over from an earlier build may be replaced by an added page, and by nothing else."""
    stock, ours = (Made(0, "", {path: data}, frozenset([path])) for data in (b"old", b"new"))
    assert (list(violations(stock, ours)) == []) is is_allowed
    assert list(violations(Made(0, "", stock.files), ours))
