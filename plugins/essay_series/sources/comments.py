"""Finds comments in sources and removes them, so that nothing an author comments out is ever published.

HTML defines where a comment ends: at the first ``-->`` or ``--!>``. Whether ``<!--`` starts one, or is only shown in a
code span or code block, depends on all of Markdown's rules. Where there may be code, Markdown itself therefore decides.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from ..htmltext import texts_in
from ..values import dataclass
from .fences import fenced_blocks

ToHtml = Callable[[str], str]
"""Turns Markdown into HTML."""

_OPENING = re.compile(r"<!--|<!\[|<\?|^ {0,3}(?P<declaration><![A-Za-z])", re.MULTILINE)
_COMMENT_END = re.compile(r"--!?>")
_STRAY = re.compile(r"(?<!`)-->")
_EMPTY = re.compile(r"<!---?>")
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n")
_CODE_INDENT = re.compile(r"\t| {4}")
_CHANGES_MORE = re.compile(r"[`~\n]")
"""Characters in a comment that can change how Markdown reads the text after it."""
_MARKS = re.compile(r"[\s>]*(?:[-*+:]|\d+[.)]|#+|\[\^[^\]\n]*\]:)?\s*")
"""Block markers that may come before the first word of a line."""
_TOKEN = re.compile(r"zq(\d+)qz")
# A regular expression rather than a parser: the rest of the HTML must stay the same byte for byte
_HTML = re.compile(
    r"(?P<kept><(?P<name>script|style|textarea|title)\b[^>]*>.*?</(?P=name)\s*>"
    r"|</?[A-Za-z](?:\"[^\"]*\"|'[^']*'|[^'\"<>])*>)"
    r"|<!---?>|<!--.*?(?:--!?>|\Z)|<!\[CDATA\[.*?(?:\]\]>|\Z)|<\?.*?(?:\?>|\Z)|<![^>]*(?:>|\Z)",
    re.DOTALL | re.IGNORECASE,
)
"""Comments of every kind in HTML; the group "kept" matches what only looks like one, as in scripts and attributes."""


@dataclass(frozen=True, slots=True)
class Comment:
    """The offsets of a comment in a text."""

    start: int
    end: int
    """The end of the text if the comment is never closed."""
    closed: bool = True


def comments(text: str, to_html: ToHtml) -> list[Comment]:
    """Return every comment in the Markdown `text`, in order, except those that are shown as code.

    Processing instructions, declarations and CDATA sections are included, since browsers treat them as comments.
    `to_html` converts Markdown with the site's extensions; it is called only if there may be code.
    """
    found: list[Comment] = []
    in_code: set[int] | None = None
    fences, at = fenced_blocks(text), 0
    while each := _next(text, at, fences):
        if in_code is None and _may_be_code(text, each.start):
            in_code = _shown_in_code(text, found, each.start, to_html)
        if in_code and each.start in in_code:
            at = each.start + 1
            continue
        found.append(each)
        at = each.end
        if _CHANGES_MORE.search(text, each.start, each.end) or not _before(text, each).strip():
            in_code = None
    return found


def uncommented(text: str, found: Sequence[Comment], mark: str = "") -> str:
    """Return the Markdown `text` without its comments `found`.

    `mark` replaces a comment that is alone on its lines. Such a comment separates two lists, or a list from the code
    below it, so removing it would merge them.
    """
    parts: list[str] = []
    line, at = "", 0
    for each in found:
        parts.append(text[at : each.start])
        line = (line + parts[-1]).rpartition("\n")[2]
        rest = text[each.end :].partition("\n")[0]
        blank = len(rest) - len(rest.lstrip(" \t"))
        ends, begins = blank == len(rest), bool(_MARKS.fullmatch(line))
        if ends and begins:
            parts.append(mark)
            line += mark
        elif ends:
            parts[-1] = parts[-1].rstrip(" \t")
        at = each.end + (blank if begins or ends or line.endswith((" ", "\t")) else 0)
    return "".join([*parts, text[at:]])


def left_open(text: str, found: Sequence[Comment]) -> Iterator[tuple[int, int]]:
    """Yield the offsets of the start and the missing end of each comment that probably ends too early or never.

    That is a comment that is not closed, or one that is followed by a second ``-->``: HTML ends the comment at the
    first, so readers would see the text between the two.
    """
    for number, each in enumerate(found):
        if not each.closed:
            yield each.start, each.start
            continue
        inside = text[each.start + 4 : each.end]
        odd = _EMPTY.match(text, each.start) or "<!--" in inside or "`-->" in inside
        if odd and text.startswith("<!--", each.start):
            until = found[number + 1].start if number + 1 < len(found) else len(text)
            if stray := _STRAY.search(text, each.end, until):
                yield each.start, stray.start()


def without_comments(html: str) -> str:
    """Return `html` without comments, processing instructions, declarations and CDATA sections."""
    if "<!" not in html and "<?" not in html:
        return html
    return _HTML.sub(lambda found: found["kept"] or "", html)


def value_without_comments(value: str) -> str:
    """Return a front matter value, which is plain text, without comments."""
    return "\n".join(text for text, _ in words_by_line(value) if text) if "<!--" in value else value


def words_by_line(value: str) -> list[tuple[str, int]]:
    """Return each line of a front matter value without comments, and how many characters were removed before it."""
    for each in reversed(in_value(value)):
        gone = re.sub(r"[^\n]", "\0", value[each.start : each.end])
        value = f"{value[: each.start]}{gone}{value[each.end :]}"
    lines = value.split("\n")
    return [(re.sub(r" *\0+ *", " ", line).strip(), len(line) - len(line.lstrip(" \0"))) for line in lines]


def in_value(value: str) -> list[Comment]:
    """Return the comments in a front matter value, which cannot contain code."""
    found: list[Comment] = []
    while "<!--" in value and (each := _next(value, found[-1].end if found else 0, ())):
        found.append(each)
    return found


def _next(text: str, at: int, fences: Sequence[tuple[int, int]]) -> Comment | None:
    """Return the first comment at or after the offset `at`; it may turn out to be inside code."""
    while opening := _OPENING.search(text, at):
        start = opening.start("declaration") if opening["declaration"] else opening.start()
        if found := _from(text, start, fences):
            return found
        at = opening.end()
    return None


def _from(text: str, start: int, fences: Sequence[tuple[int, int]]) -> Comment | None:
    """Return the comment that starts at `start`; None if the characters there do not start one."""
    if text.startswith("<!--", start):
        end = end_of_comment(text, start, fences)
        return Comment(start, end or len(text), closed=bool(end))
    if text.startswith("<![CDATA[", start):
        end = text.find("]]>", start)
        return Comment(start, end + 3 if end >= 0 else len(text), closed=end >= 0)
    close = "?>" if text.startswith("<?", start) else ">"
    begins_line = not text[text.rfind("\n", 0, start) + 1 : start].strip(" ")
    blank = _BLANK_LINE.search(text, start)
    until = blank.start() if blank and not (begins_line and close == "?>") else len(text)
    end = text.find(close, start, until)
    return Comment(start, end + len(close)) if end >= 0 else None


def end_of_comment(text: str, start: int, fences: Sequence[tuple[int, int]] = ()) -> int:
    """Return the offset at which the comment that starts at `start` ends; 0 if it is never closed.

    An end inside one of the `fences`, the spans of fenced code blocks, does not count if the block starts in the
    comment.
    """
    if empty := _EMPTY.match(text, start):
        return empty.end()
    at = start + 4
    while end := _COMMENT_END.search(text, at):
        number = bisect_right(fences, (end.start(), len(text))) - 1
        if number < 0 or fences[number][1] < end.end() or fences[number][0] < start:
            return end.end()
        at = fences[number][1]
    return 0


def _before(text: str, comment: Comment) -> str:
    return text[text.rfind("\n", 0, comment.start) + 1 : comment.start]


def _may_be_code(text: str, start: int) -> bool:
    """Tell whether `start` may be inside code."""
    line = text.rfind("\n", 0, start) + 1
    in_span = text.find("`", max(text.rfind("\n\n", 0, start), 0), start) >= 0
    return in_span or "~~~" in text[:start] or "```" in text[:start] or bool(_CODE_INDENT.search(text, line, start))


def _shown_in_code(text: str, before: Sequence[Comment], start: int, to_html: ToHtml) -> set[int]:
    """Return the offsets from `start` on at which Markdown shows the start of a comment as code.

    Each opening sign is replaced by a complete comment with a number in it, so that Markdown treats the line as it
    would treat the comment, and the text after the sign as it would if the sign were code.
    """
    opening = [match.start("declaration") if match["declaration"] else match.start() for match in _signs(text, start)]
    parts = [uncommented(text[:start], before, "<!---->")]
    for number, (at, until) in enumerate(pairwise([*opening, len(text)])):
        parts.append(f"<!--zq{number}qz-->{text[at:until].removeprefix('<!--')}")
    shown = (token for words in texts_in(to_html("".join(parts)), in_code=True) for token in _TOKEN.finditer(words))
    return {opening[int(token[1])] for token in shown}


def _signs(text: str, start: int) -> Iterator[re.Match[str]]:
    """Yield the opening signs from `start` on; a match may begin earlier in its line, with the indentation."""
    line = text.rfind("\n", 0, start) + 1
    yield from (match for match in _OPENING.finditer(text, line) if match.end() > start)
