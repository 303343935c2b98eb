"""The key of each page: digests of its view, of the navigation, and of the build's theme, settings and code."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from ...build.build import Build
from ...build.cache.fingerprint import Fingerprints
from ...build.cache.store import digest_of_all
from ...build.target import Key
from ...model import Address
from ...views import View
from ...views.pieces import Day

_OWN = (str, int, bool, type(None), Address, Day)
"""The types of fields that describe the page itself; fields of all other types describe other pages."""
SAYS = ("content", "shown")
"""The parts of a page's key for its view, without theme and navigation."""


def page_keys(context: Mapping[str, Any], build: Build) -> dict[str, Key]:
    """Return the key of each page, by output path; `context` is the context of all templates."""
    words, views, navigation = Fingerprints(), context["views"], context["navigation"]
    systems = words.of(context["writing_systems"])
    own, *others = (build.key(navigation=words.of(each), languages=systems) for each in navigation.everywhere)
    common = dict(zip(navigation.by_language, others, strict=True))
    return {path: {**common.get(view.lang, own), **_parts(view, words)} for path, view in views.items()}


def _parts(view: View, words: Fingerprints) -> Key:
    own, shown = [type(view).__name__], list[str]()
    for each in fields(view):
        value = getattr(view, each.name)
        (own if isinstance(value, _OWN) else shown).append(f"{each.name}={words.of(value)}")
    return dict(zip(SAYS, map(digest_of_all, (own, shown)), strict=True))
