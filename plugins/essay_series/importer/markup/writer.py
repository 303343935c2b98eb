"""Write blocks of Markdown Extra: lists indented by four spaces, fenced code, tables, definition lists."""

from __future__ import annotations

import re
from collections.abc import Callable

from lxml import html as lxml_html

from .inline import inline, paragraph
from .tree import HEADINGS, Node, has_blocks, is_block, words

INDENT = "    "
_WRAPPERS = ("div", "figure", "address")
_HOLDERS = ("div", "figure", "address", "blockquote", "li", "dd")


class NoMarkdownError(Exception):
    """Markdown has no form for a block."""


def normalize(node: Node) -> None:
    """Put inline content between the blocks of `node` into paragraphs, and remove wrappers such as ``div``."""
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
            normalize(piece)
        elif piece.tag in ("ul", "ol", "dl"):
            for item in piece.iterchildren("li", "dd"):
                normalize(item)
        found += list(piece) if piece.tag in _WRAPPERS and not piece.get("id") else [piece]
    node.extend(each for each in found if each.tag == "hr" or each.get("id") or _says(each))


def markdown(block: Node, *, strict: bool = False) -> str:
    """Return one block of a tree that was normalized as Markdown; `strict` is as for `inline`.

    Raises:
        NoMarkdownError: it has no form in Markdown.

    """
    name = str(block.tag)
    if block.get("id") and name not in HEADINGS:
        raise NoMarkdownError
    if name == "hr":
        return "* * *"
    if name not in _WRITERS or (_WRITERS[name] in (_paragraph, _heading) and has_blocks(block)):
        raise NoMarkdownError
    return _WRITERS[name](block, strict)


def inside(block: Node, strict: bool) -> str:  # noqa: FBT001 - as all writers
    """Return the children of `block` as Markdown."""
    return "\n\n".join(markdown(each, strict=strict) for each in block)


def indented(text: str, first: str) -> str:
    """Return `text` with `first` before its first line, and four spaces before the others."""
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


def _paragraph(block: Node, strict: bool) -> str:  # noqa: FBT001 - as all writers
    return paragraph(inline(block, strict=strict))


def _heading(block: Node, strict: bool) -> str:  # noqa: FBT001 - as all writers
    text = inline(block, strict=strict).replace("\n", "<br>").strip()
    if not text:
        raise NoMarkdownError
    text = re.sub(r"#+$", lambda signs: signs[0].replace("#", "\\#"), text)
    place = f" {{#{block.get('id')}}}" if re.fullmatch(r"[\w.:-]+", block.get("id", "")) else ""
    if block.get("id") and not place:
        raise NoMarkdownError
    return f"{'#' * int(str(block.tag)[1])} {text}{place}"


def _code(block: Node, strict: bool) -> str:  # noqa: ARG001, FBT001 - as all writers
    if any(each.tag not in ("code", "span", "pre") for each in block.iter()):
        raise NoMarkdownError
    code = "".join(block.itertext()).strip("\n")
    if not code.strip():
        raise NoMarkdownError
    fence = "`" * max(3, *(len(run) + 1 for run in re.findall("`+", code)), 3)
    return f"{fence}{block.get('data-language', '')}\n{code}\n{fence}"


def _quotation(block: Node, strict: bool) -> str:  # noqa: FBT001 - as all writers
    block.attrib.pop("cite", None)
    text = inside(block, strict)
    return "\n".join(f"> {line}" if line else ">" for line in text.split("\n"))


def _list(block: Node, strict: bool) -> str:  # noqa: FBT001 - as all writers
    ordered = block.tag == "ol"
    if block.get("reversed") is not None or block.get("type") not in (None, "", "1") or (block.text or "").strip():
        raise NoMarkdownError
    number = int(block.get("start") or 1) if re.fullmatch(r"\d{0,6}", block.get("start") or "") else -1
    if number < 0 or any(child.tag != "li" or (child.tail or "").strip() or child.get("id") for child in block):
        raise NoMarkdownError
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
        raise NoMarkdownError
    return indented(("\n\n" if loose else "\n").join(text for _, text in parts), first)


def _unfenced(code: str) -> str:
    return "\n".join(code.split("\n")[1:-1])


def _definitions(block: Node, strict: bool) -> str:  # noqa: FBT001 - as all writers
    if (block.text or "").strip() or any(each.tag not in ("dt", "dd") or (each.tail or "").strip() for each in block):
        raise NoMarkdownError
    lines: list[str] = []
    before = ""
    for each in block:
        if each.tag == "dt":
            if has_blocks(each) or not words(each):
                raise NoMarkdownError
            lines += ([""] if before == "dd" else []) + [paragraph(inline(each, strict=strict)).replace("  \n", "<br>")]
        else:
            text = inside(each, strict)
            if not text or not before:
                raise NoMarkdownError
            lines.append(indented(text, ":   "))
        before = str(each.tag)
    return "\n".join(lines)


def _table(block: Node, strict: bool) -> str:  # noqa: FBT001 - as all writers
    rows = list(block.iter("tr"))
    cells = [[each for each in row if isinstance(each.tag, str)] for row in rows]
    nested = next(block.iterdescendants("caption", "table", "ul", "ol", "pre", "blockquote", "dl"), None)
    is_grid = len(cells) > 1 and len(cells[0]) > 1 and len({len(row) for row in cells}) == 1
    if nested is not None or not is_grid:
        raise NoMarkdownError
    spanning = any(each.get(key, "1") != "1" for row in cells for each in row for key in ("colspan", "rowspan"))
    heads = [[each.tag == "th" for each in row] for row in cells]
    if spanning or not all(heads[0]) or any(any(row) for row in heads[1:]):
        raise NoMarkdownError
    lines = [[_cell(each, strict=strict) for each in row] for row in cells]
    rule = [{"left": ":--", "right": "--:", "center": ":-:"}.get(each.get("align", ""), "---") for each in cells[0]]
    return "\n".join(f"| {' | '.join(line)} |" for line in [lines[0], rule, *lines[1:]])


def _cell(cell: Node, *, strict: bool) -> str:
    inner = [each for each in cell if each.tag in ("p", "div")]
    if len(inner) == 1 and len(cell) == 1 and not (cell.text or "").strip() and not (inner[0].tail or "").strip():
        cell = inner[0]
    if has_blocks(cell):
        raise NoMarkdownError
    text = inline(cell, strict=strict).strip().replace("\n", "<br>")
    return text if strict else re.sub(r"(?<!\\)\|", r"\\|", text)


_WRITERS: dict[str, Callable[[Node, bool], str]] = {
    "p": _paragraph,
    **dict.fromkeys(HEADINGS, _heading),
    "pre": _code,
    "blockquote": _quotation,
    **dict.fromkeys(("ul", "ol"), _list),
    "dl": _definitions,
    "table": _table,
}
