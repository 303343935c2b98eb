"""Everything that an author can get wrong, found before anything is written: `run` returns all of it at once."""

from . import (
    addresses,
    answers,
    comments,
    corrections,
    embeds,
    header,
    links,
    notes,
    promises,
    record,
    rewriting,
    series,
    tangles,
    unfinished,
    unresolved,
    values,
)
from .problem import CHECKS, CHECKS_WHEN_CLOSED, Problem, run

__all__ = [
    "CHECKS",
    "CHECKS_WHEN_CLOSED",
    "Problem",
    "addresses",
    "answers",
    "comments",
    "corrections",
    "embeds",
    "header",
    "links",
    "notes",
    "promises",
    "record",
    "rewriting",
    "run",
    "series",
    "tangles",
    "unfinished",
    "unresolved",
    "values",
]
