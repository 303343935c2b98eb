"""How long a text is, in each script's own measure."""

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
def test_a_text_is_measured_as_its_scripts_are_read(text, minutes, words):
    """Words are counted where blanks part them, characters where none do, and a mixed text has both."""
    length = length_of(text)
    assert (round(length.minutes), length.as_words) == (minutes, words)


@given(st.text(alphabet="aé Ж—&1,.\n\u0301ש"))
def test_scripts_with_blanks_have_the_words_that_blanks_part(text):
    """A text of no other script has as many words as ever, marks that stand alone included."""
    assert length_of(text).as_words == len(text.split())
    assert length_of(text).minutes == len(text.split()) / 238
