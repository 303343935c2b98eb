"""The facts of a site that its host must know."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import urlsplit

from ..model import HIDDEN
from ..routes import folder_of
from ..sources.manuscript import Manuscript
from ..sources.published import Published
from ..values import dataclass

NOT_FOUND = "404.html"


@dataclass(frozen=True, slots=True)
class Hosting:
    """What a host must know; all addresses have a slash in front, and stand as their author wrote them.

    They are below the site, or below the host once they went through `below_the_host`.
    """

    root: str
    """The site's own address, without a slash at the end."""
    moved: Mapping[str, str]
    """Every former address of a page, with its present one."""
    quiet: frozenset[str] = frozenset()
    """Those of the former addresses that lead to hidden essays; no file that readers can get lists them."""
    gone: tuple[str, ...] = ()
    """The addresses at which nothing stands any more, as the author decided."""
    not_found: bool = False
    """Whether the site has a page for what is not there, `NOT_FOUND`."""

    allowed: frozenset[str] | None = None
    """Hosts from which pages may load; None where pages have no content security policy."""
    search: str = ""
    """The address of the page to search from; empty where there is no index."""
    offline: bool = False
    """Whether readers keep the site, by a script and a worker."""
    feeds: str = "/feeds/"
    """The folder of all feeds."""

    assets: tuple[str, ...] = ()
    """The files of the theme, where they are known."""
    lasting: tuple[str, ...] = ()
    """Folders of which every file has a name that changes with what it holds, where they are known."""
    lists: tuple[str, ...] = ()
    """Lists of feeds, whose type hosts do not know by their name."""

    @property
    def https(self) -> bool:
        """Whether readers ask for the site by https."""
        return self.root.startswith("https:")

    @property
    def domain(self) -> str:
        """The name under which readers find the site, such as your.domain."""
        return urlsplit(self.root).netloc

    @property
    def folder(self) -> str:
        """The folder of the host in which the site lies, such as ``/essays``; empty where it has the host to itself."""
        return folder_of(self.root)

    def below_the_host(self) -> Hosting:
        """Return the same with each address as the host is asked for it, which begins with the site's folder."""
        folder = self.folder
        return replace(
            self,
            moved={folder + then: folder + now for then, now in self.moved.items()},
            quiet=frozenset(folder + each for each in self.quiet),
            gone=tuple(folder + each for each in self.gone),
            search=self.search and folder + self.search,
            feeds=folder + self.feeds,
            assets=tuple(folder + each for each in self.assets),
            lasting=tuple(folder + each for each in self.lasting),
            lists=tuple(folder + each for each in self.lists),
        )


def hosting(manuscript: Manuscript) -> Hosting:
    """Return what a host must know of the site that `manuscript` publishes."""
    published = Published.of(manuscript)
    reached = published.addresses | published.former.keys()
    facts = manuscript.record.facts.items()
    hidden = {f"/{essay.address.url}" for essay in manuscript.essays.values() if essay.status == HIDDEN}
    return Hosting(
        root=manuscript.config.root,
        moved=published.redirects,
        quiet=frozenset(then for then, now in published.redirects.items() if now in hidden),
        gone=tuple(sorted(address for address, fact in facts if fact.gone and address not in reached)),
        allowed=manuscript.config.allowed_hosts,
        search=f"/{manuscript.config.routes.search().url}" if manuscript.config.searchable else "",
        offline=manuscript.config.offline,
        feeds=f"/{manuscript.config.routes.patterns.get('FEED_URL', '').partition('{')[0]}",
        lists=tuple(f"/{place.url}" for place in published.places if place.path.endswith(".opml")),
        not_found=any(place.path == NOT_FOUND for place in published.places),
    )
