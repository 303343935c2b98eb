"""Pelican's metadata is what its author wrote."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from essay_series.adapter.settings.values import text_from, texts_from


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("It <em>costs</em> &amp; pays", "It costs & pays"),
        ("What &amp;lt; means", "What &lt; means"),  # reStructuredText escapes what its author wrote
        (["Ann", "Ben"], "Ann, Ben"),
        (["Beck, Ben", "Ann"], "Beck, Ben; Ann"),
        (datetime(2009, 4, 1, 18, 30, tzinfo=UTC), "2009-04-01 18:30:00+00:00"),
        (3, "3"),
    ],
)
def test_a_value_is_as_its_author_wrote_it(value, text):
    """Markup and escapes go, once; names with commas are told apart by semicolons, and dates can be read again."""
    assert text_from(value) == text


def test_keys_are_in_small_letters_and_no_value_is_no_text():
    """A key is found however it was written, and one without a value is not there."""
    assert texts_from({"Series": "S", "side": None}) == {"series": "S"}
