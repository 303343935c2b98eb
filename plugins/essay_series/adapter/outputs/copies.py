"""Files for other programs: Markdown and bibliographies beside pages, cards, and two indexes of the site."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial

from ... import metadata as found
from ... import views
from ...build.output.states import digest_of_file
from ...build.target import Target, digest_of_keys
from ...cards import Card
from ...look import Look
from ...model import Address
from ...routes import COPIES, absolute_url, beside, file_at
from ...sources.frontmatter import Source
from ...sources.manuscript import Manuscript
from ...sources.markup import content_path, split_target
from ...sources.published import Published
from .index_pages import IndexPages
from .page_keys import SAYS
from .publication import publication

COST = 5
"""How long a card takes to draw, relative to a typical page."""


def resolver(source: Source, manuscript: Manuscript, root: str) -> Callable[[str], str]:
    """Return the function that returns the absolute URL for the target of a link or an image in `source`."""

    def resolve(target: str) -> str:
        what, path, _ = split_target(target)
        file = content_path(source.path, path)
        if what in ("static", "attach"):
            return absolute_url(root, file)
        if what == "filename":
            address = manuscript.addresses.get(file)
            end = f"#{target.partition('#')[2]}" if "#" in target else ""
            return f"{absolute_url(root, address.url)}{end}" if address else f"{root}/"
        return target

    return resolve


def copy_targets(index: IndexPages) -> dict[str, Target]:
    """Return all these files, by output path."""
    site, shown, build = publication(index), index.context["views"], index.build
    sources = {
        index.manuscript.addresses[p].path: s for p, s in index.manuscript.by_path.items() if _has_page(p, index)
    }
    made: dict[str, Target] = {}
    for path, view in shown.items():
        for copy in getattr(view, "copies", ()):
            source, page = sources.get(path), build.page_keys[path]
            words = source.full_text if source and copy.title == COPIES["md"] else ""
            said = [page["content"], copy.title, words]
            key = build.key(without_theme=True, content=said, shown=page["shown"])
            made[copy.url] = Target(copy.url, key, partial(_encoded, _made, copy.title, view, source, index), "copy")
    made |= {card.path: card for card in _cards(index, site)}
    made |= {copy.path: copy for copy in also_at_former(made.values(), _former(index))}
    pages = {path: {name: page[name] for name in SAYS} for path, page in build.page_keys.items()}
    key = build.key(without_theme=True, pages=digest_of_keys(pages))
    for name, make in (("INDEX_DATA_SAVE_AS", found.index_json), ("LLMS_SAVE_AS", found.llms_txt)):
        if path := index.settings[name]:
            made[path] = Target(path, key, partial(_encoded, make, shown, site), "index")
    return made


def also_at_former(made: Iterable[Target], former: Mapping[str, str]) -> Iterator[Target]:
    """Yield copies of those of `made` that have moved, at their former paths: many feed readers follow no redirect.

    Args:
        made: files that may have moved.
        former: present addresses by former ones, each with a leading slash.

    """
    by_path = {target.path: target for target in made}
    for then, now in former.items():
        past, present = then.lstrip("/"), now.lstrip("/")
        if present in by_path and past not in by_path:
            yield replace(by_path[present], path=past)


def _former(index: IndexPages) -> Mapping[str, str]:
    """Return the present address of each moved copy and card that was published, by its former address."""
    pages = Published.of(index.manuscript).former.items()
    moved = {_beside(then, end): _beside(now, end) for then, now in pages for end in (*COPIES, "card.png")}
    return {then: now for then, now in moved.items() if then in index.manuscript.record.files}


def _beside(page: str, ending: str) -> str:
    return f"/{beside(Address(file_at(page), ''), ending).path}"


def _cards(index: IndexPages, site: found.Publication) -> Iterator[Target]:
    """Yield the card of each page that has one."""
    pages = [view for view in index.context["views"].values() if getattr(view, "card", "")]
    look = index.build.look
    fonts = [digest_of_file(str(file)) for file in look.fonts.values()] if look else []
    for view in pages:
        card = found.card_for(view, site)
        if card and look:
            key = index.build.key(without_theme=True, content=[repr(card), repr(look.light), *fonts])
            yield Target(view.card, key, partial(_drawn, card, look), "card", cost=COST)


def _drawn(card: Card, look: Look) -> bytes:
    from ...cards.draw import draw  # noqa: PLC0415 - it needs Pillow, which only sites with cards require

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
