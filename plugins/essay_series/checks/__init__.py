"""Everything that an author can get wrong, found before anything is written: `run` returns all of it at once."""

from .files import header, lines, rewriting, unfinished, values  # noqa: F401 - importing registers their checks
from .problem import CHECKS, CHECKS_WHEN_CLOSED, Problem, run
from .site import addresses, answers, record, series, translations, verdicts  # noqa: F401 - likewise
from .texts import comments, embeds, links, notes, promises, tangles, unresolved  # noqa: F401 - likewise

__all__ = ["CHECKS", "CHECKS_WHEN_CLOSED", "Problem", "run"]
