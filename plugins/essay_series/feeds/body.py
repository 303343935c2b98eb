"""The HTML of an essay as feed readers can show it: whole, safe, with no reference that only works on its own page.

Readers show many items in one page, drop scripts, styles and classes, and open links anywhere; so every reference is
made absolute, ids are made unique, and what needs the site's style or script is put into plain elements.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import field
from functools import cached_property, partial
from html import escape
from textwrap import shorten
from urllib.parse import quote

import nh3
from lxml import html
from lxml.html import HtmlElement

from ..htmltext import keeping_narrow, one_line
from ..urls import joined
from ..values import dataclass

XHTML = "http://www.w3.org/1999/xhtml"

TAGS = nh3.ALLOWED_TAGS | {
    "audio",
    "details",
    "figcaption",
    "figure",
    "iframe",
    "picture",
    "source",
    "summary",
    "track",
}
TAGS = TAGS | {"address", "main", "math", "section", "svg", "title", "video"}
ATTRIBUTES = {
    "*": {"id", "class", "lang", "dir", "title", "hidden", "aria-hidden"},
    "a": {"href", "hreflang"},
    "audio": {"src", "controls"},
    "blockquote": {"cite"},
    "bdo": {"dir"},
    "col": {"span"},
    "colgroup": {"span"},
    "del": {"cite", "datetime"},
    "iframe": {"src"},
    "img": {"src", "srcset", "sizes", "alt", "width", "height"},
    "ins": {"cite", "datetime"},
    "li": {"value"},
    "ol": {"start", "reversed", "type"},
    "q": {"cite"},
    "svg": {"aria-label"},
    "source": {"src", "srcset", "sizes", "type", "media"},
    "td": {"colspan", "rowspan", "headers"},
    "th": {"colspan", "rowspan", "headers", "scope"},
    "time": {"datetime"},
    "track": {"src", "kind", "srclang", "label"},
    "video": {"src", "poster", "controls", "width", "height"},
}
SCHEMES = {"http", "https", "mailto", "tel"}
BEGINNING = 300
"""Characters of the text that stand for a summary where there is none."""
REFERENCES = ("href", "src", "cite", "poster")
FOOTNOTE_CLASSES = {
    "footnote-ref": "footnote footnote-ref",
    "footnote-backref": "footnote-backref reversefootnote footnoteBackLink",
    "footnote": "footnotes",
}
"""Python-Markdown's class names, each with those that NetNewsWire and others look for."""
UNWRAPPED = ("details", "main", "section", "address", "math", "title", "picture")

_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\u00ad]")
_CANDIDATE = re.compile(r"\s*(?P<url>[^\s,]\S*[^\s,]|[^\s,])(?P<rest>\s+[^,]+)?\s*(?:,|$)")
_HOST = re.compile(r"[a-z][a-z0-9+.-]*://[^/?#]*", re.IGNORECASE)
_NOT_URL = re.compile(r"[^\x21\x23-\x3b\x3d\x3f-\x5b\x5d\x5f\x61-\x7a\x7e]+")
_AROUND = re.compile(r"^<div(?:/>|>)|</div>$")
_NOTE_ID = re.compile(r"fn(?:ref\d*)?:.+")
_cleaner = nh3.Cleaner(tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel=None)


@dataclass(frozen=True)
class Body:
    """One text, put into the two forms that feeds carry once it is asked for."""

    content: str
    """The HTML of an essay."""
    url: str
    """The absolute address of the essay's own page."""
    prefix: str
    """What makes ids unique among all items; a word of letters, digits and hyphens."""
    before: str = ""
    """HTML that stands before it, parsed by itself: a tag that the essay leaves open cannot swallow what follows it."""
    behind: str = ""
    """HTML that stands behind it, likewise."""
    marks: Mapping[str, str] = field(default_factory=dict)
    """What tells readers its language and direction, where they would take it for another: ``lang`` and ``dir``."""

    @property
    def xhtml(self) -> str:
        """A ``div`` in the XHTML namespace."""
        inside = "\n".join(as_xml for as_xml, _ in self._pieces)
        return f'<div xmlns="{XHTML}"{self._told}>{inside}</div>'

    @property
    def html(self) -> str:
        """The same as HTML, in a ``div`` only where that tells something."""
        inside = "\n".join(as_html for _, as_html in self._pieces)
        return f"<div{self._told}>{inside}</div>" if self.marks else inside

    @property
    def _told(self) -> str:
        return "".join(f' {name}="{escape(value)}"' for name, value in self.marks.items())

    @cached_property
    def _pieces(self) -> Sequence[tuple[str, str]]:
        texts = (*filter(None, [self.before]), self.content, *filter(None, [self.behind]))
        return [_forms(text, self.url, self.prefix) for text in texts]


def prefix_of(slug: str, lang: str, what: str = "") -> str:
    """Return what makes the ids of an essay's item unique among all items.

    Args:
        slug: the essay's.
        lang: the essay's.
        what: ``revised`` or ``corrected`` in the item that tells of it.

    """
    return "-".join((*slug.split("/"), lang.lower(), *filter(None, [what])))


def _forms(text: str, url: str, prefix: str) -> tuple[str, str]:
    """Return the HTML `text` as feeds carry it, as XML and as HTML."""
    root = html.fragment_fromstring(plain(_cleaner.clean(plain(text))), create_parent="div")
    for element in list(root.iterdescendants()):
        _settle(element, url, prefix)
    as_xml, as_html = (
        _AROUND.sub("", html.tostring(root, method=method, encoding="unicode")) for method in ("xml", "html")
    )
    return as_xml, as_html


def beginning(content: str) -> str:
    """Return the first words of the HTML of an essay, as plain text; empty where no paragraph of it has any."""
    root = html.fragment_fromstring(_forms(content, "", "")[1], create_parent="div")
    for note in root.xpath(".//sup[a]"):
        note.drop_tree()
    paragraphs = (one_line(each.text_content()) for each in root.iter("p"))
    shortened = partial(shorten, width=BEGINNING, placeholder="…")
    return keeping_narrow(next(filter(None, paragraphs), ""), shortened)


def plain(text: str) -> str:
    """Return `text` without the characters that XML or readers cannot take: controls, halves, soft hyphens."""
    return _NOT_XML.sub("", text)


def _settle(element: HtmlElement, url: str, prefix: str) -> None:
    if element.getparent() is None:
        return
    if "headerlink" in element.classes or "hidden" in element.attrib or element.get("aria-hidden") == "true":
        element.drop_tree()
    elif element.tag in ("iframe", "svg"):
        _replace_by_link(element, url)
    else:
        _settle_references(element, url, prefix)
        _settle_names(element, prefix)
        if element.tag == "picture":
            _leave_the_image(element)
        if element.tag in UNWRAPPED:
            element.drop_tag()
        elif element.tag == "summary":
            element.tag = "p"


def _replace_by_link(element: HtmlElement, url: str) -> None:
    """Readers drop frames and drawings without a word; a link tells that there is something to see."""
    words = element.get("title") or element.get("aria-label") or element.findtext("title") or element.get("src")
    target = joined(url, element.get("src", "")) or url
    element.clear(keep_tail=True)
    if words:
        element.tag = "a"
        element.set("href", target)
        element.text = words
    else:
        element.drop_tree()


def _leave_the_image(picture: HtmlElement) -> None:
    """Readers know one image, and some would show a choice of several as nothing; lxml finds it inside the choices."""
    for source in list(picture.iter("source")):
        source.drop_tag()


def _settle_references(element: HtmlElement, url: str, prefix: str) -> None:
    for name in REFERENCES:
        target = element.get(name)
        if target is not None:
            element.set(name, _absolute(target, url, prefix))
    if srcset := element.get("srcset"):
        element.set("srcset", _absolute_srcset(srcset, lambda target: _absolute(target, url, prefix)))


def _absolute(target: str, url: str, prefix: str) -> str:
    target = target.strip()
    if target.startswith("#") and _NOTE_ID.fullmatch(target[1:]):
        return f"#{prefix}-{_note_name(target[1:])}"
    return _as_url(joined(url, target) or target)


def _as_url(address: str) -> str:
    """Return `address` with whatever a URL cannot have behind its host percent-encoded."""
    host = _HOST.match(address)
    end = host.end() if host else 0
    return address[:end] + _NOT_URL.sub(lambda found: quote(found[0]), address[end:])


def _absolute_srcset(srcset: str, absolute: Callable[[str], str]) -> str:
    found = (match for match in _CANDIDATE.finditer(srcset) if match["url"])
    return ", ".join(f"{absolute(match['url'])}{(match['rest'] or '').rstrip()}" for match in found)


def _settle_names(element: HtmlElement, prefix: str) -> None:
    """Keep only the ids that footnotes need, and the classes by which readers know footnotes."""
    name, kinds = element.attrib.pop("id", ""), element.attrib.pop("class", "").split()
    if _NOTE_ID.fullmatch(name):
        element.set("id", f"{prefix}-{_note_name(name)}")
    if known := [FOOTNOTE_CLASSES[kind] for kind in kinds if kind in FOOTNOTE_CLASSES]:
        element.set("class", known[0])


def _note_name(name: str) -> str:
    """Return a footnote's id as a word that needs no escaping in addresses."""
    return re.sub(r"[^\w-]+", "-", name).strip("-")
