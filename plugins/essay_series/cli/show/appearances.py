"""The appearances of an essay: on pages, in feeds, and as a link in texts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass

from ... import views
from ...model import Essay
from ...routes import FORMATS
from ...sources.manuscript import Manuscript
from ...sources.markup import content_path, split_target
from ...sources.published import Published
from ...values import dataclass
from ...views.pieces import Part

PLACES = {
    "opening": "before the two columns",
    "rows": "in a pair",
    "costs": "among the costs",
    "benefits": "among the benefits",
    "between": "between the columns",
    "closing": "after the two columns",
    "others": "among the essays on no side",
    "plays": "under its plays",
    "matrices": "in the matrix",
    "begin": "as the place to begin",
    "series": "in its series",
    "essays": "among the essays",
    "years": "under its year",
    "contents": "in the list of parts",
    "chapters": "as a part of the whole",
    "cases": "with its cases",
    "answers": "as its answer",
    "linked_from": "among the essays that link to it",
}
"""A phrase for each field of a view that may contain an essay; `IN_OTHERS` are left out."""
IN_OTHERS = ("parts", "ledger")
"""The fields whose essays are in other fields of the same view too."""


@dataclass(frozen=True, slots=True)
class Appearance:
    """A page on which an essay appears."""

    url: str
    """Absolute, such as ``/archive/``."""
    places: tuple[str, ...]
    """Its places on the page, as fields of the view in `PLACES`; empty for the essay's own page."""


def appearances(manuscript: Manuscript, essay: Essay) -> Iterator[Appearance]:
    """Yield every page on which `essay` appears: its own first, then by URL."""
    site, published = manuscript.site, Published.of(manuscript)
    config = manuscript.config
    book = "page" in config.book_formats
    page_context = views.PageContext(site, config.routes, topics=published.topics, name=config.name, book=book)
    found = []
    for view in views.pages(page_context).values():
        own = view.address == essay.address
        names = (each.name for each in fields(view) if each.name in PLACES)
        places = tuple(name for name in names if _contains(getattr(view, name), essay))
        if own or places:
            found.append(Appearance(f"/{view.address.url}", () if own else places))
    yield from sorted(found, key=lambda each: (bool(each.places), each.url))


def feeds_of(manuscript: Manuscript, essay: Essay) -> Iterator[tuple[str, str]]:
    """Yield the title and the URL, in its first format, of every feed that contains `essay`."""
    for topic in Published.of(manuscript).topics:
        if any(each.source == essay.source for each in topic.essays):
            yield topic.title, f"/{manuscript.config.routes.feed(topic.key, FORMATS[0]).url}"


def links_to(manuscript: Manuscript, essay: Essay) -> Iterator[tuple[str, int]]:
    """Yield the file, below the content folder, and the line of every link to `essay`."""
    for source in manuscript.sources:
        for reference in manuscript.references[source.path]:
            what, path, _ = split_target(reference.target)
            if what == "filename" and content_path(source.path, path) == essay.source:
                yield source.path, reference.line


def _contains(value: object, essay: Essay) -> bool:
    if isinstance(value, Part):
        return value.slug == essay.slug
    if isinstance(value, tuple):
        return any(_contains(each, essay) for each in value)
    if is_dataclass(value):
        return any(_contains(getattr(value, each.name), essay) for each in fields(value))
    return False
