"""Compare HTML by its content, to prove that the page built from the Markdown says what the export said.

`content_of` turns HTML into runs of text, each with the blocks around it and the links, images, footnotes and emphasis
in it. Two pieces of HTML are equivalent if these are equal. Presentation does not count, nor does it matter whether a
list item holds its text in a paragraph.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from urllib.parse import quote, unquote

from lxml import html as lxml_html

from .tree import BLANKS, BLOCKS, Node

_SPANS = frozenset(
    (
        *("strong", "em", "code", "del", "ins", "sub", "sup", "mark", "small", "kbd", "samp", "var", "abbr", "cite"),
        *("q", "dfn", "time", "u", "ruby", "rt", "rp", "bdo", "a"),
    )
)
_COUNTED = BLOCKS - frozenset(("p", "div", "thead", "tbody", "tfoot", "colgroup", "col"))
_CELLS = ("tr", "td", "th")
_TYPOGRAPHY = str.maketrans(
    {
        **dict.fromkeys(("\N{LEFT SINGLE QUOTATION MARK}", "\N{RIGHT SINGLE QUOTATION MARK}"), "'"),
        **dict.fromkeys(("\N{LEFT DOUBLE QUOTATION MARK}", "\N{RIGHT DOUBLE QUOTATION MARK}"), '"'),
        **dict.fromkeys(("\N{SOFT HYPHEN}", "\N{ZERO WIDTH SPACE}", "\N{ZERO WIDTH NO-BREAK SPACE}"), ""),
        "\N{EM DASH}": "---",
        "\N{EN DASH}": "--",
        "\N{HORIZONTAL ELLIPSIS}": "...",
    }
)
_OWN = ("headerlink", "footnote-backref")
_SPACE = re.compile(r"[ \t\n\r\f]+")


Span = tuple[str, int, int, str]


@dataclass(frozen=True, slots=True)
class Run:
    """Text without a block boundary in it."""

    within: tuple[tuple[str, int, str], ...]
    """Name, number on the page and relevant attributes of each block around it."""
    words: str
    spans: tuple[Span, ...]
    """Name, start, end and target of each inline element; positions count characters that are not spaces."""


@dataclass
class _Reader:
    runs: list[Run] = field(default_factory=list)
    within: list[tuple[str, int, str]] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    words: list[str] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)
    at: int = 0

    def say(self, text: str | None) -> None:
        if text:
            plain = text.translate(_TYPOGRAPHY)
            self.words.append(plain)
            self.at += len(_SPACE.sub("", plain))

    def end_run(self, *, is_code: bool = False) -> None:
        text = "".join(self.words)
        words = (
            "\n".join(line.rstrip() for line in text.expandtabs(4).strip("\n").split("\n"))
            if is_code
            else BLANKS.sub(" ", text).strip(" ")
        )
        spans = tuple(sorted(span for span in self.spans if span[1] < span[2] or span[0] in ("img", "note", "br")))
        if words.strip("\xa0 \n") or any(span[0] in ("img", "note") for span in spans):
            self.runs.append(Run(tuple(self.within), words, _without_outer_breaks(spans, self.at)))
        self.words, self.spans, self.at = [], [], 0

    def read(self, node: Node) -> None:
        name = str(node.tag)
        if not isinstance(node.tag, str) or any(own in (node.get("class") or "") for own in _OWN):
            self._drop_space()
            return
        if name in BLOCKS:
            self._block(node, name)
        elif name == "img":
            self.spans.append(("img", self.at, self.at, _image(node)))
        elif name == "br":
            self.spans.append(("br", self.at, self.at, ""))
            self.words.append(" ")
        elif (note := _note(node)) is not None:
            self.spans.append(("note", self.at, self.at, note))
        else:
            start = self.at
            self._inside(node)
            if name in _SPANS:
                self.spans.append((name, start, self.at, target(node.get("href") or "") if name == "a" else ""))

    def _drop_space(self) -> None:
        """Remove the no-break space that Markdown puts before its own links."""
        if self.words and self.words[-1].endswith("\xa0"):
            self.words[-1] = self.words[-1][:-1]
            self.at -= 1

    def _block(self, node: Node, name: str) -> None:
        self.end_run()
        counted = name in _COUNTED
        if counted:
            self.counts[name] += 1
            self.within.append((name, self.counts[name], _attributes(node, name)))
        if name == "hr":
            self.runs.append(Run(tuple(self.within), "", ()))
        elif name == "pre":
            self._code(node)
        else:
            self._inside(node)
        self.end_run(is_code=name == "pre")
        if counted:
            self.within.pop()

    def _code(self, node: Node) -> None:
        inner = [each for each in node if isinstance(each.tag, str)]
        whole = (
            len(inner) == 1
            and inner[0].tag == "code"
            and not (node.text or "").strip()
            and not (inner[0].tail or "").strip()
        )
        self._inside(inner[0] if whole else node)

    def _inside(self, node: Node) -> None:
        self.say(node.text)
        for child in node:
            self.read(child)
            self.say(child.tail)


def content_of(html: str | Node) -> tuple[list[Run], list[list[Run]]]:
    """Return the runs of a text, and those of each of its footnotes.

    It is HTML that was built from Markdown, or a tree of `tree.tidied`.
    """
    root = lxml_html.fragment_fromstring(html, create_parent="div") if isinstance(html, str) else html
    notes: list[list[Run]] = []
    for holder in [each for each in root.iter("div") if (each.get("class") or "") == "footnote"]:
        for item in [each for each in holder.iter("li") if (each.get("id") or "").startswith("fn:")]:
            item.tag = "div"
            notes.append(content_of(item)[0])
        holder.drop_tree()
    reader = _Reader()
    reader.read(root)
    reader.end_run()
    return _numbered(reader.runs), notes


def _numbered(runs: list[Run]) -> list[Run]:
    """Return `runs` with blocks numbered anew, without the empty ones; table cells keep their numbers."""
    known: dict[tuple[str, int], int] = {}
    counts: Counter[str] = Counter()
    found = []
    for run in runs:
        within = []
        for name, number, fact in run.within:
            if name not in _CELLS and (name, number) not in known:
                counts[name] += 1
                known[name, number] = counts[name]
            within.append((name, known.get((name, number), number), fact))
        found.append(Run(tuple(within), run.words, run.spans))
    return found


def target(address: str) -> str:
    """Return an address in the percent-encoding in which addresses are compared."""
    return quote(unquote(address.strip()), safe="/:?#[]@!$&()*+,;=%{}|'~").replace("%20", " ")


def _image(node: Node) -> str:
    alt, title = (BLANKS.sub(" ", node.get(key) or "").strip().translate(_TYPOGRAPHY) for key in ("alt", "title"))
    return f"{target(node.get('src') or '')} | {alt} | {title}"


def _note(node: Node) -> str | None:
    """Return the number of the footnote that `node` refers to; None if it is not a reference."""
    if node.tag != "sup":
        return None
    if node.get("data-note"):
        return node.get("data-note")
    link = next(iter(node), None)
    href = link.get("href", "") if link is not None and "footnote-ref" in (link.get("class") or "") else ""
    return href.removeprefix("#fn:") if href else None


def _attributes(node: Node, name: str) -> str:
    if name in ("td", "th"):
        return f"{node.get('colspan', '1')} {node.get('rowspan', '1')}"
    if name == "ol":
        return f"{node.get('start') or '1'} {node.get('type') or '1'}"
    return ""


def _without_outer_breaks(spans: tuple[Span, ...], end: int) -> tuple[Span, ...]:
    """Return `spans` without line breaks before the first or after the last word; several in a row count as one."""
    kept = (s for s in spans if s[0] != "br" or 0 < s[1] < end)
    return tuple(dict.fromkeys(kept))
