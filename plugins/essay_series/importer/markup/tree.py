"""HTML as it comes from other sites, read and tidied: what carries meaning stays, what only dressed it goes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from lxml import etree
from lxml import html as lxml_html

from .endnotes import taken_out

Node = lxml_html.HtmlElement

DEEPEST = 100
BLANKS = re.compile(r"[ \t\n\r\f]+")
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
BLOCKS = HEADINGS | frozenset(
    (
        *("p", "div", "blockquote", "pre", "ul", "ol", "li", "dl", "dt", "dd", "table", "thead", "tbody", "tfoot"),
        *(
            "tr",
            "td",
            "th",
            "caption",
            "colgroup",
            "col",
            "hr",
            "figure",
            "figcaption",
            "details",
            "summary",
            "address",
        ),
    )
)
VOID = frozenset(("br", "hr", "img", "col", "wbr"))
_RENAMED = {
    "b": "strong",
    "i": "em",
    "strike": "del",
    "s": "del",
    "tt": "code",
    "acronym": "abbr",
    "center": "div",
    **dict.fromkeys(
        ("section", "article", "aside", "main", "header", "footer", "nav", "hgroup", "body", "html"), "div"
    ),
    **dict.fromkeys(("fieldset", "form", "dir", "menu", "noscript", "object", "picture", "map"), "div"),
    "xmp": "pre",
    "listing": "pre",
    "image": "img",
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
_FACTS = {
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
_LATE = ("data-src", "data-lazy-src", "data-original", "data-orig-file")
"""Where pages that load images late keep the address."""
_PROLOGUE = re.compile(
    r"<\?.*?\?>|<!DOCTYPE[^>]*>|<!\[(?:CDATA\[|if[^>]*|endif\s*)\]?>|\]\]>", re.DOTALL | re.IGNORECASE
)
_LANGUAGE = re.compile(r"(?:brush:\s*|lang(?:uage)?-|highlight-source-|sourceCode\s+|\blang:)([\w+#-]+)")


class TooDeepError(Exception):
    """The HTML is nested deeper than anybody writes, and than this can be turned into Markdown."""


@dataclass
class Tidied:
    """HTML that was tidied."""

    root: Node
    notes: list[Node] = field(default_factory=list)
    """Its notes, which are no longer in the tree; where one is referred to stands ``<sup data-note="1">``."""
    lost: list[str] = field(default_factory=list)
    """What of it is no text and cannot be kept, such as a form."""
    embeds: list[str] = field(default_factory=list)
    """The addresses of what was shown inside it, which are links now."""


def tidied(html: str, wanted: Iterable[str] = (), *, notes: bool = True) -> Tidied:
    """Return `html` as a tree of few kinds of elements.

    Args:
        html: the text of an essay.
        wanted: the names of places that links lead to, which are kept.
        notes: whether its notes are looked for.

    Raises:
        TooDeepError: it is nested too deep.

    """
    parser = lxml_html.HTMLParser(remove_comments=True, remove_pis=True, huge_tree=True)
    read = lxml_html.fragment_fromstring(_PROLOGUE.sub("", html), create_parent="div", parser=parser)
    demand_shallow(read)
    for each in read.iter():
        _note_facts(each)
    found = Tidied(read, notes=taken_out(read) if notes else [])
    places = frozenset(wanted)
    for each in [*(node for note in found.notes for node in note.iter() if node is not note), *read.iter()]:
        if each is not read:
            _tidy(each, found, places)
    for root in (read, *found.notes):
        _lift_blocks(root)
    return found


def demand_shallow(root: Node) -> None:
    """Raise `TooDeepError` where `root` is nested too deep."""
    depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > DEEPEST:
            raise TooDeepError


def is_block(node: Node) -> bool:
    """Tell whether `node` is a block, and no part of a line."""
    return node.tag in BLOCKS


def has_blocks(node: Node) -> bool:
    """Tell whether a block lies somewhere in `node`."""
    return any(each is not node and each.tag in BLOCKS for each in node.iter())


def words(node: Node) -> str:
    """Return the text of `node` on one line."""
    return BLANKS.sub(" ", str(node.text_content())).strip(" ")


def language_of(pre: Node) -> str:
    """Return the language that the code in `pre` is in; empty where that is not said."""
    return pre.get("data-language", "")


def _note_facts(node: Node) -> None:
    """Keep of an element what only its classes or its neighbours say."""
    if node.tag in ("pre", "xmp", "listing"):
        language = _language(node)
        node.attrib.pop("data-language", None)
        if language:
            node.set("data-language", language)
        _expand_tabs(node)
    elif node.tag == "sup":
        node.attrib.pop("data-note", None)
    elif node.tag == "img":
        late = next((node.get(key, "") for key in _LATE if node.get(key)), "")
        if late and (not node.get("src") or node.get("src", "").startswith("data:")):
            node.set("src", late)


def _expand_tabs(node: Node) -> None:
    """Put blanks in the place of tabs, as Markdown does."""
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
    """Put a link in the place of what was shown inside a text."""
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
    for name in list(node.attrib):
        del node.attrib[name]
    for child in list(node):
        node.remove(child)
    node.tag, node.text, node.tail = "a", address, tail
    node.set("href", address)


def _keep(node: Node, name: str, wanted: frozenset[str]) -> None:
    place = next((each for each in (node.get("id"), node.get("name")) if each and each in wanted), "")
    facts = {key: node.get(key, "") for key in _FACTS.get(name, ()) if node.get(key) is not None}
    lang = node.get("lang", "")
    for key in list(node.attrib):
        del node.attrib[key]
    for key, value in facts.items():
        node.set(key, BLANKS.sub(" ", value).strip(" "))
    if place:
        node.set("id", place)
    node.tag = name if name in _KEPT else "span"
    if lang and re.fullmatch(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]+)*", lang) and name == "span":
        node.set("lang", lang)
    if node.tag == "span" and not node.attrib:
        node.drop_tag()
    elif node.tag == "a" and not node.get("href"):
        _unlink(node)
    elif node.tag == "a" and any(each.tag == "a" for each in node.iterancestors()):
        unlink(node)


def _unlink(node: Node) -> None:
    """Take a link out that leads nowhere; the place that it may be stays."""
    node.attrib.pop("href", None)
    if node.get("id"):
        node.tag = "span"
    else:
        node.drop_tag()


def unlink(node: Node) -> None:
    """Take a link out, but not what it says."""
    node.attrib.pop("title", None)
    _unlink(node)


def _language(node: Node) -> str:
    inner = next((each.get("class", "") for each in node.iter("code")), "")
    around = node.getparent()
    classes = (node.get("class", ""), inner, around.get("class", "") if around is not None else "")
    found = next((match[1] for text in classes if (match := _LANGUAGE.search(text))), "")
    return "" if found.lower() in ("none", "text", "plain", "plaintext") else found.lower()


def _lift_blocks(root: Node) -> None:
    """Take out elements of a line that hold blocks, as in ``<strong><p>…</p></strong>``, and give them to its lines."""
    for node in list(root.iter("strong", "em", "del", "u", "small", "mark", "cite", "sup", "sub", "ins", "span")):
        if has_blocks(node):
            _spread(node)
    for paragraph in [each for each in root.iter("p", *HEADINGS) if has_blocks(each)]:
        paragraph.tag = "div"


def _spread(node: Node) -> None:
    name, facts = str(node.tag), dict(node.attrib)
    for leaf in [each for each in node.iter() if each is not node and is_block(each) and not has_blocks(each)]:
        if leaf.tag in ("p", "li", "td", "dd", "div", *HEADINGS) and (words(leaf) or len(leaf)):
            inner = lxml_html.Element(name)
            inner.text, leaf.text = leaf.text, None
            inner.extend(list(leaf))
            leaf.append(inner)
    if "id" in facts:
        place = lxml_html.Element("span", id=facts["id"])
        node.addprevious(place)
    node.drop_tag()


def lines_of(node: Node) -> Iterator[Node]:
    """Yield the elements of a line that lie in `node`."""
    yield from (each for each in node.iter() if each is not node and not is_block(each))
