"""Compressed texts: as small as can be, the same each time, and never anything but the text."""

from __future__ import annotations

import gzip
import os

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import SiteTest
from essay_series.hosts.compress import compress

ROOT = "https://e.example"
TEXT = b"The price of letting go. " * 100
OPEN = {".gz": gzip.decompress, ".br": brotli.decompress}


def compressed(folder, data: bytes, name: str = "a.html") -> dict[str, bytes]:
    """Return what is made beside a file that holds `data`, by name."""
    (folder / "new").mkdir(exist_ok=True)
    (folder / "new" / name).write_bytes(data)
    return {path.name: path.read_bytes() for path in compress(folder / "new", folder / "old")}


@given(st.binary(max_size=200), st.integers(1, 40))
def test_what_is_compressed_is_the_text(tmp_path_factory, words, times):
    """Whatever a file holds, what is made of it opens to just that, and is smaller."""
    data = words * times
    for name, smaller in compressed(tmp_path_factory.mktemp("site"), data).items():
        assert OPEN[f".{name.split('.')[-1]}"](smaller) == data
        assert len(smaller) < len(data)


def test_both_are_made_and_twice_the_same(tmp_path):
    """A text has a gzip and a brotli file, whose bytes know no day and no name."""
    first = compressed(tmp_path, TEXT)
    assert first.keys() == {"a.html.gz", "a.html.br"}
    os.utime(tmp_path / "new/a.html", (1, 1))
    assert compressed(tmp_path, TEXT) == first


@pytest.mark.parametrize(
    ("data", "name"),
    [(TEXT[:1023], "a.html"), (TEXT, "a.png"), (TEXT, "_headers"), (os.urandom(2000), "a.html")],
    ids=["small", "picture", "for-hosts", "would-not-shrink"],
)
def test_what_does_not_pay_is_not_compressed(tmp_path, data, name):
    """Small files, pictures, files for hosts, and what would not get smaller stay alone."""
    assert compressed(tmp_path, data, name) == {}


@pytest.mark.parametrize(
    "damage", [b"", b"x", gzip.compress(b"other"), brotli.compress(b"other")], ids=["empty", "cut", "gzip", "brotli"]
)
def test_a_damaged_or_foreign_file_is_not_taken_over(tmp_path, damage):
    """What was compressed before is taken over only if it opens to the text of today."""
    (tmp_path / "old").mkdir()
    for ending in OPEN:
        (tmp_path / f"old/a.html{ending}").write_bytes(damage)
    found = compressed(tmp_path, TEXT)
    assert found.keys() == {f"a.html{ending}" for ending in OPEN}
    for name, smaller in found.items():
        assert OPEN[f".{name.split('.')[-1]}"](smaller) == TEXT


def test_what_was_compressed_before_is_taken_over(tmp_path):
    """An unchanged text is not compressed again."""
    (tmp_path / "old").mkdir()
    kept = gzip.compress(TEXT, 1, mtime=7)
    (tmp_path / "old/a.html.gz").write_bytes(kept)
    assert compressed(tmp_path, TEXT)["a.html.gz"] == kept


def test_a_publication_is_compressed_and_a_build_is_not(site: SiteTest):
    """Only readers' hosts need it; the report names pages only, and the next publication takes the old ones away."""
    site.essay("one").essay("two", Aliases="deux")
    assert not [path for path in site.build().files() if path.endswith((".gz", ".br"))]
    first = site.publish(ROOT)
    assert {"essays/two/index.html.gz", "essays/two/index.html.br", "feeds/all.atom.xml.br"} <= first.files().keys()
    assert ".gz" not in first.said
    site.remove("content/essays/two.md").essay("one", "Text.", Aliases="two, deux")
    second = site.publish(ROOT)
    assert second.code == 0, second.said
    assert "essays/two/index.html.br" not in second.files()
    assert ".br" not in second.said
