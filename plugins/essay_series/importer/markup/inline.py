"""Lines of Markdown: words with their signs escaped, emphasis, code, links, images."""

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
"""Signs that a backslash does not take the meaning of."""
_SAFE = "/:?#@!$&*+,;=%{}|'~[]"
_START = re.compile(
    r"(?P<mark>[-+>#](?=\s|$|[->#+])|\d{1,9}(?=[.)](?:\s|$))|:(?=\s)|[=~](?=[=~]|$)|-(?=[ \t]*[-|:])|\|)(?P<rest>.*)",
    re.DOTALL,
)


def inline(node: Node, *, strict: bool = False) -> str:
    """Return the words and elements in `node`, which holds no blocks, as Markdown.

    Args:
        node: an element.
        strict: whether every sign is escaped that might mean something, instead of those that do.

    """
    return _Line(strict).inside(node)


def paragraph(text: str) -> str:
    """Return a paragraph, as `inline` gives it, whose lines do not begin as other blocks do."""
    lines = [line.strip(" ") for line in text.strip(" \n").split("\n")]
    shown = [f"{line}  " if number < len(lines) - 1 else line for number, line in enumerate(map(_guarded, lines))]
    return "\n".join(shown)


def target_of(address: str) -> str:
    """Return an address as it can stand in a link."""
    if address.count("(") != address.count(")") or re.search(r"\([^)]*\(", address):
        return quote(address, safe=_SAFE)
    return quote(address, safe=_SAFE + "()")


def tag_of(node: Node) -> str:
    """Return the opening tag of `node`."""
    facts = "".join(_fact(key, value) for key, value in sorted(node.items()))
    return f"<{node.tag!s}{facts}>"


class _Line:
    """Writes a line."""

    def __init__(self, strict: bool) -> None:  # noqa: FBT001 - it is its one fact
        self.strict = strict

    def inside(self, node: Node) -> str:
        parts = [self.text(node.text)]
        for child in node:
            parts += [self.element(child), self.text(child.tail)]
        return "".join(parts)

    def text(self, text: str | None) -> str:
        """Return words with their signs escaped."""
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
        writer = {"br": _break, "wbr": _tag, "img": _image, "code": self._code, "a": self._link}.get(name)
        if writer:
            return writer(node)
        return f"{tag_of(node)}{self.inside(node)}</{name}>"

    def _marked(self, node: Node, mark: str) -> str:
        """Return emphasis; blanks at its ends stand outside."""
        inside = self.inside(node)
        core = inside.strip(" \n")
        if not core or node.attrib:
            return f"{tag_of(node)}{inside}</{node.tag!s}>" if core else inside
        start = inside[: len(inside) - len(inside.lstrip(" \n"))]
        return f"{start}{mark}{core}{mark}{inside[len(start) + len(core) :]}"

    def _code(self, node: Node) -> str:
        text = BLANKS.sub(" ", "".join(node.itertext()))
        if len(node) or node.attrib or not text.strip():
            return f"{tag_of(node)}{self.inside(node)}</code>"
        ticks = "`" * (max((len(run) for run in re.findall("`+", text)), default=0) + 1)
        pad = " " if text.startswith("`") or text.endswith("`") else ""
        core = text.strip(" ")
        start, end = text[: len(text) - len(text.lstrip(" "))], text[len(text.rstrip(" ")) :]
        return f"{start}{ticks}{pad}{core}{pad}{ticks}{end}"

    def _link(self, node: Node) -> str:
        address, title = node.get("href", ""), node.get("title", "")
        if node.get("id") or any(each.tag == "a" for each in node.iterdescendants()):
            return f"{tag_of(node)}{self.inside(node)}</a>"
        words = "".join(node.itertext())
        if words == address and not len(node) and not title and re.match(r"https?://[^<>\s\\]+$", address):
            return f"<{address}>"
        inside = self.inside(node)
        core = inside.strip(" \n")
        if not core:
            return inside
        start = inside[: len(inside) - len(inside.lstrip(" \n"))]
        return f"{start}[{core}]({target_of(address)}{_titled(title)}){inside[len(start) + len(core) :]}"


def _escaped(sign: re.Match[str], words: str) -> str:
    """Return a sign, escaped where it could mean something in `words`."""
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
    """Return a line that does not begin as a list, a quotation, a heading or the like does."""
    found = _START.match(line)
    if not found:
        return line
    mark, rest = found["mark"], found["rest"]
    if mark.isdigit():
        return f"{mark}\\{rest}"
    return f"{_NO_ESCAPE.get(mark, chr(92) + mark)}{rest}"


def _break(_: Node) -> str:
    return "\n"


def _tag(node: Node) -> str:
    return tag_of(node)


def _image(node: Node) -> str:
    alt, title = BLANKS.sub(" ", node.get("alt", "")).strip(), node.get("title", "")
    if not alt or re.search(r"[\[\]\\`*_<>&]", alt) or node.get("id"):
        return _image_tag(node)
    return f"![{alt}]({target_of(node.get('src', ''))}{_titled(title)})"


def _image_tag(node: Node) -> str:
    facts = {key: node.get(key, "") for key in ("alt", "src", "title", "id") if node.get(key) or key == "alt"}
    return f"<img{''.join(_fact(key, value) for key, value in facts.items())}>"


def _fact(key: str, value: str) -> str:
    return f' {key}="{escape(value)}"'


def _titled(title: str) -> str:
    plain = BLANKS.sub(" ", title).strip()
    return f' "{plain}"' if plain and '"' not in plain and "\\" not in plain else ""


def raw(node: Node) -> str:
    """Return `node` as HTML without an empty line in it."""
    html = lxml_html.tostring(node, encoding="unicode", with_tail=False)
    html = re.sub(r"<!--.*?-->", "", html, flags=re.DOTALL)
    if "<pre" not in html:
        html = re.sub(r"[ \t]*\n[ \t\n]*", "\n", html)
    html = html.strip("\n")
    return html if is_block(node) and node.tag not in ("summary", "caption") else f"<div>{html}</div>"
