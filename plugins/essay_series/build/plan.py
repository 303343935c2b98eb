"""The plan of a build: which files it writes and why, which it keeps, and which it removes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field

from ..values import dataclass
from .target import Key, Target

INPUTS = {
    "content": "its content changed",
    "shown": "what it shows of other pages changed",
    "pages": "pages that it is made from changed",
    "navigation": "the navigation changed",
    "languages": "the languages of the site changed",
    "theme": "the theme changed",
    "settings": "settings changed",
    "code": "the code or a package changed",
}
"""The inputs that a key can name, and the reason to write a file when that input has changed."""
FIRST = "there is no earlier build"
NEW_PAGE, NEW_FILE = "new page", "new file"
UNKNOWN = "there is no record of what it was made from"
MISSING, TOUCHED = "the file is missing", "the file was changed after it was built"
ALWAYS = "made on every build"
REPLACED = "it takes the place of another kind of file"


@dataclass(frozen=True, slots=True)
class Made:
    """What is recorded of a file of the last build."""

    key: Key
    state: str
    """The file's state as `states.state_of` gives it, which changes whenever the file is written."""
    reason: str = ""
    """Why it was written."""
    moment: str = ""
    """When the build that wrote it began."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What to do with each file; every path is in at most one of the three."""

    write: Mapping[str, str] = field(default_factory=dict)
    """The reason for each path."""
    keep: frozenset[str] = frozenset()
    remove: frozenset[str] = frozenset()


def plan(targets: Iterable[Target], previous: Mapping[str, Made | None], present: Mapping[str, str]) -> Plan:
    """Return what to do so that the output holds `targets` and no other file of an earlier build.

    Args:
        targets: every file that the output should hold, each path once.
        previous: the record of every file that builds made, by path; None if its inputs are unknown. The author's own
            files are not among them, and so are never removed.
        present: the current state of each file of `previous` that still exists.

    """
    reasons = {target.path: reason(target, previous, present) for target in targets}
    return Plan(
        write={path: why for path, why in reasons.items() if why},
        keep=frozenset(path for path, why in reasons.items() if not why),
        remove=frozenset(previous.keys() & present.keys() - reasons.keys()),
    )


def reason(target: Target, previous: Mapping[str, Made | None], present: Mapping[str, str]) -> str:
    """Return why `target` has to be written; an empty string if the file that is there can be kept."""
    if target.key is None:
        return ALWAYS
    if not previous:
        return FIRST
    if target.path not in previous:
        return NEW_PAGE if target.path.endswith(".html") else NEW_FILE
    before = previous[target.path]
    return _difference(target.key, before, present.get(target.path)) if before else UNKNOWN


def _difference(key: Key, before: Made, state: str | None) -> str:
    if before.key.keys() != key.keys():
        return REPLACED
    if before.key != key:
        return "; ".join(_changed(before.key, key))
    if state is None:
        return MISSING
    return TOUCHED if state != before.state else ""


def _changed(before: Key, now: Key) -> list[str]:
    names = [*INPUTS, *sorted(now.keys() - INPUTS.keys())]
    return [INPUTS.get(name, f"{name} changed") for name in names if before.get(name) != now.get(name)]
