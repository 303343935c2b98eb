"""The differences of two folders: the files that differ, by which lines, and which changes are equal."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from compare.forms import lines

CONTEXT = 1
"""The number of lines shown before and after a change."""
_DIGEST = re.compile(r"sha(?:256|384|512)-[A-Za-z0-9+/=]+|(?<![A-Za-z0-9])(?=[a-z]*\d)[0-9a-f]{7,}(?![A-Za-z0-9])")
_COMPRESSED = re.compile(r"\.(gz|br)$")


@dataclass(frozen=True, slots=True)
class Change:
    """Lines that replace others."""

    before: tuple[str, ...]
    after: tuple[str, ...]
    context: tuple[tuple[str, ...], tuple[str, ...]] = field(default=((), ()), compare=False)
    """The lines before and after."""

    def shown(self) -> Iterator[str]:
        """Yield the change as lines of a unified diff; of many lines that differ only in digests, the first."""
        above, below = self.context
        only_digests = len(self.before) > 1 and _masked(self.before) == _masked(self.after)
        count = 1 if only_digests else None
        yield from (f" {line}" for line in above)
        yield from (f"-{line}" for line in self.before[:count])
        yield from (f"+{line}" for line in self.after[:count])
        if only_digests:
            yield f" (and {len(self.before) - 1} more lines that differ only in digests)"
        yield from (f" {line}" for line in below)


@dataclass(frozen=True, slots=True)
class Group:
    """A change and the files that have it; digests in it may differ from file to file."""

    change: Change
    """The change in the first file."""
    files: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """The differences of two folders, by path."""

    same: tuple[str, ...]
    different: Mapping[str, tuple[Change, ...]]
    """The changes of each file; a file with another digest in its name is listed under both names."""
    only_before: tuple[str, ...]
    only_after: tuple[str, ...]
    copies: tuple[str, ...]
    """Compressed copies that changed in the same way as their originals."""

    @property
    def equal(self) -> bool:
        """Whether both folders have the same files with the same bytes."""
        return not (self.different or self.only_before or self.only_after or self.copies)

    def groups(self) -> list[Group]:
        """Return every distinct change, starting with the one in the most files."""
        files: dict[tuple[tuple[str, ...], tuple[str, ...]], list[str]] = defaultdict(list)
        first: dict[tuple[tuple[str, ...], tuple[str, ...]], Change] = {}
        for path, changes in self.different.items():
            for change in changes:
                key = _masked(change.before), _masked(change.after)
                first.setdefault(key, change)
                files[key].append(path)
        groups = [Group(first[key], tuple(dict.fromkeys(paths))) for key, paths in files.items()]
        return sorted(groups, key=lambda group: -len(group.files))


def compare_folders(before: Mapping[str, bytes], after: Mapping[str, bytes]) -> Comparison:
    """Compare two folders, given as their files by path."""
    both = [path for path in before if path in after]
    other = {path for path in both if before[path] != after[path]}
    alone = [path for path in before if path not in after], [path for path in after if path not in before]
    copies = set(_copies(other)) | {path for paths in alone for path in _copies(set(paths))}
    renamed = dict(_renamed(*([path for path in paths if path not in copies] for paths in alone)))
    different = {path: changes(path, before[path], after[path]) for path in sorted(other - copies)}
    for old, new in sorted(renamed.items()):
        inner = changes(new, before[old], after[new]) if before[old] != after[new] else ()
        different[f"{old} → {new}"] = (*inner,) or (Change((old,), (new,)),)
    old_names, new_names = {*renamed}, {*renamed.values()}
    return Comparison(
        same=tuple(path for path in both if path not in other),
        different=different,
        only_before=tuple(sorted(set(alone[0]) - copies - old_names)),
        only_after=tuple(sorted(set(alone[1]) - copies - new_names)),
        copies=tuple(sorted(copies)),
    )


def changes(path: str, before: bytes, after: bytes) -> tuple[Change, ...]:
    """Return the changes between two versions of the file `path`, which differ; never empty."""
    one, other = lines(path, before), lines(path, after)
    if one == other:
        return (_by_bytes(before, after),)
    start = _common_prefix(one, other)
    end = _common_prefix(one[start:][::-1], other[start:][::-1])
    middle = one[start : len(one) - end], other[start : len(other) - end]
    matcher = SequenceMatcher(None, *middle, autojunk=False if max(map(len, middle)) < 2000 else True)  # noqa: SIM211
    return tuple(
        Change(
            tuple(one[start + a : start + b]),
            tuple(other[start + c : start + d]),
            (tuple(one[max(0, start + a - CONTEXT) : start + a]), tuple(one[start + b : start + b + CONTEXT])),
        )
        for tag, a, b, c, d in matcher.get_opcodes()
        if tag != "equal"
    )


def _by_bytes(before: bytes, after: bytes) -> Change:
    """Return the difference of two files whose readable lines are equal."""
    at = _common_prefix(before, after)
    descriptions = (
        f"(reads the same, {len(data)} bytes; from byte {at}: {data[at : at + 40]!r})" for data in (before, after)
    )
    one, other = descriptions
    return Change((one,), (other,))


def _common_prefix(one: list[str] | bytes, other: list[str] | bytes) -> int:
    """Return the number of leading items that both have."""
    shorter = min(len(one), len(other))
    return next((number for number in range(shorter) if one[number] != other[number]), shorter)


def _copies(paths: set[str]) -> Iterator[str]:
    """Yield the compressed copies among `paths` whose originals are also among them."""
    return (path for path in paths if _COMPRESSED.search(path) and _COMPRESSED.sub("", path) in paths)


def _renamed(before: list[str], after: list[str]) -> Iterator[tuple[str, str]]:
    """Yield old and new name of each file whose name differs only in a digest, if the match is unique."""
    for old, new in _by_mask(before).items():
        match = _by_mask(after).get(old, [])
        if len(new) == len(match) == 1:
            yield new[0], match[0]


def _by_mask(paths: list[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for path in paths:
        masked = "/".join(_masked(path.split("/")))
        if masked != path:
            found[masked].append(path)
    return found


def _masked(texts: tuple[str, ...] | list[str]) -> tuple[str, ...]:
    return tuple(_DIGEST.sub("…", text) for text in texts)
