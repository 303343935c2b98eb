"""Frozen dataclasses that are made in a third of the time of the library's own, for which small sites wait.

The library compiles six methods for each frozen class, one after the other, and a build loads a hundred and fifty such
classes. Here only ``__init__`` is compiled, and the other methods are the same functions for all. That nothing sets an
attribute of a frozen value the type checker sees to; it reads these classes as the library's.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from operator import attrgetter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass
else:

    def dataclass(kind=None, /, *, frozen=False, order=False, slots=False, **how):
        """Return what makes a dataclass of a class as `dataclasses.dataclass` does; see there for the arguments."""

        def made(kind):
            if not frozen or order or how:
                return dataclasses.dataclass(kind, frozen=frozen, order=order, slots=slots, **how)
            return _with_methods(dataclasses.dataclass(kind, repr=False, eq=False, slots=slots))

        return made if kind is None else made(kind)


__all__ = ["dataclass"]


def _with_methods(kind: type) -> type:
    """Give a dataclass the methods of a frozen one that it does not define itself."""
    names = [field.name for field in dataclasses.fields(kind) if field.compare]
    parts = attrgetter(*names) if len(names) > 1 else _few(names)

    def equal(self: object, other: object) -> bool:
        return parts(self) == parts(other) if type(other) is type(self) else NotImplemented

    def digest(self: object) -> int:
        return hash(parts(self))

    for name, method in (("__eq__", equal), ("__hash__", digest), ("__repr__", _told)):
        if name not in vars(kind) or (name == "__hash__" and kind.__hash__ is None):
            setattr(kind, name, method)
    return kind


def _few(names: Sequence[str]) -> Callable[[object], object]:
    return lambda value: tuple(getattr(value, name) for name in names)


def _told(self: Any) -> str:
    shown = (field for field in dataclasses.fields(self) if field.repr)
    return f"{type(self).__qualname__}({', '.join(f'{each.name}={getattr(self, each.name)!r}' for each in shown)})"
