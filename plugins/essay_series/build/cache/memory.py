"""What a process that makes several builds remembers of the last one, so that only what changed is made again.

Nothing in it is needed: a build with an empty memory makes the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any, TypeVar

Made = TypeVar("Made")


class Memory:
    """Values by kind and name, each with the key of all that it was made of."""

    def __init__(self) -> None:
        """Remember nothing yet."""
        self._before: dict[tuple[str, str], tuple[object, Any]] = {}
        self._now: dict[tuple[str, str], tuple[object, Any]] = {}
        self.made: Counter[str] = Counter()
        """How many values of each kind this build has made, since they were not remembered."""

    def of(self, kind: str, name: str, key: object, make: Callable[[], Made]) -> Made:
        """Return what `make` makes, or what it made before from the same.

        Args:
            kind: what kind of value it is; a kind has values of one type.
            name: tells it from others of its kind.
            key: equal keys mean equal values, so it holds all that the value is made of and that may change.
            make: makes the value, which is never changed afterwards.

        """
        found = self._find(kind, name, key)
        if found is None:
            made = make()
            self.keep(kind, name, key, made)
            return made
        value: Made = found[1]
        return value

    def get(self, kind: str, name: str, key: object) -> Any:  # noqa: ANN401 - its kind says of what type it is
        """Return what was kept under this key; None if nothing was."""
        found = self._find(kind, name, key)
        return found[1] if found else None

    def keep(self, kind: str, name: str, key: object, value: object) -> None:
        """Keep a value that was made, as `of` does."""
        self._now[kind, name] = (key, value)
        self.made[kind] += 1

    def begin(self) -> None:
        """Begin a build, which has made nothing yet."""
        self.made.clear()

    def end(self) -> None:
        """End a build that made everything: what it did not ask for is forgotten."""
        self._before, self._now = self._now, {}

    def _find(self, kind: str, name: str, key: object) -> tuple[object, Any] | None:
        """Return a key with its value, also for the next build; None if there is none or the key is another one."""
        place = (kind, name)
        found = self._now.get(place) or self._before.get(place)
        if found is None or found[0] != key:
            return None
        self._now[place] = found
        return found
