"""Convert HTML to Markdown of which equivalent HTML is built; a block for which that fails stays HTML."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass

from lxml import etree

from .equivalence import Run, content_of
from .inline import raw
from .tree import Node, tidied
from .writer import NoMarkdownError, indented, markdown, normalize

ToHtml = Callable[[str], str]
TreeChange = Callable[[Node], None]

MOST_TRIES = 12
_PLAIN, _ESCAPED, _HTML = range(3)
"""How a block is written: special characters escaped where needed, all of them escaped, or as HTML."""


@dataclass(frozen=True)
class Converted:
    """A text in Markdown."""

    text: str
    html: str
    """The HTML that is built from it."""
    raw: int
    """The number of blocks that stay HTML."""
    lost: tuple[str, ...]
    """The tags of elements that could not be kept, such as forms."""
    embeds: tuple[str, ...]
    """The addresses of embedded pages, which were replaced by links."""


@dataclass
class _Block:
    node: Node
    text: str = ""
    level: int = _PLAIN

    def write(self, level: int) -> None:
        """Write the block at `level`, or as HTML if it has no form in Markdown."""
        self.level = level
        if level < _HTML:
            try:
                self.text = markdown(self.node, strict=level == _ESCAPED)
            except NoMarkdownError:
                self.level = _HTML
        if self.level >= _HTML:
            self.text = raw(self.node)


@dataclass
class _Text:
    """The blocks of a text and of its footnotes."""

    blocks: list[_Block]
    notes: list[list[_Block]]

    @property
    def all_blocks(self) -> list[_Block]:
        return [block for blocks in (self.blocks, *self.notes) for block in blocks]

    def written(self) -> str:
        body = "\n\n".join(_apart(self.blocks))
        notes = (
            indented("\n\n".join(block.text for block in note), f"[^{number}]: ")
            for number, note in enumerate(self.notes, start=1)
        )
        return "\n\n".join(filter(None, [body, *notes]))


def converted(
    html: str, to_html: ToHtml, *, wanted: frozenset[str] = frozenset(), change: TreeChange | None = None
) -> Converted:
    """Return `html` as Markdown, of which `to_html` makes equivalent HTML.

    The ids `wanted`, to which links point, are kept; `change` changes the simplified tree first.

    Raises:
        tree.TooDeepError: it is nested too deep.

    """
    for notes in (True, False):
        found = tidied(html, wanted, notes=notes)
        for root in (found.root, *found.notes):
            if change:
                change(root)
            normalize(root)
        text = _equivalent(found.root, found.notes, to_html)
        if text or not found.notes:
            break
    written = text.written() if text else raw(found.root)
    count = sum(block.level == _HTML for block in text.all_blocks) if text else 1
    lost, embeds = tuple(dict.fromkeys(found.lost)), tuple(dict.fromkeys(found.embeds))
    return Converted(written, to_html(written), count, lost, embeds)


def is_equivalent(html: str, built: str) -> bool:
    """Tell whether `built` is equivalent to `html`, footnotes aside."""
    return content_of(tidied(html).root)[0] == content_of(built)[0]


def _equivalent(root: Node, notes: list[Node], to_html: ToHtml) -> _Text | None:
    """Return the text with each block at a level at which all is equivalent; None if its footnotes prevent that."""
    text = _Text([_Block(each) for each in root], [[_Block(each) for each in note] for note in notes])
    meant, meant_notes = content_of(root)[0], [content_of(note)[0] for note in notes]
    for block in text.all_blocks:
        block.write(_PLAIN)
    for number in range(MOST_TRIES):
        if notes and any(block.level == _HTML and _refers(block.node) for block in text.all_blocks):
            return None  # a reference in HTML does not reach a footnote in Markdown
        built, built_notes = content_of(to_html(text.written()))
        if (built, built_notes) == (meant, meant_notes):
            return text
        if number < MOST_TRIES - 2:
            wrong = _wrong(text, meant, built) or [each for note in text.notes for each in note]
        else:
            wrong = text.all_blocks
        wrong = [block for block in wrong if block.level < _HTML]
        if not wrong:
            return None
        for block in wrong:
            block.write(block.level + 1 if number < MOST_TRIES - 2 else _HTML)
    return None


def _wrong(text: _Text, meant: list[Run], built: list[Run]) -> list[_Block]:
    """Return the block in which the built runs first differ from the meant ones, or its neighbours if it is HTML."""
    at = next(
        (n for n, (one, other) in enumerate(zip(meant, built, strict=False)) if one != other),
        min(len(meant), len(built)),
    )
    if at == len(meant) == len(built):
        return []
    seen = 0
    for number, block in enumerate(text.blocks):
        seen += len(content_of(_alone(block.node))[0])
        if seen > at:
            near = [text.blocks[number]]
            return near if block.level < _HTML else text.blocks[max(0, number - 1) : number + 2]
    return text.blocks[-1:]


def _alone(node: Node) -> Node:
    holder = etree.Element("div")
    holder.append(deepcopy(node))
    return holder  # type: ignore[return-value]  # content_of needs no more


def _refers(node: Node) -> bool:
    return any(each.get("data-note") for each in node.iter())


def _apart(blocks: list[_Block]) -> list[str]:
    """Return the text of each block, with comments between those that Markdown would join."""
    found: list[str] = []
    for number, block in enumerate(blocks):
        before = blocks[number - 1].node.tag if number else ""
        is_list = block.node.tag in ("ul", "ol", "dl", "blockquote") and block.level < _HTML
        after_list = before in ("ul", "ol", "dl") and block.text.startswith("    ")
        if (is_list and before == block.node.tag) or after_list:
            found.append("<!-- -->")
        found.append(block.text)
    return found
