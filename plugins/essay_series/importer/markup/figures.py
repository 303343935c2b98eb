"""Rewrite the links and images of a simplified tree, and give images their captions as this project writes them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from lxml import html as lxml_html

from .tree import Node, unlink, words

Resolve = Callable[[str], str]
"""Returns the new address for an old one; empty if there is none."""

_IMAGE = re.compile(r"^https?://[^?#]+\.(?:jpe?g|png|gif|webp)(?:[?#]|$)", re.IGNORECASE)


@dataclass
class LinkChange:
    """Rewrites the links and images of a tree in place."""

    link: Resolve
    image: Resolve
    absolute: Resolve
    """Returns the absolute address of an image for which `image` has none."""
    missing: list[str] = field(default_factory=list)
    """The addresses of the images that were replaced by links."""

    def __call__(self, root: Node) -> None:
        """Change `root`."""
        for table in list(root.iter("table")):
            _without_layout(table)
        for link in list(root.iter("a")):
            if link.get("href"):
                self._change_link(link)
        for image in list(root.iter("img")):
            self._change_image(image)
        for figure in list(root.iter("figure")):
            _set_caption(figure)
        for mark in list(root.iter("strong", "em", "a", "code", "del", "span")):
            _tidy_mark(mark)

    def _change_link(self, link: Node) -> None:
        old = link.get("href", "").strip()
        now = self.link(old)
        if not now:
            unlink(link)
            return
        if (link.text or "").strip() == old and not len(link) and now.startswith("http"):
            link.text = now
        link.set("href", now)

    def _change_image(self, image: Node) -> None:
        source = image.get("src", "").strip()
        around = image.getparent()
        if now := self.image(source) if source else "":
            image.set("src", now)
            if (
                around is not None
                and around.tag == "a"
                and _IMAGE.search(around.get("href", ""))
                and now.startswith("{")
            ):
                around.drop_tag()  # the link led to the image alone
            return
        address = self.absolute(source) if source else ""
        if not address:
            image.drop_tree()
            return
        self.missing.append(address)
        image.text = " ".join((image.get("alt") or image.get("title") or "image").split())
        image.attrib.clear()
        if next(image.iterancestors("a"), None) is not None:
            image.drop_tag()
        else:
            image.tag = "a"
            image.set("href", address)


def _set_caption(figure: Node) -> None:
    """Make a figure a ``div``: its caption becomes the title of its image if it is plain text, else a paragraph."""
    images, captions = list(figure.iter("img")), list(figure.iter("figcaption"))
    others = [each for each in figure.iter("table", "pre", "blockquote", "ul", "ol", "figure") if each is not figure]
    figure.tag = "div"
    text = words(captions[0]) if captions else ""
    is_plain = '"' not in text and "\\" not in text and not any(len(each) for each in captions)
    if len(images) == 1 and len(captions) <= 1 and not others and is_plain:
        for caption in captions:
            caption.drop_tree()
        if text and not words(figure):
            images[0].set("title", text)
            images[0].set("alt", images[0].get("alt") or text)
        return
    for each in captions:
        each.tag = "p"


def _without_layout(table: Node) -> None:
    """Replace a table that is only layout: one cell, or, as in Blogger, an image above its caption."""
    cells, rows, images = list(table.iter("td", "th")), list(table.iter("tr")), list(table.iter("img"))
    parent = table.getparent()
    if parent is None or any(each is not table for each in table.iter("table")):
        return
    is_figure = len(cells) == len(rows) == 2 and len(images) == 1  # noqa: PLR2004 - an image and its caption
    if is_figure and cells[0] in images[0].iterancestors() and cells[1].tag == "td":
        new = cells[0]
        new.tag, cells[1].tag = "figure", "figcaption"
        if words(cells[1]):
            new.append(cells[1])
    elif len(cells) == 1:
        new = cells[0]
        new.tag = "div"
    else:
        return
    new.attrib.clear()
    new.tail = table.tail
    parent.replace(table, new)


def _tidy_mark(mark: Node) -> None:
    """Remove an element that marks nothing or repeats the one around it, and join it with an equal one right before."""
    around = mark.getparent()
    if around is None:
        return
    is_empty = not len(mark) and not (mark.text or "").strip() and not mark.get("id")
    if is_empty or (around.tag == mark.tag and mark.tag in ("strong", "em", "del")):
        mark.drop_tag()
        return
    before = mark.getprevious()
    if before is not None and not before.tail and before.tag == mark.tag and dict(before.attrib) == dict(mark.attrib):
        holder = lxml_html.Element("span")
        holder.text = mark.text
        holder.extend(list(mark))
        before.append(holder)
        holder.drop_tag()
        mark.text = None
        mark.drop_tree()
