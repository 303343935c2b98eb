"""The text of an essay as a part of a book: unique ids, notes numbered through, links to other parts kept inside.

A text is changed tag by tag and never parsed as a whole, so that its words stay byte for byte what they were.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
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
_OTHERS = re.compile("\0+")


@dataclass(frozen=True, slots=True)
class Binding:
    """Where a text stands in its book, and what else stands there."""

    name: str
    """The id of the text in the book; ids inside the text begin with it."""
    first_note: int
    """The number of its first note."""
    targets: tuple[tuple[str, str], ...]
    """What the book holds: addresses below the host, as texts link to them, each with the id in the book."""
    host: str = ""
    """What makes an address below the host a whole one, such as ``https://e.example``; empty in a preview."""
    picture: str = "[Picture: %(words)s]"
    """What is said in the place of a picture that has words."""


@dataclass(frozen=True, slots=True)
class Text:
    """A text, and how it is bound."""

    content: str
    binding: Binding

    def bound(self, deeper: int = 1) -> str:
        """Return its HTML with every heading `deeper` levels down."""
        return bound(self.content, self.binding, deeper)


def part_id(slug: str) -> str:
    """Return the id of a part in its book."""
    return f"part-{slug}"


def play_id(slug: str) -> str:
    """Return the id of a play in a book."""
    return f"play-{slug}"


def note_count(content: str) -> int:
    """Return how many footnotes the HTML `content` has."""
    return len(note_labels(content))


def bound(content: str, binding: Binding, deeper: int = 1) -> str:
    """Return the HTML of a text as it stands in a book.

    Pictures and frames do not come along, since a book is one file: words and a link to the place stand for them.

    Args:
        content: the text as its own page shows it.
        binding: where it stands.
        deeper: how many levels its headings go down.

    """
    notes = dict(_numbered(content, binding.first_note))
    return _Binder(binding, deeper, notes, dict(binding.targets)).bind(content)


def _numbered(content: str, first: int) -> Iterator[tuple[str, int]]:
    return ((unescape(label), number) for number, label in enumerate(note_labels(content), first))


@dataclass(frozen=True)
class _Binder:
    binding: Binding
    deeper: int
    notes: Mapping[str, int]
    targets: Mapping[str, str]

    def bind(self, content: str) -> str:
        plain = _NOT_CARRIED.sub(self._words_instead, _HEADERLINK.sub("", content))
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
            value = self._named(value)
        elif found["name"] == "href":
            value = self._target(value)
        else:
            return found[0]
        return f'{found["name"]}="{escape(value)}"'

    def _named(self, name: str) -> str:
        label = _LABEL.fullmatch(name)
        number = self.notes.get(label["label"]) if label else None
        if label is None or number is None:
            return f"{self.binding.name}--{_as_name(name)}"
        if label["mark"] is None:
            return f"note-{number}"
        return f"mark-{number}-{label['again']}" if label["again"] else f"mark-{number}"

    def _target(self, target: str) -> str:
        address, _, fragment = target.partition("#")
        if not address:
            return f"#{self._named(fragment)}"
        inside = self.targets.get(address.removeprefix(self.binding.host))
        if inside is None:
            return self._whole(target)
        within = fragment and not _LABEL.fullmatch(fragment) and inside.startswith(("part-", "play-"))
        return f"#{inside}--{_as_name(fragment)}" if within else f"#{inside}"

    def _whole(self, target: str) -> str:
        """A book is read anywhere, so what is below the site's host is named with the host."""
        return self.binding.host + target if re.match("/(?!/)", target) else target

    def _words_instead(self, found: re.Match[str]) -> str:
        if found["name"].lower() in ("script", "style"):
            return ""
        attributes = _attributes(found["inside"])
        words = attributes.get("title") or attributes.get("aria-label") or ""
        source = self._whole(attributes.get("src") or attributes.get("data") or "")
        if source:
            return f'<a class="not-carried" href="{source}">{words or source}</a>'
        return f'<span class="not-carried">[{words}]</span>' if words else ""


def _as_name(text: str) -> str:
    """Return `text` in letters that the name of a place may have in XML; marks on letters tell two places apart."""
    return _OTHERS.sub("-", "".join(each if _is_of_name(each) else "\0" for each in text))


def _is_of_name(each: str) -> bool:
    return each.isalnum() or each in "_.-" or category(each).startswith("M")


def _attributes(inside: str) -> dict[str, str]:
    return {found["name"].lower(): found["value"] for found in _ATTRIBUTE.finditer(inside)}
