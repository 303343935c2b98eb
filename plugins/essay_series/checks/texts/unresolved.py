"""Checks of links that Pelican does not resolve, and of images that browsers do not show."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

from ...htmltext import Element, Places
from ...sources.frontmatter import Source
from ...sources.manuscript import Manuscript
from ...sources.markup import INDICATORS, split_target
from ...sources.masked import without_code
from ..problem import Flaw, at, check, short

_WHAT = "|".join(INDICATORS)
_WRITTEN = re.compile(rf"\{{\s*(?:{_WHAT})\s*\}}[^\s\"'<>(){{}}|]+", re.IGNORECASE)
_BEGINS = re.compile(rf"\s*[{{|]\s*(?:{_WHAT})\s*[}}|]", re.IGNORECASE)
_RESOLVED = re.compile(
    r"<[^>]+(?:href|src|poster|data|cite|formaction|action|content)\s*=\s*"
    r"(?P<quote>[\"'])(?P<target>[{|](?P<what>.*?)[|}](?P<value>.*?))(?P=quote)"
)
"""What Pelican turns into an address: the last one in a tag, in these attributes, in quotation marks."""
_ESCAPED = re.compile(r"\\\[[^\[\]]*\]\(<?$")
"""The text before a target that its author shows literally, with a backslash."""
_DEFINES = re.compile(r" {0,3}\[[^\[\]]+\]:\s*<?")
_UNSHOWN = frozenset(
    f".{name}"
    for name in (
        *("heic", "heif", "tif", "tiff", "psd", "xcf", "ai", "eps", "indd", "jp2", "j2k", "jpx", "wmf", "emf", "tga"),
        *("pcx", "raw", "dng", "cr2", "cr3", "nef", "arw", "orf", "rw2"),
    )
)
_IN_HTML = 'Put it in quotation marks, one per element, in href, src, poster or the like: <img src="{static}…">.'
_IN_DEFINITION = "Write %20 for each space in the address, and put a title in quotation marks."
_IN_MARKDOWN = "Write it as a link, [words]({filename}…), or as code, between backticks."


@check
def check_unresolved_link(manuscript: Manuscript) -> Iterator[Flaw]:
    """A link to a source or a file is in a form that Pelican does not resolve, so readers would see its braces.

    Bad: ``<a href={filename}two.md>``, ``<img srcset="{static}/images/a.png 2x" …>``, ``[two]: <{filename}b c.md>``.
    Good: ``<a href="{filename}two.md">``, ``[two]: {filename}b%20c.md``; one such link in each element.
    """
    for source in manuscript.unchecked:
        if "{" not in source.body and "|" not in source.body:
            continue
        place = Places(source.body, source.body_line)
        for offset, target in sorted(_unresolved(source, manuscript, place).items()):
            line, column = place(offset)
            before = source.lines[line - 1][: column - 1]
            if _ESCAPED.search(before):
                continue
            hint = _IN_HTML if _is_in_tag(offset, manuscript.elements[source.path]) else _IN_MARKDOWN
            hint = _IN_DEFINITION if _DEFINES.fullmatch(before) else hint
            yield Flaw(source.path, line, column, f'"{short(target)}" would be printed as written', hint)


@check
def check_unshown_image(manuscript: Manuscript) -> Iterator[Flaw]:
    """An image is in a format of cameras or drawing programs, which most browsers do not show.

    Bad: ``![A match]({static}/images/match.heic)``.
    Good: ``![A match]({static}/images/match.jpg)``; a link to the original file, if readers should have it.
    """
    for source in manuscript.unchecked:
        offers = {(each.line, each.column) for each in manuscript.elements[source.path] if each.name == "source"}
        for each in manuscript.references[source.path]:
            kind = PurePosixPath(split_target(each.target)[1]).suffix
            if each.kind == "image" and kind.lower() in _UNSHOWN and (each.line, each.column) not in offers:
                hint = "Save it as JPEG, PNG or WebP, and show that."
                yield at(source.path, each, f"browsers do not show {kind} images", hint)


def resolved_in(tag: str) -> list[int]:
    """Return the offsets in `tag` of the targets that Pelican turns into addresses."""
    return [match.start("target") for match in _RESOLVED.finditer(tag) if match["what"] in INDICATORS]


def _unresolved(source: Source, manuscript: Manuscript, place: Places) -> dict[int, str]:
    """Return each link in `source` that Pelican does not resolve, by its offset in the text."""
    tags = manuscript.elements[source.path]
    in_html = {each.start: each for tag in tags for each in tag.addresses()}
    resolved = {tag.start + at for tag in tags for at in resolved_in(tag.written)}
    in_markdown = {place.offset(*each.target_at) for each in manuscript.references[source.path]} - in_html.keys()
    found = {match.start(): match[0] for match in _WRITTEN.finditer(without_code(source.body))}
    for each in in_html.values():
        if _BEGINS.match(each.value):
            target = each.written.lstrip()
            found[each.start + len(each.written) - len(target)] = target
    return {at: target for at, target in found.items() if at not in resolved | in_markdown}


def _is_in_tag(at: int, tags: Iterable[Element]) -> bool:
    return any(tag.start <= at < tag.end for tag in tags)
