"""Markdown that does not look for what cannot be there: the same HTML as the library's, to the byte, and sooner.

Python-Markdown tries every pattern on every text. Most patterns cannot match without a certain character, and asking
for that first costs next to nothing. Guards are known for the library's own patterns and blocks only; those of other
packages are tried as ever. Written for `VERSION`, since the loop over inline patterns is private to the library.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pkgutil import resolve_name
from typing import Any, cast
from xml.etree.ElementTree import Element

from markdown import Markdown, __version__, blockprocessors, inlinepatterns, util
from markdown.extensions import abbr, def_list, footnotes, tables
from markdown.treeprocessors import InlineProcessor
from markdown.util import AtomicString

VERSION = "3.11.3"
"""The version of Python-Markdown whose output this is."""

_NEEDED_INLINE = {
    inlinepatterns.BACKTICK_RE: ("`", "`"),
    inlinepatterns.ESCAPE_RE: ("\\", "\\"),
    r"\[\^([^\]]*)\]": ("[^", "[^"),  # a footnote's mark
    inlinepatterns.LINK_RE: ("[", "["),
    inlinepatterns.IMAGE_LINK_RE: ("![", "!["),
    inlinepatterns.AUTOLINK_RE: ("<", "<"),
    inlinepatterns.AUTOMAIL_RE: ("<", "<"),
    inlinepatterns.LINE_BREAK_RE: ("  \n", "  \n"),
    inlinepatterns.HTML_RE: ("<", "<"),
    inlinepatterns.ENTITY_RE: ("&", "&"),
    r"\*|_": ("*", "_"),
}
"""Two strings for each pattern, one of which a text must hold for it to match."""
_NOTHING = ("", "")

Extensions = Sequence[tuple[str, str]]
"""Names of extensions, each with the module and the class that it stands for."""
_Guard = Callable[[str], bool]
_BLOCKS: dict[type, _Guard] = {
    blockprocessors.HashHeaderProcessor: lambda block: block.startswith("#") or "\n#" in block,
    blockprocessors.SetextHeaderProcessor: lambda block: "\n=" in block or "\n-" in block,
    blockprocessors.HRProcessor: lambda block: "\n" in block or block.lstrip(" ").startswith(("-", "*", "_")),
    blockprocessors.BlockQuoteProcessor: lambda block: ">" in block,
    blockprocessors.ReferenceProcessor: lambda block: "]:" in block,
    tables.TableProcessor: lambda block: "|" in block,
    def_list.DefListProcessor: lambda block: ": " in block,
    footnotes.FootnoteBlockProcessor: lambda block: "[^" in block,
    abbr.AbbrBlockprocessor: lambda block: "*[" in block,
}
"""What tells that a block may be one of that kind; where it says no, it is none."""


def is_known() -> bool:
    """Tell whether Python-Markdown is of the version whose output this is."""
    return __version__ == VERSION


def offered() -> Extensions:
    """Return what all installed packages offer to Markdown as extensions: names, and where each is found."""
    return tuple((found.name, found.value) for found in util.get_installed_extensions())


def offer(extensions: Extensions) -> None:
    """Let Markdown find these `extensions`, and not look through all installed packages, which takes it longest."""
    found = [_Offered(*each) for each in extensions]
    cast("Any", util).get_installed_extensions = lambda: found


@dataclass(frozen=True, slots=True)
class _Offered:
    """As much of an entry point as Markdown asks for."""

    name: str
    value: str

    def load(self) -> Any:
        return resolve_name(self.value)


def guarded(**configuration: Any) -> Markdown:
    """Return a ``Markdown`` of that `configuration`, the library's own, whose guards are up."""
    md = Markdown(**configuration)
    inline = md.treeprocessors["inline"]
    if type(inline) is InlineProcessor:
        inline.__class__ = GuardedInline  # it stays the same object, in its place among those of equal rank
    for processor in md.parser.blockprocessors:
        guard = _BLOCKS.get(type(processor))
        if guard:
            processor.__dict__["test"] = _both(guard, processor.test)
    return md


def _both(guard: _Guard, test: Callable[[Element, str], bool]) -> Callable[[Element, str], bool]:
    return lambda parent, block: guard(block) and test(parent, block)


class GuardedInline(InlineProcessor):
    """Applies inline patterns, each only to a text that holds what it needs."""

    _InlineProcessor__applyPattern: Callable[[Any, str, int, int], tuple[str, bool, int]]

    def run(self, tree: Element, ancestors: list[str] | None = None) -> Element:
        """Apply all inline patterns to `tree`, and return it."""
        self._guards = [
            (*_NEEDED_INLINE.get(pattern.getCompiledRegExp().pattern, _NOTHING), pattern)
            for pattern in self.md.inlinePatterns
        ]
        return super().run(tree, ancestors)

    def _InlineProcessor__handleInline(self, data: str, number: int = 0) -> str:  # noqa: N802 - the library's name
        """Take the place of the library's loop over the patterns from `number` on; the one difference is the guard."""
        if isinstance(data, AtomicString):
            return data
        start = 0
        while number < len(self._guards):
            one, other, pattern = self._guards[number]
            matched = False
            if one in data or other in data:
                data, matched, start = self._InlineProcessor__applyPattern(pattern, data, number, start)
            if not matched:
                number, start = number + 1, 0
        return data
