"""Notes of a text, as Word, WordPress, Substack, kramdown and others write them: links that lead there and back."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree
from lxml import html as lxml_html

Node = lxml_html.HtmlElement

_MARK = re.compile(r"[\[(]?\s*(?:\d{1,3}(?::\d{1,2})?|[ivxlc]{1,6}|[a-z*†‡§¶#]{1,3})\s*[\])]?\.?", re.IGNORECASE)
_BACK = re.compile(r"[\s\xa0]*[\[(]?(?:↩|↑|\^|⏎|\u21a9\ufe0e?|back|return)?[\])]?[\s\xa0]*", re.IGNORECASE)
_HOLDERS = ("li", "p", "dd", "div", "tr", "aside", "section")


def taken_out(root: Node) -> list[Node]:
    """Take the notes out of `root`, put ``<sup data-note="1">`` where each is referred to, and return them in order."""
    places = {name: each for each in root.iter() for name in (each.get("name"), each.get("id")) if name}
    parents = {each: depth for depth, each in enumerate(root.iter())}
    pairs: list[tuple[Node, list[Node]]] = []
    for link in [each for each in root.iter("a") if (each.get("href") or "").startswith("#")]:
        found = _note_of(link, places)
        if found is None:
            continue
        known = next((links for note, links in pairs if note is found), None)
        if known is None:
            pairs.append((found, [link]))
        else:
            known.append(link)
    inner = {each for note, _ in pairs for each in _above(note)}
    notes = [(note, links) for note, links in pairs if note not in inner and parents[links[0]] < parents[note]]
    for number, (_, links) in enumerate(notes, start=1):
        for link in links:
            _refer(link, number)
    lifted = [_lifted(note) for note, _ in notes]
    last = next((each for each in reversed(root) if _says(each) or each.tag == "hr"), None)
    if lifted and last is not None and last.tag == "hr" and not (last.tail or "").strip():
        last.drop_tree()
    return lifted


def _note_of(link: Node, places: dict[str, Node]) -> Node | None:
    """Return the element that holds the note to which `link` leads; None where it is no such link."""
    target = places.get((link.get("href") or "")[1:])
    if target is None or not _MARK.fullmatch("".join(link.itertext()).strip()):
        return None
    holder = next((each for each in (target, *target.iterancestors()) if each.tag in _HOLDERS), None)
    if holder is None or holder in _above(link):
        return None
    for back in holder.iter("a"):
        to = places.get((back.get("href") or "#")[1:]) if (back.get("href") or "").startswith("#") else None
        if to is not None and _is_near(link, to):
            return holder
    return None


def _is_near(link: Node, place: Node) -> bool:
    above = [link, *list(link.iterancestors())[:2]]
    beside = [
        each for each in (link.getprevious(), above[1].getprevious() if len(above) > 1 else None) if each is not None
    ]
    return any(place is each for each in [*above, *beside]) or any(place is each for each in link.iter())


def _above(node: Node) -> list[Node]:
    return list(node.iterancestors())


def _refer(link: Node, number: int) -> None:
    """Put the sign of a note in the place of the link to it, and of the raised letters and brackets around it."""
    parent = link.getparent()
    while parent is not None and parent.tag in ("sup", "span", "small") and _alone(link, parent):
        link, parent = parent, parent.getparent()
    if parent is None:
        return
    sign = lxml_html.Element("sup", {"data-note": str(number)})
    sign.tail = link.tail
    parent.replace(link, sign)


def _alone(node: Node, parent: Node) -> bool:
    around = [parent.text or "", *(each.tail or "" for each in parent)]
    others = [each for each in parent if each is not node and "".join(each.itertext()).strip()]
    return not others and not "".join(around).strip(" \n\t\xa0[]()")


def _lifted(note: Node) -> Node:
    """Take a note out of the text, and what held nothing else; return it without its links back."""
    for back in [each for each in note.iter("a") if _leads_back(each, note)]:
        around = back.getparent()
        back.drop_tree()
        while around is not None and around is not note and around.tag in ("sup", "span") and not _says(around):
            empty, around = around, around.getparent()
            empty.drop_tree()
    around = note.getparent()
    tail = note.tail
    note.tail = None
    if around is not None:
        before = note.getprevious()
        around.remove(note)
        if tail and tail.strip():
            _append(around, before, tail)
    while around is not None and around.getparent() is not None and not _says(around):
        above = around.getparent()
        around.drop_tree()
        around = above
    note.tag = "div"
    for key in list(note.attrib):
        del note.attrib[key]
    _trim(note)
    return note


def _append(around: Node, before: Node | None, text: str) -> None:
    if before is not None:
        before.tail = (before.tail or "") + text
    else:
        around.text = (around.text or "") + text


def _leads_back(link: Node, note: Node) -> bool:
    if not (link.get("href") or "").startswith("#"):
        return False
    text = "".join(link.itertext()).strip()
    is_first = not "".join(_before(link, note)).strip()
    return (
        bool(_BACK.fullmatch(text))
        or bool(is_first and _MARK.fullmatch(text))
        or "footnote-backref" in link.get("class", "")
    )


def _before(link: Node, note: Node) -> Iterator[str]:
    """Yield the text of `note` that stands before `link`."""
    for event, each in etree.iterwalk(note, events=("start", "end")):
        if each is link:
            return
        yield (each.text if event == "start" else each.tail) or ""


def _says(node: Node) -> bool:
    return bool("".join(node.itertext()).strip(" \n\t\r\xa0[]")) or any(True for _ in node.iter("img"))


def _trim(note: Node) -> None:
    """Take out of a note the blanks and signs that its links back stood between."""
    first = (
        note
        if (note.text or "").strip()
        else next((e for e in note.iter() if (e.text or "").strip() or (e.tail or "").strip()), None)
    )
    if first is not None and (first.text or "").strip():
        first.text = (first.text or "").lstrip(" \n\t\xa0")
    for empty in [each for each in note.iter("p") if not _says(each)]:
        empty.drop_tree()
