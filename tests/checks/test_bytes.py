"""What checks rely on in a source: bytes from any editor read the same, and a bad one is found where it stands."""

from __future__ import annotations

from codecs import BOM_UTF8

from hypothesis import given
from hypothesis import strategies as st

from builders import a_manuscript
from essay_series import checks
from essay_series.sources.frontmatter import read

ENDINGS = st.sampled_from(["\n", "\r\n", "\r"])
MARKS = st.sampled_from([b"", BOM_UTF8])
LINES = st.lists(
    st.sampled_from(["Title: Café", "Tags: a, b", "    more", "", "Text…", "[a](b.md)", "---"]), min_size=1
)


@given(LINES, ENDINGS, MARKS)
def test_byte_order_mark_and_line_endings_make_no_difference(lines, ending, mark):
    """A source is the same whatever editor saved it."""
    data = mark + ending.join(lines).encode()
    assert read("essays/one.md", "essay", data) == read("essays/one.md", "essay", "\n".join(lines).encode())


@given(LINES, ENDINGS, MARKS, st.data())
def test_a_byte_that_is_not_utf8_is_found_at_its_line_and_column(lines, ending, mark, data):
    """Columns count characters and not bytes, also after a byte order mark and with any line ending."""
    row = data.draw(st.integers(0, len(lines) - 1))
    at = data.draw(st.integers(0, len(lines[row])))
    encoded = [line.encode() for line in lines]
    encoded[row] = lines[row][:at].encode() + b"\xff" + lines[row][at:].encode()
    source = read("essays/one.md", "essay", mark + ending.encode().join(encoded))
    assert source.bad_byte == (row + 1, at + 1)


def test_a_replacement_character_in_a_file_without_a_body_is_reported():
    """It is found in a header that nothing follows, not even a line ending."""
    found = checks.run(a_manuscript({"essays/one.md": "Title: Caf\N{REPLACEMENT CHARACTER}".encode()}))
    assert [(each.line, each.column) for each in found if each.code == "control-character"] == [(1, 11)]
