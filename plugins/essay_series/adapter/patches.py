"""What is changed in the libraries while a site of this project's kind is built."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any

import pelican
import smartypants
import typogrify
from pelican.plugins import _utils as plugins
from typogrify import filters

from ..build.texts import typography
from ..values import dataclass
from .installed_plugins import InstalledPlugins


class Typeset(str):
    """A text that has been through typography."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Patch:
    """A function of a library, and what takes its place."""

    owner: Any
    name: str
    """What the function is called in `owner`."""
    replacement: Callable[..., object]
    original: Callable[..., object]
    reason: str
    """What is lost without it, as a sentence."""
    checked_with: Mapping[str, str]
    """The versions that it was checked with, by package; with others it stays off."""

    @property
    def differences(self) -> list[str]:
        """The packages whose versions are others, in words."""
        return [
            f"{package} is {_VERSIONS[package]}, not {version}"
            for package, version in self.checked_with.items()
            if _VERSIONS[package] != version
        ]

    @property
    def is_on(self) -> bool:
        """Whether the function has been replaced."""
        return getattr(self.owner, self.name) is self.replacement


_VERSIONS = {
    "pelican": pelican.__version__,
    "smartypants": smartypants.__version__,
    "typogrify": typogrify.__version__,
}


def _typogrify(text: str, ignore_tags: Collection[str] | None = None, **wanted: bool) -> str:
    return text if isinstance(text, Typeset) else typography.typogrify(text, ignore_tags, **wanted)


TYPOGRIFY = Patch(
    owner=filters,
    name="typogrify",
    replacement=_typogrify,
    original=filters.typogrify,
    reason="typography is done by Pelican, one text after the other and in every build",
    checked_with={"pelican": "4.12.0", **typography.VERSIONS},
)
"""Pelican puts each text through typography once it is read; a text of our reader has been through it already."""
INSTALLED = Patch(
    owner=plugins,
    name="get_namespace_plugins",
    replacement=InstalledPlugins,
    original=plugins.get_namespace_plugins,
    reason="every build loads all installed plugins, also those that it does not use",
    checked_with={"pelican": "4.12.0"},
)
"""Pelican imports every installed plugin to know their names; a build of ours only those that it uses."""
PATCHES = (TYPOGRIFY, INSTALLED)


def switch_on(*wanted: Patch) -> list[str]:
    """Replace the functions of those patches that were checked with the installed versions; tell of the others."""
    told = []
    for patch in wanted:
        if patch.differences:
            told.append(f"{', '.join(patch.differences)}: {patch.reason}.")
        else:
            setattr(patch.owner, patch.name, patch.replacement)
    return told


def switch_off() -> None:
    """Put the libraries' own functions back."""
    for patch in PATCHES:
        if patch.is_on:
            setattr(patch.owner, patch.name, patch.original)
