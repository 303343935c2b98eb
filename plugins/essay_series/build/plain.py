"""Plain blocks: what Python-Markdown makes of them, found in one look at each.

The library tries every kind of block on every block, looks for each kind of mark in turn, hides what it finds behind
words of its own, builds elements of it all and writes them out at the end. Most blocks of an essay are paragraphs,
short lists and quotes whose marks neither overlap nor lie in each other; of these one look finds the same HTML.
Whatever could be meant otherwise is left to the library.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterator, Mapping, Sequence

from markdown.serializers import RE_AMP
from markdown.util import code_escape

_ELSE = r"\\<{\x02\x03"
"""What begins an escape, HTML, attributes, or a word of the library's own."""
_WORDS = rf"[^`*_\[\]{_ELSE}]"
_CODE = r"`([^`\\\x02\x03]+)`(?!`)"
_LINK = rf"\[(?!\^)({_WORDS}*)\]\(([^()<>\"'\s`\\\x02\x03]*)\)"
_STRONG = rf"\*\*(?=[^\s*])({_WORDS}+)(?<=\S)\*\*(?!\*)"
_EMPHASIS = rf"\*(?=[^\s*])({_WORDS}+)(?<=\S)\*(?!\*)"
_MARK = re.compile(f"{_CODE}|{_LINK}|{_STRONG}|{_EMPHASIS}")  # each begins with its sign, so that ``re`` skips to it
_MORE = re.compile(rf"[`*\[\]{_ELSE}]")
_UNDERSCORE = re.compile(r"\b_|_\b")
"""One that may begin or end an emphasis; between letters it is a letter."""

_ITEM = re.compile(r"(?:[*+-]|(\d+)\.) +")
_SIGNS = ("#", ">", ":", "=", "-")
_SIGN = re.compile(r"\n {0,3}[#>:=-]")
"""What makes of a line, or of those around it, something else than a paragraph's."""
_HEADING = re.compile(r"(#{1,6}) +([^\s#][^#\n]*)")
_WORD = re.compile(r"[^\W\d_]|[\"'(*`]\w|#")
"""What a block begins with that is neither one with the list or quote before it, nor vanishes from between two."""
_JOINING = frozenset(("list", "quote"))
"""Kinds of blocks of which two that follow each other are one."""
_UNSURE = "?"
"""Stands for the kind of a block that may end with anything."""
_KEPT = re.compile(r"(\[\^[^\]]*\]|\x02[^\x02\x03]*\x03)")
"""The mark of a note, or a word of the library's own."""
_TERM = re.compile(r"\n *:")


def plain_html(text: str) -> str | None:
    """Return the HTML of `text`, which is all the text of a block; None where it may hold more than plain marks.

    Plain marks are code, links, and emphasis of both kinds by asterisks, side by side.
    """
    if "![" in text or "  \n" in text:
        return None
    html: list[str] = []
    end = 0
    for mark in _MARK.finditer(text):
        words = text[end : mark.start()]
        if _is_more(words):
            return None
        html += (_escaped(words), _tagged(mark))
        end = mark.end()
    words = text[end:]
    return None if _is_more(words) else "".join((*html, _escaped(words)))


def _is_more(words: str) -> bool:
    return bool(_MORE.search(words) or ("_" in words and _UNDERSCORE.search(words)))


def _tagged(mark: re.Match[str]) -> str:
    code, label, address, strong, emphasis = mark.groups()
    if emphasis:
        return f"<em>{_escaped(emphasis)}</em>"
    if strong:
        return f"<strong>{_escaped(strong)}</strong>"
    if code:
        return f"<code>{code_escape(code.strip())}</code>"
    return f'<a href="{_escaped(address)}">{_escaped(label)}</a>'


def _escaped(words: str) -> str:
    """Return `words`, in which no tag begins, as the library writes them: an entity stays one."""
    if "&" in words:
        words = RE_AMP.sub("&amp;", words)
    return words.replace(">", "&gt;") if ">" in words else words


def written(text: str, store: Callable[[str], str], *, headings: bool) -> list[str]:
    """Return the blocks of `text`, with one word in the place of plain ones that follow each other.

    Args:
        text: a whole text.
        store: keeps HTML, and returns the word that stands for it.
        headings: whether headings may be written too, or somebody wants to see them.

    """
    blocks = text.split("\n\n")
    if _may_reach_far(text):
        return blocks
    result: list[str] = []
    run: list[str] = []
    for block, html in zip(blocks, _each(blocks, headings=headings), strict=True):
        if html is None:
            result += [store("\n".join(run)), block] if run else [block]
            run.clear()
        else:
            run.append(html)
    return [*result, store("\n".join(run))] if run else result


def written_around(text: str, notes: Container[str], store: Callable[[str], str]) -> str | None:
    """Return `text` with words for what is plain around the marks of notes and the library's own words.

    Args:
        text: all the words of a block.
        notes: the names of notes that there are.
        store: keeps HTML, and returns the word that will stand for it.

    Returns:
        None where not all the rest is plain.

    """
    pieces = _KEPT.split(text)
    for number in range(0, len(pieces), 2):
        html = plain_html(pieces[number])
        if html is None:
            return None
        pieces[number] = html and store(html)
    marks = (piece[2:-1] for piece in pieces[1::2] if piece.startswith("["))
    return "".join(pieces) if all(mark in notes for mark in marks) else None


def _may_reach_far(text: str) -> bool:
    """Tell whether `text` may give a meaning to words elsewhere: a term, an abbreviation, the place for notes."""
    return "*[" in text or "///" in text or text.startswith((":", " ")) or bool(_TERM.search(text))


def _each(blocks: Sequence[str], *, headings: bool) -> Iterator[str | None]:
    """Yield the HTML of each block, or None where it is not plain, or may be one with a block beside it."""
    last = ""
    for number, block in enumerate(blocks):
        kind = _kind(block)
        is_part = kind in _JOINING and (last in (kind, _UNSURE) or not _ends(kind, blocks[number + 1 :]))
        html = None if is_part or (kind == "heading" and not headings) else _HTML[kind](block)
        yield html
        last = kind if html is not None or ("\n" not in block and _WORD.match(block)) else _UNSURE


def _kind(block: str) -> str:
    if block.startswith("#"):
        return "heading"
    if block.startswith(">"):
        return "quote"
    return "list" if _ITEM.match(block) else "text"


def _ends(kind: str, after: Sequence[str]) -> bool:
    """Tell whether a list or a quote has ended before the blocks `after` it."""
    if after and (_WORD.match(after[0]) or _kind(after[0]) in _JOINING - {kind}):
        return True
    return not any(map(str.strip, after))


def _heading(block: str) -> str | None:
    found = _HEADING.fullmatch(block)
    html = plain_html(found[2].strip()) if found else None
    return None if found is None or html is None else f"<h{len(found[1])}>{html}</h{len(found[1])}>"


def _paragraph(block: str) -> str | None:
    html = _words(block)
    return None if html is None else f"<p>{html}</p>"


def _words(block: str) -> str | None:
    """Return the HTML of all the words of a paragraph or an item."""
    if not block or block[0].isspace() or block.startswith(_SIGNS) or "|" in block:
        return None
    if _ITEM.match(block) or ("\n" in block and _SIGN.search(block)):
        return None
    return plain_html(block)


def _quote(block: str) -> str | None:
    lines = block.split("\n")
    if not all(line.startswith(">") for line in lines):
        return None
    inside = "\n".join(line[2 if line.startswith("> ") else 1 :] for line in lines)
    found = [html for html in map(_paragraph, inside.split("\n\n")) if html is not None]
    return "\n".join(("<blockquote>", *found, "</blockquote>")) if len(found) == inside.count("\n\n") + 1 else None


def _list(block: str) -> str | None:
    """Return the HTML of a list of which each item is one paragraph; one with numbers begins with 1."""
    tag = "ul" if block[0] in "*+-" else "ol"
    items: list[str] = []
    for line in block.split("\n"):
        item = _ITEM.match(line)
        if item and (("ol" if item[1] else "ul") != tag or (item[1] != "1" and tag == "ol" and not items)):
            return None
        if item:
            items.append(line[item.end() :])
        elif _ITEM.match(line.lstrip(" ")):
            return None  # a list within the item
        else:
            items[-1] += f"\n{line}"
    found = [f"<li>{html}</li>" for html in map(_words, items) if html is not None]
    return "\n".join((f"<{tag}>", *found, f"</{tag}>")) if len(found) == len(items) else None


_HTML: Mapping[str, Callable[[str], str | None]] = {
    "heading": _heading,
    "quote": _quote,
    "list": _list,
    "text": _paragraph,
}
