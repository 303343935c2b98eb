"""Files for other programs: Markdown and bibliographies beside pages, cards, and two indexes of the site."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial

from ... import metadata, views
from ...build.output.states import digest_of_file
from ...build.target import Target, digest_of_keys
from ...cards.card import Card
from ...look import Look
from ...model import Address
from ...routes import COPIES, absolute_url, beside, file_at
from ...sources.frontmatter import Source
from ...sources.manuscript import Manuscript
from ...sources.markup import content_path, split_target
from ...sources.published import Published
from ..generator import SiteGenerator
from .page_keys import SAYS
from .publication import publication

COST = 5
"""How long a card takes to draw, relative to a typical page."""


def copy_targets(generator: SiteGenerator) -> Iterator[Target]:
    """Yield all these files."""
    site, shown, build = publication(generator), generator.context["views"], generator.build
    made = [*_copies(generator, site), *_cards(generator, site)]
    yield from made
    yield from also_at_former(made, _former(generator))
    pages = {path: {name: page[name] for name in SAYS} for path, page in build.page_keys.items()}
    key = build.key(without_theme=True, pages=digest_of_keys(pages))
    for name, make in (("INDEX_DATA_SAVE_AS", metadata.index_json), ("LLMS_SAVE_AS", metadata.llms_txt)):
        if path := generator.settings[name]:
            yield Target(path, key, partial(_encoded, make, shown, site), "index")


def _copies(generator: SiteGenerator, site: metadata.Publication) -> Iterator[Target]:
    """Yield the copies and bibliographies of all pages."""
    manuscript, build = generator.manuscript, generator.build
    essays = [each for each in manuscript.sources if each.kind == "essay" and each.path in manuscript.addresses]
    sources = {manuscript.addresses[source.path].path: source for source in essays}
    for path, view in generator.context["views"].items():
        for copy in getattr(view, "copies", ()):
            source, page = sources.get(path), build.page_keys[path]
            words = source.full_text if source and copy.title == COPIES["md"] else ""
            key = build.key(without_theme=True, content=[page["content"], copy.title, words], shown=page["shown"])
            make = partial(_encoded, _made, copy.title, view, source, generator.manuscript, site)
            yield Target(copy.url, key, make, "copy")


def _made(
    form: str, view: views.View, source: Source | None, manuscript: Manuscript, site: metadata.Publication
) -> str:
    if form == COPIES["md"] and source and isinstance(view, views.EssayView):
        resolve = partial(_resolved, source=source, manuscript=manuscript, root=site.root)
        return metadata.markdown(view, source, resolve, manuscript.config.to_html_with_comments, site)
    if isinstance(view, views.EssayView | views.LedgerView):
        return metadata.bibtex(view, site) if form == COPIES["bib"] else metadata.csl(view, site)
    raise TypeError(form)


def _resolved(target: str, source: Source, manuscript: Manuscript, root: str) -> str:
    """Return the absolute URL for the target of a link or an image in `source`."""
    what, path, _ = split_target(target)
    file = content_path(source.path, path)
    if what in ("static", "attach"):
        return absolute_url(root, file)
    if what == "filename":
        address = manuscript.addresses.get(file)
        end = f"#{target.partition('#')[2]}" if "#" in target else ""
        return f"{absolute_url(root, address.url)}{end}" if address else f"{root}/"
    return target


def also_at_former(made: Iterable[Target], former: Mapping[str, str]) -> Iterator[Target]:
    """Yield copies of those of `made` that have moved, at their former paths: many feed readers follow no redirect.

    `former` has the present addresses by former ones, each with a leading slash.
    """
    by_path = {target.path: target for target in made}
    for then, now in former.items():
        past, present = then.lstrip("/"), now.lstrip("/")
        if present in by_path and past not in by_path:
            yield replace(by_path[present], path=past)


def _former(generator: SiteGenerator) -> Mapping[str, str]:
    """Return the present address of each moved copy and card that was published, by its former address."""
    pages = Published.of(generator.manuscript).former.items()
    moved = {_beside(then, end): _beside(now, end) for then, now in pages for end in (*COPIES, "card.png")}
    return {then: now for then, now in moved.items() if then in generator.manuscript.record.files}


def _beside(page: str, ending: str) -> str:
    return f"/{beside(Address(file_at(page), ''), ending).path}"


def _cards(generator: SiteGenerator, site: metadata.Publication) -> Iterator[Target]:
    """Yield the card of each page that has one."""
    pages = [view for view in generator.context["views"].values() if getattr(view, "card", "")]
    look = generator.build.look
    fonts = [digest_of_file(str(file)) for file in look.fonts.values()] if look else []
    for view in pages:
        card = metadata.card_for(view, site)
        if card and look:
            key = generator.build.key(without_theme=True, content=[repr(card), repr(look.light), *fonts])
            yield Target(view.card, key, partial(_drawn, card, look), "card", cost=COST)


def _drawn(card: Card, look: Look) -> bytes:
    from ...cards.draw import draw  # noqa: PLC0415 - it needs Pillow, which only sites with cards require

    return draw(card, look)


def _encoded(make: Callable[..., str], *arguments: object) -> bytes:
    return make(*arguments).encode()
