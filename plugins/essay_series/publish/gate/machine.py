"""Traces of the building machine that no published file may contain: its folders, names and keys."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ...values import dataclass

SHORTEST, LONG = 4, 8
"""Letters: shorter names are not searched for, and shorter traces not in binary data."""
_COMMON_NAMES = frozenset(
    ("admin", "build", "builder", "debian", "docker", "localhost", "nobody", "root", "runner", "ubuntu", "user")
)
_KEY = re.compile(
    r"-----BEGIN (?:[A-Z]+ )*PRIVATE KEY(?: BLOCK)?-----\s+[A-Za-z0-9+/=:]{16}"
    r"|\b(?:AKIA|ASIA)[A-Z0-9]{16}\b(?<!EXAMPLE)"
    r"|\bgh[pousr]_[A-Za-z0-9]{36}|\bgithub_pat_[A-Za-z0-9_]{50}|\bglpat-[\w-]{20}"
    r"|\bxox[abprs]-[A-Za-z0-9-]{20}|\b[sr]k_live_[A-Za-z0-9]{20}|\bAIza[\w-]{35}\b"
)


@dataclass(frozen=True, slots=True)
class Machine:
    """The building machine."""

    folders: tuple[str, ...] = ()
    """The absolute paths of the project and of the user's home."""
    names: tuple[str, ...] = ()
    """The name of the user, and the host name."""


@dataclass(frozen=True, slots=True)
class Traces:
    """Patterns of all that identifies a machine."""

    pattern: re.Pattern[str] | None = None
    long: re.Pattern[str] | None = None
    """Those that are too long to match by chance."""

    def long_only(self) -> Traces:
        """Return the traces that can be searched for in binary data."""
        return Traces(self.long, self.long)

    def found_in(self, text: str) -> str | None:
        """Return the first trace in `text`, or the start of the first secret key; None if there is neither."""
        if self.pattern and (match := self.pattern.search(text)):
            return match[0]
        match = _KEY.search(text)
        return f"{match[0][:8].strip()}…" if match else None


def traces(machine: Machine, public: Iterable[str] = ()) -> Traces:
    """Return the traces of `machine`, without names that are common or in one of the `public` texts."""
    folders = [folder for folder in machine.folders if folder.count("/") > 1 or folder == "/root"]
    names = [n for n in machine.names if len(n) >= SHORTEST and n.lower() not in _COMMON_NAMES]
    known = "\n".join(public).casefold() if folders or names else ""
    wanted = {each: rf"(?<![\w.]){re.escape(each)}(?![\w-])" for each in folders if each.casefold() not in known}
    wanted |= {each: rf"(?<!\w){re.escape(each)}(?!\w)" for each in names if each.casefold() not in known}
    return Traces(_any_of(wanted.values()), _any_of(text for each, text in wanted.items() if len(each) >= LONG))


def _any_of(wanted: Iterable[str]) -> re.Pattern[str] | None:
    joined = "|".join(wanted)
    return re.compile(joined) if joined else None
