"""A walk of random changes and accidents: after each, an incremental build is compared with one from nothing.

``make walk STEPS=100 WALKS=4 SEED=1`` walks; the tests take short walks, always the same. The steps depend only on the
seed: all rules are shuffled again and again, so that each is used.
"""

from __future__ import annotations

import os
import random
import secrets
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import rules_of_accidents  # noqa: F401 - it adds its rules to the list
import rules_of_settings  # noqa: F401 - likewise
import rules_of_sources  # noqa: F401 - likewise
from author import Author, DifferenceError, Previewer
from reasons import last_reasons, surprises
from rules import RULES


@dataclass(frozen=True)
class Profile:
    """A kind of walk."""

    short: Sequence[str]
    """The rules of a short walk, by name or by kind."""
    long: Sequence[str]
    """The rules of a long walk."""
    settings: Mapping[str, object] = field(default_factory=dict)
    author: type[Author] = Author


USUAL = ("source", "setting", "environment", "accident")
PUBLISHED = {"SITEURL": "https://a.example", "SEARCH_INDEX": True, "IMAGE_WIDTHS": [8, 16], "CARDS": True}
FEATURES = ("feature", "edit", "show", "repaint")
PREVIEWED = ("reword", "retitle", "restatus", "teach", "page", "retheme")
PROFILES = {
    "plain": Profile(USUAL, USUAL),
    "published": Profile(FEATURES, (*USUAL, "feature", "costly"), PUBLISHED),
    "previewed": Profile(PREVIEWED, ("source", "setting", "feature", "tamper", "damage", "touch"), author=Previewer),
    "accompanied": Profile(("plugin", "edit", "retitle", "page", "delete", "publish"), (*USUAL, "plugin")),
}
"""Every kind of walk by its name."""
OFTEN = ("retitle", "retitle", "reword", "reword", "edit", "delete")
"""The rules that short walks use again, since they change most of what pages show of each other."""
TURNS = 4
"""How often a short walk uses a rule that has not changed the output."""


def rules_of(names: Sequence[str]) -> list[str]:
    """Return the names of the rules whose name or kind is in `names`."""
    return sorted(name for name, each in RULES.items() if name in names or each.kind in names)


@dataclass(frozen=True)
class Step:
    """One use of a rule."""

    rule: str
    values: Mapping[str, Any]
    """Its arguments."""


@dataclass
class Tally:
    """The counts of steps, by rule."""

    taken: Counter[str] = field(default_factory=Counter)
    """The steps that built."""
    changing: Counter[str] = field(default_factory=Counter)
    """Those that changed the output."""
    refused: Counter[str] = field(default_factory=Counter)
    """Those that made a mistake, which was reported."""
    killed: Counter[str] = field(default_factory=Counter)
    """Those that killed a build."""
    explained: Counter[str] = field(default_factory=Counter)
    """Those whose build gave reasons, which were compared with the edit."""

    def __add__(self, other: Tally) -> Tally:
        """Return the sums of both."""
        return Tally(*(mine + theirs for mine, theirs in zip(self._counts(), other._counts(), strict=True)))

    def __str__(self) -> str:
        """Return a table."""
        head = f"{'rule':<18}{'steps':>7}{'changed':>9}{'refused':>9}{'killed':>8}{'explained':>11}"
        rows = [(name, *(count[name] for count in self._counts())) for name in sorted(self.taken)]
        rows.append(("all", *(count.total() for count in self._counts())))
        return "\n".join([head, *(f"{name:<18}{a:>7}{b:>9}{c:>9}{d:>8}{e:>11}" for name, a, b, c, d, e in rows)])

    def _counts(self) -> tuple[Counter[str], ...]:
        return self.taken, self.changing, self.refused, self.killed, self.explained


def unscheduled() -> set[str]:
    """Return the names of the rules that no long walk uses, or that are not costly and no short walk uses."""
    short = {name for each in PROFILES.values() for name in (*rules_of(each.short), *rules_of(["costly"]))}
    long = {name for each in PROFILES.values() for name in rules_of(each.long)}
    return (RULES.keys() - short) | (RULES.keys() - long)


def drawn(rules: Sequence[str], count: int, seed: str) -> list[Step]:
    """Return `count` steps that depend only on `seed`: each of `rules` in a random order, again and again."""
    chance = random.Random(seed)  # noqa: S311 - no secret is drawn
    names: list[str] = []
    while rules and len(names) < count:
        names += chance.sample(rules, len(rules))
    return [
        Step(name, {key: chance.choice(values) for key, values in RULES[name].choices.items()})
        for name in names[:count]
    ]


def walk(profile: Profile, steps: Iterable[Step], tally: Tally | None = None) -> Tally:
    """Take `steps` from a new site, and return the counts, which are also added to `tally` after each step.

    Raises:
        DifferenceError: an incremental build differed from one from nothing; its notes are the steps up to it.

    """
    tally, taken = tally or Tally(), list[Step]()
    author = profile.author(**profile.settings)
    try:
        author.begin()
        for step in steps:
            taken.append(step)
            _take(author, step, tally)
    except DifferenceError as error:
        error.steps = taken
        error.add_note("\n".join(["The steps up to it:", *map(repr, taken)]))
        raise
    finally:
        author.teardown()
    return tally


def _take(author: Author, step: Step, tally: Tally) -> None:
    builds, changes, refusals, kills = author.builds, author.changes, author.refusals, author.kills
    before, *_ = last_reasons(author.folder, author.output)
    RULES[step.rule].change(author, **step.values)
    tally.taken[step.rule] += author.builds > builds
    tally.changing[step.rule] += author.changes > changes
    tally.refused[step.rule] += author.refusals > refusals
    tally.killed[step.rule] += author.kills > kills
    if (author.builds, author.refusals) == (builds + 1, refusals):
        tally.explained[step.rule] += _explain(author, step, before, changed=author.changes > changes)


def _explain(author: Author, step: Step, before: str, *, changed: bool) -> bool:
    """Compare the reasons of the build after a step with its edit; tell whether there were any.

    Raises:
        DifferenceError: a reason is unexpected.

    """
    last, reasons, alone = last_reasons(author.folder, author.output)
    if last == before or not reasons:
        return False
    if lines := surprises(step.rule, RULES[step.rule].kind, reasons, changed=changed, alone=alone):
        raise DifferenceError("\n".join([f"After {step.rule}, files were written for other reasons:", *lines]))
    return True


def short_walk(name: str) -> Tally:
    """Take the short walk `name`, which is always the same, and return its counts."""
    tally = Tally()
    return walk(PROFILES[name], _short(name, tally), tally)


def _short(name: str, tally: Tally) -> Iterator[Step]:
    """Yield a step of each rule, and then more of those that have not changed the output."""
    rules = rules_of(PROFILES[name].short)
    rules += [each for each in OFTEN if each in rules]
    for turn in range(TURNS):
        yield from drawn(rules, len(rules), f"{name} {turn}")
        rules = [each for each in dict.fromkeys(rules) if not tally.changing[each] and RULES[each].kind != "accident"]


def shortened(profile: Profile, steps: Sequence[Step]) -> list[Step]:
    """Return as few of `steps` as still lead to a difference."""
    left, size = list(steps), len(steps) // 2
    while size:
        at = 0
        while at < len(left) - 1:
            fewer = left[:at] + left[at + size :]
            if _fails(profile, fewer):
                left = fewer
            else:
                at += size
        size //= 2
    return left


def _fails(profile: Profile, steps: Iterable[Step]) -> bool:
    try:
        walk(profile, steps)
    except DifferenceError:
        return True
    return False


def _profiles(walks: int) -> Iterator[tuple[int, str]]:
    names = list(PROFILES)
    return ((number, names[number % len(names)]) for number in range(walks))


def main() -> int:
    """Walk as the environment variables say, and return 1 if an incremental build was wrong."""
    steps, walks = int(os.environ.get("STEPS") or 100), int(os.environ.get("WALKS") or len(PROFILES))
    seed = os.environ.get("SEED") or str(secrets.randbelow(10**6))
    print(f"SEED={seed} STEPS={steps} WALKS={walks}", flush=True)
    total, code = Tally(), 0
    for number, name in _profiles(walks):
        profile, began = PROFILES[name], time.monotonic()
        try:
            total += walk(profile, drawn(rules_of(profile.long), steps, f"{seed} {number}"))
        except DifferenceError as error:
            code = 1
            print(f"Walk {number}, {name}: step {len(error.steps)} makes a difference.\n{error}", flush=True)
            short = "\n".join(map(repr, shortened(profile, error.steps)))
            print(f"These steps are enough; walk(PROFILES[{name!r}], [...]) takes them again:\n{short}", flush=True)
        else:
            print(f"Walk {number}, {name}: {steps} steps in {time.monotonic() - began:.0f} seconds.", flush=True)
    print(total)
    return code


if __name__ == "__main__":
    sys.exit(main())
