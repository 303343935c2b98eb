"""HTML → Markdown under the law: a block that would be built into something else stays HTML."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, field

from lxml import etree

from .inline import raw
from .law import Run, said
from .tree import Node, tidied
from .writer import UnsayableError, indented, markdown, settle

ToHtml = Callable[[str], str]
TreeChange = Callable[[Node], None]

MOST_TRIES = 12


@dataclass(frozen=True)
class Converted:
    """A text as Markdown."""

    text: str
    html: str
    """What is built of it."""
    raw: int = 0
    """How many blocks stay HTML."""
    lost: tuple[str, ...] = ()
    """What is no text and could not be kept."""
    embeds: tuple[str, ...] = ()


@dataclass
class _Block:
    node: Node
    text: str = ""
    level: int = 0
    """How it is written: plainly, with every sign escaped, or as HTML."""

    def write(self) -> None:
        """Write it at its level, or at the next that can say it."""
        while self.level < len(_LEVELS) - 1:
            try:
                self.text = markdown(self.node, strict=self.level == 1)
            except UnsayableError:
                self.level = len(_LEVELS) - 1
            else:
                return
        self.text = raw(self.node)


_LEVELS = ("plain", "escaped", "html")


@dataclass
class _Text:
    """A text in blocks, and its notes."""

    blocks: list[_Block]
    notes: list[list[_Block]] = field(default_factory=list)

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
    """Return `html` as Markdown of which `to_html` makes what it says.

    Args:
        html: the text of an essay.
        to_html: Markdown as the site has it set up.
        wanted: the names of places that links lead to.
        change: changes the tidied tree first: links, images.

    Raises:
        tree.TooDeepError: it is nested too deep.

    """
    for notes in (True, False):
        found = tidied(html, wanted, notes=notes)
        for root in (found.root, *found.notes):
            if change:
                change(root)
            settle(root)
        text = _lawful(found.root, found.notes, to_html)
        if text is not None:
            lost = (*dict.fromkeys(found.lost),)
            return Converted(
                text.written(), to_html(text.written()), _raw_in(text), lost, (*dict.fromkeys(found.embeds),)
            )
        if not found.notes:
            break
    whole = raw(found.root)
    return Converted(whole, to_html(whole), 1, tuple(dict.fromkeys(found.lost)), tuple(dict.fromkeys(found.embeds)))


def is_lawful(html: str, built: str, *, change: TreeChange | None = None) -> bool:
    """Tell whether the page text `built` says what `html` says."""
    found = tidied(html)
    if change:
        change(found.root)
    return said(deepcopy(found.root))[0] == said(built)[0]


def _raw_in(text: _Text) -> int:
    return sum(block.level == len(_LEVELS) - 1 for blocks in (text.blocks, *text.notes) for block in blocks)


def _lawful(root: Node, notes: list[Node], to_html: ToHtml) -> _Text | None:
    """Return the text of which the right thing is built; None where its notes get in the way."""
    text = _Text([_Block(each) for each in root], [[_Block(each) for each in note] for note in notes])
    meant, meant_notes = said(root)[0], [said(note)[0] for note in notes]
    everything = [block for blocks in (text.blocks, *text.notes) for block in blocks]
    for block in everything:
        block.write()
    for number in range(MOST_TRIES):
        if notes and any(block.level == len(_LEVELS) - 1 and _refers(block.node) for block in everything):
            return None
        built, built_notes = said(to_html(text.written()))
        if (built, built_notes) == (meant, meant_notes):
            return text
        wrong = _wrong(text, meant, built) or [each for note in text.notes for each in note]
        wrong = [block for block in wrong if block.level < len(_LEVELS) - 1] if number < MOST_TRIES - 2 else everything
        if not wrong:
            return None
        for block in wrong:
            block.level += 1 if number < MOST_TRIES - 2 else len(_LEVELS)
            block.write()
    return None


def _wrong(text: _Text, meant: list[Run], built: list[Run]) -> list[_Block]:
    """Return the blocks in which what is built first differs from what is meant, and the one before."""
    at = next(
        (n for n, (one, other) in enumerate(zip(meant, built, strict=False)) if one != other),
        min(len(meant), len(built)),
    )
    if at == len(meant) == len(built):
        return []
    seen = 0
    for number, block in enumerate(text.blocks):
        seen += len(said(_alone(block.node))[0])
        if seen > at:
            near = [text.blocks[number]]
            return near if block.level < len(_LEVELS) - 1 else text.blocks[max(0, number - 1) : number + 2]
    return text.blocks[-1:]


def _alone(node: Node) -> Node:
    holder = etree.Element("div")
    holder.append(deepcopy(node))
    return holder  # type: ignore[return-value]  # it has what is asked of it


def _refers(node: Node) -> bool:
    return any(each.get("data-note") for each in node.iter())


def _apart(blocks: list[_Block]) -> list[str]:
    """Return the blocks as they are written, with a comment between two that would become one."""
    found: list[str] = []
    for number, block in enumerate(blocks):
        before = blocks[number - 1].node.tag if number else ""
        is_list = block.node.tag in ("ul", "ol", "dl", "blockquote") and block.level < len(_LEVELS) - 1
        after_list = before in ("ul", "ol", "dl") and block.text.startswith("    ")
        if (is_list and before == block.node.tag) or after_list:
            found.append("<!-- -->")
        found.append(block.text)
    return found
