"""An in-memory cache for a process that makes several builds, such as the preview; it never changes the result."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any, TypeVar

Made = TypeVar("Made")


class Memory:
    """Values by kind and name, each with the key of everything it depends on."""

    def __init__(self) -> None:
        """Start empty."""
        self._before: dict[tuple[str, str], tuple[object, Any]] = {}
        self._now: dict[tuple[str, str], tuple[object, Any]] = {}
        self.made: Counter[str] = Counter()
        """How many values of each kind this build had to make."""

    def of(self, kind: str, name: str, key: object, make: Callable[[], Made]) -> Made:
        """Return the cached value, or make and cache it; it must not be changed afterwards.

        Args:
            kind: the kind of the value; all values of a kind have one type.
            name: the name of the value within its kind.
            key: everything that the value depends on and that may change.
            make: makes the value.

        """
        found = self._find(kind, name, key)
        if found is None:
            made = make()
            self.keep(kind, name, key, made)
            return made
        value: Made = found[1]
        return value

    def get(self, kind: str, name: str, key: object) -> Any:  # noqa: ANN401 - its kind says of what type it is
        """Return the value cached under this key; None if there is none."""
        found = self._find(kind, name, key)
        return found[1] if found else None

    def keep(self, kind: str, name: str, key: object, value: object) -> None:
        """Cache a value, with the arguments of `of`."""
        self._now[kind, name] = (key, value)
        self.made[kind] += 1

    def begin(self) -> None:
        """Begin a build: reset the counts."""
        self.made.clear()

    def end(self) -> None:
        """End a complete build: drop every value that it did not ask for."""
        self._before, self._now = self._now, {}

    def _find(self, kind: str, name: str, key: object) -> tuple[object, Any] | None:
        """Return a key with its value, and keep it for the next build; None if there is none under this key."""
        place = (kind, name)
        found = self._now.get(place) or self._before.get(place)
        if found is None or found[0] != key:
            return None
        self._now[place] = found
        return found
