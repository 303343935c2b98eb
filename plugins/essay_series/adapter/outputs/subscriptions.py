"""The targets of feeds, and of the OPML list of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from ... import views
from ...build.executor import one_of
from ...build.target import Target
from ...feeds.files import feed_files
from ...feeds.items import FeedContext
from ...feeds.shapes import Channel
from ...routes import absolute_url, encoded, folder_of
from ...sources.published import Published
from ..generator import SiteGenerator
from ..settings.common import by_line
from .publication import feed_icon, publication

PREVIEW = "http://127.0.0.1:8000"
"""The root of links in feeds if ``SITEURL`` is empty, since they cannot be relative."""


def feed_targets(page_context: views.PageContext, generator: SiteGenerator) -> Iterator[Target]:
    """Yield every feed of the site, and the OPML list of all feeds."""
    published = Published.of(generator.manuscript)
    routes, languages = page_context.routes, page_context.languages
    typeset = publication(generator).typeset
    feed_context = FeedContext(page_context.site, routes, _channel(generator), published.ids, typeset, languages)
    for made in feed_files(page_context.topics, feed_context):
        key = generator.build.key(without_theme=True, content=made.inputs)
        for path in dict.fromkeys(made.paths):
            yield Target(path, key, partial(one_of, made.make, path), "feed", batch=f"feed {made.name}")


def _channel(generator: SiteGenerator) -> Channel:
    settings, asset = generator.settings, generator.build.assets.name
    root = settings["SITEURL"] or PREVIEW
    icon, stylesheet = asset(feed_icon(settings, generator.build.look)), asset(settings["FEED_STYLESHEET"])
    return replace(
        Channel.of(generator.config, root, by_line(settings)),
        icon=absolute_url(root, icon) if icon else "",
        stylesheet=f"{folder_of(root)}/{encoded(stylesheet)}" if stylesheet else "",
    )
