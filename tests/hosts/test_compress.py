"""Compressed texts: as small as can be, the same each time, and never anything but the text."""

from __future__ import annotations

import gzip
import os

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import SiteTest
from essay_series.hosts.compress import ENDINGS, compressed, is_worthwhile

ROOT = "https://e.example"
TEXT = b"The price of letting go. " * 100
OPEN = {".gz": gzip.decompress, ".br": brotli.decompress}


@given(st.binary(max_size=9000))
def test_a_compressed_copy_unpacks_to_its_original(tmp_path_factory, data):
    """Whatever a file holds, its copies unpack to the same bytes."""
    file = tmp_path_factory.mktemp("site") / "a.html"
    file.write_bytes(data)
    assert {ending: OPEN[ending](compressed(file, ending)) for ending in ENDINGS} == dict.fromkeys(OPEN, data)


def test_compression_is_deterministic_and_worthwhile(tmp_path):
    """The copies of a text are smaller than it, and do not depend on its name and times."""
    for name in ("a.html", "b.txt"):
        (tmp_path / name).write_bytes(TEXT)
    os.utime(tmp_path / "b.txt", (1, 1))
    for ending in ENDINGS:
        copies = {compressed(tmp_path / name, ending) for name in ("a.html", "b.txt")}
        assert len(copies) == 1
        assert len(copies.pop()) < len(TEXT)


@pytest.mark.parametrize(
    ("data", "name", "is_worth"),
    [(TEXT, "a.html", True), (TEXT[:1023], "a.html", False), (TEXT, "a.png", False), (TEXT, "_headers", False)],
    ids=["text", "small", "picture", "for-hosts"],
)
def test_only_texts_of_some_size_are_compressed(tmp_path, data, name, is_worth):
    """Small files, pictures and files for hosts have no compressed copies."""
    (tmp_path / name).write_bytes(data)
    assert is_worthwhile(tmp_path / name) == is_worth


def test_a_publication_is_compressed_and_a_build_is_not(site: SiteTest):
    """The report counts pages only, and the next publication removes old copies."""
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
