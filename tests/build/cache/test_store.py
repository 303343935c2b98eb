"""The store returns results as they were saved, or not at all."""

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
    """Return the path of a store with two results."""
    file = tmp_path / "cache" / "store.sqlite"
    leave(file, one=ONE, two=TWO)
    return file


def leave(file, **results: Result) -> None:
    """Save `results` as a build does."""
    store = Store(file)
    store.leave("kind", results)
    store.save()


def test_saved_results_are_found_by_kind_name_and_key(file):
    """Results are found by kind and name; with another key, nothing is found."""
    store = Store(file)
    assert store.all("kind") == {"one": ONE, "two": TWO}
    assert store.all("other kind") == {}
    assert store.get("kind", "one", "key") == ONE.text
    assert store.get("kind", "one", "another key") is None
    assert store.get("kind", "two", "other") == ""


def test_saving_replaces_all_results_of_a_kind(file):
    """A build replaces all results of the kinds that it saves, and leaves other kinds alone."""
    store = Store(file)
    store.leave("kind", {"two": ONE})
    store.leave("more", {"two": TWO})
    store.save()
    assert Store(file).all("kind") == {"two": ONE}
    assert Store(file).all("more") == {"two": TWO}


@pytest.mark.parametrize("column", ["key", "text", "digest"])
def test_a_damaged_result_is_ignored(file, column):
    """A damaged result is ignored; the others are found."""
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute(f"UPDATE results SET {column} = {column} || 'x' WHERE name = 'one'")  # noqa: S608 - our own
    assert Store(file).all("kind") == {"two": TWO}
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute(f"UPDATE results SET {column} = NULL")  # noqa: S608 - likewise
    assert Store(file).all("kind") == {}


@pytest.mark.parametrize("data", [b"", b"no database", b"SQLite format 3\0" + b"x" * 4096])
def test_a_damaged_file_is_replaced(file, data):
    """A file that is truncated or not a database has no results, and is replaced."""
    file.write_bytes(data)
    assert Store(file).all("kind") == {}
    leave(file, one=ONE)
    assert Store(file).all("kind") == {"one": ONE}


def test_a_file_of_another_format_is_replaced(file):
    """A file of another format version has no results, and is replaced."""
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute(f"PRAGMA user_version = {FORMAT - 1}")
    assert Store(file).all("kind") == {}
    leave(file, two=TWO)
    assert Store(file).all("kind") == {"two": TWO}


@pytest.mark.parametrize("mode", [0o666, 0o620])
def test_a_file_that_others_can_write_to_is_not_trusted(file, mode):
    """A file that other users can write to is not read, and is replaced by a private one."""
    file.chmod(mode)
    assert Store(file).all("kind") == {}
    leave(file, two=TWO)
    assert Store(file).all("kind") == {"two": TWO}
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_link_or_another_users_file_is_not_trusted(file, tmp_path, monkeypatch):
    """A symbolic link or a file of another user is not read."""
    moved = file.rename(tmp_path / "elsewhere")
    file.symlink_to(moved)
    assert Store(file).all("kind") == {}
    leave(file, two=TWO)
    assert not file.is_symlink()
    assert Store(moved).all("kind") == {"one": ONE, "two": TWO}
    monkeypatch.setattr(os, "geteuid", lambda: 12345)
    assert Store(file).all("kind") == {}


def test_a_full_disk_does_not_fail_the_build(file, monkeypatch):
    """If the store cannot be written, nothing is saved, and no error is raised."""

    def fail(*_, **__):
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(sqlite3, "connect", fail)
    leave(file, one=ONE)
    assert not file.exists()


@given(st.lists(st.text(), max_size=4), st.lists(st.text(), max_size=4))
def test_digests_tell_lists_of_words_apart(one, other):
    """Two lists have the same digest only if they have the same items."""
    assert (digest_of(*one) == digest_of(*other)) is (one == other)


def test_fingerprints_are_equal_exactly_for_equal_values():
    """Equal values have equal fingerprints, and different values have different ones."""
    one, same, other = (Address(f"a{end}", "url") for end in ("b", "b", "c"))
    words = Fingerprints().of
    assert words((one, one, "x")) == words((one, same, "x")) == Fingerprints().of((same, one, "x"))
    assert len({words(value) for value in (one, other, (one,), (one, one), ("a", "b"), ("a, b",), "a", ())}) == 8
