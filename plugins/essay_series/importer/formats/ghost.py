"""Ghost: the JSON file of its export."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from ..item import (
    PUBLISHED,
    SCHEDULED,
    Export,
    ImportRefusedError,
    Item,
    ReadOptions,
    decoded,
    iso_date,
    one_line,
    plain,
)

SIGN = re.compile(rb'\A\s*\{\s*"(?:db|data|meta)"\s*:')
_STATES = {"published": PUBLISHED, "scheduled": SCHEDULED, "draft": "draft", "sent": "private"}
_ROOT = "__GHOST_URL__"
"""Ghost's placeholder for the address of the site."""


def read(data: bytes, name: str, _: ReadOptions) -> Export:
    """Return the content of an export."""
    try:
        whole = json.loads(decoded(data, name))
    except (ValueError, RecursionError) as error:
        raise ImportRefusedError(f"{name} is damaged: {error}. Export again.") from error
    databases = _list(_map(whole).get("db"))
    tables = _map(_map(databases[0] if databases else whole).get("data"))
    posts = [_map(each) for each in _list(tables.get("posts"))]
    if not posts:
        raise ImportRefusedError(f"{name} holds no posts that an export of Ghost would hold.")
    export = Export("Ghost", len(posts), hosts={_ROOT.lower()})
    related = _Related(tables)
    for post in posts:
        body = _body(post)
        if body is None:
            label = f'"{one_line(_text(post.get("title")))}"'
            export.skipped.append((label, "the export has its text only in Ghost's own format"))
        else:
            export.items.append(_item(post, body, related))
    export.notes.append("Exports of Ghost have no images and no address of the site; SITE=https://… gives the address.")
    return export


class _Related:
    """Tags and authors, and which posts have them."""

    def __init__(self, tables: Mapping[str, Any]) -> None:
        self.tags, self.authors = _names(tables.get("tags")), _names(tables.get("users"))
        self.tags_of = _links(tables.get("posts_tags"), "tag_id")
        self.authors_of = _links(tables.get("posts_authors"), "author_id")


def _names(table: object) -> dict[str, str]:
    return {_text(row.get("id")): one_line(_text(row.get("name"))) for row in map(_map, _list(table))}


def _links(table: object, key: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for row in sorted(map(_map, _list(table)), key=lambda row: _text(row.get("sort_order")).rjust(6, "0")):
        found.setdefault(_text(row.get("post_id")), []).append(_text(row.get(key)))
    return found


def _body(post: Mapping[str, Any]) -> tuple[str, str | None] | None:
    """Return the text as HTML, or as Markdown if a single Markdown card is all of it; None if it is neither."""
    if isinstance(post.get("html"), str):
        return post["html"], None
    if isinstance(post.get("markdown"), str):
        return "", post["markdown"]
    try:
        cards = _list(_map(json.loads(_text(post.get("mobiledoc")) or "{}")).get("cards"))
    except (ValueError, RecursionError):
        return None
    if len(cards) == 1 and len(_list(cards[0])) > 1 and str(cards[0][0]).endswith("markdown"):
        return "", _text(_map(cards[0][1]).get("markdown"))
    return ("", None) if not post.get("mobiledoc") and not post.get("lexical") else None


def _item(post: Mapping[str, Any], body: tuple[str, str | None], related: _Related) -> Item:
    html, markdown = body
    number, slug = _text(post.get("id")), _text(post.get("slug"))
    status, visibility = _text(post.get("status")), _text(post.get("visibility")) or "public"
    state = _STATES.get(status, status or "draft")
    image = _text(post.get("feature_image"))
    if image and image not in html and markdown is None:
        alt = one_line(_text(post.get("feature_image_alt"))).replace('"', "&quot;")
        html = f'<figure><img src="{image}" alt="{alt}"></figure>{html}'
    names = [related.tags.get(each, "") for each in related.tags_of.get(number, ())]
    people = related.authors_of.get(number) or [_text(post.get("author_id"))]
    return Item(
        "page" if post.get("type") == "page" or _text(post.get("page")) in ("1", "True") else "essay",
        "protected" if visibility != "public" and state == PUBLISHED else state,
        plain(_text(post.get("title"))),
        slug,
        number,
        date=iso_date(_text(post.get("published_at")) or _text(post.get("created_at"))),
        addresses=(f"/{slug}/",) if slug else (),
        html=html.replace(_ROOT, f"https://{_ROOT.lower()}"),
        markdown=markdown,
        tags=tuple(name for name in names if name and not name.startswith("#")),
        author=next((related.authors[each] for each in people if each in related.authors), ""),
        summary=plain(_text(post.get("custom_excerpt"))),
    )


def _map(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _text(value: object) -> str:
    return "" if value is None else str(value)
