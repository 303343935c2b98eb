"""The published record: it is read back as written, mints each id once, and merges with small diffs."""

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
DATES = st.dates().map(str)
FACTS = st.builds(Fact, first=DATES, id=WORDS, gone=st.just("") | DATES, file=WORDS)
TABLES = st.dictionaries(WORDS.map(lambda text: f"/{text}"), FACTS, max_size=4)
RECORDS = st.builds(
    Record, TABLES, TABLES, TABLES, st.dictionaries(st.text("0123456789abcdef", min_size=1), DATES, max_size=2), WORDS
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
COMPLETE = text_of(parse(OLD.encode()))


def recorded(record, addresses, today="2026-12-01", **more):
    """Return the record after a publication of `addresses` with their ids."""
    given = {address: Fact("", identity) for address, identity in addresses.items()}
    return publish(record, Publication(given, **more), AUTHORITY, today)


@given(RECORDS)
def test_a_record_is_read_back_as_written(record):
    """A record is read back unchanged, with one fact a line, sorted by address."""
    text = text_of(record)
    again = parse(text.encode())
    assert (again.facts, again.files, again.support) == (record.facts, record.files, record.support)
    assert (again.earlier, again.authority, again.digest) == (record.earlier, record.authority, digest_of(record))
    lines = text.split("\n")
    assert all(lines[again.lines[address] - 1].endswith("}") for address in record.facts)
    assert list(again.facts) == sorted(record.facts)


@given(RECORDS, st.integers(0), st.integers(0))
def test_an_incomplete_record_is_refused(record, begin, length):
    """A record with any piece missing is refused, unless the piece is blank space or a comment."""
    data = text_of(record).encode()
    cut = data[: begin % len(data)] + data[begin % len(data) + 1 + length % len(data) :]
    with suppress(UnreadableRecordError):
        assert text_of(parse(cut)) == text_of(record)


def test_blank_space_and_comments_do_not_damage_a_record():
    """Other line endings, a byte order mark and a comment leave a record valid."""
    for text in (COMPLETE.replace("\n", "\r\n"), f"\ufeff{COMPLETE}", f"# Mine.\n{COMPLETE}\n\n"):
        assert parse(text.encode()).digest == parse(COMPLETE.encode()).digest


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
def test_a_damaged_record_is_refused_with_its_line(change, line):
    """An empty, cut, edited or merged record, or one with an unknown table, is refused with the line."""
    with pytest.raises(UnreadableRecordError) as caught:
        parse(change(COMPLETE).encode())
    assert caught.value.line == line


def test_a_record_of_an_earlier_version_is_read():
    """A record without a digest is read, and refused if it has a line that no version wrote."""
    record = parse(OLD.encode())
    assert (len(record.facts), record.digest) == (3, "")
    for text in (OLD.replace("first = ", "first="), OLD[:-1], OLD.partition('"/"')[0], f"{OLD}[files]\n"):
        with pytest.raises(UnreadableRecordError):
            parse(text.encode())


def test_a_publication_only_adds_lines():
    """A publication changes no line except those at the end, so that branches can be merged."""
    before = parse(text_of(recorded(Record(), {"/a/": "x", "/m/": ""}, "2026-11-22")).encode())
    later = recorded(before, {"/a/": "x", "/m/": "", "/f/": "y"})
    old, new = (text_of(each).partition("[end]")[0].splitlines() for each in (before, later))
    assert [line for line in new if line not in old] == [
        '"/f/" = { first = "2026-12-01", id = "y" }',
        *("[earlier]", f'"{before.digest}" = "2026-12-01"'),
    ]
    assert [line for line in old if line not in new] == []


def test_a_record_follows_its_predecessors():
    """A record follows every record that it was made from, however many publications lie between."""
    records = [parse(COMPLETE.encode())]
    for slug in "abc":
        records.append(parse(text_of(recorded(records[-1], {f"/{slug}/": ""})).encode()))
    assert all(records[-1].follows(each.digest) for each in records)
    assert not records[0].follows(records[-1].digest)
    assert not recorded(records[0], {"/other/": ""}).follows(records[1].digest)


def test_publishing_the_same_leaves_the_record_unchanged():
    """Publishing the same addresses on a later day changes nothing."""
    before = parse(text_of(recorded(Record(), {"/a/": "x"}, files=["/a.png"], support=["/robots.txt"])).encode())
    again = recorded(before, {"/a/": "x"}, "2030-01-01", files=["/a.png"], support=["/robots.txt"])
    assert text_of(again) == text_of(before)


def test_a_publication_forgets_nothing():
    """Addresses that are no longer published keep their facts; one that returns is no longer gone."""
    before = Record(
        {"/a/": Fact("2026-01-01", "x"), "/b/": Fact("2026-01-01", "y", gone="2026-02-01")}, authority="a,1"
    )
    later = recorded(before, {"/b/": "y"}, "2030-01-01")
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


def test_both_sides_of_an_open_merge_are_salvaged():
    """Both sides of a merge conflict are read: the earlier date, what either removed, and both ends."""
    text = COMPLETE.partition('"/essays/two/"')[0] + MERGED
    found = salvaged(text.encode())
    assert found.facts["/essays/three/"] == Fact("2026-11-24", "tag:y")
    assert found.facts["/essays/two/"].gone == "2026-11-23"
    assert found.facts.keys() == {"/", "/essays/one/", "/essays/two/", "/essays/three/"}
    assert found.earlier.keys() == {"aa", "bb"}
    assert found.authority == AUTHORITY


@given(RECORDS, RECORDS)
def test_a_record_is_completed_by_others(record, other):
    """A record's own facts stay, and facts that only others have are added."""
    whole = completed(record, other)
    assert whole.all.keys() == record.all.keys() | other.all.keys()
    assert record.facts.items() <= whole.facts.items()


def test_a_record_keeps_the_first_authority():
    """Without an authority a record takes the next one's, and otherwise keeps its own."""
    one, other = Record({}, authority="one.example,2026"), Record({}, authority="other.example,2026")
    assert completed(Record({}), Record({}), one, other).authority == "one.example,2026"
    assert completed(other, one).authority == "other.example,2026"


def test_two_lines_on_an_address_are_combined():
    """Of two lines on one address, each provides what the other lacks."""
    lines = '"/a/" = { first = "2026-01-02", id = "tag:x" }\n"/a/" = { first = "2026-01-01", file = "a.html" }\n'
    earlier = '[earlier]\n"d1" = "2026-01-01"\n'
    found = salvaged(f"[addresses]\n{lines}{earlier}".encode())
    assert found.facts["/a/"] == Fact("2026-01-01", "tag:x", "", "a.html")
    assert found.earlier == {"d1": "2026-01-01"}


@given(st.binary() | st.text().map(str.encode) | RECORDS.map(lambda record: text_of(record).encode()))
def test_salvaging_accepts_any_bytes(data):
    """Salvaging accepts any bytes and raises nothing."""
    assert salvaged(data).digest == ""


@given(st.lists(WORDS, unique=True, max_size=30))
def test_minted_ids_are_unique_and_reproducible(addresses):
    """No two ids are equal, and minting the same again gives the same id."""
    taken: set[str] = set()
    for address in addresses:
        minted = mint("essay", address, taken, AUTHORITY)
        assert minted == mint("essay", address, taken, AUTHORITY)
        assert minted not in taken
        assert minted.startswith(f"tag:{AUTHORITY}:essay/")
        taken.add(minted)


def test_an_id_that_is_taken_is_not_minted_again():
    """An address whose id is taken gets another id."""
    first = mint("essay", "/a/", set(), AUTHORITY)
    assert mint("essay", "/a/", {first}, AUTHORITY) != first


def test_every_version_mints_the_same_ids():
    """If an uncommitted record is lost, the same ids are minted again."""
    first = mint("essay", "/essays/one/", set(), "example.org,2026")
    assert first == "tag:example.org,2026:essay/f3a7dkdr"
    assert mint("essay", "/essays/one/", {first}, "example.org,2026") == "tag:example.org,2026:essay/n2ijql34"


def test_addresses_without_an_id_are_not_among_the_ids():
    """A page without an id, such as the archive, is in the record and not among the ids."""
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
def test_the_possible_files_of_an_address(address, file, found):
    """A recorded file is the only one; without one, every file that hosts serve for the address is possible."""
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
def test_an_authority_is_a_domain_and_a_date(text, is_one):
    """An authority is a domain in lower case and a date, as in RFC 4151."""
    assert is_authority(text) is is_one


@pytest.mark.parametrize(
    ("data", "line"),
    [(b"a\n\xff", 2), (b"[addresses]\n<<<<<<<", 2), (b'[addresses]\n\n"/a/" = 1', 3), (b"addresses = 1", 1)],
)
def test_an_unreadable_record_is_refused_with_its_line(data, line):
    """Invalid UTF-8 or TOML is refused with the line."""
    with pytest.raises(UnreadableRecordError) as caught:
        parse(data)
    assert caught.value.line == line


BUILT = {"series/turnings/index.html", "series/old/index.html", "series/turnings/book/index.html"}


@pytest.mark.parametrize("book", [set(), {"series/turnings/turnings.epub", "series/old/old.epub"}])
def test_former_addresses_of_books_exist_only_with_books(book):
    """A renamed series keeps the former address of its book only if there is a book."""
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
