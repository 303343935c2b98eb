"""The secrets of a manuscript, in its unpublished sources, and the public texts in the published ones."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import PurePosixPath

from ...claims import Case, Correction
from ...htmltext import texts_in
from ...model import DRAFT, HIDDEN, PUBLISHED, Address, Essay, PlannedPart
from ...sources.attached import files_of_drafts, withheld_files
from ...sources.comments import uncommented
from ...sources.declare import case_from, correction_from, names_in, planned_from, sides_of, slug_from
from ...sources.frontmatter import Field, Source
from ...sources.keys import LINES, Type, key_called
from ...sources.manuscript import Manuscript
from ...sources.published import Published
from .normalize import words_of
from .phrases import LENGTH, Secret

_SENTENCE_END = re.compile(r"(?<=[.!?])[\"'\u201d\u2019)\]*_]*\s+|\n\s*\n|\n(?=[ \t]*(?:[-+*>#|]|\d+[.)])\s)|\|")
_TARGET = re.compile(r"\]\((?P<target>[^()\n]*(?:\([^()\n]*\)[^()\n]*)*)\)")
_MARK = re.compile(r"\]\[[^\[\]\n]*\]|\[\^[^\[\]\n]*\]:?|\{[:#.][^{}\n]*\}")
_DEFINITION = re.compile(r"^ {0,3}\[[^\[\]\n]+\]:(?P<target>.*)$", re.MULTILINE)
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:\S+", re.IGNORECASE)
_TITLE = re.compile(r"[\"'](?P<title>[^\"'\n]+)[\"']\s*$")

_CURE_OF_COMMENT = "Remove it there, or say it in the text."
_CURE_OF_KEY = 'Remove it there, or declare the key public: PUBLIC_KEYS = ["{}"].'


def secrets(manuscript: Manuscript) -> Iterator[Secret]:
    """Yield everything that must not be in a published file, hidden essays first: they have pages of their own."""
    unpublished = [source for source in manuscript.sources if not manuscript.is_public(source)]
    own = pages_of_hidden(manuscript)
    for source in sorted(unpublished, key=lambda source: source.path not in own):
        allowed = own.get(source.path, frozenset())
        yield from (replace(secret, allowed=allowed) for secret in _secrets_of(source, manuscript))
    for path, found in manuscript.comments.items():
        for sentence in _sentences("\n\n".join(manuscript.by_path[path].body[each.start : each.end] for each in found)):
            yield Secret(path, "a comment", sentence, cure=_CURE_OF_COMMENT)
    yield from _unknown_keys(manuscript)
    for path in sorted(files_of_drafts(manuscript)):
        if len(words_of(PurePosixPath(path).stem)) > 1:
            yield Secret(path, "the name", PurePosixPath(path).stem)


def public_texts(manuscript: Manuscript) -> Iterator[str]:
    """Yield all texts that are public, as their authors wrote them."""
    for source in filter(manuscript.is_public, manuscript.sources):
        for field in source.fields.values():
            yield from (value.text for value in field.values if _is_shown(field, source, manuscript))
        body = uncommented(_words(source), manuscript.comments.get(source.path, ()), " ")
        yield _plain(body)
        for match in (*_TARGET.finditer(body), *_DEFINITION.finditer(body)):
            yield from _ELSEWHERE.findall(match["target"])
            yield from _TITLE.findall(match["target"])
    published = Published.of(manuscript)
    yield from _public_addresses(manuscript)
    yield from (move.then for move in published.moves if manuscript.is_public(manuscript.by_path[move.source]))
    yield from (f"{topic.title}. {topic.description}" for topic in published.topics)
    yield from (manuscript.config.name, manuscript.config.root)


def secret_addresses(manuscript: Manuscript) -> Mapping[str, Secret]:
    """Return every address that an unpublished source has or would have, without slashes at its ends."""
    own, public = pages_of_hidden(manuscript), set(map(_bare, _public_addresses(manuscript)))
    found: dict[str, Secret] = {}
    for essay in manuscript.essays.values():
        if essay.status == PUBLISHED:
            continue
        for address in _addresses(essay, manuscript):
            for bare in (_bare(address.url), _bare(address.path)):
                if bare and bare not in public:
                    secret = Secret(essay.source, "the address", f"/{bare}", own.get(essay.source, frozenset()))
                    found.setdefault(bare, secret)
    for path in withheld_files(manuscript):
        found.setdefault(path, Secret(path, "the file", path))
    return found


def pages_of_hidden(manuscript: Manuscript) -> Mapping[str, frozenset[str]]:
    """Return the output paths of the pages of each hidden essay, in all languages, by source."""
    hidden = [essay for essay in manuscript.essays.values() if essay.status == HIDDEN]
    moves = Published.of(manuscript).moves
    pages: dict[str, set[str]] = {}
    for essay in hidden:
        former = {move.then.strip("/") for move in moves if move.source == essay.source}
        paths = {essay.address.path, *former, *(f"{path}/index.html".lstrip("/") for path in former)}
        pages.setdefault(essay.slug, set()).update(paths)
    return {essay.source: frozenset(pages[essay.slug]) for essay in hidden}


def _public_addresses(manuscript: Manuscript) -> Iterator[str]:
    """Yield every public address."""
    for path, address in manuscript.addresses.items():
        if manuscript.is_public(manuscript.by_path[path]):
            yield address.url
    yield from (place.url for place in Published.of(manuscript).generated)


def _secrets_of(source: Source, manuscript: Manuscript) -> Iterator[Secret]:
    for field in (*source.fields.values(), *source.repeated):
        yield from _secrets_under(field, source)
    yield Secret(source.path, "the file name", PurePosixPath(source.path).stem)
    title = manuscript.text(source, "title")
    slug = manuscript.text(source, "slug") or slug_from(source.path, title, manuscript.config)
    yield Secret(source.path, "the slug", slug)
    yield from (Secret(source.path, "a sentence", sentence) for sentence in _sentences(_words(source)))


def _words(source: Source) -> str:
    """Return the text of `source` in Markdown, or the text in its HTML."""
    return source.body if source.html is None else "".join(texts_in(source.html))


def _sentences(markdown: str) -> Iterator[str]:
    """Yield the sentences of `markdown` that are long enough not to match by chance."""
    for sentence in _SENTENCE_END.split(_plain(markdown)):
        if len(words_of(sentence)) >= LENGTH:
            yield " ".join(sentence.split())


def _secrets_under(field: Field, source: Source) -> Iterator[Secret]:
    """Yield the values of `field`, unless its key is neutral: then they reveal nothing."""
    key, name = key_called(field.name, source.kind), field.name.lower()
    if key and key.neutral:
        return
    lines = [value.text.strip() for value in field.values]
    if key and key.type in LINES:
        for line in lines:
            parts = list(_texts_in(key.type, line, sides_of(source))) or [(f"the {name}", line)]
            yield from (Secret(source.path, what, text) for what, text in parts)
    elif key and key.type == "names":
        yield from (Secret(source.path, f"one of the {name}", each) for line in lines for each in names_in(line))
    else:
        yield from (Secret(source.path, f"the {name}", text) for text in dict.fromkeys([*lines, " ".join(lines)]))


def _texts_in(form: Type, line: str, names: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield a description and the text of each part of a structured line; dates, sides and labels are not secret."""
    if form == "plan" and isinstance(part := planned_from(line, names), PlannedPart):
        yield "a planned part", part.title
    elif form == "correction" and isinstance(correction := correction_from(line), Correction):
        yield from (("a correction", correction.wrong), ("a correction", correction.right))
    elif form == "case" and isinstance(case := case_from(line), Case):
        yield "a case", case.name


def _is_shown(field: Field, source: Source, manuscript: Manuscript) -> bool:
    """Tell whether the key of `field` is public in the published `source`."""
    key = key_called(field.name, source.kind)
    return key.public if key else field.name.lower() in manuscript.config.public_keys


def _unknown_keys(manuscript: Manuscript) -> Iterator[Secret]:
    """Yield the values of unknown keys in published sources; a single word would match by chance."""
    for source in filter(manuscript.is_public, manuscript.sources):
        for field in source.fields.values():
            if key_called(field.name, source.kind) or _is_shown(field, source, manuscript):
                continue
            for secret in _secrets_under(field, source):
                if len(words_of(secret.words)) > 1:
                    yield replace(secret, reason="a key that is not public", cure=_CURE_OF_KEY.format(field.name))


def _plain(markdown: str) -> str:
    """Return the text of `markdown` without link targets, references to notes, and emphasis."""
    text = _DEFINITION.sub("", _TARGET.sub("]", _MARK.sub("]", markdown)))
    return re.sub(r"\\(?=[^\w\s])|(?<=\S)\*+|\*+(?=\S)|(?<=\w)\]+(?=\w)", "", text)


def _addresses(essay: Essay, manuscript: Manuscript) -> Iterator[Address]:
    yield essay.address
    for status in (PUBLISHED, DRAFT):
        yield manuscript.address_with(essay.source, status=status)


def _bare(address: str) -> str:
    return address.strip("/").removesuffix("index.html").strip("/")
