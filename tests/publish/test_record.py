"""The published record: what is written comes back, ids are minted once, and merges stay small."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import a_manuscript
from essay_series.publish.own_files import publication_of
from essay_series.record.record import Fact, Publication, Record, is_authority, mint, possible_paths, publish
from essay_series.record.text import UnreadableRecordError, completed, digest_of, parse, salvaged, text_of

WORDS = st.text(st.characters(exclude_categories=("Cs",)), max_size=12)
DAYS = st.dates().map(str)
FACTS = st.builds(Fact, first=DAYS, id=WORDS, gone=st.just("") | DAYS, file=WORDS)
TABLES = st.dictionaries(WORDS.map(lambda text: f"/{text}"), FACTS, max_size=4)
RECORDS = st.builds(
    Record, TABLES, TABLES, TABLES, st.dictionaries(st.text("0123456789abcdef", min_size=1), DAYS, max_size=2), WORDS
)
AUTHORITY = "e.example,2026-11-22"
OLD = """\
# Every address that readers were given, and the feed id that each essay and each feed keeps.
# `make publish` writes this file; commit it with the sources.
authority = "e.example,2026-11-22"

[addresses]
"/" = { first = "2026-11-22" }
"/essays/one/" = { first = "2026-11-22", id = "tag:x" }
"/essays/two/" = { first = "2026-11-22", gone = "2026-11-23" }
"""
WHOLE = text_of(parse(OLD.encode()))


def after(record, addresses, today="2026-12-01", **more):
    """Return the record after a publication of `addresses` with their ids."""
    given = {address: Fact("", identity) for address, identity in addresses.items()}
    return publish(record, Publication(given, **more), AUTHORITY, today)


@given(RECORDS)
def test_what_is_recorded_comes_back(record):
    """Any record is read back as it was, from any address, in the order of the addresses and a line a fact."""
    text = text_of(record)
    again = parse(text.encode())
    assert (again.facts, again.files, again.support) == (record.facts, record.files, record.support)
    assert (again.earlier, again.authority, again.digest) == (record.earlier, record.authority, digest_of(record))
    lines = text.split("\n")
    assert all(lines[again.lines[address] - 1].endswith("}") for address in record.facts)
    assert list(again.facts) == sorted(record.facts)


@given(RECORDS, st.integers(0), st.integers(0))
def test_a_record_that_was_cut_is_never_taken_for_whole(record, begin, length):
    """Whatever piece is missing, at the end or in between, the record is refused, but for blank space and remarks."""
    data = text_of(record).encode()
    cut = data[: begin % len(data)] + data[begin % len(data) + 1 + length % len(data) :]
    with suppress(UnreadableRecordError):
        assert text_of(parse(cut)) == text_of(record)


def test_what_an_editor_does_to_blank_space_is_no_damage():
    """Line endings of another system, a mark of byte order and a remark leave a record whole."""
    for text in (WHOLE.replace("\n", "\r\n"), f"\ufeff{WHOLE}", f"# Mine.\n{WHOLE}\n\n"):
        assert parse(text.encode()).digest == parse(WHOLE.encode()).digest


@pytest.mark.parametrize(
    ("change", "line"),
    [
        (lambda text: text[:0], 1),
        (lambda text: "\n".join(text.split("\n")[:6]), 6),
        (lambda text: text.replace("[addresses]", "[adresses]"), 5),
        (lambda text: text.replace('"/essays/one/"', '"/essays/uno/"'), 10),
        (lambda text: text.replace('"/" = { first = "2026-11-22" }\n', ""), 9),
        (lambda text: text.replace("lines = 3", "lines = 2"), 10),
        (lambda text: text.partition("[end]")[0], 8),
        (lambda text: text.replace("[addresses]", "<<<<<<< HEAD\n[addresses]"), 5),
    ],
)
def test_a_record_that_is_not_whole_is_told_with_its_line(change, line):
    """Empty, cut, edited or merged, and with a table that no record has, it is refused."""
    with pytest.raises(UnreadableRecordError) as caught:
        parse(change(WHOLE).encode())
    assert caught.value.line == line


def test_a_record_of_an_earlier_version_is_read_if_it_is_as_that_wrote_it():
    """It has no digest yet; with a line that no version would have written so, it is refused."""
    record = parse(OLD.encode())
    assert (len(record.facts), record.digest) == (3, "")
    for text in (OLD.replace("first = ", "first="), OLD[:-1], OLD.partition('"/"')[0], f"{OLD}[files]\n"):
        with pytest.raises(UnreadableRecordError):
            parse(text.encode())


def test_two_branches_touch_different_lines():
    """A publication adds lines and changes none but the end, so that two branches can be merged."""
    before = parse(text_of(after(Record(), {"/a/": "x", "/m/": ""}, "2026-11-22")).encode())
    later = after(before, {"/a/": "x", "/m/": "", "/f/": "y"})
    old, new = (text_of(each).partition("[end]")[0].splitlines() for each in (before, later))
    assert [line for line in new if line not in old] == [
        '"/f/" = { first = "2026-12-01", id = "y" }',
        *("[earlier]", f'"{before.digest}" = "2026-12-01"'),
    ]
    assert [line for line in old if line not in new] == []


def test_a_record_follows_every_record_before_it():
    """Of two records it can be told which was made from the other, however many publications lie between."""
    records = [parse(WHOLE.encode())]
    for slug in "abc":
        records.append(parse(text_of(after(records[-1], {f"/{slug}/": ""})).encode()))
    assert all(records[-1].follows(each.digest) for each in records)
    assert not records[0].follows(records[-1].digest)
    assert not after(records[0], {"/other/": ""}).follows(records[1].digest)


def test_a_publication_that_says_nothing_new_leaves_the_record_as_it_is():
    """The same addresses on a later day are the same record."""
    before = parse(text_of(after(Record(), {"/a/": "x"}, files=["/a.png"], support=["/robots.txt"])).encode())
    again = after(before, {"/a/": "x"}, "2030-01-01", files=["/a.png"], support=["/robots.txt"])
    assert text_of(again) == text_of(before)


def test_a_publication_forgets_nothing():
    """What is no longer published stays in the record, with its id and its first day; what comes back is not gone."""
    before = Record(
        {"/a/": Fact("2026-01-01", "x"), "/b/": Fact("2026-01-01", "y", gone="2026-02-01")}, authority="a,1"
    )
    later = after(before, {"/b/": "y"}, "2030-01-01")
    assert later.facts == {"/a/": Fact("2026-01-01", "x"), "/b/": Fact("2026-01-01", "y")}
    assert later.authority == "a,1"


MERGED = """\
<<<<<<< HEAD
"/essays/three/" = { first = "2026-11-25", id = "tag:y" }
"/essays/two/" = { first = "2026-11-22", gone = "2026-11-23" }

[end]
lines = 4
digest = "aa"
=======
"/essays/three/" = { first = "2026-11-24", id = "tag:y" }
"/essays/two/" = { first = "2026-11-22" }

[end]
lines = 4
digest = "bb"
>>>>>>> theirs
"""


def test_of_a_merge_that_git_left_open_both_sides_are_read():
    """Nothing that either side knows is lost: the earlier first day, what one side let go, and both ends."""
    text = WHOLE.partition('"/essays/two/"')[0] + MERGED
    found = salvaged(text.encode())
    assert found.facts["/essays/three/"] == Fact("2026-11-24", "tag:y")
    assert found.facts["/essays/two/"].gone == "2026-11-23"
    assert found.facts.keys() == {"/", "/essays/one/", "/essays/two/", "/essays/three/"}
    assert found.earlier.keys() == {"aa", "bb"}
    assert found.authority == AUTHORITY


@given(RECORDS, RECORDS)
def test_a_record_is_completed_by_what_others_know(record, other):
    """What it says itself stays, and what it does not know comes back."""
    whole = completed(record, other)
    assert whole.all.keys() == record.all.keys() | other.all.keys()
    assert record.facts.items() <= whole.facts.items()


def test_a_record_without_an_authority_takes_that_of_the_next_that_has_one():
    """The identity under which ids were minted is never lost, nor is the first one given up for another."""
    one, other = Record({}, authority="one.example,2026"), Record({}, authority="other.example,2026")
    assert completed(Record({}), Record({}), one, other).authority == "one.example,2026"
    assert completed(other, one).authority == "other.example,2026"


def test_of_two_lines_on_an_address_each_gives_what_the_other_lacks():
    """After a merge the id that one side recorded stays, and so does the file that the other recorded."""
    lines = '"/a/" = { first = "2026-01-02", id = "tag:x" }\n"/a/" = { first = "2026-01-01", file = "a.html" }\n'
    earlier = '[earlier]\n"d1" = "2026-01-01"\n'
    found = salvaged(f"[addresses]\n{lines}{earlier}".encode())
    assert found.facts["/a/"] == Fact("2026-01-01", "tag:x", "", "a.html")
    assert found.earlier == {"d1": "2026-01-01"}


@given(st.binary() | st.text().map(str.encode) | RECORDS.map(lambda record: text_of(record).encode()))
def test_whatever_lies_there_something_or_nothing_is_salvaged(data):
    """No bytes stop the reading of what is left of a record."""
    assert salvaged(data).digest == ""


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


def test_ids_minted_before_are_minted_again_alike():
    """A record that was lost before it was committed does no harm: every version mints the same ids."""
    first = mint("essay", "/essays/one/", set(), "example.org,2026")
    assert first == "tag:example.org,2026:essay/f3a7dkdr"
    assert mint("essay", "/essays/one/", {first}, "example.org,2026") == "tag:example.org,2026:essay/n2ijql34"


def test_only_addresses_with_an_id_have_one_in_feeds():
    """A page without an id of its own, such as the archive, is in the record and not among the ids."""
    record = Record({"/a/": Fact("2026-01-01", "tag:x"), "/archive/": Fact("2026-01-01")})
    assert record.ids == {"/a/": "tag:x"}


@pytest.mark.parametrize(
    ("address", "file", "found"),
    [
        ("/a/", "pages/a.html", {"pages/a.html"}),
        ("/a/", "", {"a/index.html"}),
        ("/a", "", {"a", "a.html", "a/index.html"}),
        ("/", "", {"index.html"}),
    ],
)
def test_a_file_is_where_the_record_says_or_where_hosts_look(address, file, found):
    """A record that names no file, as earlier versions wrote it, leaves every place at which hosts find an address."""
    files = possible_paths(address, Fact("2026-01-01", file=file))
    assert files == found if file else files >= found


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


BUILT = {"series/turnings/index.html", "series/old/index.html", "series/turnings/book/index.html"}


@pytest.mark.parametrize("book", [set(), {"series/turnings/turnings.epub", "series/old/old.epub"}])
def test_a_former_address_is_published_where_the_present_one_is(book):
    """A renamed series keeps the address of its book where there is one; a site that makes no book never had it."""
    site = a_manuscript(
        {
            "series/turnings.md": "Title: Turnings\nAliases: old\n\nText.\n",
            "essays/one.md": "Title: One\nDate: 2009-04-01\nSeries: turnings\n\nText.\n",
        },
        book_formats=("page", "epub"),
    )
    found = publication_of(site, BUILT | book).addresses
    assert {"/series/turnings/", "/series/old/"} <= found.keys()
    assert {"/series/old/old.epub", "/series/turnings/turnings.epub"} & found.keys() == {f"/{path}" for path in book}
