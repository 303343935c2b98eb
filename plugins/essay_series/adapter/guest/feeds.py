"""The feeds of series and plays; ids and links are the same as in Pelican's own feeds."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from urllib.parse import urljoin

from feedgenerator import get_tag_uri

from ...config import SiteConfig
from ...feeds.shapes import Channel
from ...feeds.topics import Topic, topics
from ...model import Essay, Site
from ...routes import absolute_url


def topics_of(site: Site, config: SiteConfig, root: str) -> tuple[Topic, ...]:
    """Return the series and plays, each the topic of a feed; none if `root` is empty, since ids and links need it."""
    found = topics(site, config.routes, config.locale) if root else ()
    return tuple(topic for topic in found if topic.group in ("series", "play"))


def feeds_of(
    listed: Sequence[Topic], site: Site, config: SiteConfig, channel: Channel, typeset: Callable[[str], str]
) -> Mapping[str, bytes]:
    """Return the files of the feeds of the topics `listed`, by output path; `typeset` is from plain to plain text."""
    from ...feeds.files import files  # noqa: PLC0415 - it needs libraries that a site without feeds does not
    from ...feeds.items import FeedContext  # noqa: PLC0415 - likewise

    root, routes = channel.root, config.routes
    ids = {f"/{essay.address.url}": _id(essay, root) for essay in site.versions}
    feeds = (routes.feed(topic.key).url for topic in listed)
    ids |= {f"/{url}": absolute_url(root, url) for url in feeds}
    return files(listed, FeedContext(site, routes, channel, ids, typeset, config.languages))


def _id(essay: Essay, root: str) -> str:
    """Return the id of `essay` in Pelican's own feeds, so that feed readers recognize it in both."""
    return str(get_tag_uri(urljoin(f"{root}/", essay.address.url), essay.date))
