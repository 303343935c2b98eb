"""Feeds before and after a build → the changes that subscribers would notice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from hashlib import blake2b
from typing import Literal

from lxml import etree

from ..values import dataclass

Kind = Literal["repeated", "new", "changed", "removed", "left"]

MEANINGS: Mapping[Kind, str] = {
    "repeated": "subscribers would see it as new a second time, because its id changed",
    "new": "subscribers will see it as new",
    "changed": "text updated; not shown as new",
    "removed": "readers that saved it keep their copy",
    "left": "no longer in this feed, but still in another",
}


@dataclass(frozen=True, slots=True)
class SeenItem:
    """The facts that a feed reader remembers of an item."""

    id: str
    title: str
    url: str
    published: str
    updated: str
    digest: str
    """Of its text and title."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The facts that a feed reader remembers of a feed."""

    id: str
    title: str
    items: Mapping[str, SeenItem]
    """By id."""


@dataclass(frozen=True, slots=True)
class Change:
    """A change of one item that subscribers of one feed would notice."""

    feed: str
    """The path of the feed in its folder."""
    kind: Kind
    title: str
    is_declared: bool = False
    """Whether the author declared a change of the text as a revision, so that feed readers may show it."""

    def __str__(self) -> str:
        meaning = "the author declared a revision" if self.is_declared else MEANINGS[self.kind]
        return f"{self.feed}: {self.kind}: {self.title} ({meaning})"


def snapshot(data: bytes) -> Snapshot | None:
    """Read an Atom or RSS document; None if `data` is neither."""
    try:
        root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError:
        return None
    if etree.QName(root).localname not in ("feed", "rss"):
        return None
    feed = root if etree.QName(root).localname == "feed" else next(iter(root), root)
    items = [_item(each) for each in feed if _name(each) in ("entry", "item")]
    self_link = next((each.get("href", "") for each in feed if _name(each) == "link" and each.get("rel") == "self"), "")
    return Snapshot(_text(feed, "id") or self_link, _text(feed, "title"), {item.id: item for item in items})


def _item(entry: etree._Element) -> SeenItem:
    links = [each for each in entry if _name(each) == "link" and each.get("rel", "alternate") == "alternate"]
    url = next((link.get("href") or link.text or "" for link in links), "")
    texts = [etree.tostring(each) for each in entry if _name(each) in ("title", "content", "encoded", "description")]
    return SeenItem(
        id=_text(entry, "id") or _text(entry, "guid") or url,
        title=_text(entry, "title"),
        url=url,
        published=_text(entry, "published") or _text(entry, "pubDate"),
        updated=_text(entry, "updated"),
        digest=blake2b(b"".join(texts), digest_size=8).hexdigest(),
    )


def _name(element: etree._Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _text(element: etree._Element, name: str) -> str:
    return next((each.text or "" for each in element if _name(each) == name), "").strip()


def changes(before: Mapping[str, bytes], after: Mapping[str, bytes]) -> list[Change]:
    """Return the changes that subscribers would notice, in the order of feeds, kinds and titles.

    Both arguments hold files by path; those that are no Atom or RSS feeds are ignored.
    """
    old, new = _snapshots(before), _snapshots(after)
    by_id = {feed.id: feed for feed in old.values()}
    anywhere = {item for feed in new.values() for item in feed.items}
    found: list[Change] = []
    for path, feed in new.items():
        known = by_id.get(feed.id) or old.get(path)
        if known:
            found.extend(_changes(path, known, feed, anywhere))
    return sorted(found, key=lambda change: (change.feed, list(MEANINGS).index(change.kind), change.title))


def _snapshots(files: Mapping[str, bytes]) -> dict[str, Snapshot]:
    found = ((path, snapshot(data)) for path, data in sorted(files.items()) if path.endswith(".xml"))
    return {path: feed for path, feed in found if feed}


def _changes(path: str, before: Snapshot, after: Snapshot, anywhere: set[str]) -> Iterator[Change]:
    urls = {item.url for item in before.items.values()}
    titles = {(item.title, item.published) for item in before.items.values()}
    for item in after.items.values():
        known = before.items.get(item.id)
        if known and known.digest != item.digest:
            yield Change(path, "changed", item.title, is_declared=known.updated != item.updated)
        elif not known and (item.url in urls or (item.title, item.published) in titles):
            yield Change(path, "repeated", item.title)
        elif not known:
            yield Change(path, "new", item.title)
    for item in before.items.values():
        if item.id not in after.items:
            yield Change(path, "left" if item.id in anywhere else "removed", item.title)
