"""The feeds of series and plays; ids and links are the same as in Pelican's own feeds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any
from urllib.parse import urljoin

from feedgenerator import get_tag_uri

from ...feeds.shapes import Channel
from ...feeds.topics import Topic, topics
from ...l10n import Languages, Locale
from ...l10n.tags import language
from ...model import Essay, Site
from ...routes import Routes, absolute_url
from ..outputs.publication import by_line

GROUPS = ("series", "play")
"""The groups of topics that get a feed; that of the whole site is Pelican's."""


def topics_of(site: Site, routes: Routes, settings: Mapping[str, Any], locale: Locale) -> tuple[Topic, ...]:
    """Return the topics that get a feed; none if ``SITEURL`` is empty, since ids and links need it."""
    if not settings["SITEURL"]:
        return ()
    found = topics(site, routes, locale)
    return tuple(topic for topic in found if topic.group in GROUPS)


def feeds_of(
    listed: Iterable[Topic],
    site: Site,
    routes: Routes,
    settings: Mapping[str, Any],
    words: Callable[[str], str],
    *,
    languages: Languages,
) -> Mapping[str, bytes]:
    """Return the files of all feeds, by output path.

    Args:
        listed: the topics of the feeds, with the texts of their essays.
        site: all essays, with their texts.
        routes: the addresses of everything.
        settings: Pelican's settings.
        words: typesets plain text, as plain text.
        languages: the translations.

    """
    from ...feeds.files import files  # noqa: PLC0415 - it needs libraries that a site without feeds does not
    from ...feeds.items import FeedContext  # noqa: PLC0415 - likewise

    topics_listed = tuple(listed)
    root = settings["SITEURL"].rstrip("/")
    channel = channel_of(settings, routes, root, languages)
    ids = {f"/{essay.address.url}": _id(essay, root) for essay in site.versions}
    feeds = (routes.feed(topic.key).url for topic in topics_listed)
    ids |= {f"/{url}": absolute_url(root, url) for url in feeds}
    return files(topics_listed, FeedContext(site, routes, channel, ids, words, languages))


def channel_of(
    settings: Mapping[str, Any],
    routes: Routes,
    root: str,
    languages: Languages,
    *,
    icon: str = "",
    stylesheet: str = "",
) -> Channel:
    """Return what all feeds of a site have in common.

    Args:
        settings: Pelican's settings.
        routes: the addresses of everything.
        root: the site's URL, without a trailing slash.
        languages: the translations.
        icon: the absolute URL of the icon; empty for none.
        stylesheet: the URL of the style sheet of feeds; empty for none.

    """
    lang = language(settings["DEFAULT_LANG"])
    locale, name = languages.locale(lang), settings["SITENAME"]
    feeds_page = absolute_url(root, routes.feeds().url) if routes.feeds().path else ""
    return Channel(
        root=root,
        name=name,
        author=by_line(settings),
        lang=lang,
        feeds_page=feeds_page,
        icon=icon,
        stylesheet=stylesheet,
        how_to_follow=locale.gettext("How to follow it in a feed reader"),
        this_is_a_feed=locale.gettext(
            "This is a feed: give its address to a feed reader. More at %(address)s", address=feeds_page
        ),
        # translators: the name of the site, as the title of a list for feed readers
        all_feeds=locale.gettext("%(site)s: all feeds", site=name),
    )


def _id(essay: Essay, root: str) -> str:
    """Return the id of `essay` in Pelican's own feeds, so that feed readers recognize it in both."""
    return str(get_tag_uri(urljoin(f"{root}/", essay.address.url), essay.date))
