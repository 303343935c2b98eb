"""What builds remember is found again as it was left, or not at all."""

from __future__ import annotations

import os
import sqlite3
import stat
from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from essay_series.build.cache.fingerprint import Fingerprints
from essay_series.build.cache.store import FORMAT, Result, Store, digest_of
from essay_series.model import Address

ONE, TWO = Result("key", "text \N{SNOWMAN}\nmore"), Result("other", "")


@pytest.fixture
def file(tmp_path):
    """Return where a store with two results lies."""
    file = tmp_path / "cache" / "store.sqlite"
    leave(file, one=ONE, two=TWO)
    return file


def leave(file, **results: Result) -> None:
    """Let a build leave `results`."""
    store = Store(file)
    store.leave("kind", results)
    store.save()


def test_what_a_build_leaves_is_found_by_the_next(file):
    """Results come back by their kind and name, with their key; another key finds nothing."""
    store = Store(file)
    assert store.all("kind") == {"one": ONE, "two": TWO}
    assert store.all("other kind") == {}
    assert store.get("kind", "one", "key") == ONE.text
    assert store.get("kind", "one", "another key") is None
    assert store.get("kind", "two", "other") == ""


def test_what_a_build_does_not_leave_is_gone(file):
    """The store does not grow: a build leaves exactly what it names, and other kinds as they are."""
    store = Store(file)
    store.leave("kind", {"two": ONE})
    store.leave("more", {"two": TWO})
    store.save()
    assert Store(file).all("kind") == {"two": ONE}
    assert Store(file).all("more") == {"two": TWO}


@pytest.mark.parametrize("column", ["key", "text", "digest"])
def test_a_damaged_result_is_not_found(file, column):
    """A result that is not what was left is passed over; the others are found."""
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute(f"UPDATE results SET {column} = {column} || 'x' WHERE name = 'one'")  # noqa: S608 - our own
    assert Store(file).all("kind") == {"two": TWO}
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute(f"UPDATE results SET {column} = NULL")  # noqa: S608 - likewise
    assert Store(file).all("kind") == {}


@pytest.mark.parametrize("data", [b"", b"no database", b"SQLite format 3\0" + b"x" * 4096])
def test_what_is_no_store_is_replaced(file, data):
    """A file that is none, or is cut short, gives nothing and is made anew."""
    file.write_bytes(data)
    assert Store(file).all("kind") == {}
    leave(file, one=ONE)
    assert Store(file).all("kind") == {"one": ONE}


def test_the_results_of_another_format_are_made_anew(file):
    """After an upgrade that changes a form, the old file gives nothing, and the next build replaces it."""
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute(f"PRAGMA user_version = {FORMAT - 1}")
    assert Store(file).all("kind") == {}
    leave(file, two=TWO)
    assert Store(file).all("kind") == {"two": TWO}


@pytest.mark.parametrize("mode", [0o666, 0o620])
def test_a_file_that_others_can_write_to_is_not_trusted(file, mode):
    """What somebody else could have written is not read, and replaced by a file that is the builder's alone."""
    file.chmod(mode)
    assert Store(file).all("kind") == {}
    leave(file, two=TWO)
    assert Store(file).all("kind") == {"two": TWO}
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_link_or_another_users_file_is_not_trusted(file, tmp_path, monkeypatch):
    """A link in the place of the store is not followed, and a file of somebody else's is not read."""
    moved = file.rename(tmp_path / "elsewhere")
    file.symlink_to(moved)
    assert Store(file).all("kind") == {}
    leave(file, two=TWO)
    assert not file.is_symlink()
    assert Store(moved).all("kind") == {"one": ONE, "two": TWO}
    monkeypatch.setattr(os, "geteuid", lambda: 12345)
    assert Store(file).all("kind") == {}


def test_where_nothing_can_be_remembered_the_build_stands(file, monkeypatch):
    """On a full disk nothing is left, and nobody is told off for it."""

    def fail(*_, **__):
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(sqlite3, "connect", fail)
    leave(file, one=ONE)
    assert not file.exists()


@given(st.lists(st.text(), max_size=4), st.lists(st.text(), max_size=4))
def test_digests_tell_lists_of_words_apart(one, other):
    """Two lists of words have one digest only if they are the same, wherever their words begin and end."""
    assert (digest_of(*one) == digest_of(*other)) is (one == other)


def test_words_tell_values_apart_and_not_objects():
    """Equal values give equal words, whichever objects they are made of; another value gives others."""
    one, same, other = (Address(f"a{end}", "url") for end in ("b", "b", "c"))
    words = Fingerprints().of
    assert words((one, one, "x")) == words((one, same, "x")) == Fingerprints().of((same, one, "x"))
    assert len({words(value) for value in (one, other, (one,), (one, one), ("a", "b"), ("a, b",), "a", ())}) == 8
