"""Note that the translations of an essay follow its present state: ``make follow ESSAY=slug``.

``INTO=de`` selects the translation into one language. The command shows a diff; with ``APPLY=1`` it writes.
"""

from __future__ import annotations

from functools import partial

from ...l10n.tags import language
from ...model import Essay
from ...names import did_you_mean, one_of
from ...sources.manuscript import Manuscript
from ..command import CommandError, Options, option, required
from .rewrite.command import rewrite
from .rewrite.edits import Plan, Replacement
from .rewrite.header import line_added, value_changed

KEY = "Follows"


def followed(options: Options) -> str:
    """Set the key ``Follows`` of the translations of ``ESSAY`` to today; see `rewrite`."""
    slug = required(options, "ESSAY", "the essay", "make follow ESSAY=slug")
    return rewrite(options, partial(_plan, slug=slug, wanted=language(option(options, "INTO"))))


def _plan(manuscript: Manuscript, slug: str, wanted: str) -> Plan:
    found = _translations(manuscript, slug, wanted)
    today = manuscript.config.present.date().isoformat()
    changes = frozenset(_dated(manuscript, essay, today) for essay in found)
    paths = [essay.source for essay in found]
    return Plan(changes, fulfilled=partial(_follow, paths=paths, today=today))


def _translations(manuscript: Manuscript, slug: str, wanted: str) -> list[Essay]:
    """Return the translations of the essay `slug` into the language `wanted`, or into any if it is empty."""
    every = [manuscript.essays[path] for path in manuscript.originals]
    found = [essay for essay in every if essay.slug == slug and wanted in ("", essay.lang)]
    if found:
        return found
    slugs = {essay.slug for essay in every}
    if slug in slugs:
        langs = one_of(essay.lang for essay in every if essay.slug == slug)
        raise CommandError(f'"{slug}" is not translated into "{wanted}". Its translations are in {langs}.')
    hint = did_you_mean(slug, slugs, f"The essays with a translation are {one_of(slugs)}.")
    raise CommandError(f'No essay with the slug "{slug}" has a translation. {hint}')


def _dated(manuscript: Manuscript, essay: Essay, today: str) -> Replacement:
    source = manuscript.by_path[essay.source]
    if source.text(KEY.lower()):
        return value_changed(source, KEY.lower(), today)
    return line_added(source, f"{KEY}: {today}")


def _follow(after: Manuscript, paths: list[str], today: str) -> bool:
    return all(after.by_path[path].text(KEY.lower()) == today for path in paths)
