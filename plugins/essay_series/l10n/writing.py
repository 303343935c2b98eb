"""The writing systems of a site's languages, by which style sheets choose faces, sizes and leading."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from ..values import dataclass
from . import cldr
from .catalogue import SOURCE
from .locale import Locale


@dataclass(frozen=True, slots=True)
class WritingSystem:
    """A script, and the languages of a site that are written in it."""

    script: str
    """Its code (ISO 15924), such as ``Arab``."""
    languages: tuple[str, ...]
    has_capitals: bool
    """Whether its letters are large and small; those of other scripts have no italics either."""
    is_covered: bool
    """Whether the site's own fonts have the letters of these languages."""

    @property
    def selector(self) -> str:
        """What selects elements in these languages in CSS."""
        each = [f":lang({tag})" for tag in self.languages]
        return each[0] if len(each) == 1 else f":is({', '.join(each)})"


def writing_systems(tags: Iterable[str], covers: Callable[[str, str], bool]) -> tuple[WritingSystem, ...]:
    """Return the writing systems of the languages `tags`, by their codes; those that CLDR does not know are left out.

    Args:
        tags: all languages of a site.
        covers: tells of a language and its script whether the site's own fonts have their letters.

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
    """Tell whether a letter in the language's own name has another form as a capital."""
    name = SOURCE if tag.partition("-")[0] == SOURCE else Locale(tag).own_name
    return name.upper() != name.lower()
