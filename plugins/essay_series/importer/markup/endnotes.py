"""Find the footnotes in HTML that Word, WordPress, Substack, kramdown and others wrote: links there and back."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree
from lxml import html as lxml_html

Node = lxml_html.HtmlElement

_MARK = re.compile(r"[\[(]?\s*(?:\d{1,3}(?::\d{1,2})?|[ivxlc]{1,6}|[a-z*†‡§¶#]{1,3})\s*[\])]?\.?", re.IGNORECASE)
_BACK = re.compile(r"[\s\xa0]*[\[(]?(?:↩|↑|\^|⏎|\u21a9\ufe0e?|back|return)?[\])]?[\s\xa0]*", re.IGNORECASE)
_HOLDERS = ("li", "p", "dd", "div", "tr", "aside", "section")


def extracted_notes(root: Node) -> list[Node]:
    """Remove the footnotes from `root` and return them in order; ``<sup data-note="1">`` replaces each reference."""
    places = {name: each for each in root.iter() for name in (each.get("name"), each.get("id")) if name}
    order = {each: number for number, each in enumerate(root.iter())}
    references: dict[Node, list[Node]] = {}
    for link in [each for each in root.iter("a") if (each.get("href") or "").startswith("#")]:
        note = _note_of(link, places)
        if note is not None:
            references.setdefault(note, []).append(link)
    outer = {each for note in references for each in note.iterancestors()}
    notes = [(note, links) for note, links in references.items() if note not in outer and order[links[0]] < order[note]]
    for number, (_, links) in enumerate(notes, start=1):
        for link in links:
            _refer(link, number)
    extracted = [_extracted(note) for note, _ in notes]
    last = next((each for each in reversed(root) if _says(each) or each.tag == "hr"), None)
    if extracted and last is not None and last.tag == "hr" and not (last.tail or "").strip():
        last.drop_tree()
    return extracted


def _note_of(link: Node, places: dict[str, Node]) -> Node | None:
    """Return the element with the footnote that `link` leads to; None if it does not lead to one."""
    target = places.get((link.get("href") or "")[1:])
    if target is None or not _MARK.fullmatch(_text(link)):
        return None
    holder = next((each for each in (target, *target.iterancestors()) if each.tag in _HOLDERS), None)
    if holder is None or holder in link.iterancestors():
        return None
    for back in holder.iter("a"):
        href = back.get("href") or ""
        place = places.get(href[1:]) if href.startswith("#") else None
        if place is not None and _is_near(link, place):
            return holder
    return None


def _is_near(link: Node, place: Node) -> bool:
    """Tell whether `place` is in, around or right before `link`."""
    around = [link, *list(link.iterancestors())[:2]]
    return place in (*link.iter(), *around, *(each.getprevious() for each in around[:2]))


def _refer(link: Node, number: int) -> None:
    """Replace `link`, with the superscript and brackets around it, by the reference to a footnote."""
    parent = link.getparent()
    while parent is not None and parent.tag in ("sup", "span", "small") and _is_alone(link, parent):
        link, parent = parent, parent.getparent()
    if parent is None:
        return
    sign = lxml_html.Element("sup", {"data-note": str(number)})
    sign.tail = link.tail
    parent.replace(link, sign)


def _is_alone(node: Node, parent: Node) -> bool:
    around = [parent.text or "", *(each.tail or "" for each in parent)]
    others = [each for each in parent if each is not node and _text(each)]
    return not others and not "".join(around).strip(" \n\t\xa0[]()")


def _extracted(note: Node) -> Node:
    """Remove a footnote from the text, with elements that are empty then; return it without its links back."""
    for back in [each for each in note.iter("a") if _leads_back(each, note)]:
        _drop(back, ("sup", "span"))
    around = note.getparent()
    note.drop_tree()
    note.tail = None
    if around is not None and around.getparent() is not None and not _says(around):
        _drop(around)
    note.tag = "div"
    note.attrib.clear()
    _trim(note)
    return note


def _drop(node: Node, tags: tuple[str, ...] = ()) -> None:
    """Remove `node`, and the elements around it that are empty then; `tags`, if given, limits these."""
    around = node.getparent()
    node.drop_tree()
    while around is not None and around.getparent() is not None and not _says(around):
        if tags and around.tag not in tags:
            return
        empty, around = around, around.getparent()
        empty.drop_tree()


def _leads_back(link: Node, note: Node) -> bool:
    if not (link.get("href") or "").startswith("#"):
        return False
    is_first = not "".join(_before(link, note)).strip()
    return (
        bool(_BACK.fullmatch(_text(link)))
        or bool(is_first and _MARK.fullmatch(_text(link)))
        or "footnote-backref" in link.get("class", "")
    )


def _before(link: Node, note: Node) -> Iterator[str]:
    """Yield the text of `note` before `link`."""
    for event, each in etree.iterwalk(note, events=("start", "end")):
        if each is link:
            return
        yield (each.text if event == "start" else each.tail) or ""


def _text(node: Node) -> str:
    return "".join(node.itertext()).strip()


def _says(node: Node) -> bool:
    """Tell whether `node` holds a word or an image."""
    return bool("".join(node.itertext()).strip(" \n\t\r\xa0[]")) or next(node.iter("img"), None) is not None


def _trim(note: Node) -> None:
    """Remove the spaces at the beginning of a footnote, and its empty paragraphs."""
    first = next((each for each in note.iter() if (each.text or "").strip() or (each.tail or "").strip()), None)
    if first is not None and (first.text or "").strip():
        first.text = (first.text or "").lstrip(" \n\t\xa0")
    for empty in [each for each in note.iter("p") if not _says(each)]:
        empty.drop_tree()
