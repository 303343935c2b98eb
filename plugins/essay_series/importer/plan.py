"""The plan of an import: which files are to come, and what is told of each; a pure function of an export and ours."""

from __future__ import annotations

import os
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from multiprocessing import get_context
from urllib.parse import unquote

from ..l10n.tags import tag_of
from ..names import fold
from ..sources.manuscript import Manuscript
from ..sources.markup import content_path, split_target
from ..vocabulary import directory
from .gate import Gate
from .item import Export, Item
from .naming import header_of, is_public, new_paths, text_of
from .places import Places, key_of
from .series import Rule, parts_of, with_series
from .texts import IMAGES, LinkRewrites, Text
from .texts import text_of as converted

FEW = 40
"""So many texts are converted by one process."""
_FRAGMENT = re.compile(r"""(?:href=["']?|\]\()(?P<target>[^"'#\s>)]*)#(?P<place>[^"'\s>)]+)""")


@dataclass(frozen=True)
class Wishes:
    """What the author asked for."""

    series: tuple[Rule, ...] = ()
    sides: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Keys of front matter by path, from the table of sides."""
    plays: bool = False
    """Whether tags that no file declares become plays."""
    permalink: str = ""
    """The pattern of the addresses of texts that the export gives none."""
    site: str = ""
    """The address of the old site."""
    fetched: Mapping[str, str] = field(default_factory=dict)
    """Images that were fetched: new files below the content folder, by address."""


@dataclass
class Fresh:
    """A source that is to come."""

    item: Item
    path: str
    header: dict[str, str]
    body: str
    notes: list[str]
    is_public: bool
    """Whether readers will find it at once."""

    @property
    def text(self) -> str:
        """The source."""
        return text_of(self.header, self.body)


@dataclass
class Plan:
    """What is to come."""

    fresh: list[Fresh]
    declared: dict[str, str]
    """Files that declare series and plays, by path."""
    files: dict[str, str]
    """Images and other files: their paths in the export, by their new paths."""
    here: list[str]
    """Paths of texts that are here already, and stay as they are."""
    kept: list[tuple[str, str]]
    """Texts that are not brought in, each with the reason."""
    unknown: Counter[str]
    """Tags that no play is called by, and how many texts have each."""
    missing: dict[str, int]
    """Addresses of images that are not at hand, with the number of texts that show them."""
    told: list[str]
    """What a person should know of the whole."""


Told = Callable[[str, int, int], None]
"""Is told how far a phase has come."""


def plan(export: Export, ours: Manuscript, wishes: Wishes, now: datetime, told: Told) -> Plan:
    """Return what is to come of `export`.

    Args:
        export: what was read, every item accounted for.
        ours: our own sources.
        wishes: what the author asked for.
        now: the present moment.
        told: is told how far it has come.

    """
    config = ours.config
    items = [_addressed(item, wishes.permalink, config.default_lang) for item in export.items]
    items = with_series(items, wishes.series, _called(ours))
    paths = new_paths(items, config)
    here = {path.casefold() for path in ours.files}
    rewrites = _ways(export, items, paths, ours, wishes, now=now)
    texts = _texts(items, paths, rewrites, ours, told)
    parts = parts_of(items, {fold(essay.series or "") for essay in ours.essays.values()})
    found = Plan([], {}, {}, [], list(export.kept), Counter(), {}, [])
    for number, (item, path, text) in enumerate(zip(items, paths, texts, strict=True)):
        if path.casefold() in here:
            found.here.append(path)
        elif text.refused:
            found.kept.append((item.called, text.refused))
        else:
            whole = replace(item, incomplete=(*item.incomplete, *text.incomplete))
            header, notes = header_of(whole, path, config, now, part=parts.get(number))
            header |= {k: v for k, v in wishes.sides.get(path, {}).items() if item.kind == "essay"}
            public = is_public(whole, config, now)
            found.fresh.append(Fresh(whole, path, header, text.body, [*notes, *item.notes, *text.notes], public))
            found.files |= {
                rewrites.files[each]: each for each in text.files if rewrites.files[each].casefold() not in here
            }
            for address in text.missing:
                found.missing[address] = found.missing.get(address, 0) + 1
    _settle_tags(found, ours, wishes)
    _declare_series(found, ours)
    Gate(found, ours, _anchors(paths, texts), wishes.fetched).pass_all()
    return found


def _addressed(item: Item, permalink: str, default: str) -> Item:
    """Return the item with an address, by the author's pattern if the export gives none, and a language of ours."""
    lang = tag_of(item.lang.replace("_", "-")) or "" if item.lang else ""
    item = replace(item, lang="" if lang.lower() == default.lower() else lang)
    if item.addresses or not permalink or not item.name:
        return item
    when = item.date
    words = {"name": item.name, "slug": item.name, "year": "", "month": "", "day": ""}
    if when:
        words |= {"year": f"{when:%Y}", "month": f"{when:%m}", "day": f"{when:%d}"}
    address = re.sub(r"\{(\w+)\}", lambda found: words.get(found[1], found[0]), permalink)
    return replace(item, addresses=(address,))


def _called(ours: Manuscript) -> Mapping[str, str]:
    """Return what each series of ours is called, by every folded name for it."""
    used = {fold(essay.series): essay.series for essay in ours.essays.values() if essay.series}
    return {**(used if not ours.series_declared else {}), **ours.series_directory}


def _ways(
    export: Export, items: Sequence[Item], paths: Sequence[str], ours: Manuscript, wishes: Wishes, *, now: datetime
) -> LinkRewrites:
    sources: dict[str, str] = {}
    for item, path in zip(items, paths, strict=True):
        for address in item.addresses:
            sources.setdefault(key_of(address), path)
    sources.pop("/", None)
    hosts = frozenset(export.hosts - {""})
    places = Places(hosts, sources)
    public = {p for i, p in zip(items, paths, strict=True) if is_public(i, ours.config, now)}
    public |= {source.path for source in ours.sources if ours.is_public(source)}
    names = export.files.names() if export.files else ()
    site = wishes.site or next((f"https://{host}" for host in sorted(hosts) if "." in host), "")
    return LinkRewrites(
        places,
        {item.where: path for item, path in zip(items, paths, strict=True)},
        frozenset(public),
        {name: _new_file(name, ours) for name in names if _is_shown(name)},
        wishes.fetched,
        ours.config.allowed_hosts,
        _wanted(items, paths, places),
        {key_of(page): image for page, image in export.attachments.items()},
        site.rstrip("/"),
    )


def _new_file(name: str, ours: Manuscript) -> str:
    folder = next((each for each in ours.config.static_paths if each not in ("", ".")), IMAGES)
    plain = name.removeprefix(f"{folder}/").removeprefix(f"static/{folder}/").removeprefix(f"assets/{folder}/")
    return f"{folder}/{re.sub('[^A-Za-z0-9._/-]+', '-', plain).lstrip('/')}"


def _is_shown(name: str) -> bool:
    """Tell whether a file is no text that would be brought in itself, nor a part of the other generator."""
    return not re.search(
        r"\.(?:md|markdown|mkd|html?|rst|adoc|org|textile|py|rb|toml|ya?ml|lock|css|js|scss|sass|less|csv)$|^_", name
    )


def _wanted(items: Sequence[Item], paths: Sequence[str], places: Places) -> Mapping[str, frozenset[str]]:
    """Return the names of places that links lead to, by the source they lie in."""
    by_path = {item.where: path for item, path in zip(items, paths, strict=True)}
    found: defaultdict[str, set[str]] = defaultdict(set)
    for item, path in zip(items, paths, strict=True):
        text = item.html or item.markdown or ""
        for link in _FRAGMENT.finditer(text) if "#" in text else ():
            base = item.addresses[0] if item.addresses else "/"
            source = _linked(item, link["target"], base, places, by_path) if link["target"] else path
            if source:
                found[source].add(unquote(link["place"]))
    return {path: frozenset(names) for path, names in found.items()}


def _linked(item: Item, target: str, base: str, places: Places, by_path: Mapping[str, str]) -> str:
    """Return the source to which a link leads, by an address or by a path; empty where there is none."""
    what, path, _ = split_target(target)
    return by_path.get(content_path(item.where, path), "") or ("" if what else places.source_at(base, target))


def _anchors(paths: Sequence[str], texts: Sequence[Text]) -> Mapping[str, frozenset[str]]:
    return {path: text.anchors for path, text in zip(paths, texts, strict=True)}


_SHARED: list[tuple[Sequence[Item], Sequence[str], LinkRewrites, Manuscript]] = []
"""What the processes that convert know; they are forked, and so have it."""


def _texts(
    items: Sequence[Item], paths: Sequence[str], rewrites: LinkRewrites, ours: Manuscript, told: Told
) -> list[Text]:
    """Return the texts of all items, converted by as many processes as there are cores."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    _SHARED.append((items, paths, rewrites, ours))
    try:
        found: list[Text] = []
        if len(items) <= FEW or cores == 1 or not hasattr(os, "fork"):
            for text in map(_convert, range(len(items))):
                found.append(text)
                told("converting", len(found), len(items))
        else:
            with get_context("fork").Pool(min(cores, 8)) as pool:
                for text in pool.imap(_convert, range(len(items)), chunksize=8):
                    found.append(text)
                    told("converting", len(found), len(items))
        return found
    finally:
        _SHARED.pop()


def _convert(number: int) -> Text:
    items, paths, rewrites, ours = _SHARED[-1]
    return converted(items[number], paths[number], rewrites, ours.config.to_html)


def _settle_tags(found: Plan, ours: Manuscript, wishes: Wishes) -> None:
    """Give each text those of its tags that are plays, or that may be."""
    known = directory(ours.play_pages.values())
    by_slug: dict[str, str] = {ours.config.slugify(name): name for e in ours.essays.values() for name in e.plays}
    for each in found.fresh:
        if each.item.kind != "essay":
            continue
        tags = []
        for tag in _usable(each.item.tags):
            slug = ours.config.slugify(tag)
            if fold(tag) in known:
                tags.append(tag)
            elif slug:
                tag = by_slug.setdefault(slug, tag)  # noqa: PLW2901 - two names with one address are one
                found.unknown[tag] += 1
                tags += [tag] if wishes.plays or not ours.plays_declared else []
        each.header["Tags"] = ", ".join(dict.fromkeys(tags))
    if not ours.plays_declared:
        found.unknown.clear()
    if wishes.plays:
        folder = ours.config.folders["play"]
        found.declared |= {f"{folder}/{ours.config.slugify(tag)}.md": f"Title: {tag}\n\n" for tag in found.unknown}


def _usable(tags: Iterable[str]) -> Iterator[str]:
    for tag in tags:
        plain = " ".join(re.sub(r"[,;]", " ", tag).split())
        if plain and len(plain) < 100:  # noqa: PLR2004 - no name is as long
            yield plain


def _declare_series(found: Plan, ours: Manuscript) -> None:
    """Declare the series that no file declares, where that is how series are known here."""
    if not ours.series_declared:
        return
    for each in found.fresh:
        title = each.header.get("Series", "")
        if title and fold(title) not in ours.series_directory:
            slug = ours.config.slugify(title)
            if slug:
                found.declared.setdefault(f"{ours.config.folders['series']}/{slug}.md", f"Title: {title}\n\n")
