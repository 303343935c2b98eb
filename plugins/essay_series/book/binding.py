"""The HTML of an essay → the HTML of a part of a book: unique ids, continuous numbers of notes, internal links.

Only tags are rewritten, by patterns. The text is not parsed and serialized, so its words stay the same byte for byte.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape, unescape
from unicodedata import category

from ..htmltext import note_labels
from ..values import dataclass

_TAG = re.compile(r"""<(?P<end>/?)(?P<name>[a-zA-Z][\w-]*)(?P<inside>(?:[^<>"']|"[^"]*"|'[^']*')*)>""")
_ATTRIBUTE = re.compile(r"""(?<![\w-])(?P<name>[\w-]+)=(?P<quote>["'])(?P<value>.*?)(?P=quote)""", re.DOTALL)
_HEADERLINK = re.compile(r'<a class="headerlink"[^>]*>.*?</a>', re.DOTALL)
_NOT_CARRIED = re.compile(
    r"(?is)<(?P<name>iframe|video|audio|object|svg|script|style)\b(?P<inside>[^>]*)>(?P<words>.*?)</(?P=name)>"
)
_MARK = re.compile(r'(?P<before><a class="footnote-ref" href="#note-(?P<number>\d+)"[^>]*>)[^<]*(?=</a>)')
_BACK = re.compile(r'(?P<before>href="#mark-(?P<number>\d+)[^>]* title="[^"\d]*)\d+')
_NOTES = re.compile(r'(<div class="footnote">\s*<hr\s*/?>\s*<ol)(?=>)')
_LABEL = re.compile(r"fn(?P<mark>ref(?P<again>\d*))?:(?P<label>.+)", re.DOTALL)
_REPLACED = re.compile("\0+")


@dataclass(frozen=True, slots=True)
class Binding:
    """How a text is joined to the rest of its book."""

    name: str
    """The id of the text in the book, and the prefix of the ids inside it."""
    first_note: int
    """The number of its first note."""
    targets: tuple[tuple[str, str], ...]
    """The URL path of each page that the book contains, as texts link to it, with its id in the book."""
    host: str = ""
    """Scheme and host of the site, such as ``https://e.example``; empty in a preview."""
    picture: str = "[Picture: %(words)s]"
    """The format of the text that replaces an image with an alternative text."""


@dataclass(frozen=True, slots=True)
class Text:
    """The HTML of a text on its own page, and how it is joined to its book."""

    content: str
    binding: Binding

    def bound(self, deeper: int = 1) -> str:
        """Return its HTML in the book, with every heading `deeper` levels down.

        Images are replaced by their alternative texts, and frames and media by links, since a book is a single file.
        """
        labels = enumerate(note_labels(self.content), self.binding.first_note)
        notes = {unescape(label): number for number, label in labels}
        return _Binder(self.binding, deeper, notes, dict(self.binding.targets)).bind(self.content)


def part_id(slug: str) -> str:
    """Return the id of a part in its book."""
    return f"part-{slug}"


def play_id(slug: str) -> str:
    """Return the id of a play in a book."""
    return f"play-{slug}"


@dataclass(frozen=True)
class _Binder:
    binding: Binding
    deeper: int
    notes: Mapping[str, int]
    targets: Mapping[str, str]

    def bind(self, content: str) -> str:
        plain = _NOT_CARRIED.sub(self._replacement, _HEADERLINK.sub("", content))
        changed = _TAG.sub(self._tag, plain)
        changed = _MARK.sub(lambda found: f"{found['before']}{found['number']}", changed)
        changed = _BACK.sub(lambda found: f"{found['before']}{found['number']}", changed)
        return _NOTES.sub(rf'\1 start="{self.binding.first_note}"', changed)

    def _tag(self, found: re.Match[str]) -> str:
        name = found["name"].lower()
        if name == "img":
            return self._picture(_attributes(found["inside"]))
        if name in ("picture", "source"):
            return ""
        if re.fullmatch("h[1-6]", name):
            name = f"h{min(6, int(name[1]) + self.deeper)}"
        return f"<{found['end']}{name}{_ATTRIBUTE.sub(self._attribute, found['inside'])}>"

    def _picture(self, attributes: Mapping[str, str]) -> str:
        words = attributes.get("alt", "")
        return f'<span class="not-carried">{self.binding.picture % {"words": words}}</span>' if words else ""

    def _attribute(self, found: re.Match[str]) -> str:
        value = unescape(found["value"])
        if found["name"] == "id":
            value = self._id(value)
        elif found["name"] == "href":
            value = self._target(value)
        else:
            return found[0]
        return f'{found["name"]}="{escape(value)}"'

    def _id(self, name: str) -> str:
        label = _LABEL.fullmatch(name)
        number = self.notes.get(label["label"]) if label else None
        if label is None or number is None:
            return f"{self.binding.name}--{_xml_name(name)}"
        if label["mark"] is None:
            return f"note-{number}"
        return f"mark-{number}-{label['again']}" if label["again"] else f"mark-{number}"

    def _target(self, target: str) -> str:
        address, _, fragment = target.partition("#")
        if not address:
            return f"#{self._id(fragment)}"
        target_id = self.targets.get(address.removeprefix(self.binding.host))
        if target_id is None:
            return self._absolute(target)
        has_place = fragment and not _LABEL.fullmatch(fragment) and target_id.startswith(("part-", "play-"))
        return f"#{target_id}--{_xml_name(fragment)}" if has_place else f"#{target_id}"

    def _absolute(self, target: str) -> str:
        return self.binding.host + target if re.match("/(?!/)", target) else target

    def _replacement(self, found: re.Match[str]) -> str:
        """Return a link or text that replaces a frame or another embedded object."""
        if found["name"].lower() in ("script", "style"):
            return ""
        attributes = _attributes(found["inside"])
        words = attributes.get("title") or attributes.get("aria-label") or ""
        source = self._absolute(attributes.get("src") or attributes.get("data") or "")
        if source:
            return f'<a class="not-carried" href="{source}">{words or source}</a>'
        return f'<span class="not-carried">[{words}]</span>' if words else ""


def _xml_name(text: str) -> str:
    """Return `text` with a hyphen for each run of characters that an XML name must not contain.

    Combining marks stay: two ids may differ in them alone.
    """
    return _REPLACED.sub("-", "".join(each if _may_be_in_name(each) else "\0" for each in text))


def _may_be_in_name(each: str) -> bool:
    return each.isalnum() or each in "_.-" or category(each).startswith("M")


def _attributes(inside: str) -> dict[str, str]:
    return {found["name"].lower(): found["value"] for found in _ATTRIBUTE.finditer(inside)}
