"""How long a text is, by the measure of its scripts: words where blanks part them, characters where none do."""

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
"""Characters, kana and kanji (likewise)."""
OTHERS_A_MINUTE = 882
"""Characters of scripts that write words without blanks, such as Thai: 68 ms each, the mean of 14 alphabets there."""

_HAN = r"\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3038-\u303b\u3100-\u312f\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_HAN += r"\U00020000-\U0003fffd"
_KANA = r"\u3041-\u309f\u30a1-\u30ff\u31f0-\u31ff\uff66-\uff9f"
_WITHOUT_BLANKS = r"\u0e01-\u0eff\u1000-\u109f\u1780-\u17ff\ua9e0-\ua9ff\uaa60-\uaa7f"
_HANGUL = r"\u1100-\u11ff\u3130-\u318f\uac00-\ud7af"
_UNUSUAL = re.compile("[^\x00-\u0e00\u2000-\u2e7f]")
"""What a text holds that has letters of the scripts above, and maybe others; short ranges compile quickly."""
_SPELLED = ("LATIN", "GREEK", "CYRILLIC", "ARMENIAN", "GEORGIAN", "FEMININE", "MASCULINE", "MICRO")
"""How the names of letters begin that have their equals in Latin ones."""
_FEW = 10
"""So many times as much Han as kana is Chinese that names something Japanese."""


@dataclass(frozen=True, slots=True)
class Length:
    """How much there is of a text in each measure."""

    words: int = 0
    korean: int = 0
    """Words with Korean letters, beside those above."""
    han: int = 0
    kana: int = 0
    others: int = 0
    """Characters of other scripts without blanks."""

    @property
    def minutes(self) -> float:
        """How long it is read."""
        is_japanese = self.kana * _FEW > self.han
        characters = (self.han + self.kana) / (JAPANESE_A_MINUTE if is_japanese else CHINESE_A_MINUTE)
        words = self.words / WORDS_A_MINUTE + self.korean / KOREAN_WORDS_A_MINUTE
        return words + characters + self.others / OTHERS_A_MINUTE

    @property
    def as_words(self) -> int:
        """How many words it has, as word processors count: a Chinese or Japanese character is one."""
        return self.words + self.korean + self.han + self.kana + round(self.others / OTHERS_A_MINUTE * WORDS_A_MINUTE)


def length_of(text: str) -> Length:
    """Return how long `text`, which is no HTML, is."""
    if not _UNUSUAL.search(text):
        return Length(len(text.split()))
    han, kana, others = (len(_one_of(letters).findall(text)) for letters in (_HAN, _KANA, _WITHOUT_BLANKS))
    if not han + kana + others:
        return _words(text.split())
    rest = _one_of(f"{_HAN}{_KANA}{_WITHOUT_BLANKS}").sub(" ", text).split()
    words = _words([word for word in rest if any(map(str.isalnum, word))])
    return Length(words.words, words.korean, han, kana, others)


def is_readable_in_latin(text: str) -> bool:
    """Tell whether readers of `text` read it too where it is spelled letter by letter in Latin ones."""
    return text.isascii() or all(name(each, "").startswith(_SPELLED) for each in text if each.isalpha())


def _words(words: Sequence[str]) -> Length:
    korean = sum(1 for word in words if _one_of(_HANGUL).search(word))
    return Length(len(words) - korean, korean)


@cache
def _one_of(letters: str) -> re.Pattern[str]:
    return re.compile(f"[{letters}]")
