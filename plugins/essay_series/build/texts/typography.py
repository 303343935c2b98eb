"""Typography: ``typogrify.filters.typogrify`` with the same output, byte for byte, in about a third of the time.

The library tries every pattern on every piece of text, and compiles most of them each time. Here a piece is skipped if
it lacks a character that the pattern needs. The steps are in the library's order, and unusual texts (with comments,
scripts, samples, nested tags, or under other settings) are left to the library's own functions. Written for the
versions in `VERSIONS`; tests compare the two.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from functools import partial

import smartypants
import typogrify as library
from typogrify import filters

from .quotes import curl, curl_alone

VERSIONS = {"typogrify": "2.1.0", "smartypants": "2.0.2"}
"""The versions of the libraries that this module reproduces."""

_STEPS = frozenset({"amp", "smartypants", "caps", "initial_quotes", "widont"})
_LIBRARY = filters.typogrify

_LONG, _SHORT = "&#8212;", "&#8211;"
_DASHES = {
    flags | entities: dashes
    for entities in (0, smartypants.Attr.w)
    for flags, dashes in (
        (smartypants.Attr.set1, (("--", _LONG),)),
        (smartypants.Attr.set2, (("---", _LONG), ("--", _SHORT))),
        (smartypants.Attr.set3, (("---", _SHORT), ("--", _LONG))),
    )
}
"""The replacements of dashes, in order, by the attributes that Pelican passes to smartypants."""
_ELLIPSES = (("...", "&#8230;"), (". . .", "&#8230;"))

_IGNORED = re.compile(r"<(pre|code)[^>]*>.*?</\1>", re.IGNORECASE | re.DOTALL)
_UNUSUAL = re.compile(r"<(?:!--|/?(?:pre|samp|code|tt|kbd|script|style|math))", re.IGNORECASE)
_NESTED = re.compile(r"<[^<>]*<")
_TAG = re.compile(r"(<[^>]*>)")
# The library's pattern of a tag in its filter of ampersands
_WELL_FORMED_TAG = re.compile(r"""</?\w+(?:(?:\s+\w+(?:\s*=\s*(?:".*?"|'.*?'|[^'">\s]+))?)+\s*|\s*)/?>""")
_IN_ATTRIBUTE = re.compile(r"""=\s*(?:"[^"]*&|'[^']*&|[^'">\s]*&)""")
_MAYBE_LONE = re.compile(r"(&(?:amp;|#38;)?)(?:\s|&nbsp;)")  # begins with its sign, so that ``re`` skips to it
_LONE_AMPERSAND = re.compile(r"(\s|&nbsp;)(?:&|&amp;|&#38;)(\s|&nbsp;)")
_SMART = re.compile(r"""\\|"|'|``|--|\.\.\.|\. \. \.|&quot;""")
_MAYBE_CAPITALS = re.compile(r"[A-Z](?:\d*[A-Z]|\.\s?[A-Z])")
_CAPITALS = re.compile(r"(\b[A-Z\d]*[A-Z]\d*[A-Z][A-Z\d']*\b)|(\b[A-Z]+\.\s?(?:[A-Z]+\.\s?)+)(?:\s|\b|$)")
_TO_FIRST_QUOTE = r"""\s*(?:<(?:a|em|span|strong|i|b)[^>]*>\s*)*)(?:("|&ldquo;|&#8220;)|('|&lsquo;|&#8216;))"""
_QUOTE_AT_START = re.compile(rf"({_TO_FIRST_QUOTE}")
_QUOTE_IN_BLOCK = re.compile(rf"(<(?:p|h[1-6]|li|dt|dd)[^>]*>{_TO_FIRST_QUOTE}")
_BLOCK_END = re.compile(r"(</(?:p|h[1-6]|li|dt|dd)>)")
_INLINE_ENDS = ("</a>", "</em>", "</span>", "</strong>", "</i>", "</b>")
_INLINE_TAG = re.compile(r"</?(?:a|em|span|strong|i|b)[^>]*>")


def is_known() -> bool:
    """Tell whether the installed versions are those in `VERSIONS`."""
    return {"typogrify": library.__version__, "smartypants": smartypants.__version__} == VERSIONS


def typogrify(text: str, ignore_tags: Collection[str] | None = None, **wanted: bool) -> str:
    """Return the HTML `text` with typographic quotes, dashes, ampersands, capitals and line ends.

    The content of ``pre``, ``code`` and `ignore_tags` is left alone; `wanted` turns steps off, as in ``widont=False``.
    Arguments, result and exceptions are those of the library's function.
    """
    if not is_known() or wanted.keys() - _STEPS:
        return str(_LIBRARY(text, ignore_tags, **wanted))
    steps = {step for step in _STEPS if wanted.get(step, True)}
    sections = filters.process_ignores(text, ignore_tags) if ignore_tags else _sections(text)
    return "".join(_typeset(part, steps, wanted) if is_prose else part for part, is_prose in sections)


def _sections(text: str) -> Iterator[tuple[str, bool]]:
    """Yield the parts of `text`, each with whether it is prose rather than code."""
    end = 0
    for code in _IGNORED.finditer(text):
        yield text[end : code.start()], True
        yield code[0], False
        end = code.end()
    yield text[end:], True


def _typeset(text: str, steps: AbstractSet[str], wanted: dict[str, bool]) -> str:
    attributes = smartypants.Attr.default
    if attributes not in _DASHES or _UNUSUAL.search(text):
        return str(filters.applyfilters(text, **wanted))
    if "amp" in steps:
        text = _amp(text)
    if not steps.isdisjoint(("smartypants", "caps")):
        smart = partial(_smart, attributes=attributes) if "smartypants" in steps else None
        text = _between_tags(text, smart, with_capitals="caps" in steps)
    if "initial_quotes" in steps:
        text = _initial_quotes(text)
    return _widont(text) if "widont" in steps else text


def _amp(text: str) -> str:
    """Wrap ampersands between two spaces; if there is one in an attribute, the library does it."""
    if _IN_ATTRIBUTE.search(text) and any(_LONE_AMPERSAND.search(tag[0]) for tag in _WELL_FORMED_TAG.finditer(text)):
        return str(filters.amp(text))
    pieces: list[str] = []
    done = taken = 0
    for found in _MAYBE_LONE.finditer(text):
        start = found.start()
        blank = 1 if text[start - 1 : start].isspace() else len("&nbsp;") if text.endswith("&nbsp;", 0, start) else 0
        if blank and start - blank >= taken:
            pieces += (text[done:start], '<span class="amp">&amp;</span>')
            done, taken = found.end(1), found.end()
    return "".join((*pieces, text[done:]))


def _between_tags(text: str, smart: Callable[[str, str], str] | None, *, with_capitals: bool) -> str:
    """Convert the texts between tags; `smart` is called with a text and the last character of the one before it."""
    pieces = _TAG.split(text)
    before = ""
    for number in range(0, len(pieces), 2):
        piece = pieces[number]
        if not piece or piece.isspace():
            before = piece[-1:] or before
            continue
        last = piece[-1]
        if smart and _SMART.search(piece):
            piece = smart(piece, before)
        if with_capitals and _MAYBE_CAPITALS.search(piece):
            piece = _CAPITALS.sub(_capitals, piece)
        before = last
        pieces[number] = piece
    return "".join(pieces)


def _smart(text: str, before: str, attributes: int) -> str:
    """Return `text` with escapes, dashes, ellipses and quotes converted; `before` is the character before it."""
    if "\\" in text:
        text = smartypants.process_escapes(text)
    if attributes & smartypants.Attr.w:
        text = text.replace("&quot;", '"')
    if "--" in text:
        text = _replaced(text, _DASHES[attributes])
    if ".." in text or ". ." in text:
        text = _replaced(text, _ELLIPSES)
    if "``" in text or "''" in text:
        text = smartypants.convert_backticks(text)
    return curl_alone(text, before) if text in ("'", '"') else curl(text)


def _replaced(text: str, pairs: Iterable[tuple[str, str]]) -> str:
    for sign, entity in pairs:
        text = text.replace(sign, entity)
    return text


def _capitals(found: re.Match[str]) -> str:
    """Wrap a run of capitals; as in the library, a space after dotted ones stays outside and other text is dropped."""
    if found[1]:
        return f'<span class="caps">{found[1]}</span>'
    letters = found[2]
    tail = " " if letters.endswith(" ") else ""
    return f'<span class="caps">{letters.removesuffix(" ")}</span>{tail}'


def _initial_quotes(text: str) -> str:
    """Wrap a quote at the start of a block or of the text."""
    first = _QUOTE_AT_START.match(text)
    if first:
        return _initial(first) + _QUOTE_IN_BLOCK.sub(_initial, text[first.end() :])
    return _QUOTE_IN_BLOCK.sub(_initial, text)


def _initial(found: re.Match[str]) -> str:
    kind = "dquo" if found[2] else "quo"
    return f'{found[1]}<span class="{kind}">{found[2] or found[3]}</span>'


def _widont(text: str) -> str:
    """Put a no-break space between the last two words of each block and of the text."""
    if _NESTED.search(text):
        return str(filters.widont(text))
    pieces = _BLOCK_END.split(text)
    pieces[::2] = map(_bound, pieces[::2])
    return "".join(pieces)


def _bound(line: str) -> str:
    """Put a no-break space between the last two words of `line`; closing inline tags may follow them."""
    end = len(line.rstrip())
    while line.endswith(_INLINE_ENDS, 0, end):
        end = len(line[: line.rindex("<", 0, end)].rstrip())
    before, word = _last_word(line[:end])
    if not before or "<" in word or ">" in word or before.endswith("<"):
        return line
    if before.endswith(">") and not _INLINE_TAG.fullmatch(before, max(before.rfind("<"), 0)):
        return line
    return f"{before}&nbsp;{line[end - len(word) :]}"


def _last_word(line: str) -> Sequence[str]:
    """Return the text before the last word of `line` and its space, if any, and that word."""
    words = line.rsplit(None, 1)
    return words if len(words) > 1 else ("", "")
