"""Pages for readers of another language than the site's own, and the ways from one language to the other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from ...model import Site
from ..context import PageContext
from ..pieces import Document, Link
from ..shapes.pages import ArchiveView, HomeView, LedgerView, View
from ..shapes.plays import PlaybookView, PlayView

_SAME = HomeView | ArchiveView | LedgerView | PlaybookView | PlayView
"""The kinds of pages that each language has of its own."""


def in_language(context: PageContext, edition: Site) -> PageContext:
    """Return what the pages of an edition are made of: what it has of its own, and nothing that all languages share."""
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


def leading_on(views: Sequence[View], contexts: Sequence[PageContext]) -> Iterator[View]:
    """Yield `views` with the language of each and the ways to the same page in other languages.

    Args:
        views: pages of all languages.
        contexts: what the pages of each language are made of, the site's own first.

    """
    if len(contexts) == 1:  # for whose names alone Babel would be loaded
        yield from views
        return
    folders = {each.routes.folder: each.site.lang for each in contexts}
    versions: dict[tuple[type, str], list[Link]] = defaultdict(list)
    for view in views:
        if isinstance(view, _SAME) and view.address.path:
            lang, place = _place(view.address.url, folders)
            name = contexts[0].languages.locale(lang).own_name
            versions[type(view), place].append(Link(view.address.url, name, lang=lang))
    for view in views:
        lang, place = _place(view.address.url, folders)
        own = "" if lang == contexts[0].site.lang else lang
        same = versions[type(view), place] if isinstance(view, _SAME) else []
        if isinstance(view, _SAME) and len(same) > 1:
            yield replace(view, lang=own, alternates=(*same, replace(same[0], lang="x-default")))
        else:
            yield replace(view, lang=own) if own else view


def _place(url: str, folders: Mapping[str, str]) -> tuple[str, str]:
    """Return the language of the page at `url`, and the address without the folder of that language."""
    folder = max((each for each in folders if url.startswith(each)), key=len)
    return folders[folder], url.removeprefix(folder)
