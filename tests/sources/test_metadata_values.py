"""Pelican's metadata as its author wrote it."""

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
    """Markup and one level of escapes are removed, lists are joined, and dates can be read again."""
    assert text_from(value) == text


def test_keys_are_lower_case_and_empty_values_are_left_out():
    """Keys are in lower case, and a key without a value is left out."""
    assert texts_from({"Series": "S", "side": None}) == {"series": "S"}
