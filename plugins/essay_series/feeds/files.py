"""The files of all topics, in every format: what each is made of, and what makes it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial

from ..routes import FORMATS
from ..values import dataclass
from .atom import atom
from .catalogue import Topic
from .compose import FeedSpec, feed, head_of, paths_of, specs
from .items import FeedContext
from .json_feed import json_feed
from .opml import opml
from .rss import rss

WRITERS = (atom, rss, json_feed)
"""In the order of `routes.FORMATS`."""


@dataclass(frozen=True, slots=True)
class FeedFiles:
    """The files of one topic, or the list of all topics, before they are made."""

    name: str
    material: tuple[str, ...]
    """What they are made of, in words: with the same channel, equal material gives equal files."""
    make: Callable[[], Mapping[str, bytes]]
    """Returns the files by output path."""
    paths: tuple[str, ...]
    """Of these files."""


def feed_files(listed: Sequence[Topic], context: FeedContext) -> Iterator[FeedFiles]:
    """Yield what there is to make of all topics, each in every format, and of the list of them."""
    for topic in listed:
        there = context.in_language(topic.lang)
        for spec in specs(topic, there):
            material = (_head(topic, there), f"{spec.archive} {spec.archives}")
            about = map(there.digest, spec.essays)
            name, make = f"{topic.key} {spec.archive}", partial(_written, spec, there)
            yield FeedFiles(name, (*material, *about), make, paths_of(spec, there))
    if path := context.routes.opml().path if listed else "":
        yield FeedFiles(
            "", tuple(_head(topic, context) for topic in listed), partial(_listed, listed, context), (path,)
        )


def files(listed: Sequence[Topic], context: FeedContext) -> Mapping[str, bytes]:
    """Return the feeds of all topics in every format, and the list of them, by output path."""
    return {path: data for edition in feed_files(listed, context) for path, data in edition.make().items()}


def _head(topic: Topic, context: FeedContext) -> str:
    ids = [context.ids.get(f"/{context.routes.feed(topic.key, form).url}") for form in FORMATS]
    return repr((replace(topic, essays=()), len(topic.essays), ids, context.channel))


def _written(spec: FeedSpec, context: FeedContext) -> Mapping[str, bytes]:
    made = feed(spec, context)
    return {path: write(made, context.channel) for path, write in zip(made.paths, WRITERS, strict=False)}


def _listed(listed: Sequence[Topic], context: FeedContext) -> Mapping[str, bytes]:
    return {
        context.routes.opml().path: opml(
            [(topic, head_of(topic, context)) for topic in listed], context.channel, context.locale
        )
    }
