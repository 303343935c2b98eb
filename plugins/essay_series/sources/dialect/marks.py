"""Marks within a text that other dialects know, and addresses that others make links of."""

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
"""So much of an address can a message quote."""
_DEFINED = re.compile(r"[ \t]*\[(?!\^)[^\[\]]+\]:[ \t]*\S+", re.MULTILINE)
_EMOJI = (
    "smile smiley grin laughing joy wink blush heart eyes tada rocket fire warning bulb memo wave clap pray sparkles "
    "star thinking bug zap rotating_light white_check_mark heavy_check_mark x thumbsup thumbsdown construction lock "
    "point_right point_down information_source boom heart_eyes sob cry sweat_smile stuck_out_tongue cat dog coffee beer"
)


@dataclass(frozen=True, slots=True)
class _Mark:
    """A mark of another dialect."""

    needs: str
    """What a text must hold for it."""
    pattern: re.Pattern[str]
    """Its group "mark" is what readers see if Markdown does not know it; the token goes behind that."""
    meaning: str
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
    _mark("~~", _TILDES, "strikes nothing out", "Write <del>…</del>."),
    _mark("[", _BOX, "makes no box to tick", "Write ☐ or ☑, or leave it out."),
    _mark("==", _EQUALS, "highlights nothing", "Write <mark>…</mark>."),
    _mark("~", _TILDE, "lowers nothing", "Write <sub>…</sub>."),
    _mark("^", _CARET, "raises nothing", "Write <sup>…</sup>."),
    _mark("$$", _DISPLAYED, "sets no formula", "Write the formula as code, as an image, or in MathML."),
    _mark("$", _DOLLAR, "sets no formula", "Write <var>x</var>, code or MathML."),
    _mark("[[", _WIKI, "links to nothing", "Write [words]({filename}/essays/file.md)."),
    _mark(":", _COLONS, "makes no picture", "Write the character itself, as 🙂."),
    _mark("^[", _INLINE_NOTE, "makes no note", _NOTE_CURE),
    _mark("[@", _CITATION, "cites nothing", _NOTE_CURE),
    _mark("{%", _TAG, "is a tag of another program, and does nothing", "Write what it would have made."),
    _mark("\\\n", _BREAK, "breaks no line", "End the line with two blanks instead, or with <br>."),
)
"""What is looked for, each with what it does not do here, and what does it."""


def probes(text: str) -> Iterator[Probe]:
    """Yield what is to be asked about the marks in `text`, whose code is blanked."""
    for mark in MARKS:
        for match in mark.pattern.finditer(text) if mark.needs in text else ():
            yield _probe(mark, match)


def _probe(mark: _Mark, match: re.Match[str]) -> Probe:
    shown = match["mark"]
    what = " ".join((shown.strip() or "\\").split())
    told = trap("unknown-markup", f'readers see "{_short(what)}", which {mark.meaning} here', mark.cure)

    def is_shown(seen: Outcome) -> bool:
        ends = seen.before.rstrip(" \t\n").endswith(what)
        return seen.marked_up and ends and not any("math" in name for name in seen.classes)

    return Probe(match.end("mark"), when(is_shown, told), match.start("mark"))


def addresses(text: str) -> Iterator[Probe]:
    """Yield what is to be asked about addresses that stand in the text as they are."""
    if "://" not in text:
        return
    defined = [match.span() for match in _DEFINED.finditer(text)]
    for match in _ADDRESS.finditer(text):
        if any(start <= match.start() < end for start, end in defined):
            continue
        address = match[0].rstrip(".,;:!?")
        told = trap(
            "bare-address", "readers cannot follow this address, which is no link here", f"Write <{_short(address)}>."
        )

        yield Probe(match.start() + len(address), when(partial(_is_bare, address), told), match.start())


def _is_bare(address: str, seen: Outcome) -> bool:
    return seen.marked_up and "a" not in seen.within and seen.before.endswith(address)


def _short(address: str) -> str:
    return address if len(address) <= LONGEST_ADDRESS else address[: LONGEST_ADDRESS - 1] + "…"
