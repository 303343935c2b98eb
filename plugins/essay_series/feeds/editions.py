"""The files of all topics, in every format: what each is made of, and what makes it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial

from ..routes import FORMATS
from ..values import dataclass
from .atom import atom
from .catalogue import Topic
from .compose import Sheet, feed, head_of, paths_of, sheets
from .items import Press
from .json_feed import json_feed
from .opml import opml
from .rss import rss

WRITERS = (atom, rss, json_feed)
"""In the order of `routes.FORMATS`."""


@dataclass(frozen=True, slots=True)
class Edition:
    """The files of one topic, or the list of all topics, before they are made."""

    name: str
    material: tuple[str, ...]
    """What they are made of, in words: with the same channel, equal material gives equal files."""
    make: Callable[[], Mapping[str, bytes]]
    """Returns the files by output path."""
    paths: tuple[str, ...]
    """Of these files."""


def editions(listed: Sequence[Topic], press: Press) -> Iterator[Edition]:
    """Yield what there is to make of all topics, each in every format, and of the list of them."""
    for topic in listed:
        for sheet in sheets(topic, press):
            material = (_head(topic, press), f"{sheet.archive} {sheet.archives}")
            about = map(press.digest, sheet.essays)
            name, make = f"{topic.key} {sheet.archive}", partial(_written, sheet, press)
            yield Edition(name, (*material, *about), make, paths_of(sheet, press))
    if path := press.routes.opml().path if listed else "":
        yield Edition("", tuple(_head(topic, press) for topic in listed), partial(_listed, listed, press), (path,))


def files(listed: Sequence[Topic], press: Press) -> Mapping[str, bytes]:
    """Return the feeds of all topics in every format, and the list of them, by output path."""
    return {path: data for edition in editions(listed, press) for path, data in edition.make().items()}


def _head(topic: Topic, press: Press) -> str:
    ids = [press.ids.get(f"/{press.routes.feed(topic.key, form).url}") for form in FORMATS]
    return repr((replace(topic, essays=()), len(topic.essays), ids, press.channel))


def _written(sheet: Sheet, press: Press) -> Mapping[str, bytes]:
    made = feed(sheet, press)
    return {path: write(made, press.channel) for path, write in zip(made.paths, WRITERS, strict=False)}


def _listed(listed: Sequence[Topic], press: Press) -> Mapping[str, bytes]:
    return {press.routes.opml().path: opml([(topic, head_of(topic, press)) for topic in listed], press.channel)}
