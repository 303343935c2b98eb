"""Everything that views are made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import datetime

from ..feeds.catalogue import Topic
from ..l10n import Languages
from ..model import PLAY_SECTIONS, Essay, Site
from ..routes import Routes
from ..values import dataclass
from .pieces import Document

MOST_NAMED = 4
"""Series that the navigation names each; more stand together, since no page should grow with the number of series."""


@dataclass(frozen=True, slots=True)
class PageContext:
    """Everything that `pages` turns into views."""

    site: Site
    routes: Routes
    unlisted: tuple[Essay, ...] = ()
    """Hidden essays and previewed drafts: each has a page of its own and stands nowhere else."""
    documents: tuple[Document, ...] = ()
    playbook: Document = field(default_factory=lambda: Document("Playbook"))
    topics: tuple[Topic, ...] = ()
    """What has a feed of its own."""
    name: str = ""
    """The site's name."""
    languages: Languages = field(default_factory=Languages)
    now: datetime | None = None
    """When it is; an unpublished essay of a later day is scheduled."""
    copies: tuple[str, ...] = ()
    """In which forms pages stand beside themselves: endings of `routes.COPIES`."""
    cards: bool = False
    """Whether pages have pictures by which links to them are shown elsewhere."""
    offline: bool = False
    """Whether readers keep the site, and have it without a network."""
    root: str = ""
    """The site's own address as texts have it in their links."""
    book: bool = False
    """Whether each series is one page too."""
    play_sections: Mapping[str, str] = field(default_factory=lambda: PLAY_SECTIONS)
    """What the headings in the texts of plays are called."""
    playbooks: Mapping[str, Document] = field(default_factory=dict)
    """The playbook in other languages than the site's own, by language."""
    sections: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """What those headings are called in other languages, likewise."""
    preview: bool = False
    """Whether only its author sees the site, who also wants to see what is not published."""

    @property
    def tags(self) -> frozenset[str]:
        """The languages of all its texts."""
        translations = (essay for group in self.site.translations.values() for essay in group)
        essays = {essay.lang for essay in (*self.site.essays, *translations, *self.unlisted)}
        return frozenset({self.site.lang, *essays, *(document.lang for document in self.documents)})
