"""Markdown that does not look for what cannot be there: the same HTML as the library's, to the byte, and sooner.

Python-Markdown tries every pattern on every text. Most patterns cannot match without a certain character, and asking
for that first costs next to nothing. Guards are known for the library's own patterns and blocks only; those of other
packages are tried as ever. Written for `VERSION`, since the loop over inline patterns is private to the library.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pkgutil import resolve_name
from typing import Any, cast
from xml.etree.ElementTree import Element, ElementTree

from markdown import Markdown, __version__, blockprocessors, inlinepatterns, util
from markdown.blockparser import BlockParser
from markdown.extensions import abbr, def_list, footnotes, tables
from markdown.treeprocessors import InlineProcessor
from markdown.util import AtomicString

from .plain import written, written_around

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
TAB = 4
"""Blanks that make code of a paragraph; the library's, too, unless it is told otherwise."""

_PARTS = frozenset(
    (
        *(f"blockprocessors.{name}Processor" for name in ["EmptyBlock", "ListIndent", "CodeBlock", "HashHeader", "HR"]),
        *(f"blockprocessors.{name}Processor" for name in ["SetextHeader", "OList", "UList", "BlockQuote", "Reference"]),
        *("blockprocessors.ParagraphProcessor", "extensions.tables.TableProcessor"),
        *("extensions.sane_lists.SaneOListProcessor", "extensions.sane_lists.SaneUListProcessor"),
        *("extensions.def_list.DefListProcessor", "extensions.def_list.DefListIndentProcessor"),
        *("extensions.abbr.AbbrBlockprocessor", "extensions.abbr.AbbrTreeprocessor"),
        *(f"extensions.footnotes.Footnote{name}" for name in ["BlockProcessor", "Treeprocessor", "PostTreeprocessor"]),
        *("extensions.footnotes.FootnoteReorderingProcessor", "extensions.footnotes.FootnotePostprocessor"),
        *("extensions.md_in_html.MarkdownInHtmlProcessor", "extensions.md_in_html.MarkdownInHTMLPostprocessor"),
        *("extensions.codehilite.HiliteTreeprocessor", "extensions.attr_list.AttrListTreeprocessor"),
        *("extensions.toc.TocTreeprocessor", "treeprocessors.InlineProcessor"),
        *("treeprocessors.PrettifyTreeprocessor", "treeprocessors.UnescapeTreeprocessor"),
        *("postprocessors.RawHtmlPostprocessor", "postprocessors.AndSubstitutePostprocessor"),
        f"{__package__}.comments.TakeOutMarks",
        f"{__package__}.apostrophes.SetMarks",
    )
)
"""Parts of the library that do nothing to plain blocks, or to what these became, but what `plain` does."""
_OF_WORDS = frozenset(("p", "li", "dd", "td"))
"""Elements of whose words nobody asks, as of those of headings."""

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
_MAYBE_HTML = re.compile(r"<|&[#\w]")
_TEXTS: dict[str, _Guard] = {
    "preprocessors.HtmlBlockPreprocessor": lambda text: bool(_MAYBE_HTML.search(text)),
    "extensions.md_in_html.HtmlBlockPreprocessor": lambda text: bool(_MAYBE_HTML.search(text)),
    "extensions.fenced_code.FencedBlockPreprocessor": lambda text: "```" in text or "~~~" in text,
}
"""What tells the same of a whole text."""


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
    if type(md.parser) is BlockParser and _knows_all(md):
        md.parser.__class__ = WritingParser
    if type(inline) is InlineProcessor:
        inline.__class__ = GuardedInline  # it stays the same object, in its place among those of equal rank
    for processor in md.parser.blockprocessors:
        guard = _BLOCKS.get(type(processor))
        if guard:
            processor.__dict__["test"] = _both(guard, processor.test)
    for preprocessor in md.preprocessors:
        guard = _TEXTS.get(_name(preprocessor))
        if guard:
            preprocessor.__dict__["run"] = _where(guard, preprocessor.run)
    return md


def lasts(md: Markdown) -> bool:
    """Tell whether ``md.reset()`` makes `md` forget all it has converted; it may not where others take part in it."""
    kinds = (md.preprocessors, md.parser.blockprocessors, md.treeprocessors, md.inlinePatterns, md.postprocessors)
    parts = (part for kind in (*kinds, md.registeredExtensions) for part in kind)
    counting = (each.getConfig("UNIQUE_IDS") for each in _of(footnotes.FootnoteExtension, md.registeredExtensions))
    return is_known() and all(map(_is_librarys, parts)) and not any(counting)


def _both(guard: _Guard, test: Callable[[Element, str], bool]) -> Callable[[Element, str], bool]:
    return lambda parent, block: guard(block) and test(parent, block)


def _knows_all(md: Markdown) -> bool:
    """Tell whether all that `md` would do to plain blocks is known."""
    parts = (*md.parser.blockprocessors, *md.treeprocessors, *md.postprocessors)
    signs = md.delimiters.delimiters if md.delimiters else {}
    emphasis = {sign: each.smart for sign, each in signs.items() if each.tags == ("strong", "em")}
    places = [each.getConfig("PLACE_MARKER") for each in _of(footnotes.FootnoteExtension, md.registeredExtensions)]
    contents = [each for each in md.treeprocessors if _name(each) == "extensions.toc.TocTreeprocessor"]
    places += [f"//{vars(each)['marker']}" for each in contents]
    return (
        _PARTS.issuperset(map(_name, parts))
        and all(_is_librarys(each) and _regex(each) in _NEEDED_INLINE for each in md.inlinePatterns)
        and emphasis == {"*": False, "_": True}
        and all(place.startswith(("///", "//[")) for place in places)
        and md.tab_length == TAB
    )


def _is_librarys(part: object) -> bool:
    return type(part).__module__.startswith(("markdown.", f"{__package__}."))


def _name(part: object) -> str:
    """Return the name of the library's class that `part` is of, which need not be loaded where nobody uses it."""
    return f"{type(part).__module__}.{type(part).__qualname__}".removeprefix("markdown.")


def _of(kind: type[Any], parts: Iterable[Any]) -> list[Any]:
    return [part for part in parts if isinstance(part, kind)]


def _regex(pattern: inlinepatterns.Pattern) -> str:
    return pattern.getCompiledRegExp().pattern


def _where(guard: _Guard, run: Callable[[list[str]], list[str]]) -> Callable[[list[str]], list[str]]:
    return lambda lines: run(lines) if guard("\n".join(lines)) else lines


class WritingParser(BlockParser):
    """Parses a text without its plain blocks, which are written at once."""

    def parseDocument(self, lines: Iterable[str]) -> ElementTree:  # noqa: N802 - the library's name
        """Return all of `lines` as a tree, in which words of the stash stand for plain blocks."""
        text = "\n".join(lines)
        if _has_terms(self.md):
            return super().parseDocument([text])
        self.root = Element(self.md.doc_tag)
        headings = "toc" not in self.md.treeprocessors
        self.parseBlocks(self.root, written(text, self.md.htmlStash.store, headings=headings))
        return ElementTree(self.root)


def _has_terms(md: Markdown) -> bool:
    """Tell whether `md` knows abbreviations, which it looks for in all texts."""
    return any(each.abbrs for each in _of(abbr.AbbrTreeprocessor, md.treeprocessors))


class GuardedInline(InlineProcessor):
    """Applies inline patterns, each only to a text that holds what it needs."""

    _InlineProcessor__applyPattern: Callable[[Any, str, int, int], tuple[str, bool, int]]

    def run(self, tree: Element, ancestors: list[str] | None = None) -> Element:
        """Apply all inline patterns to `tree`, and return it."""
        patterns = self.md.inlinePatterns
        self._guards = [(*_NEEDED_INLINE.get(_regex(each), _NOTHING), each) for each in patterns]
        if isinstance(self.md.parser, WritingParser) and ancestors is None and not _has_terms(self.md):
            self._write_around_notes(tree)
        return super().run(tree, ancestors)

    def _write_around_notes(self, tree: Element) -> None:
        """Write what is plain beside the marks of notes, which the library numbers."""
        if any(len(link) for link in tree.iter("a")):
            return
        marks = _of(footnotes.FootnoteInlineProcessor, self.md.inlinePatterns)
        notes = {name for each in marks for name in each.footnotes.footnotes}
        for element in tree.iter():
            if element.tag in _OF_WORDS and element.text and not isinstance(element.text, AtomicString):
                text = written_around(element.text, notes, self.md.htmlStash.store)
                element.text = element.text if text is None else text if "[" in text else AtomicString(text)

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
