"""Where every page is written, and where a reader finds it."""

from __future__ import annotations

import ntpath
import posixpath
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import PATTERNS
from essay_series.model import NOWHERE, Address
from essay_series.routes import DEFAULTS, FORMATS, PAGES, Routes, SinglePage, stays_inside

ROUTES = Routes(PATTERNS)
SEGMENTS = st.text(st.characters(exclude_characters="/\\:\0", exclude_categories=("Cs",)), min_size=1)
SAFE = st.lists(SEGMENTS.filter(lambda segment: segment != ".."), min_size=1, max_size=4)
SLASH = st.sampled_from("/\\")


def routes(**patterns: str) -> Routes:
    """Return the routes of a site with the plain patterns and `patterns`."""
    return Routes({**PATTERNS, **patterns})


@given(SAFE, SLASH)
def test_a_relative_path_without_dots_stays_inside(segments, slash):
    """Whatever letters a path has, it is accepted if no segment leads upwards."""
    assert stays_inside(slash.join(segments))


@given(SAFE, SLASH, st.data())
def test_a_segment_that_leads_upwards_is_refused(segments, slash, data):
    """Two dots between slashes of either kind are refused wherever they stand, even if the path comes back."""
    segments.insert(data.draw(st.integers(0, len(segments))), "..")
    assert not stays_inside(slash.join(segments))


@given(SAFE, SLASH, st.sampled_from(("/", "\\", "//", "\\\\", "C:", "c:/", "D:\\")))
def test_an_absolute_path_is_refused(segments, slash, start):
    """A path that starts at the root, at another machine or at a drive is refused."""
    assert not stays_inside(start + slash.join(segments))


@given(SAFE, st.data())
def test_a_path_with_a_nul_is_refused(segments, data):
    """A character that no file name can have is refused wherever it stands."""
    path = "/".join(segments)
    where = data.draw(st.integers(0, len(path)))
    assert not stays_inside(f"{path[:where]}\0{path[where:]}")


@given(st.text(st.sampled_from("./\\:a\0")))
def test_what_is_accepted_lies_below_the_output_folder_on_every_system(path):
    """Both kinds of systems find an accepted path below the folder that it is joined to."""
    if stays_inside(path):
        assert posixpath.normpath(posixpath.join("/out", path)).startswith("/out")
        assert ntpath.normpath(ntpath.join("C:\\out", path)).startswith("C:\\out")


@pytest.mark.parametrize("path", ["...", "a..b", "..a/b..", ".hidden", "a/./b", "a//b", "é/ü.html"])
def test_dots_that_lead_nowhere_are_accepted(path):
    """Dots within a name, or for the folder itself, are harmless."""
    assert stays_inside(path)


def test_addresses_follow_the_patterns():
    """Series, plays, the playbook and the archive lie where the settings say."""
    assert ROUTES.series("turnings") == Address("series/turnings/index.html", "series/turnings/")
    assert ROUTES.play("let-go") == Address("playbook/let-go/index.html", "playbook/let-go/")
    assert ROUTES.page("PLAYBOOK") == Address("playbook/index.html", "playbook/")
    assert ROUTES.page("ARCHIVES") == Address("archive/index.html", "archive/")


def test_the_home_page_is_the_site_itself():
    """The home page has the site's own address and a file of its own."""
    assert ROUTES.home() == Routes({}).home() == Address("index.html", "")


def test_a_kind_of_page_can_be_switched_off():
    """An empty output path means that there is no page and no address."""
    off = routes(SERIES_SAVE_AS="", PLAY_SAVE_AS="", PLAYBOOK_SAVE_AS="", ARCHIVES_SAVE_AS="")
    addresses = [off.series("a"), off.play("a"), off.page("PLAYBOOK"), off.page("ARCHIVES")]
    assert addresses == [NOWHERE] * 4


def test_single_pages_are_those_with_one_path():
    """A page is a single one if its path depends on nothing; the archive, which is Pelican's, is one too."""
    single = {name for name in PAGES if "{" not in DEFAULTS[f"{name}_SAVE_AS"]}
    assert {*get_args(SinglePage)} == {*single, "ARCHIVES"}


def test_a_feed_has_an_address_in_each_format():
    """A feed's key makes its address; the ending tells static hosts which type to send it as."""
    addresses = [ROUTES.feed("plays/let-go", form).url for form in FORMATS]
    assert addresses == [f"feeds/plays/let-go.{ending}" for ending in ("atom.xml", "rss.xml", "json")]
    assert routes(FEED_SAVE_AS="").feed("all") == NOWHERE


def test_this_plugins_own_pages_stay_inside_and_apart():
    """Without any setting, the playbook, a play and a series have paths of their own inside the output folder."""
    plain = Routes(DEFAULTS)
    paths = {plain.page("PLAYBOOK").path, plain.play("x").path, plain.series("x").path}
    assert len(paths) == 3
    assert all(map(stays_inside, paths))
