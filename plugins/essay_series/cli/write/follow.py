"""Note that the translations of an essay follow its present state.

``make follow ESSAY=slug`` shows what would change; ``APPLY=1`` does it. ``INTO=de`` is for one
language alone.
"""

from __future__ import annotations

import os
import sys
from datetime import datetime
from functools import partial

from ...checks.problem import one_of
from ...languages import language
from ...model import Essay
from ...names import nearest
from ...sources.manuscript import Manuscript
from .rewrite.command import rewrite, words
from .rewrite.edits import Plan, Replacement, RewriteError
from .rewrite.header import line_added, value_changed

KEY = "Follows"


def followed(manuscript: Manuscript) -> Plan:
    """Return the plan that dates the state that the translations of the essay ``ESSAY`` follow: today's.

    Raises:
        RewriteError: a word is missing, or there is no such translation.

    """
    (slug,) = words({"ESSAY": "which essay"}, "make follow ESSAY=slug")
    wanted = language(os.environ.get("INTO", "").strip())
    found = _translations(manuscript, slug, wanted)
    today = (manuscript.config.now or datetime.now(manuscript.config.timezone)).date().isoformat()
    changes = frozenset(_dated(manuscript, essay, today) for essay in found)
    paths = [essay.source for essay in found]
    return Plan(changes, fulfilled=partial(_follow, paths=paths, today=today))


def _translations(manuscript: Manuscript, slug: str, wanted: str) -> list[Essay]:
    originals = manuscript.originals
    every = [manuscript.essays[path] for path in originals]
    found = [essay for essay in every if essay.slug == slug and wanted in ("", essay.lang)]
    if found:
        return found
    slugs = {essay.slug for essay in every}
    if slug in slugs:
        langs = one_of(essay.lang for essay in every if essay.slug == slug)
        raise RewriteError(f'"{slug}" is not translated into "{wanted}". Its translations are in {langs}.')
    near = nearest(slug, slugs)
    hint = f'Did you mean "{near}"?' if near else f"The essays with a translation are {one_of(slugs)}."
    raise RewriteError(f'No essay with the slug "{slug}" has a translation. {hint}')


def _dated(manuscript: Manuscript, essay: Essay, today: str) -> Replacement:
    source = manuscript.by_path[essay.source]
    if source.text(KEY.lower()):
        return value_changed(source, KEY.lower(), today)
    return line_added(source, f"{KEY}: {today}")


def _follow(after: Manuscript, paths: list[str], today: str) -> bool:
    """Tell whether all of `paths` follow the state of `today`."""
    return all(after.by_path[path].text(KEY.lower()) == today for path in paths)


if __name__ == "__main__":
    sys.exit(rewrite(followed))
