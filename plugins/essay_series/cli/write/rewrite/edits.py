"""A plan's replacements → the new bytes of whole files; every byte outside a replacement is preserved."""

from __future__ import annotations

import codecs
from collections.abc import Callable, Iterable, Mapping
from dataclasses import field, replace

from ....sources.frontmatter import LINE_END, read
from ....sources.manuscript import Manuscript
from ....values import dataclass
from ...command import CommandError


@dataclass(frozen=True, slots=True)
class Replacement:
    """A piece of a source to replace; in both texts a newline means the file's own line ending."""

    path: str
    """Below the content folder."""
    line: int
    """From 1, as is the column."""
    column: int
    old: str
    new: str


@dataclass(frozen=True)
class Plan:
    """All that a command wants to change."""

    changes: frozenset[Replacement]
    moves: Mapping[str, str] = field(default_factory=dict)
    """The new path of each file to rename, by its old path; both below the content folder."""
    notes: tuple[str, ...] = ()
    """Lines to show to the author."""
    fulfilled: Callable[[Manuscript], bool] = lambda _: True
    """Tells whether the manuscript after the change is what was asked for."""

    @property
    def paths(self) -> frozenset[str]:
        """Every file that is rewritten or renamed."""
        return frozenset(change.path for change in self.changes) | self.moves.keys()


@dataclass(frozen=True, slots=True)
class Edit:
    """The change of one file; paths are below the content folder."""

    path: str
    to: str
    """The path after the change."""
    before: bytes | None
    """None for a new file."""
    after: bytes


def edits_from(plan: Plan, data: Mapping[str, bytes]) -> tuple[Edit, ...]:
    """Return the edits that carry out `plan`, ordered by path; `data` has the present bytes of ``plan.paths``."""
    return tuple(
        Edit(
            path,
            plan.moves.get(path, path),
            data[path],
            edited(data[path], (c for c in plan.changes if c.path == path)),
        )
        for path in sorted(plan.paths)
    )


def edited(data: bytes, changes: Iterable[Replacement]) -> bytes:
    """Return `data` with all `changes`, which must not overlap."""
    mark = codecs.BOM_UTF8 if data.startswith(codecs.BOM_UTF8) else b""
    text = data.removeprefix(mark).decode()
    ends = [match.span() for match in LINE_END.finditer(text)]
    starts = [0, *(end for _, end in ends)]
    own = [text[start:end] for start, end in ends]
    usual = own[0] if own else "\n"
    for change in sorted(changes, key=lambda each: (each.line, each.column), reverse=True):
        line_end = own[change.line - 1] if change.line <= len(own) else usual
        old, new = (piece.replace("\n", line_end) for piece in (change.old, change.new))
        at = starts[change.line - 1] + change.column - 1 if change.line <= len(starts) else len(text) + 1
        if not text.startswith(old, at):
            raise CommandError(f"{change.path} has changed since it was read. Start again.")
        text = text[:at] + new + text[at + len(old) :]
    return mark + text.encode()


def revised(manuscript: Manuscript, edits: Iterable[Edit]) -> Manuscript:
    """Return the manuscript as it will be after `edits`."""
    by_path = {edit.path: edit for edit in edits}
    sources = [
        read(by_path[s.path].to, s.kind, by_path[s.path].after) if s.path in by_path else s for s in manuscript.sources
    ]
    files = (manuscript.files - by_path.keys()) | {edit.to for edit in by_path.values()}
    in_order = tuple(sorted(sources, key=lambda source: source.path))
    return replace(manuscript, sources=in_order, files=frozenset(files))
