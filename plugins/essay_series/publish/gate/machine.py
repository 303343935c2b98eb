"""What a published file must not tell of the machine that made it: its folders, its names, its keys."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ...values import dataclass

SHORTEST, LONG = 4, 8
_OF_ANYBODY = frozenset(
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
    """The machine that builds."""

    folders: tuple[str, ...] = ()
    """Absolute paths that only this machine has: of the project, of the user's home."""
    names: tuple[str, ...] = ()
    """The name of the user and that of the machine."""


@dataclass(frozen=True, slots=True)
class Traces:
    """What gives a machine away, ready to be looked for."""

    pattern: re.Pattern[str] | None = None
    long: re.Pattern[str] | None = None
    """Those that are so long that no bytes look like them by chance."""

    def sure(self) -> Traces:
        """Return those that can be looked for in any bytes."""
        return Traces(self.long, self.long)

    def found_in(self, text: str) -> str | None:
        """Return the trace or the key in `text` that comes first, or None; of a key only its start is shown."""
        if self.pattern and (match := self.pattern.search(text)):
            return match[0]
        match = _KEY.search(text)
        return f"{match[0][:8].strip()}…" if match else None


def traces(machine: Machine, known: Iterable[str] = ()) -> Traces:
    """Return what to look for of `machine`, less what is said in `known` and what any machine could be called."""
    folders = [folder for folder in machine.folders if folder.count("/") > 1 or folder == "/root"]
    names = [n for n in machine.names if len(n) >= SHORTEST and n.lower() not in _OF_ANYBODY]
    said = "\n".join(known).casefold() if folders or names else ""
    wanted = {each: rf"(?<![\w.]){re.escape(each)}(?![\w-])" for each in folders if each.casefold() not in said}
    wanted |= {each: rf"(?<!\w){re.escape(each)}(?!\w)" for each in names if each.casefold() not in said}
    return Traces(_any_of(wanted.values()), _any_of(text for each, text in wanted.items() if len(each) >= LONG))


def _any_of(wanted: Iterable[str]) -> re.Pattern[str] | None:
    joined = "|".join(wanted)
    return re.compile(joined) if joined else None
