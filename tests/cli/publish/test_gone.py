"""An author can let a published address go, and nothing that was never published."""

from __future__ import annotations

import pytest

from essay_series.cli.command import CommandError
from essay_series.cli.publish.gone import matching
from essay_series.record.record import Fact, Record, mark_gone

FACT = Fact("2026-01-01")
RECORD = Record(
    {"/a/": Fact("2026-01-01", "x"), "/f/a.json": FACT, "/f/a.rss.xml": FACT}, {"/a/lamp.png": FACT}, digest="d"
)


def test_a_removed_address_keeps_its_facts():
    """Its line gets a day, and all other lines stay unchanged."""
    after = mark_gone(RECORD, {"/a/"}, "2026-12-01")
    assert after.facts == {**RECORD.facts, "/a/": Fact("2026-01-01", "x", gone="2026-12-01")}
    assert after.follows("d")


def test_a_star_matches_any_text():
    """All feeds of a play, or a page with its copies, are removed in one step."""
    assert matching(RECORD, "/f/a.*") == {"/f/a.json", "/f/a.rss.xml"}
    assert matching(RECORD, "/a/*") == {"/a/", "/a/lamp.png"}


def test_a_removed_address_keeps_its_day():
    """Removing it again changes nothing."""
    once = mark_gone(RECORD, {"/a/"}, "2026-12-01")
    assert mark_gone(once, {"/a/"}, "2030-01-01") == once


def test_an_unknown_address_is_refused():
    """The message suggests the nearest address, and nothing is removed."""
    with pytest.raises(CommandError, match=r'/f/b.json was never published. Did you mean "/f/a.json"\?'):
        matching(RECORD, "/f/b.json")


def test_the_command_makes_the_next_publication_possible(site):
    """After make gone, the essay may be removed from the sources."""
    root = "https://e.example"
    site.essay("one").essay("two")
    site.publish(root)
    site.remove("content/essays/one.md")
    assert site.publish(root).code == 1
    told = site.publish(root, command="gone", ADDRESS="/essays/one/")
    assert (told.code, told.said.startswith('"/essays/one/" = { first = ')) == (0, True)
    assert site.publish(root).code == 0
    assert site.publish(root, command="gone").code == 1
