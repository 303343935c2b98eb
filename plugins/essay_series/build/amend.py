"""An edit that changes words alone: the words are put in the place of the old ones wherever those stand.

Most edits mend a phrase. Nothing else of the site depends on it: no link, note, heading or date is another, and the
essay takes as many minutes. Then the essay's text is converted as ever, and takes the place of its old text in its own
page and in the feeds that hold it. Whatever is not sure, as a text that is not found just once, is left to a whole
build; and what is done here is byte for byte what that would have done.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC
from functools import partial
from pathlib import Path
from typing import Any, NoReturn

from .. import checks
from ..book import Binding, bound
from ..comments import only_markdown_knows
from ..config import SiteConfig
from ..copied import text_of
from ..feeds.body import beginning
from ..feeds.places import Place, in_steps, places
from ..frontmatter import Source, read
from ..manuscript import Manuscript
from ..markup import references
from ..measures import note_marks, reading_minutes
from ..routes import Routes, whole
from .bones import bones, clothed, digest_of_bones
from .kept import ESSAYS, LINKS, key_alone, scan_from, scan_key, scan_words
from .memory import GROUPS
from .store import Result, Store, digest_of_all

AMENDABLE = "amendable"
"""The kind of the results that say what an amendment needs to know; the one of no name is of the whole site."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What holds for every text of a site."""

    realm: str
    """Stands for settings, code and packages."""
    root: str
    """The site's address in feeds."""
    site: str
    """The site's address; empty in a preview."""
    allowed_hosts: tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class Amendable:
    """What holds for one essay."""

    head: str
    """Stands for the lines above its text."""
    around: str
    """Stands for what other sources add to its HTML."""
    editions: tuple[str, ...]
    """The names of the feeds that may hold it."""
    weighed: bool
    """Whether a feed may show more or less of others where this one is longer."""
    quoted: bool = False
    """Whether a feed shows the beginning of its text as its summary."""
    copy: str = ""
    """Where its Markdown stands; empty where it is not published."""
    links: tuple[tuple[str, str], ...] = ()
    """What its links lead to there, by what is written in the source."""
    book: str = ""
    """The path of the page on which its whole series stands; empty where there is none."""
    binding: Binding | None = None
    """How its text is bound there."""


@dataclass(frozen=True, slots=True)
class _Sound:
    """One essay whose source has changed, and shows no more than other words."""

    source: Source
    known: Amendable
    facts: Mapping[str, Any]
    """What is remembered of it."""
    links: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class _Amended:
    """One essay whose words have changed."""

    source: Source
    facts: Mapping[str, Any]
    """What is remembered of it."""
    old: str
    new: str
    """Its text as pages show it, before and after."""
    known: Amendable
    kept: Mapping[str, Result]
    """What the next build shall remember, by the kind of result."""


def put_into_words(value: Terms | Amendable) -> str:
    """Return `value` for the store."""
    return json.dumps(asdict(value))


def head_of(source: Source) -> str:
    """Return what stands for the lines above the text of `source`."""
    return digest_of_all(source.lines[: source.body_line - 1])


def amended(
    store: Store, live: Path, sources: Mapping[str, bytes], html_of: Callable[[str], str]
) -> Mapping[str, bytes] | None:
    """Return the files that other words in `sources` change, by output path; None if that is not all.

    What the next build shall remember of them is left in `store`.

    Args:
        store: what the last build of this output left.
        live: the output folder.
        sources: the files that have changed, by path below the content folder.
        html_of: returns what Markdown and typography make of the source at a path.

    """
    common = store.one(AMENDABLE, "")
    if common is None:
        return None
    terms = _terms(json.loads(common.text))
    sound = [_sound(store, terms, read(path, "essay", data)) for path, data in sources.items() if _knows(store, path)]
    if len(sound) < len(sources) or None in sound:  # nobody waits for the HTML of any, if one is refused
        return None
    essays = []
    for each in filter(None, sound):
        essay = _essay(terms, each, html_of(each.source.path))
        if essay is None:
            return None
        essays.append(essay)
    files = _put_in(live, [edit for essay in essays for edit in _edits(store, terms, essay)])
    if files is not None:
        for kind in (ESSAYS, LINKS):
            store.change(kind, {essay.source.path: essay.kept[kind] for essay in essays})
    return files


def _terms(facts: dict[str, Any]) -> Terms:
    lists = {name: tuple(value) for name, value in facts.items() if isinstance(value, list)}
    return Terms(**facts | lists)


def _knows(store: Store, path: str) -> bool:
    return store.one(AMENDABLE, path) is not None


def _sound(store: Store, terms: Terms, source: Source) -> _Sound | None:
    """Return what is known of the essay of `source`; None if its source alone shows that more than words is another."""
    amendable, kept, scan = (store.one(kind, source.path) for kind in (AMENDABLE, ESSAYS, LINKS))
    if not amendable or not kept or not scan or source.bad_byte:
        return None
    known, facts = _amendable(json.loads(amendable.text)), json.loads(kept.text)
    links = references(source.body, source.body_line)
    if known.head != head_of(source) or not _same(links, scan_from(scan.text)) or only_markdown_knows(source.body):
        return None
    if checks.header.LOST in source.body:  # which is right in code, and only Markdown knows what is code
        return None
    if checks.may_break(Manuscript((source,), frozenset(), _config(terms))):
        return None
    return _Sound(source, known, facts, tuple(links))


def _essay(terms: Terms, sound: _Sound, html: str) -> _Amended | None:
    """Return an essay with its words amended, given its new HTML; None if more than words is another."""
    source, known, facts = sound.source, sound.known, sound.facts
    new = clothed(html, bones(facts["content"])) if digest_of_bones(html) == facts["bones"] else None
    if new is None:
        return None
    measures = [
        reading_minutes,
        note_marks,
        *([in_steps] if known.weighed else []),
        *([beginning] if known.quoted else []),
    ]
    if _differ(facts["content"], new, *measures):
        return None
    remembered = {
        ESSAYS: Result(
            key_alone(source.whole, known.around, terms.realm),
            json.dumps({**facts, "content": new}, ensure_ascii=False),
        ),
        LINKS: Result(scan_key(source, terms.realm), scan_words(sound.links)),
    }
    return _Amended(source, facts, facts["content"], new, known, remembered)


def _same(some: Iterable[Any], others: Iterable[Any]) -> bool:
    """Tell whether two texts lead to the same and show the same images, wherever in them that is written."""
    one, other = ([(each.kind, each.target, each.alt) for each in found] for found in (some, others))
    return one == other


def _differ(old: str, new: str, *measures: Callable[[str], object]) -> bool:
    return any(measure(old) != measure(new) for measure in measures)


Edit = Callable[[str], str | None]
"""Puts words in the place of words in a file; None if the old ones do not stand where they are thought to."""


def _edits(store: Store, terms: Terms, essay: _Amended) -> Iterable[tuple[str, Edit]]:
    """Yield each file that may hold the essay, and what puts its new words there."""
    facts, known = essay.facts, essay.known
    url = whole(terms.root, facts["url"])
    yield facts["path"], partial(_replaced, pairs=[(Place("", essay.old), essay.new)])
    old, new = (tuple(places(text, url, facts["slug"], facts["lang"])) for text in (essay.old, essay.new))
    pairs = [(before, after.text) for before, after in zip(old, new, strict=True)]
    if known.binding:
        before, after = (bound(text, known.binding) for text in (essay.old, essay.new))
        yield known.book, partial(_replaced, pairs=[(Place("", before), after)])
    for name in known.editions:
        group = store.one(GROUPS, name)
        for path in group.text.splitlines() if group else [""]:
            yield path, partial(_replaced, pairs=pairs)
    if known.copy:
        links = dict(known.links)
        text = text_of(essay.source, lambda target: links.get(target, target), _unasked)
        yield known.copy, partial(_followed, head=f"<{whole(terms.site, facts['url'])}>\n\n", text=text)


def _replaced(data: str, pairs: Iterable[tuple[Place, str]]) -> str | None:
    """Return `data` with a text in its place; as it is, where it does not hold the essay."""
    marked = [(place, new) for place, new in pairs if place.mark in data]
    fits = [(place, new) for place, new in marked if data.count(place.text) == 1]
    if marked and not fits:
        return None
    return data.replace(fits[0][0].text, fits[0][1]) if fits else data


def _followed(data: str, head: str, text: str) -> str | None:
    """Return `data` up to the end of `head`, and then `text`."""
    before, known, _ = data.partition(head)
    return before + head + text if known else None


def _put_in(live: Path, edits: Iterable[tuple[str, Edit]]) -> Mapping[str, bytes] | None:
    """Return the files of `live` that `edits` change; None if a text does not stand where it is thought to."""
    files: dict[str, str] = {}
    for path, edit in edits:
        before = files[path] if path in files else (live / path).read_bytes().decode()
        after = edit(before)
        if after is None:
            return None
        if after != before:
            files[path] = after
    return {path: text.encode() for path, text in files.items()}


def _amendable(facts: dict[str, Any]) -> Amendable:
    binding = facts["binding"]
    if binding:
        binding = Binding(**binding | {"targets": tuple((address, name) for address, name in binding["targets"])})
    lists = {"editions": tuple(facts["editions"]), "links": tuple((target, to) for target, to in facts["links"])}
    return Amendable(**facts | lists | {"binding": binding})


def _unasked(*_: object) -> NoReturn:
    raise NotImplementedError


def _config(terms: Terms) -> SiteConfig:
    """Return all that checks of words ask for; they know of no other source and of no date."""
    return SiteConfig(
        content="",
        routes=Routes({}),
        default_lang="",
        timezone=UTC,
        now=None,
        needs_date=False,
        slugify=_unasked,
        slug_from_file=False,
        inherited=lambda _: {},  # where a draft's words would be right, a whole build finds that out
        address=_unasked,
        lenient_date=_unasked,
        to_html=_unasked,
        to_html_with_comments=_unasked,
        allowed_hosts=None if terms.allowed_hosts is None else frozenset(terms.allowed_hosts),
    )
