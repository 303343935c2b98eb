"""Links and images of a tidied text, put to where they lead now; captions in the form that is built here."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from lxml import html as lxml_html

from .tree import Node, unlink, words

Resolve = Callable[[str], str]
"""Returns where an address leads now; empty for nowhere."""

_IMAGE = re.compile(r"^https?://[^?#]+\.(?:jpe?g|png|gif|webp)(?:[?#]|$)", re.IGNORECASE)
UNNAMED = "image"


@dataclass
class TreeChange:
    """Changes a tree, and remembers what for."""

    link: Resolve
    image: Resolve
    """For an image that is not at hand it returns nothing."""
    address: Resolve
    """Returns the whole address of an image that is not at hand."""
    missing: list[str] = field(default_factory=list)

    def __call__(self, root: Node) -> None:
        """Change `root`."""
        for table in list(root.iter("table")):
            _lay_out(table)
        for link in list(root.iter("a")):
            if link.get("href"):
                self._lead(link)
        for image in list(root.iter("img")):
            self._show(image)
        for figure in list(root.iter("figure")):
            _caption(figure)
        for mark in list(root.iter("strong", "em", "a", "code", "del", "span")):
            _tidy_mark(mark)

    def _lead(self, link: Node) -> None:
        old = link.get("href", "").strip()
        now = self.link(old)
        if now:
            if (link.text or "").strip() == old and not len(link) and now.startswith("http"):
                link.text = now
            link.set("href", now)
        else:
            unlink(link)

    def _show(self, image: Node) -> None:
        source = image.get("src", "").strip()
        now = self.image(source) if source else ""
        if now:
            image.set("src", now)
            around = image.getparent()
            if (
                around is not None
                and around.tag == "a"
                and _IMAGE.search(around.get("href", ""))
                and now.startswith("{")
            ):
                around.drop_tag()  # the link led to the image alone
            return
        address = self.address(source) if source else ""
        if not address:
            image.drop_tree()
            return
        self.missing.append(address)
        image.text = " ".join((image.get("alt") or image.get("title") or UNNAMED).split())
        inside_link = any(each.tag == "a" for each in image.iterancestors())
        for key in list(image.attrib):
            del image.attrib[key]
        if inside_link:
            image.tag = "span"
            image.drop_tag()
        else:
            image.tag = "a"
            image.set("href", address)


def _caption(figure: Node) -> None:
    """Give an image its caption, where that is plain text; what else a figure holds is a block like any other."""
    images = list(figure.iter("img"))
    captions = list(figure.iter("figcaption"))
    others = [
        each
        for each in figure.iter()
        if each.tag in ("table", "pre", "blockquote", "ul", "ol", "figure") and each is not figure
    ]
    if len(images) == 1 and len(captions) <= 1 and not others:
        caption = captions[0] if captions else None
        text = words(caption) if caption is not None else ""
        plain = caption is None or not any(True for _ in caption.iterdescendants())
        if plain and '"' not in text and "\\" not in text:
            if caption is not None:
                caption.drop_tree()
            if text and not words(figure):
                images[0].set("title", text)
                images[0].set("alt", images[0].get("alt") or text)
            figure.tag = "div"
            return
    for each in captions:
        each.tag = "p"
    figure.tag = "div"


def _lay_out(table: Node) -> None:
    """Take apart a table that only places things: one cell, or an image above its caption."""
    cells, rows, images = list(table.iter("td", "th")), list(table.iter("tr")), list(table.iter("img"))
    if any(each is not table for each in table.iter("table")):
        return
    two = len(cells) == len(rows) == len(images) + 1 and len(images) == 1
    if two and cells[0] in _above(images[0]) and cells[1].tag == "td":
        figure = lxml_html.Element("figure")
        caption = lxml_html.Element("figcaption")
        for part, cell in ((figure, cells[0]), (caption, cells[1])):
            part.text = cell.text
            part.extend(list(cell))
        if words(caption):
            figure.append(caption)
        _put(figure, table)
    elif len(cells) == 1:
        cells[0].tag = "div"
        inner = cells[0]
        _put(inner, table)


def _put(new: Node, old: Node) -> None:
    new.tail = old.tail
    parent = old.getparent()
    if parent is not None:
        parent.replace(old, new)


def _above(node: Node) -> list[Node]:
    return list(node.iterancestors())


def _tidy_mark(mark: Node) -> None:
    """Join emphasis with the same right before it; take out what marks nothing."""
    if mark.getparent() is None:
        return
    empty = not len(mark) and not (mark.text or "").strip()
    if empty and not mark.get("id"):
        mark.drop_tag()
        return
    around = mark.getparent()
    if around is not None and around.tag == mark.tag and mark.tag in ("strong", "em", "del"):
        mark.drop_tag()
        return
    before = mark.getprevious()
    if before is not None and not before.tail and before.tag == mark.tag and dict(before.attrib) == dict(mark.attrib):
        _join(before, mark)


def _join(before: Node, mark: Node) -> None:
    if mark.text:
        if len(before):
            before[-1].tail = (before[-1].tail or "") + mark.text
        else:
            before.text = (before.text or "") + mark.text
    before.extend(list(mark))
    before.tail = mark.tail
    parent = mark.getparent()
    if parent is not None:
        mark.tail = None
        parent.remove(mark)
