"""Plans for a new slug of an essay in all its languages, of a play or of a series."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import PurePosixPath
from typing import Literal

from ....model import Address, Essay, PlayPage, SeriesPage
from ....names import did_you_mean, fold, one_of
from ....sources.declare import essay_from
from ....sources.frontmatter import Source
from ....sources.manuscript import Manuscript
from ....sources.published import Published
from ....vocabulary import directory, originals_first
from ...command import CommandError
from .edits import Plan, Replacement
from .header import alias_added, names_changed, value_changed
from .links import Moved, left_in_text, link_changes, promise_changes

Declared = PlayPage | SeriesPage


def essay_renamed(manuscript: Manuscript, old: str, new: str) -> Plan:
    """Return the plan that changes the slug of an essay from `old` to `new`, in all languages."""
    essays = [essay_from(source, manuscript.config) for source in manuscript.sources if source.kind == "essay"]
    versions = [essay for essay in essays if essay.slug == old]
    demand_known(old, [essay.slug for essay in essays], "essay")
    _demand_usable(manuscript, old, new)
    taken = next((each.source for each in essays if each.slug != old and fold(each.slug) == fold(new)), None)
    if taken:
        raise CommandError(f'The slug "{new}" is taken by {taken}. Choose another, or rename that one first.')
    sources = [manuscript.by_path[essay.source] for essay in versions]
    if other := next((source for source in sources if source.html is not None), None):
        raise CommandError(f"{other.path} is not in Markdown. Rename it by hand, with a slug of its own.")
    moved = Moved(
        old,
        new,
        frozenset(source.path for source in sources),
        files=dict(_new_paths(manuscript, sources, new)),
        urls=dict(_new_urls(manuscript, sources, versions, new)),
        lists=frozenset([*manuscript.series_pages, *manuscript.play_pages]),
    )
    answering = [s for s in manuscript.sources if s.kind == "essay" and s.text("answers") == old]
    header = [value_changed(source, "answers", new) for source in answering]
    for source, essay in zip(sources, versions, strict=True):
        url = manuscript.addresses.get(source.path, Address("", "")).url
        header += _slug_and_alias(manuscript, source, moved, [url], f"/{essay.address.url}" if "/" in old else old)
    return _plan(manuscript, moved, header, partial(_has_slug, moved=moved, sources=sources))


def declared_renamed(manuscript: Manuscript, kind: Literal["play", "series"], old: str, new: str) -> Plan:
    """Return the plan that changes the slug of a declared play or series from `old` to `new`, in all languages.

    It also changes the essays and plays that name it by its slug; those that name it by its title stay as they are.
    """
    pages: list[Declared] = list(manuscript.play_pages.values() if kind == "play" else manuscript.series_pages.values())
    demand_known(old, [page.slug for page in pages], kind)
    _demand_usable(manuscript, old, new)
    page, *translations = originals_first((page for page in pages if page.slug == old), manuscript.config.default_lang)
    others = directory(other for other in pages if other.slug != old)
    if fold(new) in others or (kind == "play" and new == "index"):
        taken = f'the {kind} "{others[fold(new)]}"' if fold(new) in others else "the playbook's introduction"
        raise CommandError(f'The name "{new}" is taken by {taken}. Choose another.')
    source = manuscript.by_path[page.source]
    translated = [manuscript.by_path[each.source] for each in translations]
    before, after = (
        [address.removeprefix("/") for address in Published.of(manuscript).addresses_with(page, slug)]
        for slug in (old, new)
    )
    moved = Moved(
        old,
        new,
        frozenset([source.path]),
        files=dict(_new_paths(manuscript, [source, *translated], new)),
        urls=dict(zip(before, after, strict=True)),
        tag=kind == "play",
    )
    header = [*_slug_and_alias(manuscript, source, moved, before, f"/{before[0]}" if "/" in old else old)]
    header += [value_changed(each, "slug", new) for each in translated if each.text("slug")]
    header += _names(manuscript, kind, page, new)
    return _plan(manuscript, moved, header, partial(_has_slug, moved=moved, sources=[source, *translated]))


def _plan(
    manuscript: Manuscript, moved: Moved, header: Iterable[Replacement], fulfilled: Callable[[Manuscript], bool]
) -> Plan:
    changes = frozenset([*header, *link_changes(manuscript, moved), *promise_changes(manuscript, moved)])
    return Plan(changes, moved.files, tuple(left_in_text(manuscript, moved, changes)), fulfilled)


def demand_known(slug: str, slugs: Iterable[str], kind: str) -> None:
    """Demand that `slug` is one of `slugs`.

    Raises:
        CommandError: it is not; the message says that there is no such `kind`, and suggests a slug.

    """
    known = set(slugs)
    if slug not in known:
        hint = did_you_mean(slug, known, f"The slugs are {one_of(known)}.")
        raise CommandError(f'There is no {kind} with the slug "{slug}". {hint}')


def _demand_usable(manuscript: Manuscript, old: str, new: str) -> None:
    usable = "/".join(map(manuscript.config.slugify, new.split("/")))
    if not usable:
        raise CommandError(f'"{new}" has no letter or digit that can be part of an address.')
    if new != usable:
        raise CommandError(f'"{new}" cannot be part of an address. Write NEW={usable}.')
    if new == old:
        raise CommandError(f'The slug is "{old}" already.')


def _new_paths(manuscript: Manuscript, sources: Iterable[Source], new: str) -> Iterator[tuple[str, str]]:
    """Yield the present and the new path of each file whose slug comes from its name."""
    present = {path.casefold() for path in manuscript.files}
    for source in sources:
        if source.text("slug"):
            continue
        if "/" in new:
            raise CommandError(f'A file cannot be named "{new}". Write "Slug: {new}" in {source.path}.')
        if source.kind == "essay" and not manuscript.config.slug_from_file:
            raise CommandError(f"The slug of {source.path} comes from its title. Add a Slug line to it first.")
        pure = PurePosixPath(source.path)
        path = str(pure.with_name(new + pure.suffix))
        if path.casefold() in present - {source.path.casefold()}:
            raise CommandError(f"The file {path} exists already. Choose a different slug, or move that file.")
        yield source.path, path


def _new_urls(
    manuscript: Manuscript, sources: Iterable[Source], versions: Iterable[Essay], new: str
) -> Iterator[tuple[str, str]]:
    """Yield the present and the new URL, relative to the site's root, of each version that has one."""
    for source, essay in zip(sources, versions, strict=True):
        present = manuscript.addresses.get(source.path)
        if present and not source.text("url"):
            yield present.url, manuscript.address_with(source.path, status=essay.status, slug=new, save_as="").url


def _slug_and_alias(
    manuscript: Manuscript, source: Source, moved: Moved, urls: Iterable[str], former: str
) -> Iterator[Replacement]:
    if source.text("slug"):
        yield value_changed(source, "slug", moved.new)
    new_urls = {f"/{moved.urls[url]}" for url in urls if url in moved.urls}
    published = any(f"/{url}" in manuscript.record.facts for url in urls)
    alias = alias_added(
        source, former, lambda name: name == moved.new or ("/" in name and name in new_urls), keep=published
    )
    if alias:
        yield alias


def _names(manuscript: Manuscript, kind: str, page: Declared, new: str) -> Iterator[Replacement]:
    """Yield the replacement of each value that names `page` by its slug."""
    by_slug = partial(_names_by_slug, page)
    for source in (source for source in manuscript.sources if source.html is None):
        if source.kind == "essay" and kind == "play":
            yield from names_changed(source, "tags", by_slug, new)
        elif source.kind == "play" and kind == "play":
            yield from names_changed(source, "related", by_slug, new)
        elif source.kind == "essay" and by_slug(source.text("series")):
            yield value_changed(source, "series", new)


def _names_by_slug(page: Declared, name: str) -> bool:
    """Tell whether `name` is the slug of `page`; spelled in another way, it is not if it could be the title, too."""
    return name == page.slug or (fold(name) == fold(page.slug) and fold(name) != fold(page.title))


def _has_slug(after: Manuscript, moved: Moved, sources: Iterable[Source]) -> bool:
    """Tell whether all of `sources` have the new slug in `after`, the manuscript after the change."""
    slugs = {s.path: essay_from(s, after.config).slug for s in after.sources if s.kind == "essay"}
    slugs |= {path: page.slug for path, page in after.series_pages.items()}
    slugs |= {path: page.slug for path, page in after.play_pages.items()}
    return {slugs[moved.files.get(source.path, source.path)] for source in sources} == {moved.new}
