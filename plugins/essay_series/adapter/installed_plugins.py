"""The plugins that are installed beside Pelican, of which only those are loaded that are asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pkgutil import resolve_name
from types import ModuleType
from typing import cast

import pelican.plugins
from pelican.plugins._utils import iter_namespace


class InstalledPlugins(Mapping[str, ModuleType]):
    """The packages in Pelican's namespace of plugins, by their names; each is imported when it is asked for."""

    def __init__(self) -> None:
        self._names = [name for _, name, is_package in iter_namespace(pelican.plugins) if is_package]

    def __getitem__(self, name: str) -> ModuleType:
        """Return the plugin of that `name`."""
        if name not in self._names:
            raise KeyError(name)
        return cast("ModuleType", resolve_name(name))

    def __contains__(self, name: object) -> bool:
        """Tell whether a plugin of that `name` is installed, without importing it."""
        return name in self._names

    def __iter__(self) -> Iterator[str]:
        """Yield all names."""
        return iter(self._names)

    def __len__(self) -> int:
        """Return how many plugins are installed."""
        return len(self._names)
