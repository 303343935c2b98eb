"""Hugo, Zola, and any other folder of Markdown files with front matter."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import PurePosixPath
from typing import Any

from ..addresses import host_of
from ..item import HIDDEN, PUBLISHED, Export, Files, Item, Kind
from .folders import (
    ABOUT_THE_SITE,
    MARKDOWN,
    date_words,
    file_name,
    filled,
    header_of,
    is_text,
    item_from,
    settings_in,
    state_of,
    suffix_of,
)
from .headers import Header
from .template_tags import Resolve, without_shortcodes

SETTINGS = (
    *("hugo.toml", "hugo.yaml", "hugo.yml", "config.toml", "config.yaml", "config.yml"),
    *("config/_default/hugo.toml", "config/_default/config.toml", "config/_default/config.yaml", "zola.toml"),
)
_DATED_PATH = re.compile(r"/?(?:[a-z-]+/)?(\d{4})/(\d\d)/(\d\d)/")
_PAGES = ("pages/", "page/")


def read(files: Files, *, plain: bool = False) -> Export:
    """Return the content of a folder; if `plain`, of one without a generator, so that the addresses are unknown."""
    settings = {} if plain else settings_in(files, *SETTINGS)
    base = str(settings.get("baseurl") or settings.get("base_url") or "")
    texts = [name for name in files.names() if is_text(name)]
    export = Export("Markdown" if plain else "Zola" if "base_url" in settings else "Hugo", len(texts), files=files)
    export.hosts = {host_of(base)} - {""}
    root = "" if plain else f"{settings.get('contentdir') or 'content'}/"
    headers = _headers(texts, root, files, export, plain=plain)
    addresses = {} if plain else {name: _address(name, header, root, settings) for name, header in headers.items()}
    by_name = {name.removeprefix(root): address for name, address in addresses.items()}
    by_slug = {file_name(name).slug: address for name, address in addresses.items()}

    def resolve(path: str) -> str:
        target, mark, fragment = path.lstrip("/").partition("#")
        found = by_name.get(target) or by_name.get(f"{target}.md") or by_slug.get(PurePosixPath(target).stem, "")
        return found and f"{found}{mark}{fragment}"

    for name, header in headers.items():
        kind = _kind(name.removeprefix(root), header, is_site=not plain)
        export.items.append(_item(kind, name, header, addresses.get(name, ""), resolve))
    if plain:
        export.notes.append("A folder of texts does not give their addresses; PERMALINK=/{name}/ does.")
    return export


def _headers(texts: list[str], root: str, files: Files, export: Export, *, plain: bool) -> dict[str, Header]:
    """Return the texts to import by their paths; the other files are counted in `export`."""
    headers: dict[str, Header] = {}
    for name in texts:
        stem = PurePosixPath(name).stem
        if not name.startswith(root):
            export.others[f"file outside {root}"] += 1
        elif stem.startswith("_index"):
            export.others["section page"] += 1
        elif stem.lower() in ABOUT_THE_SITE:
            export.others["file about the site"] += 1
        elif header := header_of(name, files, export):
            if header.exists or (plain and suffix_of(name) in MARKDOWN):
                headers[name] = header
            else:
                export.others["file without front matter"] += 1
    return headers


def _item(kind: Kind, name: str, header: Header, address: str, resolve: Resolve) -> Item:
    body, left = without_shortcodes(header.body, resolve)
    item = item_from(
        kind,
        name,
        header,
        body,
        state=_state(header),
        addresses=tuple(filter(None, (address, *header.list("aliases")))),
        incomplete=tuple(f"the shortcode {each}" for each in left),
    )
    return item if item.date else replace(item, date=_date_in_path(header))


def _kind(name: str, header: Header, *, is_site: bool) -> Kind:
    dated = header.date("date", "publishdate") or file_name(name).date or _date_in_path(header)
    return "page" if name.startswith(_PAGES) or (is_site and not dated) else "essay"


def _date_in_path(header: Header) -> datetime | None:
    """Return the date in the path of a text, as in ``/2009/04/01/price/``; None if there is none."""
    found = _DATED_PATH.match(header.text("path", "url", "permalink"))
    try:
        return datetime(int(found[1]), int(found[2]), int(found[3])) if found else None  # noqa: DTZ001 - it is a day
    except ValueError:
        return None


def _state(header: Header) -> str:
    state = state_of(header)
    until = header.date("expirydate")
    if state == PUBLISHED and until and until.replace(tzinfo=until.tzinfo or UTC) < datetime.now(UTC):
        return "draft"
    return HIDDEN if state == PUBLISHED and header.text("list") == "never" else state


def _address(name: str, header: Header, root: str, settings: Mapping[str, Any]) -> str:
    own = header.text("url", "path", "permalink")
    if own:
        return own if own.startswith("/") else f"/{own}"
    stem = file_name(name).slug
    folder = PurePosixPath(name.removeprefix(root)).parent
    if PurePosixPath(name).stem.startswith("index"):
        folder = folder.parent
    section = folder.parts[0] if folder.parts else ""
    slug = header.text("slug") or stem
    patterns = settings.get("permalinks")
    patterns = patterns.get("page", patterns) if isinstance(patterns, dict) else {}
    pattern = patterns.get(section) if isinstance(patterns, dict) else None
    if isinstance(pattern, str):
        when = header.date("date", "publishdate")
        title = header.text("slug") or "-".join(header.text("title").lower().split()) or stem
        words = {"slug": title, "title": title, "filename": stem, "contentbasename": stem, "slugorfilename": slug}
        return filled(pattern, {**date_words(when), "section": section, "sections": folder.as_posix(), **words})
    end = ".html" if settings.get("uglyurls") is True else "/"
    return filled(f"{'/'.join(folder.parts)}/{slug}".replace(":", ""), {}) + end
