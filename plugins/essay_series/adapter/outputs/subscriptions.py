"""The targets of feeds, and of the OPML list of them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from ... import views
from ...build.executor import one_of
from ...build.target import Target
from ...feeds.files import FeedFiles, feed_files
from ...feeds.items import FeedContext
from ...routes import absolute_url, encoded, folder_of
from ...sources.published import Published
from ..guest.feeds import channel_of
from ..settings.config import PREVIEW
from .index_pages import IndexPages
from .publication import feed_icon, publication


def feed_targets(page_context: views.PageContext, index: IndexPages) -> Iterator[Target]:
    """Yield every feed of the site, and the OPML list of all feeds."""
    for made in _feed_files(page_context, index):
        key = index.build.key(without_theme=True, content=made.inputs)
        for path in dict.fromkeys(made.paths):
            yield Target(path, key, partial(one_of, made.make, path), "feed", batch=f"feed {made.name}")


def _feed_files(page_context: views.PageContext, index: IndexPages) -> Iterator[FeedFiles]:
    settings, routes = index.settings, page_context.routes
    root, languages = settings["SITEURL"] or PREVIEW, index.manuscript.config.languages
    files = feed_icon(settings, index.build.look), settings["FEED_STYLESHEET"]
    icon, stylesheet = map(index.build.assets.name, files)
    channel = channel_of(
        settings,
        routes,
        root,
        languages,
        icon=absolute_url(root, icon) if icon else "",
        stylesheet=f"{folder_of(root)}/{encoded(stylesheet)}" if stylesheet else "",
    )
    published = Published.of(index.manuscript)
    typeset = publication(index).typeset
    feed_context = FeedContext(page_context.site, routes, channel, published.ids, typeset, languages)
    return feed_files(page_context.topics, feed_context)
