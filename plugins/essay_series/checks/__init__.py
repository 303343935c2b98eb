"""Everything that an author can get wrong, found before anything is written: `run` returns all of it at once."""

from .files import header, lines, rewriting, unfinished, values
from .problem import CHECKS, CHECKS_WHEN_CLOSED, Problem, run
from .site import addresses, answers, record, series, translations, verdicts
from .texts import comments, embeds, links, notes, promises, tangles, unresolved

__all__ = [
    "CHECKS",
    "CHECKS_WHEN_CLOSED",
    "Problem",
    "addresses",
    "answers",
    "comments",
    "embeds",
    "header",
    "lines",
    "links",
    "notes",
    "promises",
    "record",
    "rewriting",
    "run",
    "series",
    "tangles",
    "translations",
    "unfinished",
    "unresolved",
    "values",
    "verdicts",
]
