"""What comes from another site, before it is fitted into ours."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import field
from typing import Literal

from ...config import SiteConfig
from ...declare import date_from
from ...values import dataclass

_A_DAY = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True, slots=True)
class Post:
    """One text of the other site, in Markdown."""

    path: str
    """Where it was: the path of its source below that site's content folder, or a name of its own in an export."""
    kind: Literal["essay", "page"]
    slug: str
    header: Mapping[str, str]
    """Front matter by the name of its key, as it was written there."""
    body: str
    address: str = ""
    """The address that readers had for it, below that site's root with a slash in front; empty where there is none."""


@dataclass(frozen=True, slots=True)
class Shipment:
    """All that comes from one site."""

    posts: tuple[Post, ...]
    hosts: frozenset[str] = frozenset()
    """The names under which that site was found, in small letters, without ``www.``."""
    files: Mapping[str, bytes] = field(default_factory=dict)
    """Its images and other files, by their paths below its content folder."""
    notes: tuple[str, ...] = ()
    """What a person should know of the whole."""


def dated(text: str, config: SiteConfig) -> str:
    """Return the date `text` in ISO form; a time of day that names no zone gets the site's."""
    found = date_from(text, config)
    if found is None or _A_DAY.fullmatch(text):
        return text
    return found.isoformat(" ", "seconds" if found.second else "minutes")
