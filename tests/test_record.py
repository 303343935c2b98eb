"""The published record: what is written comes back, ids are minted once, and merges stay small."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from essay_series.record import Fact, Record, UnreadableRecordError, is_authority, mint, parse, publish, text_of

WORDS = st.text(st.characters(exclude_categories=("Cs",)), max_size=12)
DAYS = st.dates().map(str)
FACTS = st.builds(Fact, first=DAYS, id=WORDS, gone=st.just("") | DAYS)
AUTHORITY = "e.example,2026-11-22"


@given(st.dictionaries(WORDS.map(lambda text: f"/{text}"), FACTS), WORDS)
def test_what_is_recorded_comes_back(facts, authority):
    """Any record is read back as it was, from any address, in the order of the addresses and a line a fact."""
    text = text_of(Record(facts, authority))
    again = parse(text.encode())
    assert (again.facts, again.authority) == (facts, authority)
    lines = text.split("\n")
    assert all(lines[again.lines[address] - 1].endswith("}") for address in facts)
    assert list(again.facts) == sorted(facts)


def test_two_branches_touch_different_lines():
    """A publication adds lines and changes none, so that two branches can be merged."""
    before = publish(Record(), {"/a/": "x", "/m/": ""}, AUTHORITY, "2026-11-22")
    after = publish(before, {"/a/": "x", "/m/": "", "/f/": "y"}, AUTHORITY, "2026-12-01")
    old, new = text_of(before).splitlines(), text_of(after).splitlines()
    assert [line for line in new if line not in old] == ['"/f/" = { first = "2026-12-01", id = "y" }']
    assert [line for line in old if line not in new] == []


def test_a_publication_forgets_nothing():
    """What is no longer published stays in the record, with its id and its first day; what comes back is not gone."""
    before = Record({"/a/": Fact("2026-01-01", "x"), "/b/": Fact("2026-01-01", "y", gone="2026-02-01")}, AUTHORITY)
    after = publish(before, {"/b/": "y"}, "other.example,2030", "2030-01-01")
    assert after.facts == {"/a/": Fact("2026-01-01", "x"), "/b/": Fact("2026-01-01", "y")}
    assert after.authority == AUTHORITY


@given(st.lists(WORDS, unique=True, max_size=30))
def test_ids_are_minted_once(addresses):
    """No two things get one id, the same first publication gives the same, and nothing of the address is in it."""
    taken: set[str] = set()
    for address in addresses:
        minted = mint("essay", address, taken, AUTHORITY)
        assert minted == mint("essay", address, taken, AUTHORITY)
        assert minted not in taken
        assert minted.startswith(f"tag:{AUTHORITY}:essay/")
        taken.add(minted)


def test_an_id_that_is_taken_is_not_minted_again():
    """Where an old page keeps the id of its first address, what is published there later gets another."""
    first = mint("essay", "/a/", set(), AUTHORITY)
    assert mint("essay", "/a/", {first}, AUTHORITY) != first


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("e.example,2026", True),
        ("e.example,2026-11-22", True),
        ("127.0.0.1,2026-11", True),
        ("E.example,2026", False),
        ("e.example", False),
        ("None,2026-11-22", False),
        ("e.example,26", False),
    ],
)
def test_an_authority_is_a_domain_and_a_day(text, is_one):
    """Ids need a domain in lower case and the day on which it is held, as RFC 4151 has it."""
    assert is_authority(text) is is_one


@pytest.mark.parametrize(
    ("data", "line"),
    [(b"a\n\xff", 2), (b"[addresses]\n<<<<<<<", 2), (b'[addresses]\n\n"/a/" = 1', 3), (b"addresses = 1", 1)],
)
def test_what_cannot_be_read_is_told_with_its_line(data, line):
    """A record that is damaged, or that a merge left in pieces, is an author's problem with a place."""
    with pytest.raises(UnreadableRecordError) as caught:
        parse(data)
    assert caught.value.line == line
