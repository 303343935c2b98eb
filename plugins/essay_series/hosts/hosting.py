"""The facts about a site that its host needs to know."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from urllib.parse import urlsplit

from ..model import HIDDEN
from ..routes import folder_of
from ..sources.manuscript import Manuscript
from ..sources.published import Published
from ..values import dataclass

NOT_FOUND = "404.html"


@dataclass(frozen=True, slots=True)
class Hosting:
    """The facts about a site that its host needs; addresses begin with a slash and are relative to the host."""

    root: str
    """The URL of the site, without a slash at the end."""
    redirects: Mapping[str, str]
    """The present address of each page that has moved, by its former address."""
    unlisted: frozenset[str] = frozenset()
    """The former addresses of hidden essays, which no public file may list."""
    gone: tuple[str, ...] = ()
    """The addresses that the author has recorded as permanently removed."""
    not_found: bool = False
    """Whether the site has an error page, `NOT_FOUND`."""

    allowed: frozenset[str] | None = None
    """The hosts from which pages may load; None where pages have no content security policy."""
    search: str = ""
    """The address of the search page; empty where there is no search index."""
    offline: bool = False
    """Whether the site can be read offline, by a service worker."""
    feeds: str = "/feeds/"
    """The folder of all feeds."""

    assets: tuple[str, ...] = ()
    """The addresses of the theme's files; empty where the theme is not loaded."""
    immutable_folders: tuple[str, ...] = ()
    """The addresses of folders in which every file name has a hash."""
    feed_lists: tuple[str, ...] = ()
    """The addresses of OPML files, whose media type hosts do not know."""

    @property
    def https(self) -> bool:
        """Whether the site is served over https."""
        return self.root.startswith("https:")

    @property
    def domain(self) -> str:
        """The host of the site, such as ``your.domain``, with its port if there is one."""
        return urlsplit(self.root).netloc

    @property
    def folder(self) -> str:
        """The folder of the host that holds the site, such as ``/essays``; empty for the root."""
        return folder_of(self.root)


def hosting(manuscript: Manuscript, assets: Iterable[str] = (), immutable_folders: Iterable[str] = ()) -> Hosting:
    """Return the facts about the site that `manuscript` publishes.

    Args:
        manuscript: the sources.
        assets: the output paths of the theme's files, where they are known.
        immutable_folders: the output paths of folders with a hash in every file name; each ends with a slash.

    """
    published, config = Published.of(manuscript), manuscript.config
    folder = folder_of(config.root)
    reached = published.addresses | published.former.keys()
    facts = manuscript.record.facts.items()
    hidden = {f"/{essay.address.url}" for essay in manuscript.essays.values() if essay.status == HIDDEN}
    return Hosting(
        root=config.root,
        redirects={folder + old: folder + new for old, new in published.redirects.items()},
        unlisted=frozenset(folder + old for old, new in published.redirects.items() if new in hidden),
        gone=tuple(folder + each for each in sorted(a for a, fact in facts if fact.gone and a not in reached)),
        allowed=config.allowed_hosts,
        search=f"{folder}/{config.routes.page('SEARCH').url}" if config.searchable else "",
        offline=config.offline,
        feeds=f"{folder}/{config.routes.patterns.get('FEED_URL', '').partition('{')[0]}",
        assets=tuple(f"{folder}/{path}" for path in assets),
        immutable_folders=tuple(f"{folder}/{path}" for path in immutable_folders),
        feed_lists=tuple(f"{folder}/{place.url}" for place in published.places if place.path.endswith(".opml")),
        not_found=any(place.path == NOT_FOUND for place in published.places),
    )
