"""Links of the other site, turned to where their targets are now, and what of a text no machine can bring over."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from urllib.parse import unquote

from ...markup import content_path, html_in, references, split_target
from ...masked import without_code
from ...urls import joined, parts_of
from ...values import dataclass
from ..rewrite.edits import Change, edited
from .shipment import Post, Shipment

IMAGES = "images"
_SHORTCODE = re.compile(r"\\?\[/?(?P<name>[a-z][a-z_-]+)(?:\s+[a-z_]+=[^\]]*)?\\?\](?![(\[:])")
_LOST_NOTE = re.compile(r"#_?(?:ftn|fn|edn)|<sup|\\\[\d+\\\]")


@dataclass(frozen=True, slots=True)
class Ways:
    """Where everything that could be linked to on the other site is now."""

    shipment: Shipment
    sources: Mapping[str, str]
    """New paths of its sources, by the old ones."""

    @property
    def files(self) -> dict[str, str]:
        """New paths of its other files, by the old ones."""
        return {p: p if p.startswith(f"{IMAGES}/") else f"{IMAGES}/{p}" for p in self.shipment.files}

    def followed(self, post: Post) -> tuple[str, tuple[str, ...]]:
        """Return the body of `post` with its links turned, and what a person has to look at."""
        changes: set[Change] = set()
        for reference in references(post.body):
            target = self._to(post, reference.target)
            if target:
                changes.add(Change(post.path, *reference.target_at, reference.target, target))
        body = edited(post.body.encode(), changes).decode()
        return body, tuple(dict.fromkeys([*self._left(body), *_lost(body)]))

    def _to(self, post: Post, target: str) -> str | None:
        """Return the link that `target`, written in `post`, is here; None where it leads to nothing that came over."""
        what, path, _ = split_target(target)
        behind = target[target.index("#") :] if "#" in target else ""
        if what:
            old = content_path(post.path, path)
            if path and old in self.sources:
                return f"{{filename}}/{self.sources[old]}{behind}"
            return f"{{static}}/{self.files[old]}" if path and old in self.files else None
        there = self._source_at(post, target)
        return f"{{filename}}/{self.sources[there]}{behind}" if there else None

    def _source_at(self, post: Post, target: str) -> str | None:
        """Return the old path of the source whose page has the address `target`."""
        if not target or target.startswith("#") or not self._is_theirs(target):
            return None
        url = parts_of(joined(post.address or "/", target) or "")
        if url is None:
            return None
        wanted = _plain(url.path + (f"?{url.query}" if url.query else ""))
        return next(
            (each.path for each in self.shipment.posts if each.address and _plain(each.address) == wanted), None
        )

    def _is_theirs(self, target: str) -> bool:
        url = parts_of(target)
        if url is None:
            return False
        host = (url.hostname or "").removeprefix("www.")
        return not (url.scheme or host) or (url.scheme in ("http", "https", "") and host in self.shipment.hosts)

    def _left(self, body: str) -> Iterator[str]:
        for reference in references(body):
            what, _, _ = split_target(reference.target)
            if what or not reference.target or reference.target.startswith("#"):
                continue
            if reference.kind == "image":
                yield f"image to fetch: {reference.target}"
            elif self._is_theirs(reference.target):
                yield f"link to the old site: {reference.target}"


def _lost(body: str) -> Iterator[str]:
    text = without_code(body)
    yield from (f"shortcode: {match[0]}" for match in _SHORTCODE.finditer(text))
    raw = dict.fromkeys(each.name for each in html_in(text) if each.name.isalnum())
    if raw:
        yield f"raw HTML: {', '.join(f'<{name}>' for name in raw)}"
    if _LOST_NOTE.search(text):
        yield "notes that may not be linked: write them as [^a] and [^a]: …"


def _plain(address: str) -> str:
    return unquote(address).removesuffix("index.html").rstrip("/").lower()
