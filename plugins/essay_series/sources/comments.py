"""Comments: where they stand in a source, and texts without them. What an author comments out, no reader may find.

HTML says where a comment ends: at the first ``-->`` or ``--!>``. Whether ``<!--`` begins one, or is only shown in a
code span or a block of code, depends on all of Markdown's rules, so where there may be code, Markdown itself is asked.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from ..htmltext import said
from ..values import dataclass

ToHtml = Callable[[str], str]
"""Turns Markdown into HTML."""

_OPENING = re.compile(r"<!--|<!\[|<\?|^ {0,3}(?P<declaration><![A-Za-z])", re.MULTILINE)
_COMMENT_END = re.compile(r"--!?>")
_STRAY = re.compile(r"(?<!`)-->")
_EMPTY = re.compile(r"<!---?>")
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n")
_FENCED = re.compile(r"^(?P<fence>~{3,}|`{3,})[^`\n]*\n(?:.*\n)*?(?P=fence)[ ]*$", re.MULTILINE)
_FENCE = re.compile(r"^(?:~~~|```)", re.MULTILINE)
_CODE_INDENT = re.compile(r"\t| {4}")
_CHANGES_MORE = re.compile(r"[`~\n]")
"""What a comment must hold to change what Markdown makes of the text behind it."""
_MARKS = re.compile(r"[\s>]*(?:[-*+:]|\d+[.)]|#+|\[\^[^\]\n]*\]:)?\s*")
"""What may stand in a line before its words."""
_TOKEN = re.compile(r"zq(\d+)qz")
# A pattern, since what is left of the HTML stays byte for byte
_HTML = re.compile(
    r"(?P<kept><(?P<name>script|style|textarea|title)\b[^>]*>.*?</(?P=name)\s*>"
    r"|</?[A-Za-z](?:\"[^\"]*\"|'[^']*'|[^'\"<>])*>)"
    r"|<!---?>|<!--.*?(?:--!?>|\Z)|<!\[CDATA\[.*?(?:\]\]>|\Z)|<\?.*?(?:\?>|\Z)|<![^>]*(?:>|\Z)",
    re.DOTALL | re.IGNORECASE,
)
"""In HTML, what holds no comment whatever it looks like, and comments of every kind."""


@dataclass(frozen=True, slots=True)
class Comment:
    """Something in a source that is not meant for readers."""

    start: int
    end: int
    """Where it ends, which is the text's end if nothing closes it."""
    closed: bool = True


def comments(text: str, to_html: ToHtml) -> list[Comment]:
    """Return every comment in the Markdown `text`, in order; what looks like one in code is none.

    Processing instructions, declarations and sections of CDATA, which browsers take for comments, are returned too.

    Args:
        text: a source without its header.
        to_html: Markdown as the site has it set up; asked only where there may be code.

    """
    found: list[Comment] = []
    in_code: set[int] | None = None
    fences, at = _fences(text), 0
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
    """Return `text` without the comments `found` in it.

    Args:
        text: Markdown.
        found: its comments.
        mark: what is put in the place of those that stand alone. Such a comment keeps two lists apart, or a list and
            the code below it, so that Markdown must be given something in its place.

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
    """Yield the start of each comment whose author may have meant more of `text`, and where its end is missing.

    That is one that nothing closes, or one behind which a second ``-->`` follows that closes nothing: HTML has ended
    the comment at the first, so that readers would see the text between the two.
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
    """Return `html` without comments, processing instructions, declarations and sections of CDATA."""
    if "<!" not in html and "<?" not in html:
        return html
    return _HTML.sub(lambda found: found["kept"] or "", html)


def words_alone(value: str) -> str:
    """Return a value of front matter, which is plain text, without comments."""
    return "\n".join(text for text, _ in words_by_line(value) if text) if "<!--" in value else value


def words_by_line(value: str) -> list[tuple[str, int]]:
    """Return each line of a value of front matter without comments, and how many characters are gone before it."""
    for each in reversed(in_value(value)):
        gone = re.sub(r"[^\n]", "\0", value[each.start : each.end])
        value = f"{value[: each.start]}{gone}{value[each.end :]}"
    lines = value.split("\n")
    return [(re.sub(r" *\0+ *", " ", line).strip(), len(line) - len(line.lstrip(" \0"))) for line in lines]


def in_value(value: str) -> list[Comment]:
    """Return the comments in a value of front matter, which holds no code."""
    return list(_if_no_code(value)) if "<!--" in value else []


def _if_no_code(text: str) -> Iterator[Comment]:
    fences, at = _fences(text), 0
    while each := _next(text, at, fences):
        yield each
        at = each.end


def _next(text: str, at: int, fences: Sequence[tuple[int, int]]) -> Comment | None:
    """Return the first thing from `at` on that is a comment if it does not stand in code."""
    while opening := _OPENING.search(text, at):
        start = opening.start("declaration") if opening["declaration"] else opening.start()
        if found := _from(text, start, fences):
            return found
        at = opening.end()
    return None


def _fences(text: str) -> list[tuple[int, int]]:
    return [match.span() for match in _FENCED.finditer(text)] if _FENCE.search(text) else []


def _from(text: str, start: int, fences: Sequence[tuple[int, int]]) -> Comment | None:
    """Return what begins at `start`; None where it is no more than these signs."""
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
    """Return where the comment that begins at `start` ends, 0 if it does not; not in one of the `fences` within it."""
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
    """Tell whether code may hold what begins at `start`."""
    line = text.rfind("\n", 0, start) + 1
    in_span = text.find("`", max(text.rfind("\n\n", 0, start), 0), start) >= 0
    return in_span or "~~~" in text[:start] or "```" in text[:start] or bool(_CODE_INDENT.search(text, line, start))


def _shown_in_code(text: str, before: Sequence[Comment], start: int, to_html: ToHtml) -> set[int]:
    """Return where from `start` on in `text` signs of comments stand that Markdown shows as code.

    Markdown is given a whole comment in the place of each sign, so that it treats that line as it would treat the
    comment, and what follows the sign as it would if that were code.
    """
    opening = [match.start("declaration") if match["declaration"] else match.start() for match in _signs(text, start)]
    parts = [uncommented(text[:start], before, "<!---->")]
    for number, (at, until) in enumerate(pairwise([*opening, len(text)])):
        parts.append(f"<!--zq{number}qz-->{text[at:until].removeprefix('<!--')}")
    shown = (token for words in said(to_html("".join(parts)), in_code=True) for token in _TOKEN.finditer(words))
    return {opening[int(token[1])] for token in shown}


def _signs(text: str, start: int) -> Iterator[re.Match[str]]:
    """Yield the signs of comments from `start` on, of which the first is one; it may be behind blanks in its line."""
    line = text.rfind("\n", 0, start) + 1
    yield from (match for match in _OPENING.finditer(text, line) if match.end() > start)
