"""`PageContext`: everything that views are made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import datetime

from ..feeds.topics import Topic
from ..l10n import Languages
from ..model import PLAY_SECTIONS, Essay, Site
from ..routes import Routes
from ..values import dataclass
from .pieces import Document, Link

MOST_NAMED = 4
"""The most series that the navigation lists; more share one link, so that pages do not grow with their number."""


@dataclass(frozen=True, slots=True)
class PageContext:
    """The site, and the settings that decide its pages."""

    site: Site
    routes: Routes
    unlisted: tuple[Essay, ...] = ()
    """Hidden essays and previewed drafts: each has a page, to which no other page links."""
    documents: tuple[Document, ...] = ()
    playbook: Document = field(default_factory=lambda: Document("Playbook"))
    topics: tuple[Topic, ...] = ()
    """The topics with feeds."""
    name: str = ""
    """The name of the site."""
    languages: Languages = field(default_factory=Languages)
    now: datetime | None = None
    """The time of the build: an unpublished essay with a later date is scheduled."""
    copies: tuple[str, ...] = ()
    """The formats of copies and citations beside pages: endings in `routes.COPIES`."""
    cards: bool = False
    """Whether pages have cards, the pictures beside shared links."""
    offline: bool = False
    """Whether browsers cache the site for offline reading."""
    root: str = ""
    """The URL of the site, or its path, as it is in links in texts."""
    book: bool = False
    """Whether each series has a page as a book."""
    play_sections: Mapping[str, str] = field(default_factory=lambda: PLAY_SECTIONS)
    """The headings of the sections of plays."""
    playbooks: Mapping[str, Document] = field(default_factory=dict)
    """The playbooks in other languages than the site's own, by language."""
    sections: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """The headings of the sections of plays in these languages, by language."""
    preview: bool = False
    """Whether this is a preview, which also shows the author what is not published."""

    @property
    def playbook_link(self) -> Link:
        """A link to the playbook."""
        return Link(self.routes.page("PLAYBOOK").url, self.playbook.title, self.playbook.summary)

    def feed(self, key: str) -> str:
        """Return the URL of the feed of the topic `key`; empty if there is none."""
        return next((self.routes.feed(key).url for topic in self.topics if topic.key == key), "")

    @property
    def tags(self) -> frozenset[str]:
        """The languages of all texts."""
        texts: tuple[Essay | Document, ...] = (*self.site.versions, *self.unlisted, *self.documents)
        return frozenset({self.site.lang, *(text.lang for text in texts)})
