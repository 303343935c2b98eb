"""Languages of a site → their writing systems, by which style sheets choose fonts, sizes and line heights."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from ..values import dataclass
from . import cldr
from .catalogue import SOURCE
from .locale import Locale


@dataclass(frozen=True, slots=True)
class WritingSystem:
    """A script, with the languages of the site that use it."""

    script: str
    """The code of ISO 15924, such as ``Arab``."""
    languages: tuple[str, ...]
    has_capitals: bool
    """Whether it distinguishes upper and lower case; scripts that do not have no italics either."""
    is_covered: bool
    """Whether the site's fonts have the letters of these languages."""

    @property
    def selector(self) -> str:
        """A CSS selector of elements in these languages."""
        each = [f":lang({tag})" for tag in self.languages]
        return each[0] if len(each) == 1 else f":is({', '.join(each)})"


def writing_systems(tags: Iterable[str], covers: Callable[[str, str], bool]) -> tuple[WritingSystem, ...]:
    """Return the writing systems of the languages `tags`, sorted by code; without those that CLDR does not know.

    Args:
        tags: all languages of a site.
        covers: tells whether the site's fonts have the letters of a language (first argument) in a script (second).

    """
    found: dict[tuple[str, bool], list[str]] = {}
    for tag in sorted({*tags}):
        if script := _script(tag):
            found.setdefault((script, covers(tag, script)), []).append(tag)
    return tuple(
        WritingSystem(script, tuple(languages), any(map(_has_capitals, languages)), is_covered)
        for (script, is_covered), languages in sorted(found.items())
    )


def _script(tag: str) -> str:
    return "Latn" if tag.partition("-")[0] == SOURCE else cldr.likely(tag)[1]


def _has_capitals(tag: str) -> bool:
    """Tell whether the name of the language in itself has letters with upper and lower case."""
    name = SOURCE if tag.partition("-")[0] == SOURCE else Locale(tag).own_name
    return name.upper() != name.lower()
