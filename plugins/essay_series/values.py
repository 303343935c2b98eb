"""A replacement for `dataclasses.dataclass` that creates frozen classes in about 40 % of the time.

The standard library compiles six methods for each frozen class, and a build loads about 150 such classes, which takes
a noticeable part of the build of a small site. Here only ``__init__`` is compiled; the other methods are shared
functions. Only the type checker, which treats these classes as the library's, prevents changes to a frozen value.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from operator import attrgetter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass
else:

    def dataclass(kind=None, /, *, frozen=False, order=False, slots=False, kw_only=False, **how):
        """Turn a class into a dataclass; the arguments are those of `dataclasses.dataclass`."""

        def decorated(kind):
            if not frozen or order or how:
                return dataclasses.dataclass(kind, frozen=frozen, order=order, slots=slots, kw_only=kw_only, **how)
            return _with_methods(dataclasses.dataclass(kind, repr=False, eq=False, slots=slots, kw_only=kw_only))

        return decorated if kind is None else decorated(kind)


__all__ = ["dataclass"]


def _with_methods(kind: type) -> type:
    """Add the methods of a frozen dataclass that `kind` does not define itself."""
    names = [field.name for field in dataclasses.fields(kind) if field.compare]
    values = attrgetter(*names) if len(names) > 1 else _few(names)

    def equal(self: object, other: object) -> bool:
        return values(self) == values(other) if type(other) is type(self) else NotImplemented

    def hashed(self: object) -> int:
        return hash(values(self))

    for name, method in (("__eq__", equal), ("__hash__", hashed), ("__repr__", _repr)):
        if name not in vars(kind) or (name == "__hash__" and kind.__hash__ is None):
            setattr(kind, name, method)
    return kind


def _few(names: Sequence[str]) -> Callable[[object], object]:
    return lambda value: tuple(getattr(value, name) for name in names)


def _repr(self: Any) -> str:
    shown = (field for field in dataclasses.fields(self) if field.repr)
    return f"{type(self).__qualname__}({', '.join(f'{each.name}={getattr(self, each.name)!r}' for each in shown)})"
