"""Finds inline markup of other dialects, and bare addresses, which some dialects turn into links."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from ...values import dataclass
from .probe import Outcome, Probe, trap, when

_ADDRESS = re.compile(
    r"(?<![\w(<\"'=/\[{`:])https?://(?!localhost|127\.|[\w.-]*example\.)[\w-]+(?:\.[\w-]+)+(?::\d+)?(?:/[^\s<>\"'`\])}|*]*)?"
)
LONGEST_ADDRESS = 60
"""The most characters of an address that a message quotes."""
_DEFINED = re.compile(r"[ \t]*\[(?!\^)[^\[\]]+\]:[ \t]*\S+", re.MULTILINE)
_EMOJI = (
    "smile smiley grin laughing joy wink blush heart eyes tada rocket fire warning bulb memo wave clap pray sparkles "
    "star thinking bug zap rotating_light white_check_mark heavy_check_mark x thumbsup thumbsdown construction lock "
    "point_right point_down information_source boom heart_eyes sob cry sweat_smile stuck_out_tongue cat dog coffee beer"
)


@dataclass(frozen=True, slots=True)
class _Mark:
    """A piece of markup of another dialect."""

    needs: str
    """A string that must be in the text before the pattern is worth trying."""
    pattern: re.Pattern[str]
    """Its group "mark" is what readers see if Markdown does not know the markup; the token goes after it."""
    meaning: str
    """The effect that it lacks here, to complete "readers see …, which"."""
    cure: str


def _mark(needs: str, pattern: str, meaning: str, cure: str) -> _Mark:
    return _Mark(needs, re.compile(pattern, re.MULTILINE), meaning, cure)


_TILDES = r"(?<![~\\\w])(?P<mark>~~)(?=[^\s~])[^~\n]{0,300}?(?<=\S)~~(?!~)"
_BOX = r"^[ \t]*(?:[-*+]|\d+[.)])[ \t]+(?P<mark>\[[ xX]\][ \t]+)(?=\S)"
_EQUALS = r"(?<![=\\\w!<>])(?P<mark>==)(?=[^\s=])[^=\n]{1,200}?(?<=\S)==(?![=\w])"
_TILDE = r"(?<=[A-Za-z)])(?P<mark>~)(?=[A-Za-z0-9+-]{1,8}~(?!~))"
_CARET = r"(?<=[\w)])(?P<mark>\^)(?=[A-Za-z0-9+-]{1,8}\^)"
_DISPLAYED = r"(?<![\\$])(?P<mark>\$\$)(?=(?:[^$\n]|\n(?!\s*\n)){1,2000}?\$\$)"
_FORMULA = r"(?=[^$\n]*(?:[\\^_={}<>+]|(?<=\$)\w\$|(?<=\$)\w[(]))"
_DOLLAR = rf"(?<![\\$\w])(?P<mark>\$)(?=[^\s$\d])(?<=\$){_FORMULA}(?=[^$\n`]{{1,200}}(?<=[^\s\\])\$(?![\w$]))"
_WIKI = r"(?<![\[\\!\]])(?P<mark>\[\[[^\[\]\n]+\]\])(?![(\[:])"
_COLONS = rf"(?:^|(?<=[\s(]))(?P<mark>:)(?=(?:{'|'.join(_EMOJI.split())}):(?:[\s).,!?]|$))"
_INLINE_NOTE = r"(?<![\[\\])(?P<mark>\^\[[^\[\]\n]+\])(?![(\[])"
_CITATION = r"(?<![\\\w])(?P<mark>\[@[\w:.-]+(?:[;,][^\[\]\n]*)?\])(?![(\[:])"
_TAG = r"(?<!\\)(?P<mark>\{%)(?=-?\s*\w+[^%\n]*%\})"
_BREAK = r"(?<=[^\\\n])(?P<mark>\\\n)(?=[ \t]*[^\s])"
_NOTE_CURE = "Write [^name], and a line [^name]: … below."
MARKS = (
    _mark("~~", _TILDES, "does not strike anything out", "Write <del>…</del>."),
    _mark("[", _BOX, "does not make a checkbox", "Write ☐ or ☑, or leave it out."),
    _mark("==", _EQUALS, "does not highlight anything", "Write <mark>…</mark>."),
    _mark("~", _TILDE, "does not make a subscript", "Write <sub>…</sub>."),
    _mark("^", _CARET, "does not make a superscript", "Write <sup>…</sup>."),
    _mark("$$", _DISPLAYED, "does not make a formula", "Write the formula as code, as an image, or in MathML."),
    _mark("$", _DOLLAR, "does not make a formula", "Write <var>x</var>, code or MathML."),
    _mark("[[", _WIKI, "does not make a link", "Write [words]({filename}/essays/file.md)."),
    _mark(":", _COLONS, "does not make an emoji", "Write the character itself, as 🙂."),
    _mark("^[", _INLINE_NOTE, "does not make a footnote", _NOTE_CURE),
    _mark("[@", _CITATION, "does not make a citation", _NOTE_CURE),
    _mark("{%", _TAG, "is a template tag of another program and does nothing", "Write its result instead."),
    _mark("\\\n", _BREAK, "does not break the line", "End the line with two spaces or <br> instead."),
)


def probes(text: str) -> Iterator[Probe]:
    """Yield the probes for the `MARKS` in `text`, whose code is blanked."""
    for mark in MARKS:
        for match in mark.pattern.finditer(text) if mark.needs in text else ():
            yield _probe(mark, match)


def _probe(mark: _Mark, match: re.Match[str]) -> Probe:
    shown = match["mark"]
    what = " ".join((shown.strip() or "\\").split())
    found = trap("unknown-markup", f'readers see "{_short(what)}", which {mark.meaning} here', mark.cure)

    def is_shown(seen: Outcome) -> bool:
        ends = seen.before.rstrip(" \t\n").endswith(what)
        return seen.marked_up and ends and not any("math" in name for name in seen.classes)

    return Probe(match.end("mark"), when(is_shown, found), match.start("mark"))


def addresses(text: str) -> Iterator[Probe]:
    """Yield a probe for each address in the text that is not in brackets, quotes or a definition."""
    if "://" not in text:
        return
    defined = [match.span() for match in _DEFINED.finditer(text)]
    for match in _ADDRESS.finditer(text):
        if any(start <= match.start() < end for start, end in defined):
            continue
        address = match[0].rstrip(".,;:!?")
        found = trap(
            "bare-address", "this address is not a link, so readers cannot follow it", f"Write <{_short(address)}>."
        )
        yield Probe(match.start() + len(address), when(partial(_is_bare, address), found), match.start())


def _is_bare(address: str, seen: Outcome) -> bool:
    return seen.marked_up and "a" not in seen.within and seen.before.endswith(address)


def _short(address: str) -> str:
    return address if len(address) <= LONGEST_ADDRESS else address[: LONGEST_ADDRESS - 1] + "…"
