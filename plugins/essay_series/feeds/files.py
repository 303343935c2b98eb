"""Topics → the files of their feeds in every format, each with what decides its bytes, so that builds can keep it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial

from ..routes import FORMATS
from ..values import dataclass
from .atom import atom
from .compose import FeedSpec, feed, head_of, paths_of, specs
from .items import FeedContext
from .json_feed import json_feed
from .opml import opml
from .rss import rss
from .topics import Topic

WRITERS = (atom, rss, json_feed)
"""In the order of `routes.FORMATS`."""


@dataclass(frozen=True, slots=True)
class FeedFiles:
    """The files of one feed or archive document in every format, or the OPML list, before they are made."""

    name: str
    inputs: tuple[str, ...]
    """The values that decide their bytes: equal inputs give equal files."""
    make: Callable[[], Mapping[str, bytes]]
    """Returns the files by output path."""
    paths: tuple[str, ...]
    """Their output paths."""


def feed_files(listed: Sequence[Topic], context: FeedContext) -> Iterator[FeedFiles]:
    """Yield the files of the feeds of `listed`, and of the OPML list of these feeds."""
    for topic in listed:
        local = context.in_language(topic.lang)
        for spec in specs(topic, local):
            inputs = (_head_inputs(topic, local), f"{spec.archive} {spec.archives}", *map(local.digest, spec.essays))
            yield FeedFiles(
                f"{topic.key} {spec.archive}", inputs, partial(_written, spec, local), paths_of(spec, local)
            )
    if path := context.routes.page("OPML").path if listed else "":
        inputs = tuple(_head_inputs(topic, context) for topic in listed)
        yield FeedFiles("", inputs, partial(_opml, listed, context, path), (path,))


def files(listed: Sequence[Topic], context: FeedContext) -> Mapping[str, bytes]:
    """Return the feeds of all topics in every format, and the OPML list of them, by output path."""
    return {path: data for each in feed_files(listed, context) for path, data in each.make().items()}


def _head_inputs(topic: Topic, context: FeedContext) -> str:
    ids = [context.ids.get(f"/{context.routes.feed(topic.key, form).url}") for form in FORMATS]
    return repr((replace(topic, essays=()), len(topic.essays), ids, context.channel))


def _written(spec: FeedSpec, context: FeedContext) -> Mapping[str, bytes]:
    made = feed(spec, context)
    return {path: write(made, context.channel) for path, write in zip(made.paths, WRITERS, strict=False)}


def _opml(listed: Sequence[Topic], context: FeedContext, path: str) -> Mapping[str, bytes]:
    heads = [(topic, head_of(topic, context)) for topic in listed]
    return {path: opml(heads, context.channel, context.locale)}
