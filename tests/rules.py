"""The rules of the walk: each is a change that an author makes, or an accident, with the choices for its arguments.

A rule adapts the drawn values to the present site: instead of an essay that is gone it takes the next one. So any part
of a walk can be repeated alone. Each rule builds at least once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from author import Author

Change = Callable[..., None]


@dataclass(frozen=True)
class Rule:
    """A change of a site."""

    change: Change
    """What is done, given an author and one value of each choice."""
    choices: dict[str, Sequence[Any]]
    kind: str


RULES: dict[str, Rule] = {}
"""Every rule by its name."""


def rule(kind: str, **choices: Sequence[Any]) -> Callable[[Change], Change]:
    """Register a function as a rule of a `kind`; each argument is drawn from its `choices`."""

    def known(change: Change) -> Change:
        RULES[change.__name__] = Rule(change, choices, kind)
        return change

    return known


def present(author: Author, slug: str) -> str:
    """Return `slug`, or the next essay that is listed; any essay if none is."""
    there = [each for each, keys in author.essays.items() if is_listed(keys)]
    return _next(slug, there or author.essays)


def written(author: Author, slug: str) -> str:
    """Return `slug`, or the next essay that exists, listed or not."""
    return _next(slug, author.essays)


def _next(slug: str, there: Iterable[str]) -> str:
    in_order = sorted(there)
    return next((each for each in in_order if each >= slug), in_order[0])


def is_listed(keys: dict[str, str]) -> bool:
    """Tell whether the essay with these keys is published and not in the future."""
    return keys.get("Status", "published") == "published" and keys["Date"] < "2999"


def other(value: Any, present: Any, choices: Sequence[Any]) -> Any:
    """Return `value`, or the next of `choices` if it is the present value."""
    return value if value != present else choices[(choices.index(value) + 1) % len(choices)]
