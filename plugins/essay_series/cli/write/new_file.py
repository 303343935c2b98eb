"""A new file: its slug, its path, and the checks that it harms nothing before it is written."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path, PurePosixPath

from ...checks.problem import Problem, new_problems
from ...config import SiteConfig
from ...model import DRAFT, Essay, PlayPage, SeriesPage
from ...sources.declare import slug_from
from ...sources.frontmatter import Source, read
from ...sources.keys import Kind
from ...sources.manuscript import Manuscript
from ...values import dataclass
from ..command import CommandError, Options, option, required
from .rewrite.command import opened
from .rewrite.edits import Edit
from .rewrite.journal import carry_out

LONGEST = 60
"""The greatest length of a slug that is made from a title; a longer one is cut between words."""
_ADDRESSES = ("repeated-address", "taken-alias", "unsafe-path", "unusable-slug")
"""Problems that the file's name causes, and that would only show once the draft is published."""


@dataclass(frozen=True, slots=True)
class NewFile:
    """A new file before it is written."""

    kind: Kind
    path: str
    """Below the content folder."""
    text: str
    advice: str = ""
    """A change that the author has to make in another file."""


def start(plan: Callable[[Options, Manuscript], NewFile], options: Options) -> str:
    """Write the file that `plan` makes of `options`, print its advice to standard error, and return its path."""
    manuscript = opened()
    planned = plan(options, manuscript)
    file = create(manuscript, planned)
    if planned.advice:
        print(planned.advice, file=sys.stderr)
    return file.as_posix()


def title_and_slug(
    options: Options, usage: str, others: Iterable[Essay | SeriesPage | PlayPage], config: SiteConfig
) -> tuple[str, str]:
    """Return ``TITLE``, and ``SLUG`` or the slug that is made from the title.

    It must not be the slug of one of the `others`; `usage` is an example of the command.
    """
    title = required(options, "TITLE", "the title", usage)
    slug = chosen_slug(title, option(options, "SLUG"), config)
    if other := next((each for each in others if each.slug == slug), None):
        raise CommandError(f'The slug "{slug}" is taken by {config.content}/{other.source}. Choose another: SLUG=…')
    return title, slug


def slug_of(title: str, config: SiteConfig) -> str:
    """Return the slug that the site makes from `title`, cut between words; empty if there is none."""
    whole = config.slugify(title)
    if len(whole) <= LONGEST:
        return whole
    return whole[: LONGEST + 1].rpartition("-")[0].rstrip("-") or whole[:LONGEST]


def chosen_slug(title: str, given: str, config: SiteConfig) -> str:
    """Return the slug that the author gave, or else the one made from the title."""
    if given and config.slugify(given) != given:
        better = config.slugify(given)
        cure = f"Write SLUG={better}." if better else "Use letters, digits and hyphens."
        raise CommandError(f'SLUG: "{given}" cannot be part of an address. {cure}')
    slug = given or slug_of(title, config)
    if not slug:
        raise CommandError(f'No address can be made from the title "{title}". Give one in plain letters: SLUG=…')
    return slug


def path_of(kind: Kind, slug: str, config: SiteConfig) -> str:
    """Return the path of a new file, below the content folder."""
    return PurePosixPath(config.folders[kind], f"{slug}.md").as_posix()


def slug_key(path: str, title: str, slug: str, config: SiteConfig) -> dict[str, str]:
    """Return the key ``Slug`` with its value, if the slug does not follow from the file's name or title."""
    return {} if slug_from(path, title, config) == slug else {"Slug": slug}


def create(manuscript: Manuscript, new: NewFile) -> Path:
    """Write a new file atomically, and return its path; no existing file is overwritten."""
    source = read(new.path, new.kind, new.text.encode())
    root = Path(manuscript.config.content)
    file = root / new.path
    if new.path in manuscript.files or file.exists():
        raise CommandError(f"{file.as_posix()} exists already. Give a different name: SLUG=…")
    problems = problems_with(manuscript, source)
    if problems:
        lines = (str(replace(each, path=f"{manuscript.config.content}/{each.path}")) for each in problems)
        raise CommandError("\n".join([*lines, "Nothing was written."]))
    carry_out(root, [Edit(new.path, new.path, None, new.text.encode())])
    return file


def problems_with(manuscript: Manuscript, source: Source) -> list[Problem]:
    """Return the problems that the new file `source` would cause, now or once it is published."""
    now = new_problems(manuscript, _with(manuscript, source))
    published = read(source.path, source.kind, _undrafted(source).encode())
    without_clock = replace(manuscript, config=replace(manuscript.config, now=None))
    later = new_problems(manuscript, _with(without_clock, published))
    return now + [each for each in later if each.code in _ADDRESSES and each not in now]


def _with(manuscript: Manuscript, source: Source) -> Manuscript:
    sources = sorted([*manuscript.sources, source], key=lambda each: each.path)
    return replace(manuscript, sources=tuple(sources), files=manuscript.files | {source.path})


def _undrafted(source: Source) -> str:
    return "\n".join(line for line in source.lines if line != f"Status: {DRAFT}")
