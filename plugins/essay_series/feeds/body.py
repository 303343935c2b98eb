"""The HTML of an essay → sanitized HTML and XHTML for feed readers.

Feed readers show many items on one page, and drop scripts, styles and classes. So every URL becomes absolute, ids are
made unique among all items, and elements that need the site's styles or scripts are replaced by simpler ones.
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
from ..urls import resolved
from ..values import dataclass

XHTML = "http://www.w3.org/1999/xhtml"

TAGS = nh3.ALLOWED_TAGS | {
    *("address", "audio", "details", "figcaption", "figure", "iframe", "main", "math", "picture", "section", "source"),
    *("summary", "svg", "title", "track", "video"),
}
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
"""The length, in characters, of the beginning of a text that replaces a missing summary."""
REFERENCES = ("href", "src", "cite", "poster")
FOOTNOTE_CLASSES = {
    "footnote-ref": "footnote footnote-ref",
    "footnote-backref": "footnote-backref reversefootnote footnoteBackLink",
    "footnote": "footnotes",
}
"""Python-Markdown's class names, each with the ones that NetNewsWire and other readers recognize."""
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
    """The text of one item, which is sanitized when one of its two forms is first used."""

    content: str
    """The HTML of an essay."""
    url: str
    """The absolute URL of the essay's page."""
    prefix: str
    """A prefix of ids that makes them unique among all items: letters, digits and hyphens."""
    before: str = ""
    """HTML before the content; parsed by itself, as an element that the content leaves open must not contain it."""
    after: str = ""
    """HTML after the content, likewise."""
    attributes: Mapping[str, str] = field(default_factory=dict)
    """``lang`` and ``dir`` of the text, where they differ from those of the feed."""

    @property
    def xhtml(self) -> str:
        """The text as a ``div`` in the XHTML namespace."""
        inside = "\n".join(as_xml for as_xml, _ in self._pieces)
        return f'<div xmlns="{XHTML}"{self._written_attributes}>{inside}</div>'

    @property
    def html(self) -> str:
        """The text as HTML, in a ``div`` only if it has attributes."""
        inside = "\n".join(as_html for _, as_html in self._pieces)
        return f"<div{self._written_attributes}>{inside}</div>" if self.attributes else inside

    @property
    def _written_attributes(self) -> str:
        return "".join(f' {name}="{escape(value)}"' for name, value in self.attributes.items())

    @cached_property
    def _pieces(self) -> Sequence[tuple[str, str]]:
        texts = (*filter(None, [self.before]), self.content, *filter(None, [self.after]))
        return [_sanitized(text, self.url, self.prefix) for text in texts]


def id_prefix(slug: str, lang: str, suffix: str = "") -> str:
    """Return the prefix of the ids of an essay's item; `suffix` tells announcements of the essay from its own item."""
    return "-".join((*slug.split("/"), lang.lower(), *filter(None, [suffix])))


def _sanitized(text: str, url: str, prefix: str) -> tuple[str, str]:
    """Return the HTML `text` as sanitized XML and HTML."""
    root = html.fragment_fromstring(xml_text(_cleaner.clean(xml_text(text))), create_parent="div")
    for element in list(root.iterdescendants()):
        _simplify(element, url, prefix)
    as_xml, as_html = (
        _AROUND.sub("", html.tostring(root, method=method, encoding="unicode")) for method in ("xml", "html")
    )
    return as_xml, as_html


def beginning(content: str) -> str:
    """Return the first words of the HTML of an essay as plain text; empty if it has no paragraph with words."""
    root = html.fragment_fromstring(_sanitized(content, "", "")[1], create_parent="div")
    for note in root.xpath(".//sup[a]"):
        note.drop_tree()
    paragraphs = (one_line(each.text_content()) for each in root.iter("p"))
    shortened = partial(shorten, width=BEGINNING, placeholder="…")
    return keeping_narrow(next(filter(None, paragraphs), ""), shortened)


def xml_text(text: str) -> str:
    """Return `text` without characters that XML forbids, and without soft hyphens, which some readers show."""
    return _NOT_XML.sub("", text)


def _simplify(element: HtmlElement, url: str, prefix: str) -> None:
    if element.getparent() is None:
        return
    if "headerlink" in element.classes or "hidden" in element.attrib or element.get("aria-hidden") == "true":
        element.drop_tree()
    elif element.tag in ("iframe", "svg"):
        _replace_by_link(element, url)
    else:
        _resolve_urls(element, url, prefix)
        _rewrite_names(element, prefix)
        if element.tag == "picture":  # lxml nests the image in the sources
            for source in list(element.iter("source")):
                source.drop_tag()
        if element.tag in UNWRAPPED:
            element.drop_tag()
        elif element.tag == "summary":
            element.tag = "p"


def _replace_by_link(element: HtmlElement, url: str) -> None:
    """Replace a frame or drawing, which feed readers drop silently, by a link to it or to the essay's page."""
    text = element.get("title") or element.get("aria-label") or element.findtext("title") or element.get("src")
    target = resolved(url, element.get("src", "")) or url
    element.clear(keep_tail=True)
    if text:
        element.tag = "a"
        element.set("href", target)
        element.text = text
    else:
        element.drop_tree()


def _resolve_urls(element: HtmlElement, url: str, prefix: str) -> None:
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
    return _as_url(resolved(url, target) or target)


def _as_url(address: str) -> str:
    """Return `address` with characters that RFC 3986 does not allow after the host percent-encoded."""
    host = _HOST.match(address)
    end = host.end() if host else 0
    return address[:end] + _NOT_URL.sub(lambda found: quote(found[0]), address[end:])


def _absolute_srcset(srcset: str, absolute: Callable[[str], str]) -> str:
    found = (match for match in _CANDIDATE.finditer(srcset) if match["url"])
    return ", ".join(f"{absolute(match['url'])}{(match['rest'] or '').rstrip()}" for match in found)


def _rewrite_names(element: HtmlElement, prefix: str) -> None:
    """Remove all ids and classes but those of footnotes."""
    name, classes = element.attrib.pop("id", ""), element.attrib.pop("class", "").split()
    if _NOTE_ID.fullmatch(name):
        element.set("id", f"{prefix}-{_note_name(name)}")
    if known := [FOOTNOTE_CLASSES[each] for each in classes if each in FOOTNOTE_CLASSES]:
        element.set("class", known[0])


def _note_name(name: str) -> str:
    """Return the id of a footnote in characters that need no escaping in URLs."""
    return re.sub(r"[^\w-]+", "-", name).strip("-")
