"""The monkey patches of libraries in the site mode, each with its reason and the versions that it was tested with."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from pkgutil import resolve_name
from types import ModuleType
from typing import Any, cast

import pelican
import pelican.plugins
import smartypants
import typogrify
from pelican.plugins import _utils
from typogrify import filters

from ..build.texts import typography
from ..values import dataclass


class Typeset(str):
    """HTML that is typeset already."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Patch:
    """A function of a library and its replacement."""

    owner: Any
    """The module that has the function."""
    name: str
    replacement: Callable[..., object]
    original: Callable[..., object]
    reason: str
    """What is worse without the patch, as a clause for a message."""
    checked_with: Mapping[str, str]
    """The versions that it was tested with, by package; with others it stays off."""

    @property
    def differences(self) -> list[str]:
        """The packages that have other versions, as clauses for a message."""
        return [
            f"{package} is {_VERSIONS[package]}, not {version}"
            for package, version in self.checked_with.items()
            if _VERSIONS[package] != version
        ]

    @property
    def is_on(self) -> bool:
        """Whether the function is replaced at present."""
        return getattr(self.owner, self.name) is self.replacement


_VERSIONS = {
    "pelican": pelican.__version__,
    "smartypants": smartypants.__version__,
    "typogrify": typogrify.__version__,
}


class InstalledPlugins(Mapping[str, ModuleType]):
    """The packages in the namespace ``pelican.plugins`` by full name; each is imported when it is asked for."""

    def __init__(self) -> None:
        self._names = [name for _, name, is_package in _utils.iter_namespace(pelican.plugins) if is_package]

    def __getitem__(self, name: str) -> ModuleType:
        return cast("ModuleType", resolve_name(name))

    def __contains__(self, name: object) -> bool:
        return name in self._names

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


def _typogrify(text: str, ignore_tags: Collection[str] | None = None, **wanted: bool) -> str:
    return text if isinstance(text, Typeset) else typography.typogrify(text, ignore_tags, **wanted)


TYPOGRIFY = Patch(
    owner=filters,
    name="typogrify",
    replacement=_typogrify,
    original=filters.typogrify,
    reason="every build applies typography to all texts, one by one",
    checked_with={"pelican": "4.12.0", **typography.VERSIONS},
)
"""Pelican applies typography to each text that it reads; those of our reader are typeset already."""
INSTALLED = Patch(
    owner=_utils,
    name="get_namespace_plugins",
    replacement=InstalledPlugins,
    original=_utils.get_namespace_plugins,
    reason="every build imports all installed plugins, even unused ones",
    checked_with={"pelican": "4.12.0"},
)
"""Pelican imports every installed plugin just to list them."""
PATCHES = (TYPOGRIFY, INSTALLED)


def switch_on(*wanted: Patch) -> list[str]:
    """Apply the patches that were tested with the installed versions, and return a message for each of the others."""
    told = []
    for patch in wanted:
        if patch.differences:
            told.append(f"{', '.join(patch.differences)}: {patch.reason}.")
        else:
            setattr(patch.owner, patch.name, patch.replacement)
    return told


def switch_off() -> None:
    """Restore the original functions."""
    for patch in PATCHES:
        if patch.is_on:
            setattr(patch.owner, patch.name, patch.original)
