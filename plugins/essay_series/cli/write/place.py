"""Where a new file goes: its slug, its path, and that it harms nothing that is there."""

from __future__ import annotations

import os
import tempfile
from dataclasses import replace
from pathlib import Path, PurePosixPath

from ... import checks
from ...checks.problem import Problem
from ...config import SiteConfig
from ...model import DRAFT
from ...sources.declare import slug_from
from ...sources.frontmatter import Kind, Source, read
from ...sources.manuscript import Manuscript
from ..command import CommandError, Words, word

LONGEST = 60
"""Letters of a slug that is made from a title; it is cut at a word."""
_ADDRESSES = ("repeated-address", "taken-alias", "unsafe-path", "unusable-slug")
"""The mistakes of a draft that would only show once it is published, and that its file's name decides."""


def title_from(words: Words, example: str) -> str:
    """Return the title that the author gave.

    Raises:
        CommandError: there is none; the text shows `example`.

    """
    title = word(words, "TITLE")
    if not title:
        raise CommandError(f"Give the title: {example}")
    return title


def slug_of(title: str, config: SiteConfig) -> str:
    """Return the slug that a new file with `title` gets: the site's own, cut at a word; empty if there is none."""
    whole = config.slugify(title)
    if len(whole) <= LONGEST:
        return whole
    return whole[: LONGEST + 1].rpartition("-")[0].rstrip("-") or whole[:LONGEST]


def chosen_slug(title: str, given: str, config: SiteConfig) -> str:
    """Return the slug that the author gave, or the one of the title.

    Raises:
        CommandError: the one given cannot stand in an address, or none can be made of the title.

    """
    if given and config.slugify(given) != given:
        better = config.slugify(given)
        cure = f"Write SLUG={better}." if better else "Use letters, digits and hyphens."
        raise CommandError(f'SLUG: "{given}" cannot be part of an address. {cure}')
    slug = given or slug_of(title, config)
    if not slug:
        raise CommandError(f'No address can be made from the title "{title}". Give one in plain letters: SLUG=…')
    return slug


def path_of(kind: Kind, slug: str, config: SiteConfig) -> str:
    """Return the path of the new file, below the content folder."""
    return PurePosixPath(config.folders[kind], f"{slug}.md").as_posix()


def slug_key(path: str, title: str, slug: str, config: SiteConfig) -> dict[str, str]:
    """Return the line that a file needs where its slug does not follow from its name or title anyway."""
    return {} if slug_from(path, title, config) == slug else {"Slug": slug}


def create(manuscript: Manuscript, kind: Kind, path: str, text: str) -> Path:
    """Write a new file, and return where it is; all of it is there at once, and nothing is ever written over.

    Raises:
        CommandError: there is such a file, or the site would have a mistake that it has not now.

    """
    source = read(path, kind, text.encode())
    file = Path(manuscript.config.content, path)
    if path in manuscript.files or file.exists():
        raise CommandError(f"{file.as_posix()} exists already. Give a different name: SLUG=…")
    problems = new_problems(manuscript, source)
    if problems:
        told = (str(replace(each, path=f"{manuscript.config.content}/{each.path}")) for each in problems)
        raise CommandError("\n".join([*told, "Nothing was written."]))
    _write(file, text)
    return file


def new_problems(manuscript: Manuscript, source: Source) -> list[Problem]:
    """Return the mistakes that the site would have with the new file `source`, and has not without it."""
    before = set(checks.run(manuscript))
    after = [each for each in checks.run(_with(manuscript, source)) if each not in before]
    published = read(source.path, source.kind, _undrafted(source).encode())
    without_clock = replace(manuscript, config=replace(manuscript.config, now=None))
    later = checks.run(_with(without_clock, published))
    return after + [each for each in later if each.code in _ADDRESSES and each not in {*before, *after}]


def _with(manuscript: Manuscript, source: Source) -> Manuscript:
    sources = sorted([*manuscript.sources, source], key=lambda each: each.path)
    return replace(manuscript, sources=tuple(sources), files=manuscript.files | {source.path})


def _undrafted(source: Source) -> str:
    return "\n".join(line for line in source.lines if line != f"Status: {DRAFT}")


def _write(file: Path, text: str) -> None:
    """Write beside `file` first, under a name that no build reads, and then give it its name if that is free."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", newline="\n", dir=file.parent, prefix=".new-") as fresh:
        fresh.write(text)
        fresh.flush()
        os.fsync(fresh.fileno())
        Path(fresh.name).chmod(0o666 & ~_umask())
        try:
            file.hardlink_to(fresh.name)
        except FileExistsError as error:
            raise CommandError(f"{file.as_posix()} exists already. Give a different name: SLUG=…") from error


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
