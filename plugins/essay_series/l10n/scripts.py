"""Measures the length of a text: in words, or in characters for scripts that do not separate words with spaces."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from unicodedata import name

from ..values import dataclass

WORDS_A_MINUTE = 238
"""Silent reading of English non-fiction by adults (Brysbaert 2019, a review of 190 studies)."""
KOREAN_WORDS_A_MINUTE = 202
"""Silent reading of Korean by adults (Rhiu and others 2017, Korean Journal of Ophthalmology 31)."""
CHINESE_A_MINUTE = 255
"""Characters (IReST: Trauzettel-Klosinski and Dietz 2012, table 2)."""
JAPANESE_A_MINUTE = 357
"""Kana and kanji (same source)."""
OTHERS_A_MINUTE = 882
"""Characters of other scripts without spaces, such as Thai: 68 ms each, the mean of 14 alphabets (same source)."""

_HAN = r"\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3038-\u303b\u3100-\u312f\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_HAN += r"\U00020000-\U0003fffd"
_KANA = r"\u3041-\u309f\u30a1-\u30ff\u31f0-\u31ff\uff66-\uff9f"
_WITHOUT_BLANKS = r"\u0e01-\u0eff\u1000-\u109f\u1780-\u17ff\ua9e0-\ua9ff\uaa60-\uaa7f"
_HANGUL = r"\u1100-\u11ff\u3130-\u318f\uac00-\ud7af"
_UNUSUAL = re.compile("[^\x00-\u0e00\u2000-\u2e7f]")
"""A quick first test: matches every text with letters of the scripts above, and some others."""
_SPELLED = ("LATIN", "GREEK", "CYRILLIC", "ARMENIAN", "GEORGIAN", "FEMININE", "MASCULINE", "MICRO")
"""The prefixes of the Unicode names of letters that can be transliterated to Latin letter by letter."""
_FEW = 10
"""A text with at least this many times more Han characters than kana is Chinese with a few Japanese names."""


@dataclass(frozen=True, slots=True)
class Length:
    """The numbers of words and characters in a text."""

    words: int = 0
    """Words in scripts with spaces, except Korean."""
    korean: int = 0
    """Words in Korean."""
    han: int = 0
    kana: int = 0
    others: int = 0
    """Characters of other scripts without spaces."""

    @property
    def minutes(self) -> float:
        """The time that an adult needs to read it, in minutes."""
        is_japanese = self.kana * _FEW > self.han
        characters = (self.han + self.kana) / (JAPANESE_A_MINUTE if is_japanese else CHINESE_A_MINUTE)
        words = self.words / WORDS_A_MINUTE + self.korean / KOREAN_WORDS_A_MINUTE
        return words + characters + self.others / OTHERS_A_MINUTE

    @property
    def as_words(self) -> int:
        """The number of words, where each Chinese or Japanese character counts as one, as in word processors."""
        return self.words + self.korean + self.han + self.kana + round(self.others / OTHERS_A_MINUTE * WORDS_A_MINUTE)


def length_of(text: str) -> Length:
    """Return the length of the plain text `text`."""
    if not _UNUSUAL.search(text):
        return Length(len(text.split()))
    han, kana, others = (len(_one_of(letters).findall(text)) for letters in (_HAN, _KANA, _WITHOUT_BLANKS))
    if not han + kana + others:
        return _words(text.split())
    rest = _one_of(f"{_HAN}{_KANA}{_WITHOUT_BLANKS}").sub(" ", text).split()
    words = _words([word for word in rest if any(map(str.isalnum, word))])
    return Length(words.words, words.korean, han, kana, others)


def is_readable_in_latin(text: str) -> bool:
    """Tell whether all letters of `text` can be transliterated to Latin letter by letter."""
    return text.isascii() or all(name(each, "").startswith(_SPELLED) for each in text if each.isalpha())


def _words(words: Sequence[str]) -> Length:
    korean = sum(1 for word in words if _one_of(_HANGUL).search(word))
    return Length(len(words) - korean, korean)


@cache
def _one_of(letters: str) -> re.Pattern[str]:
    return re.compile(f"[{letters}]")
