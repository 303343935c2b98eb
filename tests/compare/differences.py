"""In what two folders of files differ: which files, by which lines, and which of these changes are the same."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from compare.forms import lines

CONTEXT = 1
"""How many lines around a change are shown."""
_DIGEST = re.compile(r"sha(?:256|384|512)-[A-Za-z0-9+/=]+|(?<![A-Za-z0-9])(?=[a-z]*\d)[0-9a-f]{7,}(?![A-Za-z0-9])")
_COMPRESSED = re.compile(r"\.(gz|br)$")


@dataclass(frozen=True, slots=True)
class Change:
    """Some lines in the place of others."""

    before: tuple[str, ...]
    after: tuple[str, ...]
    around: tuple[tuple[str, ...], tuple[str, ...]] = field(default=((), ()), compare=False)
    """The lines above and below."""

    def shown(self) -> Iterator[str]:
        """Yield it as lines of a unified difference; of many lines that differ in digests alone, the first."""
        above, below = self.around
        alike = len(self.before) > 1 and _masked(self.before) == _masked(self.after)
        count = 1 if alike else None
        yield from (f" {line}" for line in above)
        yield from (f"-{line}" for line in self.before[:count])
        yield from (f"+{line}" for line in self.after[:count])
        if alike:
            yield f" (and {len(self.before) - 1} more lines in which digests alone differ)"
        yield from (f" {line}" for line in below)


@dataclass(frozen=True, slots=True)
class Group:
    """A change, and the files in which it happened; digests in it may be others in each."""

    change: Change
    """As it is in the first file."""
    files: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """How the files of two folders compare, by their paths."""

    same: tuple[str, ...]
    different: Mapping[str, tuple[Change, ...]]
    """Also files that have another digest in their name; those go by both names."""
    only_before: tuple[str, ...]
    only_after: tuple[str, ...]
    following: tuple[str, ...]
    """Compressed copies that differ, or are there alone, as what they are copies of."""

    @property
    def equal(self) -> bool:
        """Whether every file is there in both, with the same bytes."""
        return not (self.different or self.only_before or self.only_after or self.following)

    def groups(self) -> list[Group]:
        """Return every change once, the one in the most files first."""
        files: dict[tuple[tuple[str, ...], tuple[str, ...]], list[str]] = defaultdict(list)
        first: dict[tuple[tuple[str, ...], tuple[str, ...]], Change] = {}
        for path, changes in self.different.items():
            for change in changes:
                key = _masked(change.before), _masked(change.after)
                first.setdefault(key, change)
                files[key].append(path)
        groups = [Group(first[key], tuple(dict.fromkeys(paths))) for key, paths in files.items()]
        return sorted(groups, key=lambda group: -len(group.files))


def compared(before: Mapping[str, bytes], after: Mapping[str, bytes]) -> Comparison:
    """Compare two folders, given as their files by path."""
    both = [path for path in before if path in after]
    other = {path for path in both if before[path] != after[path]}
    alone = [path for path in before if path not in after], [path for path in after if path not in before]
    following = set(_following(other)) | {path for paths in alone for path in _following(set(paths))}
    renamed = dict(_renamed(*([path for path in paths if path not in following] for paths in alone)))
    different = {path: changes(path, before[path], after[path]) for path in sorted(other - following)}
    for old, new in sorted(renamed.items()):
        inside = changes(new, before[old], after[new]) if before[old] != after[new] else ()
        different[f"{old} → {new}"] = (*inside,) or (Change((old,), (new,)),)
    gone, come = ({*renamed}, {*renamed.values()})
    return Comparison(
        same=tuple(path for path in both if path not in other),
        different=different,
        only_before=tuple(sorted(set(alone[0]) - following - gone)),
        only_after=tuple(sorted(set(alone[1]) - following - come)),
        following=tuple(sorted(following)),
    )


def changes(path: str, before: bytes, after: bytes) -> tuple[Change, ...]:
    """Return in what two files differ that do differ, both called `path`; never nothing."""
    one, other = lines(path, before), lines(path, after)
    if one == other:
        return (_by_bytes(before, after),)
    start = _common(one, other)
    end = _common(one[start:][::-1], other[start:][::-1])
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
    """Return how bytes differ that read the same."""
    at = _common(before, after)
    told = (f"(reads the same, {len(data)} bytes; from byte {at}: {data[at : at + 40]!r})" for data in (before, after))
    one, other = told
    return Change((one,), (other,))


def _common(one: list[str] | bytes, other: list[str] | bytes) -> int:
    """Return how many items both begin with."""
    shorter = min(len(one), len(other))
    return next((number for number in range(shorter) if one[number] != other[number]), shorter)


def _following(paths: set[str]) -> Iterator[str]:
    """Yield the compressed copies among `paths` of others of them."""
    return (path for path in paths if _COMPRESSED.search(path) and _COMPRESSED.sub("", path) in paths)


def _renamed(before: list[str], after: list[str]) -> Iterator[tuple[str, str]]:
    """Yield the old and the new name of each file whose name differs in a digest alone, where no other does so."""
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
