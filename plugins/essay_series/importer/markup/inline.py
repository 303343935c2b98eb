"""Write inline Markdown: escaped text, emphasis, code, links and images."""

from __future__ import annotations

import re
from html import escape
from urllib.parse import quote

from lxml import html as lxml_html

from .tree import BLANKS, Node, is_block

_MARKS = {"strong": "**", "em": "*"}
_ENTITY = re.compile(r"&(?=#?\w+;)")
_SIGNS = re.compile(r"[\\`*_\[\]{}]|!(?=\[)")
_ALL_SIGNS = re.compile(r"[\\`*_{}\[\]()>#+\-.!|~:=^$]")
_NO_ESCAPE = {":": "&#58;", "=": "&#61;", "~": "&#126;", "^": "&#94;", "$": "&#36;"}
"""Characters that a backslash does not escape."""
_SAFE = "/:?#@!$&*+,;=%{}|'~[]"
_START = re.compile(
    r"(?P<mark>[-+>#](?=\s|$|[->#+])|\d{1,9}(?=[.)](?:\s|$))|:(?=\s)|[=~](?=[=~]|$)|-(?=[ \t]*[-|:])|\|)(?P<rest>.*)",
    re.DOTALL,
)


def inline(node: Node, *, strict: bool = False) -> str:
    """Return the content of `node`, which contains no blocks, as Markdown.

    If `strict`, all special characters are escaped, otherwise those that have an effect where they are.
    """
    return _Line(strict=strict).inside(node)


def paragraph(text: str) -> str:
    """Return the result of `inline` as a paragraph: no line begins like another block."""
    lines = [line.strip(" ") for line in text.strip(" \n").split("\n")]
    shown = [f"{line}  " if number < len(lines) - 1 else line for number, line in enumerate(map(_guarded, lines))]
    return "\n".join(shown)


def target_of(address: str) -> str:
    """Return an address, encoded for the parentheses of a link."""
    is_balanced = address.count("(") == address.count(")") and not re.search(r"\([^)]*\(", address)
    return quote(address, safe=_SAFE + ("()" if is_balanced else ""))


def tag_of(node: Node) -> str:
    """Return the opening tag of `node`."""
    attributes = "".join(f' {key}="{escape(value)}"' for key, value in sorted(node.items()))
    return f"<{node.tag!s}{attributes}>"


class _Line:
    """Writes the content of an element."""

    def __init__(self, *, strict: bool) -> None:
        self.strict = strict

    def inside(self, node: Node) -> str:
        parts = [self.text(node.text)]
        for child in node:
            parts += [self.element(child), self.text(child.tail)]
        return "".join(parts)

    def text(self, text: str | None) -> str:
        """Return escaped text."""
        if not text:
            return ""
        words = BLANKS.sub(" ", text)
        if self.strict:
            words = _ENTITY.sub("&amp;", words)
            words = _ALL_SIGNS.sub(lambda sign: _NO_ESCAPE.get(sign[0], f"\\{sign[0]}"), words)
            return words.replace("<", "&lt;")
        words = _SIGNS.sub(lambda sign: _escaped(sign, words), words)
        return _ENTITY.sub("&amp;", words).replace("<", "&lt;")

    def element(self, node: Node) -> str:
        name = str(node.tag)
        if node.get("data-note"):
            return f"[^{node.get('data-note')}]"
        if name in _MARKS:
            return self._marked(node, _MARKS[name])
        if name in ("br", "wbr"):
            return "\n" if name == "br" else tag_of(node)
        writer = {"img": _image, "code": self._code, "a": self._link}.get(name)
        return writer(node) if writer else f"{tag_of(node)}{self.inside(node)}</{name}>"

    def _marked(self, node: Node, mark: str) -> str:
        """Return emphasis; spaces at its ends are moved outside."""
        before, core, after = _parted(self.inside(node))
        if core and node.attrib:
            return f"{tag_of(node)}{before}{core}{after}</{node.tag!s}>"
        return f"{before}{mark}{core}{mark}{after}" if core else before

    def _code(self, node: Node) -> str:
        text = BLANKS.sub(" ", "".join(node.itertext()))
        if len(node) or node.attrib or not text.strip():
            return f"{tag_of(node)}{self.inside(node)}</code>"
        ticks = "`" * (max((len(run) for run in re.findall("`+", text)), default=0) + 1)
        pad = " " if text.startswith("`") or text.endswith("`") else ""
        before, core, after = _parted(text)
        return f"{before}{ticks}{pad}{core}{pad}{ticks}{after}"

    def _link(self, node: Node) -> str:
        address, title = node.get("href", ""), node.get("title", "")
        if node.get("id") or any(each.tag == "a" for each in node.iterdescendants()):
            return f"{tag_of(node)}{self.inside(node)}</a>"
        words = "".join(node.itertext())
        if words == address and not len(node) and not title and re.match(r"https?://[^<>\s\\]+$", address):
            return f"<{address}>"
        before, core, after = _parted(self.inside(node))
        return f"{before}[{core}]({target_of(address)}{_titled(title)}){after}" if core else before


def _parted(text: str) -> tuple[str, str, str]:
    """Return the spaces before the words of `text`, the words, and the spaces after them."""
    rest = text.lstrip(" \n")
    core = rest.rstrip(" \n")
    return text[: len(text) - len(rest)], core, rest[len(core) :]


def _escaped(sign: re.Match[str], words: str) -> str:
    """Return a special character, with a backslash if it has an effect where it is in `words`."""
    mark, at = sign[0], sign.start()
    before, after = words[at - 1 : at], words[at + 1 : at + 2]
    if mark == "_" and before.isalnum() and after.isalnum():
        return mark
    if mark == "*" and before in ("", " ") and after in ("", " ") and before + after:
        return mark
    if mark == "\\" and after and not re.match(r"[\\`*_{}\[\]()>#+\-.!|]", after):
        return mark
    if mark in "{}" and not (
        (mark == "{" and after in ("", ":", "#", ".")) or ("{" in words and re.search(r"[{]\s*\w+\s*[}]", words))
    ):
        return mark
    return f"\\{mark}"


def _guarded(line: str) -> str:
    """Return a line, escaped if it begins like a list, a quotation, a heading or another block."""
    found = _START.match(line)
    if not found:
        return line
    mark, rest = found["mark"], found["rest"]
    if mark.isdigit():
        return f"{mark}\\{rest}"
    return f"{_NO_ESCAPE.get(mark, chr(92) + mark)}{rest}"


def _image(node: Node) -> str:
    alt, title = BLANKS.sub(" ", node.get("alt", "")).strip(), node.get("title", "")
    if not alt or re.search(r"[\[\]\\`*_<>&]", alt) or node.get("id"):
        return tag_of(node) if node.get("alt") is not None else f'<img alt=""{tag_of(node)[4:]}'
    return f"![{alt}]({target_of(node.get('src', ''))}{_titled(title)})"


def _titled(title: str) -> str:
    plain = BLANKS.sub(" ", title).strip()
    return f' "{plain}"' if plain and '"' not in plain and "\\" not in plain else ""


def raw(node: Node) -> str:
    """Return `node` as a block of HTML without empty lines, as Markdown requires."""
    html = lxml_html.tostring(node, encoding="unicode", with_tail=False)
    html = re.sub(r"<!--.*?-->", "", html, flags=re.DOTALL)
    if "<pre" not in html:
        html = re.sub(r"[ \t]*\n[ \t\n]*", "\n", html)
    html = html.strip("\n")
    return html if is_block(node) and node.tag not in ("summary", "caption") else f"<div>{html}</div>"
