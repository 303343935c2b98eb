"""The report of what a publication changes."""

from __future__ import annotations

from essay_series.publish.changed import address_changes, file_changes


def test_each_kind_of_change_has_its_line():
    """New, changed and removed files are listed, and no others."""
    before, after = {"a": b"1", "b": b"1", "c": b"1"}, {"a": b"1", "b": b"2", "d": b"1"}
    assert file_changes(before, after).split("\n") == [
        "Files, new (1): d",
        "Files, changed (1): b",
        "Files, gone (1): c",
    ]


def test_no_change_is_reported():
    """Publishing the same site again reports no changes."""
    assert file_changes({"a": b"1"}, {"a": b"1"}) == "Files: unchanged."
    assert address_changes({"/a/"}, {"/a/"}) == "Addresses: unchanged."


def test_many_changes_are_counted():
    """A change of all pages is reported in a few lines."""
    told = file_changes({}, {f"{number:02}": b"" for number in range(20)})
    assert told.startswith("Files, new (20): 00, 01,")
    assert told.endswith("11 and 8 more")


def test_changed_addresses_are_listed():
    """New and removed addresses are listed."""
    assert address_changes({"/a/"}, {"/b/"}) == "Addresses, new (1): /b/\nAddresses, gone (1): /a/"
