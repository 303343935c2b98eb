"""Parse HTML of other sites and simplify it: elements with a meaning stay, presentation is removed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from lxml import etree
from lxml import html as lxml_html

from .endnotes import extracted_notes

Node = lxml_html.HtmlElement

DEEPEST = 100
BLANKS = re.compile(r"[ \t\n\r\f]+")
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
BLOCKS = HEADINGS | frozenset(
    (
        *("p", "div", "blockquote", "pre", "ul", "ol", "li", "dl", "dt", "dd", "hr", "figure", "figcaption", "details"),
        *("table", "thead", "tbody", "tfoot", "tr", "td", "th", "caption", "colgroup", "col", "summary", "address"),
    )
)
_WRAPPERS = (
    *("center", "section", "article", "aside", "main", "header", "footer", "nav", "hgroup", "body", "html", "fieldset"),
    *("form", "dir", "menu", "noscript", "object", "picture", "map"),
)
_RENAMED = {
    "b": "strong",
    "i": "em",
    "strike": "del",
    "s": "del",
    "tt": "code",
    "acronym": "abbr",
    "xmp": "pre",
    "listing": "pre",
    "image": "img",
    **dict.fromkeys(_WRAPPERS, "div"),
}
_KEPT = BLOCKS | frozenset(
    (
        *("strong", "em", "a", "img", "br", "code", "del", "ins", "sub", "sup", "mark", "small", "kbd", "samp", "var"),
        *("abbr", "cite", "q", "dfn", "time", "u", "ruby", "rt", "rp", "bdo", "wbr"),
    )
)
_DROPPED = frozenset(
    ("script", "style", "head", "template", "link", "meta", "title", "base", "param", "source", "track")
)
_FORMS = frozenset(("input", "button", "select", "textarea", "optgroup", "option", "canvas", "svg", "math", "applet"))
_EMBEDS = frozenset(("iframe", "embed", "video", "audio", "frame"))
_ATTRIBUTES = {
    "a": ("href", "title"),
    "img": ("src", "alt", "title"),
    **dict.fromkeys(("td", "th"), ("colspan", "rowspan", "align")),
    "ol": ("start", "type", "reversed"),
    "abbr": ("title",),
    "dfn": ("title",),
    "time": ("datetime",),
    **dict.fromkeys(("del", "ins"), ("datetime",)),
    **dict.fromkeys(("blockquote", "q"), ("cite",)),
    "bdo": ("dir",),
    "details": ("open",),
    "pre": ("data-language",),
    "sup": ("data-note",),
}
_LAZY = ("data-src", "data-lazy-src", "data-original", "data-orig-file")
"""Attributes that hold the address of an image that a script loads."""
_PROLOGUE = re.compile(
    r"<\?.*?\?>|<!DOCTYPE[^>]*>|<!\[(?:CDATA\[|if[^>]*|endif\s*)\]?>|\]\]>", re.DOTALL | re.IGNORECASE
)
_LANGUAGE = re.compile(r"(?:brush:\s*|lang(?:uage)?-|highlight-source-|sourceCode\s+|\blang:)([\w+#-]+)")


class TooDeepError(Exception):
    """The HTML is nested deeper than `DEEPEST` elements."""


@dataclass
class Tidied:
    """Simplified HTML."""

    root: Node
    notes: list[Node] = field(default_factory=list)
    """Its footnotes, removed from the tree; ``<sup data-note="1">`` replaces each reference."""
    lost: list[str] = field(default_factory=list)
    """The tags of elements that cannot be kept, such as forms."""
    embeds: list[str] = field(default_factory=list)
    """The addresses of embedded pages, which were replaced by links."""


def tidied(html: str, wanted: Iterable[str] = (), *, notes: bool = True) -> Tidied:
    """Return `html` as a tree of few kinds of elements; the ids `wanted` are kept, and footnotes extracted if `notes`.

    Raises:
        TooDeepError: it is nested too deep.

    """
    parser = lxml_html.HTMLParser(remove_comments=True, remove_pis=True, huge_tree=True)
    root = lxml_html.fragment_fromstring(_PROLOGUE.sub("", html), create_parent="div", parser=parser)
    _demand_shallow(root)
    for each in list(root.iter()):
        _set_attributes(each)
    found = Tidied(root, notes=extracted_notes(root) if notes else [])
    ids = frozenset(wanted)
    for each in [node for tree in (*found.notes, root) for node in tree.iterdescendants()]:
        _tidy(each, found, ids)
    for tree in (root, *found.notes):
        _lift_blocks(tree)
    return found


def _demand_shallow(root: Node) -> None:
    depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > DEEPEST:
            raise TooDeepError


def is_block(node: Node) -> bool:
    """Tell whether `node` is a block element."""
    return node.tag in BLOCKS


def has_blocks(node: Node) -> bool:
    """Tell whether `node` contains a block element."""
    return any(each is not node and each.tag in BLOCKS for each in node.iter())


def words(node: Node) -> str:
    """Return the text of `node` on one line."""
    return BLANKS.sub(" ", str(node.text_content())).strip(" ")


def _set_attributes(node: Node) -> None:
    """Set the attributes that are derived from classes or neighbours, which are removed later."""
    if node.tag in ("pre", "xmp", "listing"):
        node.attrib.pop("data-language", None)
        if language := _language(node):
            node.set("data-language", language)
        for line_break in list(node.iter("br")):
            line_break.tail = "\n" + (line_break.tail or "")
            line_break.drop_tree()
        _expand_tabs(node)
    elif node.tag == "sup":
        node.attrib.pop("data-note", None)
    elif node.tag == "img":
        lazy = next((node.get(key, "") for key in _LAZY if node.get(key)), "")
        if lazy and (not node.get("src") or node.get("src", "").startswith("data:")):
            node.set("src", lazy)


def _expand_tabs(node: Node) -> None:
    """Replace tabs by spaces, as Markdown does."""
    for each in node.iter():
        each.text = each.text and each.text.expandtabs(4)
        if each is not node:
            each.tail = each.tail and each.tail.expandtabs(4)


def _tidy(node: Node, found: Tidied, wanted: frozenset[str]) -> None:
    if not isinstance(node.tag, str):
        node.drop_tree()
        return
    name = _RENAMED.get(node.tag.lower(), node.tag.lower())
    if name in _DROPPED:
        node.drop_tree()
    elif name in _FORMS:
        if node.get("type") != "hidden":
            found.lost.append(f"<{name}>")
        node.drop_tree()
    elif name in _EMBEDS:
        _embed(node, found)
    else:
        _keep(node, name, wanted)


def _embed(node: Node, found: Tidied) -> None:
    """Replace an embedded page by a link to it."""
    sources = [node.get("src", ""), *(each.get("src", "") for each in node.iter("source"))]
    address = next((each.strip() for each in sources if each.strip()), "")
    if address.startswith("//"):
        address = f"https:{address}"
    if not address or not address.startswith(("http://", "https://", "/", "{")):
        found.lost.append(f"<{node.tag!s}>")
        node.drop_tree()
        return
    found.embeds.append(address)
    tail = node.tail
    node.clear()
    node.tag, node.text, node.tail = "a", address, tail
    node.set("href", address)


def _keep(node: Node, name: str, wanted: frozenset[str]) -> None:
    anchor = next((each for each in (node.get("id"), node.get("name")) if each and each in wanted), "")
    attributes = {key: node.get(key, "") for key in _ATTRIBUTES.get(name, ()) if node.get(key) is not None}
    lang = node.get("lang", "")
    node.attrib.clear()
    for key, value in attributes.items():
        node.set(key, BLANKS.sub(" ", value).strip(" "))
    if anchor:
        node.set("id", anchor)
    node.tag = name if name in _KEPT else "span"
    if lang and re.fullmatch(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]+)*", lang) and name == "span":
        node.set("lang", lang)
    if node.tag == "span" and not node.attrib:
        node.drop_tag()
    elif node.tag == "a" and (not node.get("href") or next(node.iterancestors("a"), None) is not None):
        unlink(node)


def unlink(node: Node) -> None:
    """Replace a link by its content; its id is kept."""
    anchor = node.get("id")
    node.attrib.clear()
    if anchor:
        node.tag = "span"
        node.set("id", anchor)
    else:
        node.drop_tag()


def _language(node: Node) -> str:
    inner = next((each.get("class", "") for each in node.iter("code")), "")
    around = node.getparent()
    classes = (node.get("class", ""), inner, around.get("class", "") if around is not None else "")
    found = next((match[1] for text in classes if (match := _LANGUAGE.search(text))), "")
    return "" if found.lower() in ("none", "text", "plain", "plaintext") else found.lower()


def _lift_blocks(root: Node) -> None:
    """Move inline elements that contain blocks into them: ``<em><p>a</p></em>`` becomes ``<p><em>a</em></p>``."""
    for node in list(root.iter("strong", "em", "del", "u", "small", "mark", "cite", "sup", "sub", "ins", "span")):
        if has_blocks(node):
            _spread(node)
    for paragraph in [each for each in root.iter("p", *HEADINGS) if has_blocks(each)]:
        paragraph.tag = "div"


def _spread(node: Node) -> None:
    name = str(node.tag)
    for leaf in [each for each in node.iter() if each is not node and is_block(each) and not has_blocks(each)]:
        if leaf.tag in ("p", "li", "td", "dd", "div", *HEADINGS) and (words(leaf) or len(leaf)):
            inner = lxml_html.Element(name)
            inner.text, leaf.text = leaf.text, None
            inner.extend(list(leaf))
            leaf.append(inner)
    if node.get("id"):
        node.addprevious(lxml_html.Element("span", id=node.get("id", "")))
    node.drop_tag()
