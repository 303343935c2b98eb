"""Blocks of Markdown as it is built here: lists nested by four columns, fenced code, tables, definitions."""

from __future__ import annotations

import re

from lxml import html as lxml_html

from .inline import inline, paragraph
from .tree import HEADINGS, Node, has_blocks, is_block, words

INDENT = "    "
_WRAPPERS = ("div", "figure", "address")
_HOLDERS = ("div", "figure", "address", "blockquote", "li", "dd")


class UnsayableError(Exception):
    """Markdown has no words for this block."""


def settle(node: Node) -> None:
    """Make every line that stands between blocks in `node` a paragraph, and leave out what only wraps blocks."""
    found: list[Node] = []
    line: Node | None = None
    text, node.text = node.text, None
    pieces: list[Node | str] = [text] if text else []
    for child in list(node):
        pieces += [child, *([child.tail] if child.tail else [])]
        child.tail = None
        node.remove(child)
    for piece in pieces:
        if isinstance(piece, str) or not is_block(piece):
            if line is None:
                line = lxml_html.Element("p")
                found.append(line)
            _add(line, piece)
            continue
        line = None
        if piece.tag in _HOLDERS:
            settle(piece)
        elif piece.tag in ("ul", "ol", "dl"):
            for item in piece.iterchildren("li", "dd"):
                settle(item)
        found += list(piece) if piece.tag in _WRAPPERS and not piece.get("id") else [piece]
    node.extend(each for each in found if each.tag == "hr" or each.get("id") or _says(each))


def markdown(block: Node, *, strict: bool = False) -> str:
    """Return one block as Markdown.

    Args:
        block: a block of a tree that `settle` has settled.
        strict: whether every sign is escaped that might mean something.

    Raises:
        UnsayableError: Markdown cannot say it.

    """
    name = str(block.tag)
    if block.get("id") and name not in HEADINGS:
        raise UnsayableError
    if name == "p" or name in HEADINGS:
        if has_blocks(block):
            raise UnsayableError
        return (
            _heading(block, int(name[1]), strict=strict)
            if name in HEADINGS
            else paragraph(inline(block, strict=strict))
        )
    if name == "hr":
        return "* * *"
    writers = {"pre": _code, "blockquote": _quotation, "ul": _list, "ol": _list, "dl": _definitions, "table": _table}
    if name not in writers:
        raise UnsayableError
    return writers[name](block, strict)


def inside(block: Node, strict: bool) -> str:  # noqa: FBT001 - all writers of blocks are called so
    """Return the blocks in `block` as Markdown."""
    return "\n\n".join(markdown(each, strict=strict) for each in block)


def indented(text: str, first: str) -> str:
    """Return `text` with `first` before its first line, and four columns before the others."""
    return first + text.replace("\n", f"\n{INDENT}").replace(f"\n{INDENT}\n", "\n\n")


def _add(line: Node, child: Node | str) -> None:
    if not isinstance(child, str):
        line.append(child)
    elif len(line):
        line[-1].tail = (line[-1].tail or "") + child
    else:
        line.text = (line.text or "") + child


def _says(node: Node) -> bool:
    marked = any(each.tag in ("img", "hr") or each.get("data-note") or each.get("id") for each in node.iter())
    return marked or bool("".join(node.itertext()).strip(" \t\n\r\f\xa0\u200b"))


def _heading(block: Node, level: int, *, strict: bool) -> str:
    text = inline(block, strict=strict).replace("\n", "<br>").strip()
    if not text:
        raise UnsayableError
    text = re.sub(r"#+$", lambda signs: signs[0].replace("#", "\\#"), text)
    place = f" {{#{block.get('id')}}}" if re.fullmatch(r"[\w.:-]+", block.get("id", "")) else ""
    if block.get("id") and not place:
        raise UnsayableError
    return f"{'#' * level} {text}{place}"


def _code(block: Node, strict: bool) -> str:  # noqa: ARG001, FBT001 - as all writers of blocks
    if any(each.tag not in ("code", "span", "pre", "br") for each in block.iter()):
        raise UnsayableError
    for line in block.iter("br"):
        line.tail = "\n" + (line.tail or "")
    code = "".join(block.itertext()).strip("\n")
    if not code.strip():
        raise UnsayableError
    fence = "`" * max(3, *(len(run) + 1 for run in re.findall("`+", code)), 3)
    return f"{fence}{block.get('data-language', '')}\n{code}\n{fence}"


def _quotation(block: Node, strict: bool) -> str:  # noqa: FBT001 - as all writers of blocks
    if block.get("cite"):
        del block.attrib["cite"]
    text = inside(block, strict)
    return "\n".join(f"> {line}" if line else ">" for line in text.split("\n"))


def _list(block: Node, strict: bool) -> str:  # noqa: FBT001 - as all writers of blocks
    ordered = block.tag == "ol"
    if block.get("reversed") is not None or block.get("type") not in (None, "", "1") or (block.text or "").strip():
        raise UnsayableError
    number = int(block.get("start") or 1) if re.fullmatch(r"\d{0,6}", block.get("start") or "") else -1
    if number < 0 or any(child.tag != "li" or (child.tail or "").strip() or child.get("id") for child in block):
        raise UnsayableError
    items = []
    for item in block:
        parts = [(str(each.tag), markdown(each, strict=strict)) for each in item]
        if any(tag == "pre" for tag, _ in parts):
            parts = [(tag, indented(_unfenced(text), INDENT) if tag == "pre" else text) for tag, text in parts]
        items.append((parts, f"{number}.".ljust(4) if ordered else "-   "))
        number += 1
    loose = any(
        tag not in ("p", "ul", "ol") or n > 1 or (n and tag == "p")
        for parts, _ in items
        for n, (tag, _) in enumerate(parts)
    )
    return ("\n\n" if loose else "\n").join(_item(parts, first, loose=loose) for parts, first in items)


def _item(parts: list[tuple[str, str]], first: str, *, loose: bool) -> str:
    if parts and parts[0][0] not in ("p", *HEADINGS):
        raise UnsayableError
    return indented(("\n\n" if loose else "\n").join(text for _, text in parts), first)


def _unfenced(code: str) -> str:
    return "\n".join(code.split("\n")[1:-1])


def _definitions(block: Node, strict: bool) -> str:  # noqa: FBT001 - as all writers of blocks
    if (block.text or "").strip() or any(each.tag not in ("dt", "dd") or (each.tail or "").strip() for each in block):
        raise UnsayableError
    lines: list[str] = []
    before = ""
    for each in block:
        if each.tag == "dt":
            if has_blocks(each) or not words(each):
                raise UnsayableError
            lines += ([""] if before == "dd" else []) + [paragraph(inline(each, strict=strict)).replace("  \n", "<br>")]
        else:
            text = inside(each, strict)
            if not text or not before:
                raise UnsayableError
            lines.append(indented(text, ":   "))
        before = str(each.tag)
    return "\n".join(lines)


def _table(block: Node, strict: bool) -> str:  # noqa: FBT001 - as all writers of blocks
    rows = list(block.iter("tr"))
    cells = [[each for each in row if isinstance(each.tag, str)] for row in rows]
    others = [
        each
        for each in block.iter()
        if each.tag in ("caption", "table", "ul", "ol", "pre", "blockquote", "dl") and each is not block
    ]
    if others or len(cells) < 2 or not cells[0] or len({len(row) for row in cells}) > 1 or len(cells[0]) < 2:  # noqa: PLR2004 - a table of one column or row is none in Markdown
        raise UnsayableError
    spanning = any(each.get(key, "1") != "1" for row in cells for each in row for key in ("colspan", "rowspan"))
    heads = [[each.tag == "th" for each in row] for row in cells]
    if spanning or not all(heads[0]) or any(any(row) for row in heads[1:]):
        raise UnsayableError
    lines = [[_cell(each, strict=strict) for each in row] for row in cells]
    rule = [{"left": ":--", "right": "--:", "center": ":-:"}.get(each.get("align", ""), "---") for each in cells[0]]
    return "\n".join(f"| {' | '.join(line)} |" for line in [lines[0], rule, *lines[1:]])


def _cell(cell: Node, *, strict: bool) -> str:
    inner = [each for each in cell if each.tag in ("p", "div")]
    if len(inner) == 1 and len(cell) == 1 and not (cell.text or "").strip() and not (inner[0].tail or "").strip():
        cell = inner[0]
    if has_blocks(cell):
        raise UnsayableError
    text = inline(cell, strict=strict).strip().replace("\n", "<br>")
    return text if strict else re.sub(r"(?<!\\)\|", r"\\|", text)
