"""What stands beside pages for other programs: Markdown, bibliographies, cards, one index of all."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial

from .. import cards, found, views
from ..frontmatter import Source
from ..manuscript import Manuscript
from ..markup import content_path, split_target
from ..model import Address
from ..published import Published
from ..routes import COPIES, beside, file_at, whole
from .index_pages import IndexPages
from .publication import card_look, publication
from .writer import KEYS


def resolver(source: Source, manuscript: Manuscript, root: str) -> Callable[[str], str]:
    """Return what finds the whole address of what a link or an image of `source` names."""

    def resolve(target: str) -> str:
        what, path, _ = split_target(target)
        file = content_path(source.path, path)
        if what in ("static", "attach"):
            return whole(root, file)
        if what == "filename":
            address = manuscript.addresses.get(file)
            end = f"#{target.partition('#')[2]}" if "#" in target else ""
            return f"{whole(root, address.url)}{end}" if address else f"{root}/"
        return target

    return resolve


def copies(index: IndexPages) -> Mapping[str, tuple[str, Callable[[], bytes]]]:
    """Return, by output path, the key of each file that stands beside a page or lists them all, and what makes it."""
    site, shown = publication(index), index.context["views"]
    sources = {
        index.manuscript.addresses[p].path: s for p, s in index.manuscript.by_path.items() if _has_page(p, index)
    }
    made: dict[str, tuple[str, Callable[[], bytes]]] = {}
    for path, view in shown.items():
        for copy in getattr(view, "copies", ()):
            source = sources.get(path)
            words = source.whole if source and copy.title == COPIES["md"] else ""
            key = index.memory.key("copy", copy.title, index.settings[KEYS][path], words)
            made[copy.url] = key, partial(_encoded, _made, copy.title, view, source, index)
    made |= _cards(index, site)
    made |= _at_former(made, index)
    everything = index.memory.key("index", *index.settings[KEYS].values())
    for name, make in (("INDEX_DATA_SAVE_AS", found.index_json), ("LLMS_SAVE_AS", found.llms_txt)):
        if index.settings[name]:
            made[index.settings[name]] = everything, partial(_encoded, make, shown, site)
    return made


def _at_former(
    made: Mapping[str, tuple[str, Callable[[], bytes]]], index: IndexPages
) -> Iterator[tuple[str, tuple[str, Callable[[], bytes]]]]:
    """Yield what stood beside a page at its former address and was published there: readers find the present one."""
    recorded = index.manuscript.record.files
    for then, now in Published.of(index.manuscript).former.items():
        for ending in (*COPIES, "card.png"):
            past, present = (beside(Address(file_at(a), ""), ending).path for a in (then, now))
            if present in made and past not in made and f"/{past}" in recorded:
                yield past, made[present]


def _cards(index: IndexPages, site: found.Publication) -> Iterator[tuple[str, tuple[str, Callable[[], bytes]]]]:
    """Yield, for each card, its path, its key and what draws it."""
    pages = [view for view in index.context["views"].values() if getattr(view, "card", "")]
    look = card_look(index.settings)
    for view in pages:
        card = cards.card_of(view, site.name, site.summary, site.typeset)
        if card and look:
            yield view.card, (index.memory.key("card", repr(card)), partial(_drawn, card, look))


def _drawn(card: cards.Card, look: cards.Look) -> bytes:
    from ..cards.draw import draw  # noqa: PLC0415 - it needs Pillow, which only sites with cards have to have

    return draw(card, look)


def _encoded(make: Callable[..., str], *arguments: object) -> bytes:
    return make(*arguments).encode()


def _has_page(path: str, index: IndexPages) -> bool:
    return path in index.manuscript.addresses and index.manuscript.by_path[path].kind == "essay"


def _made(form: str, view: views.View, source: Source | None, index: IndexPages) -> str:
    site = publication(index)
    if form == COPIES["md"] and source and isinstance(view, views.EssayView):
        resolve = resolver(source, index.manuscript, site.root)
        return found.markdown(view, source, resolve, index.manuscript.config.to_html_with_comments, site)
    if isinstance(view, views.EssayView | views.LedgerView):
        return found.bibtex(view, site) if form == COPIES["bib"] else found.csl(view, site)
    raise TypeError(form)
