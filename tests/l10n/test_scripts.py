"""The length of a text, measured by its scripts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from essay_series.l10n.scripts import length_of


@pytest.mark.parametrize(
    ("text", "minutes", "words"),
    [
        ("word " * 2380, 10, 2380),
        ("大" * 2550, 10, 2550),
        ("今日は天気が良い、と彼は言った。" * 255, 10, 3570),
        ("안녕하세요 세계 " * 1010, 10, 2020),
        ("ภาษาไทย" * 1260, 10, 2380),
        ("слово " * 2380, 10, 2380),
        ("كلمة " * 2380, 10, 2380),
        ("大" * 2550 + " " + "word " * 238, 11, 2788),
        ("微革命，“" * 850 + "Python 3 " * 119, 11, 2788),
        ("漢" * 2550 + "ノ", 10, 2551),
        ("", 0, 0),
    ],
)
def test_the_length_of_a_text_depends_on_its_scripts(text, minutes, words):
    """Words are counted in scripts with spaces, characters in those without, and both in a mixed text."""
    length = length_of(text)
    assert (round(length.minutes), length.as_words) == (minutes, words)


@given(st.text(alphabet="aé Ж—&1,.\n\u0301ש"))
def test_scripts_with_spaces_are_counted_by_words(text):
    """A text in scripts with spaces has as many words as spaces separate, punctuation marks included."""
    assert length_of(text).as_words == len(text.split())
    assert length_of(text).minutes == len(text.split()) / 238
