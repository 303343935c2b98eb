"""The installed namespace plugins, which are imported only when they are used."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pkgutil import resolve_name
from types import ModuleType
from typing import cast

import pelican.plugins
from pelican.plugins._utils import iter_namespace


class InstalledPlugins(Mapping[str, ModuleType]):
    """The packages in the namespace ``pelican.plugins`` by full name; each is imported on access."""

    def __init__(self) -> None:
        self._names = [name for _, name, is_package in iter_namespace(pelican.plugins) if is_package]

    def __getitem__(self, name: str) -> ModuleType:
        """Import and return the plugin called `name`."""
        if name not in self._names:
            raise KeyError(name)
        return cast("ModuleType", resolve_name(name))

    def __contains__(self, name: object) -> bool:
        """Tell whether a plugin is installed, without importing it."""
        return name in self._names

    def __iter__(self) -> Iterator[str]:
        """Yield all names."""
        return iter(self._names)

    def __len__(self) -> int:
        """Return how many plugins are installed."""
        return len(self._names)
