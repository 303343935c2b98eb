"""Plan an import: which files it writes, and what the author should know about each."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, field, replace
from datetime import datetime
from functools import partial
from hashlib import sha256
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import unquote

from ..build.pool import Pool
from ..config import SiteConfig
from ..l10n.tags import tag_of
from ..names import fold
from ..sources.manuscript import Manuscript
from ..sources.markup import content_path, split_target
from ..vocabulary import directory
from .addresses import OldSite, key_of
from .item import Export, Item
from .naming import header_of, is_public, new_paths, text_of
from .series import Rule, parts_of, with_series
from .texts import LinkRewrites, Text
from .texts import text_of as converted
from .validation import Validation

MIN_JOBS = 40
"""Fewer texts than this are converted without further processes."""
IMAGES = "images"
_FRAGMENT = re.compile(r"""(?:href=["']?|\]\()(?P<target>[^"'#\s>)]*)#(?P<place>[^"'\s>)]+)""")


@dataclass(frozen=True)
class ImportOptions:
    """The author's choices."""

    series: tuple[Rule, ...] = ()
    sides: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Front matter from the table of sides, by the path of the source."""
    plays: bool = False
    """Whether tags without a file in the playbook become plays."""
    permalink: str = ""
    """The pattern of old addresses, for texts to which the export gives none."""
    site: str = ""
    """The address of the old site, without a slash at the end."""
    fetched: Mapping[str, str] = field(default_factory=dict)
    """Downloaded images: paths below the content folder, by address."""


@dataclass
class NewSource:
    """A source that will be written."""

    item: Item
    path: str
    header: dict[str, str]
    body: str
    notes: list[str]
    is_public: bool
    """Whether it is published at once."""

    @property
    def text(self) -> str:
        """The content of the file."""
        return text_of(self.header, self.body)


@dataclass
class Plan:
    """The result of an import, before it is written. All paths are below the content folder."""

    sources: list[NewSource] = field(default_factory=list)
    declarations: dict[str, str] = field(default_factory=dict)
    """The content of files that declare series and plays, by path."""
    files: dict[str, str] = field(default_factory=dict)
    """Paths of images in the export, by their new paths."""
    existing: list[str] = field(default_factory=list)
    """Paths of texts that exist already, and are not changed."""
    existing_files: list[str] = field(default_factory=list)
    """Paths of images that texts show and that exist already; these are not changed either."""
    skipped: list[tuple[str, str]] = field(default_factory=list)
    """Texts that are not imported, each with the reason."""
    unknown_tags: Counter[str] = field(default_factory=Counter)
    """Tags that are not in the playbook, with the number of texts that have them."""
    missing_images: Counter[str] = field(default_factory=Counter)
    """Addresses of images that are not at hand, with the number of texts that show them."""
    notes: list[str] = field(default_factory=list)
    """Remarks for the author on the import as a whole."""


Progress = Callable[[str, int, int], None]
"""Is called with the name of a phase, the number of finished texts and the number of all."""


def plan(export: Export, ours: Manuscript, options: ImportOptions, now: datetime, progress: Progress) -> Plan:
    """Return the plan for `export`; `progress` is called while texts are converted."""
    config = ours.config
    items = [_addressed(item, options.permalink, config.default_lang) for item in export.items]
    items = with_series(items, options.series, _series_names(ours))
    paths = new_paths(items, config)
    public = {path for item, path in zip(items, paths, strict=True) if is_public(item, config, now)}
    rewrites = _link_rewrites(export, items, paths, ours, options, public=public)
    texts = _texts(items, paths, rewrites, ours, progress)
    parts = parts_of(items, {fold(essay.series or "") for essay in ours.essays.values()})
    existing = {path.casefold() for path in ours.files}
    found, files = Plan(skipped=list(export.skipped)), dict[str, str]()
    for number, (item, path, text) in enumerate(zip(items, paths, texts, strict=True)):
        if path.casefold() in existing:
            found.existing.append(path)
        elif text.refused:
            found.skipped.append((item.label, text.refused))
        else:
            source = _new_source(item, path, text, config, now, part=parts.get(number))
            source.header |= options.sides.get(path, {}) if item.kind == "essay" else {}
            found.sources.append(source)
            files |= {rewrites.files[name]: name for name in text.files}
            found.missing_images.update(text.missing)
    found.files = {path: name for path, name in files.items() if path.casefold() not in existing}
    found.existing_files = sorted(files.keys() - found.files.keys())
    _set_tags(found, ours, options)
    _declare_series(found, ours)
    anchors = {path: text.anchors for path, text in zip(paths, texts, strict=True)}
    Validation(found, ours, anchors, options.fetched.values()).run()
    return found


def _new_source(item: Item, path: str, text: Text, config: SiteConfig, now: datetime, *, part: int | None) -> NewSource:
    item = replace(item, incomplete=(*item.incomplete, *text.incomplete))
    header, notes = header_of(item, path, config, now, part=part)
    notes += [*item.notes, *text.notes]
    return NewSource(item, path, header, text.body, notes, is_public(item, config, now))


def _addressed(item: Item, permalink: str, default: str) -> Item:
    """Return `item` with an address, from the pattern `permalink` if it has none, and its language as a tag (BCP 47).

    The language is empty if it is the default language of this site.
    """
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


def _series_names(ours: Manuscript) -> Mapping[str, str]:
    """Return the name of each series of this site, by every folded name for it."""
    used = {fold(essay.series): essay.series for essay in ours.essays.values() if essay.series}
    return {**(used if not ours.series_declared else {}), **ours.series_directory}


def _link_rewrites(
    export: Export,
    items: Sequence[Item],
    paths: Sequence[str],
    ours: Manuscript,
    options: ImportOptions,
    *,
    public: set[str],
) -> LinkRewrites:
    sources: dict[str, str] = {}
    for item, path in zip(items, paths, strict=True):
        for address in item.addresses:
            sources.setdefault(key_of(address), path)
    sources.pop("/", None)
    old_site = OldSite(frozenset(export.hosts - {""}), sources)
    by_name = {item.origin: path for item, path in zip(items, paths, strict=True)}
    names = export.files.names() if export.files else ()
    return LinkRewrites(
        old_site,
        by_name,
        frozenset(public | {source.path for source in ours.sources if ours.is_public(source)}),
        _new_files(filter(_is_media, names), ours),
        options.fetched,
        ours.config.allowed_hosts,
        _linked_ids(items, paths, old_site, by_name),
        {key_of(page): image for page, image in export.attachments.items()},
        options.site or site_of(export),
    )


def site_of(export: Export) -> str:
    """Return the address of the old site, from its hosts; empty if the export does not name one."""
    return next((f"https://{host}" for host in sorted(export.hosts) if "." in host), "")


def _new_files(names: Iterable[str], ours: Manuscript) -> dict[str, str]:
    """Return a path of its own in the folder of images for each file of the export."""
    folder = next((each for each in ours.config.static_paths if each not in ("", ".")), IMAGES)
    found: dict[str, str] = {}
    taken: set[str] = set()
    for name in names:
        plain = name.removeprefix(f"{folder}/").removeprefix(f"static/{folder}/").removeprefix(f"assets/{folder}/")
        path = PurePosixPath(folder, re.sub("[^A-Za-z0-9._/-]+", "-", plain).lstrip("/"))
        if str(path).casefold() in taken:
            path = path.with_stem(f"{path.stem}-{sha256(name.encode()).hexdigest()[:8]}")
        taken.add(str(path).casefold())
        found[name] = str(path)
    return found


def _is_media(name: str) -> bool:
    """Tell whether a file is neither a text nor a part of the other generator."""
    return not re.search(
        r"\.(?:md|markdown|mkd|html?|rst|adoc|org|textile|py|rb|toml|ya?ml|lock|css|js|scss|sass|less|csv)$|^_", name
    )


def _linked_ids(
    items: Sequence[Item], paths: Sequence[str], old_site: OldSite, by_name: Mapping[str, str]
) -> Mapping[str, frozenset[str]]:
    """Return the ids that links point to, by the source whose page has them."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for item, path in zip(items, paths, strict=True):
        for link in _FRAGMENT.finditer(item.html or item.markdown or ""):
            source = _linked(item, link["target"], old_site, by_name) if link["target"] else path
            if source:
                found[source].add(unquote(link["place"]))
    return {path: frozenset(names) for path, names in found.items()}


def _linked(item: Item, target: str, old_site: OldSite, by_name: Mapping[str, str]) -> str:
    """Return the source that a link means, by its address or its path; empty if there is none."""
    what, path, _ = split_target(target)
    source = by_name.get(content_path(item.origin, path), "")
    return source or ("" if what else old_site.source_at(next(iter(item.addresses), "/"), target))


def _texts(
    items: Sequence[Item], paths: Sequence[str], rewrites: LinkRewrites, ours: Manuscript, progress: Progress
) -> list[Text]:
    """Return the converted text of each item."""

    def convert(number: int) -> tuple[Any, ...]:
        return astuple(converted(items[number], paths[number], rewrites, ours.config.to_html))

    found = Pool(range(len(items)), convert, MIN_JOBS).results(partial(progress, "converting"))
    return [Text(*each) for each in found]


def _set_tags(found: Plan, ours: Manuscript, options: ImportOptions) -> None:
    """Give each essay those of its tags that are plays, or all of them if this site declares no plays."""
    known = directory(ours.play_pages.values())
    by_slug: dict[str, str] = {ours.config.slugify(name): name for e in ours.essays.values() for name in e.plays}
    for each in found.sources:
        if each.item.kind != "essay":
            continue
        tags = []
        for tag in _usable(each.item.tags):
            slug = ours.config.slugify(tag)
            if fold(tag) in known:
                tags.append(tag)
            elif slug:
                name = by_slug.setdefault(slug, tag)  # two tags with one address are one
                found.unknown_tags[name] += 1
                tags += [name] if options.plays or not ours.plays_declared else []
        each.header["Tags"] = ", ".join(dict.fromkeys(tags))
    if not ours.plays_declared:
        found.unknown_tags.clear()
    if options.plays:
        folder = ours.config.folders["play"]
        for tag in found.unknown_tags:
            found.declarations[f"{folder}/{ours.config.slugify(tag)}.md"] = f"Title: {tag}\n\n"


def _usable(tags: Iterable[str]) -> Iterator[str]:
    for tag in tags:
        plain = " ".join(re.sub(r"[,;]", " ", tag).split())
        if plain and len(plain) < 100:  # noqa: PLR2004 - no name is as long
            yield plain


def _declare_series(found: Plan, ours: Manuscript) -> None:
    """Declare new series by files of their own, if this site declares its series so."""
    if not ours.series_declared:
        return
    for each in found.sources:
        title = each.header.get("Series", "")
        slug = ours.config.slugify(title)
        if slug and fold(title) not in ours.series_directory:
            found.declarations.setdefault(f"{ours.config.folders['series']}/{slug}.md", f"Title: {title}\n\n")
