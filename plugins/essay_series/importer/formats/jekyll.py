"""Jekyll: posts, drafts and pages in Markdown with YAML front matter."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Any

from ..addresses import host_of
from ..item import Export, Files, Item
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
    suffix_of,
    zone_of,
)
from .headers import Header
from .template_tags import without_liquid

SETTINGS = ("_config.yml", "_config.yaml", "_config.toml")
_STYLES = {
    "date": "/:categories/:year/:month/:day/:title.html",
    "pretty": "/:categories/:year/:month/:day/:title/",
    "ordinal": "/:categories/:year/:y_day/:title.html",
    "weekdate": "/:categories/:year/W:week/:short_day/:title.html",
    "none": "/:categories/:title.html",
}
_NOT_PAGES = (*ABOUT_THE_SITE, "404")


def read(files: Files) -> Export:
    """Return the content of a folder."""
    settings = settings_in(files, *SETTINGS)
    texts = [name for name in files.names() if is_text(name)]
    export = Export("Jekyll", len(texts), files=files, hosts={host_of(str(settings.get("url", "")))} - {""})
    headers: dict[str, Header] = {}
    for name in texts:
        kind = _kind(name)
        if kind not in ("post", "draft", "page"):
            export.others[kind] += 1
        elif kind == "page" and suffix_of(name) not in MARKDOWN:
            export.others["page in HTML"] += 1
        elif header := header_of(name, files, export):
            if kind == "page" and not (header.exists and PurePosixPath(name).stem.lower() not in _NOT_PAGES):
                export.others["file without front matter"] += 1
            else:
                headers[name] = header
    addresses = {name: _address(name, header, settings) for name, header in headers.items()}
    posts = {PurePosixPath(name).stem: address for name, address in addresses.items() if _kind(name) == "post"}
    export.items = [_item(name, header, addresses[name], posts, settings) for name, header in headers.items()]
    return export


def _kind(name: str) -> str:
    """Return ``post``, ``draft`` or ``page``, or what else a file is."""
    folders = PurePosixPath(name).parts[:-1]
    if "_posts" in folders:
        return "post"
    if "_drafts" in folders:
        return "draft"
    hidden = next((folder for folder in folders if folder.startswith("_")), "")
    return f"file of {hidden}" if hidden else "page"


def _item(name: str, header: Header, address: str, posts: Mapping[str, str], settings: Mapping[str, Any]) -> Item:
    def resolve(path: str) -> str:
        pure = PurePosixPath(path)
        other = f"/{pure.with_suffix('').as_posix().lstrip('_')}/"
        return posts.get(pure.name.removesuffix(".md")) or posts.get(pure.stem) or other

    known = {f"page.{key}": header.text(key) for key in header.values if header.text(key)}
    known |= {f"site.{key}": str(value) for key, value in settings.items() if isinstance(value, str | int)}
    body, left = without_liquid(header.body, resolve, known)
    kind = _kind(name)
    defaults = _defaults(name, settings)
    return item_from(
        "page" if kind == "page" else "essay",
        name,
        Header({**defaults, **header.values}, exists=True),
        body,
        state="draft" if kind == "draft" else "",
        zone=zone_of(settings.get("timezone")),
        addresses=(address, *_redirects(header)) if kind != "draft" else (),
        incomplete=tuple(f"the tag {each}" for each in left),
    )


def _defaults(name: str, settings: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the front matter that the settings give to the file `name`."""
    found: dict[str, Any] = {}
    entries = settings.get("defaults")
    for entry in entries if isinstance(entries, list) else ():
        scope, values = (entry.get("scope"), entry.get("values")) if isinstance(entry, dict) else (None, None)
        path = str(scope.get("path", "")).strip("/") if isinstance(scope, dict) else ""
        kind = str(scope.get("type", "posts")) if isinstance(scope, dict) else ""
        fits = name.startswith(path) and (kind == "posts") == ("_posts/" in name)
        if fits and isinstance(values, dict):
            found |= {str(key).lower(): value for key, value in values.items()}
    return found


def _redirects(header: Header) -> tuple[str, ...]:
    said = header.values.get("redirect_from") or header.values.get("alias") or []
    return tuple(str(each) for each in (said if isinstance(said, list) else [said]))


def _address(name: str, header: Header, settings: Mapping[str, Any]) -> str:
    stem = file_name(name).slug
    item = item_from("essay", name, header, "")
    own = header.text("permalink") or str(_defaults(name, settings).get("permalink", ""))
    base = str(settings.get("baseurl") or "").rstrip("/")
    if _kind(name) == "page":
        folder = name.rpartition("/")[0]
        pretty = settings.get("permalink") == "pretty"
        usual = f"/{folder}/" if stem == "index" else f"/{folder}/{stem}{'/' if pretty else '.html'}"
        return base + filled(own or usual.replace(":", ""), {"path": folder, "basename": stem, "output_ext": ".html"})
    pattern = own or str(settings.get("permalink") or "date")
    categories = [*header.list("categories"), *([header.text("category")] if header.text("category") else [])]
    above = [part for part in name.split("_posts/", maxsplit=1)[0].split("/") if part]
    words = {
        **date_words(item.date),
        "title": header.text("slug") or stem,
        "slug": header.text("slug") or stem,
        "categories": "/".join(each.lower().replace(" ", "-") for each in [*above, *categories]),
        "output_ext": ".html",
    }
    return base + filled(_STYLES.get(pattern, pattern), words)
