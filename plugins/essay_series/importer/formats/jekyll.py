"""Jekyll: posts, drafts and pages in Markdown, with YAML headers."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Any

from ..item import Export, Files, Item
from ..places import host_of
from .folders import (
    MARKDOWN,
    date_words,
    filled,
    header_of,
    is_text,
    item_from,
    keep_back,
    name_and_date,
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
_NO_TEXTS = (
    "readme",
    "license",
    "licence",
    "changelog",
    "contributing",
    "code_of_conduct",
    "history",
    "security",
    "404",
)


def read(files: Files) -> Export:
    """Read the sources of a site.

    Raises:
        ImportRefusedError: they cannot be read.

    """
    settings = settings_in(files, *SETTINGS)
    export = Export("Jekyll", files=files, hosts={host_of(str(settings.get("url", "")))} - {""})
    texts = [name for name in files.names() if is_text(name)]
    posts = {PurePosixPath(name).stem: name for name in texts if "_posts/" in name}
    headers: dict[str, Header] = {}
    for name in texts:
        export.seen["file", suffix_of(name)] += 1
        kind = _kind(name)
        if kind in ("post", "draft"):
            if not keep_back(name, export) and (header := header_of(name, files, export)):
                headers[name] = header
        elif kind == "page" and suffix_of(name) in MARKDOWN and (header := header_of(name, files, export)):
            if header.there and PurePosixPath(name).stem.lower() not in _NO_TEXTS:
                headers[name] = header
            else:
                export.others["file without a header"] += 1
        elif kind != "page" or suffix_of(name) not in MARKDOWN:
            export.others[kind if kind != "page" else "page in HTML"] += 1
    addresses = {name: _address(name, header, settings) for name, header in headers.items()}
    by_stem = {stem: addresses.get(path, "") for stem, path in posts.items()}
    export.items = [_item(name, header, addresses[name], by_stem, settings) for name, header in headers.items()]
    return export


def _kind(name: str) -> str:
    """Return what a file is: post, draft, page, or a word for what is no text."""
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

    known = {f"page.{key}": header.text(key) for key in header.facts if header.text(key)}
    known |= {f"site.{key}": str(value) for key, value in settings.items() if isinstance(value, str | int)}
    body, left = without_liquid(header.body, resolve, known)
    kind = _kind(name)
    defaults = _defaults(name, settings)
    return item_from(
        "page" if kind == "page" else "essay",
        name,
        Header({**defaults, **header.facts}, there=True),
        body,
        state="draft" if kind == "draft" else "",
        zone=zone_of(settings.get("timezone")),
        addresses=(address, *_redirects(header)) if kind != "draft" else (),
        incomplete=tuple(f"the tag {each}" for each in left),
    )


def _defaults(name: str, settings: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return what the settings say of a file that does not say it itself."""
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
    said = header.facts.get("redirect_from") or header.facts.get("alias") or []
    return tuple(str(each) for each in (said if isinstance(said, list) else [said]))


def _address(name: str, header: Header, settings: Mapping[str, Any]) -> str:
    stem, _, _ = name_and_date(name)
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
