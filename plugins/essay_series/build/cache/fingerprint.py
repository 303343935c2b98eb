"""Fingerprints: a text for each frozen value, which is equal for equal values; long texts are replaced by a digest."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from operator import attrgetter
from typing import Any

from .store import digest_of

LONG = 400
"""From this many characters on, the digest is kept instead of the text: some values hold whole essays."""


@dataclass
class Fingerprints:
    """Computes the fingerprint of each object only once, since pages share most of what they show."""

    _known: dict[int, tuple[object, str]] = field(default_factory=dict)
    _parts: dict[type, Callable[[Any], Iterable[object]] | None] = field(default_factory=dict)
    """By type: the function that returns a value's parts; None if the value's ``repr`` is its fingerprint."""

    def of(self, value: object) -> str:
        """Return the fingerprint of a frozen dataclass, a tuple, or any value with a complete ``repr``."""
        if self._parts_of(type(value)) is None:
            return repr(value)
        key = id(value)
        if key not in self._known:
            words = self.once(value)
            short = words if len(words) < LONG else f"<{digest_of(words)}>"
            self._known[key] = (value, short)  # holding the value keeps its id from being used again
        return self._known[key][1]

    def once(self, value: object) -> str:
        """Return the fingerprint of a frozen dataclass without caching it, only its parts."""
        kind = type(value)
        parts = self._parts_of(kind)
        words = ",".join([repr(part) if type(part) is str else self.of(part) for part in parts(value)]) if parts else ""
        return f"({words})" if isinstance(value, tuple) else f"{kind.__name__}({words})"

    def _parts_of(self, kind: type) -> Callable[[Any], Iterable[object]] | None:
        if kind not in self._parts:
            self._parts[kind] = _taken_apart(kind)
        return self._parts[kind]


def _taken_apart(kind: type) -> Callable[[Any], Iterable[object]] | None:
    if issubclass(kind, tuple):
        return iter
    if not is_dataclass(kind):
        return None
    names = [each.name for each in fields(kind)]
    if len(names) > 1:
        return attrgetter(*names)
    return lambda value: [getattr(value, name) for name in names]


def plain_words(value: object) -> str | None:
    """Return the fingerprint of a plain value: text, number, list, tuple, mapping; None for any other."""
    if isinstance(value, Mapping | list | tuple):
        pairs = value.items() if isinstance(value, Mapping) else enumerate(value)
        parts = [plain_words(each) for pair in pairs for each in pair]
        return None if None in parts else f"{type(value).__name__}({','.join(filter(None, parts))})"
    if callable(value):  # such as the slugify functions of Python-Markdown
        name = f"{getattr(value, '__module__', '')}.{getattr(value, '__qualname__', '')}"
        return name if name.startswith("markdown.") and "<" not in name else None
    return repr(value) if value is None or isinstance(value, str | int | float) else None
