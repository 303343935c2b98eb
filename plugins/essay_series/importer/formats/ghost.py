"""Ghost: the JSON of its export."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from ..item import PUBLISHED, SCHEDULED, Census, Export, ImportRefusedError, Item, one_line, plain

SIGN = re.compile(rb'\A\s*\{\s*"(?:db|data|meta)"\s*:')
_STATES = {"published": PUBLISHED, "scheduled": SCHEDULED, "draft": "draft", "sent": "private"}
_ROOT = "__GHOST_URL__"
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\]:]|[-\w.]+')
_MARKDOWN_CARD = "markdown"


def count(text: str) -> Census:
    """Count the posts by kind and state, without a parser: by brackets and strings alone."""
    census: Census = Counter()
    depth, posts_at, before, facts = 0, 0, ("", ""), dict[str, str]()
    for found in _TOKEN.finditer(text):
        sign = found[0]
        if sign in "{[":
            depth += 1
            if found[0] == "[" and before == ('"posts"', ":") and not posts_at:
                posts_at = depth
        elif sign in "]}":
            if posts_at and depth == posts_at + 1:
                census[_kind(facts)] += 1
                facts = {}
            posts_at = 0 if depth == posts_at else posts_at
            depth -= 1
        elif before[1] == ":" and depth == posts_at + 1 and posts_at:
            facts[before[0].strip('"')] = sign.strip('"')
        before = (before[1], sign)
    return census


def read(text: str, name: str) -> Export:
    """Read an export.

    Args:
        text: the JSON.
        name: what messages call it.

    Raises:
        ImportRefusedError: it is damaged, or no export of Ghost.

    """
    try:
        whole = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ImportRefusedError(
            f"{name} is damaged: {error}. Export again; of JSON nothing can be read in part."
        ) from error
    first = _list(_map(whole).get("db"))
    data = _map(_map(first[0] if first else whole).get("data"))
    posts = [_map(each) for each in _list(data.get("posts"))]
    if not posts:
        raise ImportRefusedError(f"{name} holds no posts that an export of Ghost would hold.")
    export = Export("Ghost", others=Counter(), hosts={_ROOT.lower()})
    tables = _Tables(data)
    for post in posts:
        facts = {key: _said(post.get(key)) for key in ("type", "status", "page")}
        export.seen[_kind(facts)] += 1
        body = _body(post)
        if body is None:
            export.kept.append(
                (f'"{one_line(_said(post.get("title")))}"', "the export has its text only in Ghost's own form")
            )
        else:
            export.items.append(_item(post, body, tables))
    export.notes.append("An export of Ghost holds no images and no address of the site; SITE=https://… names it.")
    return export


class _Tables:
    """The content of tables other than that of the posts."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.tags = _names(data, "tags", "name")
        self.authors = _names(data, "users", "name")
        self.of_post = {
            "tag_id": _links(data, "posts_tags", "tag_id"),
            "author_id": _links(data, "posts_authors", "author_id"),
        }


def _names(data: Mapping[str, Any], table: str, key: str) -> dict[str, str]:
    rows = map(_map, _list(data.get(table)))
    return {_said(row.get("id")): one_line(_said(row.get(key))) for row in rows}


def _links(data: Mapping[str, Any], table: str, key: str) -> dict[str, list[str]]:
    rows = [_map(each) for each in _list(data.get(table))]
    found: dict[str, list[str]] = {}
    for row in sorted(rows, key=lambda row: _said(row.get("sort_order")).rjust(6, "0")):
        found.setdefault(_said(row.get("post_id")), []).append(_said(row.get(key)))
    return found


def _kind(facts: Mapping[str, str]) -> tuple[str, str]:
    kind = facts.get("type") or ("page" if facts.get("page") in ("1", "true", "True") else "post")
    return kind if kind not in ("null", "None") else "post", facts.get("status", "")


def _body(post: Mapping[str, Any]) -> tuple[str, str | None] | None:
    """Return the text as HTML, or as Markdown where that is all it is; None where the export has neither."""
    if isinstance(post.get("html"), str):
        return post["html"], None
    if isinstance(post.get("markdown"), str):
        return "", post["markdown"]
    try:
        cards = _list(_map(json.loads(_said(post.get("mobiledoc")) or "{}")).get("cards"))
    except (ValueError, RecursionError):
        return None
    if len(cards) == 1 and len(_list(cards[0])) > 1 and str(cards[0][0]).endswith(_MARKDOWN_CARD):
        return "", _said(_map(cards[0][1]).get("markdown"))
    return ("", None) if not post.get("mobiledoc") and not post.get("lexical") else None


def _item(post: Mapping[str, Any], body: tuple[str, str | None], tables: _Tables) -> Item:
    html, markdown = body
    number, slug = _said(post.get("id")), _said(post.get("slug"))
    status, visibility = _said(post.get("status")), _said(post.get("visibility")) or "public"
    state = _STATES.get(status, status or "draft")
    image = _said(post.get("feature_image"))
    if image and image not in html and markdown is None:
        alt = one_line(_said(post.get("feature_image_alt"))).replace('"', "&quot;")
        html = f'<figure><img src="{image}" alt="{alt}"></figure>{html}'
    names = [tables.tags.get(each, "") for each in tables.of_post["tag_id"].get(number, ())]
    people = tables.of_post["author_id"].get(number) or [_said(post.get("author_id"))]
    return Item(
        "page" if _kind({k: _said(post.get(k)) for k in ("type", "page", "status")})[0] == "page" else "essay",
        "protected" if visibility != "public" and state == PUBLISHED else state,
        plain(_said(post.get("title"))),
        slug,
        number,
        date=_date(_said(post.get("published_at")) or _said(post.get("created_at"))),
        addresses=(f"/{slug}/",) if slug else (),
        html=html.replace(_ROOT, f"https://{_ROOT.lower()}"),
        markdown=markdown,
        tags=tuple(name for name in names if name and not name.startswith("#")),
        author=next((tables.authors[each] for each in people if each in tables.authors), ""),
        summary=plain(_said(post.get("custom_excerpt"))),
    )


def _date(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text).replace(microsecond=0) if text else None
    except ValueError:
        return None


def _map(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _said(value: object) -> str:
    return "" if value is None else str(value)
