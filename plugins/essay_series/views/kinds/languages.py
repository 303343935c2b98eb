"""Editions: the pages in other languages than the site's own, and the links between the languages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from ...model import Site
from ..context import PageContext
from ..pieces import Document, Link
from ..shapes.base import View
from ..shapes.pages import ArchiveView, HomeView, LedgerView
from ..shapes.plays import PlaybookView, PlayView

_PER_LANGUAGE = HomeView | ArchiveView | LedgerView | PlaybookView | PlayView
"""The kinds of pages that every edition has."""


def in_language(context: PageContext, edition: Site) -> PageContext:
    """Return the context of the pages of an edition, without pages that all languages share."""
    title = context.languages.locale(edition.lang).gettext("Playbook")
    return replace(
        context,
        site=edition,
        routes=context.routes.in_language(edition.lang),
        playbook=context.playbooks.get(edition.lang, Document(title, lang=edition.lang)),
        play_sections=context.sections.get(edition.lang, context.play_sections),
        documents=tuple(document for document in context.documents if document.lang == edition.lang),
        unlisted=(),
        book=False,
        offline=False,
        preview=False,
    )


def with_alternates(views: Sequence[View], contexts: Sequence[PageContext]) -> Iterator[View]:
    """Yield `views` with their languages, and with links to the same page in other languages.

    `contexts` has the context of each language, the site's own first.
    """
    if len(contexts) == 1:  # the name of the language would need Babel
        yield from views
        return
    folders = {each.routes.folder: each.site.lang for each in contexts}
    versions: dict[tuple[type, str], list[Link]] = defaultdict(list)
    for view in views:
        if isinstance(view, _PER_LANGUAGE) and view.address.path:
            lang, path = _split(view.address.url, folders)
            name = contexts[0].languages.locale(lang).own_name
            versions[type(view), path].append(Link(view.address.url, name, lang=lang))
    for view in views:
        lang, path = _split(view.address.url, folders)
        own = "" if lang == contexts[0].site.lang else lang
        same = versions[type(view), path]
        yield replace(view, lang=own, alternates=alternates(same) if len(same) > 1 else ())


def alternates(versions: Sequence[Link]) -> tuple[Link, ...]:
    """Return links to all versions of a page, and to the first one as the default for other languages."""
    return (*versions, *(replace(each, lang="x-default") for each in versions[:1]))


def _split(url: str, folders: Mapping[str, str]) -> tuple[str, str]:
    """Return the language of the page at `url`, and the URL without the folder of that language."""
    folder = max((each for each in folders if url.startswith(each)), key=len)
    return folders[folder], url.removeprefix(folder)
