"""Where an essay is shown: the pages by their views, the feeds by their topics, and the texts that link to it."""

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
    "answers": "as its answer",
    "linked_from": "among the essays that link to it",
}
"""What the fields of views are called, where they may show an essay."""


@dataclass(frozen=True, slots=True)
class Showing:
    """A page that shows an essay."""

    url: str
    """With a slash in front."""
    title: str
    template: str
    places: tuple[str, ...]
    """Where on the page, as fields of its view; empty for the essay's own page."""


def showings(manuscript: Manuscript, essay: Essay) -> Iterator[Showing]:
    """Yield every page that shows `essay`, its own first, then in the order of their addresses."""
    site, published = manuscript.site, Published.of(manuscript)
    config = manuscript.config
    book = "page" in config.book_formats
    page_context = views.PageContext(site, config.routes, topics=published.topics, name=config.name, book=book)
    found = []
    for view in views.pages(page_context).values():
        own = view.address == essay.address
        told = (each.name for each in fields(view) if each.name in PLACES)
        places = tuple(name for name in told if _mentions(getattr(view, name), essay))
        if own or places:
            found.append(Showing(f"/{view.address.url}", view.title, view.template, () if own else places))
    yield from sorted(found, key=lambda each: (bool(each.places), each.url))


def feeds_of(manuscript: Manuscript, essay: Essay) -> Iterator[tuple[str, str]]:
    """Yield the title and the address of every feed that carries `essay`; the address is that of its first format."""
    for topic in Published.of(manuscript).topics:
        if any(each.source == essay.source for each in topic.essays):
            yield topic.title, f"/{manuscript.config.routes.feed(topic.key, FORMATS[0]).url}"


def linking(manuscript: Manuscript, essay: Essay) -> Iterator[tuple[str, int]]:
    """Yield the file and the line of every link to `essay`, from whatever text, in their order."""
    for source in manuscript.sources:
        for reference in manuscript.references[source.path]:
            what, path, _ = split_target(reference.target)
            if what == "filename" and content_path(source.path, path) == essay.source:
                yield source.path, reference.line


def _mentions(value: object, essay: Essay) -> bool:
    """Tell whether a field of a view shows `essay` somewhere."""
    if isinstance(value, Part):
        return value.slug == essay.slug
    if isinstance(value, tuple):
        return any(_mentions(each, essay) for each in value)
    if is_dataclass(value):
        return any(_mentions(getattr(value, each.name), essay) for each in fields(value))
    return False
