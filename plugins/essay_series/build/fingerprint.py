"""What a value says, as words: two values that say the same give the same words, whatever objects they are made of.

Long words are told by their digest.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields, is_dataclass

from .store import digest_of

LONG = 400
"""From so many characters on, words are kept as their digest: a book holds whole texts."""


@dataclass
class Fingerprints:
    """Puts frozen values into words, each object once: pages share most of what they show."""

    _known: dict[int, tuple[object, str]] = field(default_factory=dict)
    _fields: dict[type, tuple[str, ...]] = field(default_factory=dict)

    def of(self, value: object) -> str:
        """Return the words of a frozen dataclass, a tuple, or anything whose ``repr`` tells it whole."""
        if not (isinstance(value, tuple) or is_dataclass(value)):
            return repr(value)
        key = id(value)
        if key not in self._known:
            words = self._words(value)
            short = words if len(words) < LONG else f"<{digest_of(words)}>"
            self._known[key] = (value, short)  # the value is held, so that its id stays its own
        return self._known[key][1]

    def once(self, value: object) -> str:
        """Return the words of a frozen dataclass that no other value holds; nothing of it is kept but its parts."""
        return self._words(value)

    def _words(self, value: object) -> str:
        if isinstance(value, tuple):
            return f"({','.join(map(self.of, value))})"
        kind = type(value)
        if kind not in self._fields:
            self._fields[kind] = tuple(each.name for each in fields(kind)) if is_dataclass(kind) else ()
        return f"{kind.__name__}({','.join(self.of(getattr(value, name)) for name in self._fields[kind])})"
