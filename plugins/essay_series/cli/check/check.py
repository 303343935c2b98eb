"""Check all sources and every built page: ``make check [FORMAT=text|json|github|sarif] [STRICT=1]``.

If the sources have no errors, the site is built into a temporary folder, and its pages are checked, also for leaks.
The exit status is 1 if there are errors; with ``STRICT=1`` warnings count too.
"""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from dataclasses import replace
from inspect import cleandoc
from pathlib import Path
from tempfile import TemporaryDirectory

from ... import checks
from ...adapter.reading.sources import open_manuscript
from ...checks import Problem
from ...checks.advice import ADVICE, advice
from ...publish.changed import files_in
from ...publish.gate import Leak
from ...sources.manuscript import Manuscript
from ..command import BUILD, CommandError, Options, choice, is_on, pelican_arguments
from ..editors import editors
from ..findings import FORMATS, Finding, exit_status
from ..publish.gate import gate
from .catalogues import CODE as UNTRANSLATED
from .catalogues import place_in_settings, untranslated
from .inspect import inspect
from .inspect.pages import PAGE_CHECKS
from .inspect.source_of import at_sources
from .uncorrected import CODE, changed_facts_of

SETTINGS = "pelicanconf.py"


def findings(manuscript: Manuscript) -> list[Finding]:
    """Return all findings in the sources and, if they have no errors, in the built pages; sorted by place."""
    folder = manuscript.config.content
    mistakes = [replace(each, path=f"{folder}/{each.path}") for each in checks.run(manuscript)]
    advised = [*advice(manuscript), *changed_facts_of(manuscript)]
    hints = [replace(each, path=f"{folder}/{each.path}") for each in advised]
    hints += editors.stale(manuscript)
    if not mistakes:
        with TemporaryDirectory() as temporary:
            site, cache = Path(temporary, "site"), Path(temporary, "cache")
            _build(site, cache)
            built, found = files_in(site), gate(site, manuscript, SETTINGS, cache / "made.json").leaks
        written = {address.path for address in manuscript.addresses.values()}
        in_pages = inspect(built, manuscript.config.root, built.keys() - written)
        mistakes = [*at_sources(in_pages, manuscript), *map(problem_of, found)]
    mistakes += unreadable_house_style(manuscript)
    hints += untranslated(manuscript.config.languages, SETTINGS, manuscript.config.default_lang)
    all_found = [Finding(each, "error") for each in mistakes] + [Finding(each, "warning") for each in hints]
    return sorted(all_found, key=lambda each: each.problem)


def meanings() -> Mapping[str, str]:
    """Return the meaning of each code, with an example of what is bad and of what is good."""
    every = {**checks.CHECKS, **checks.CHECKS_WHEN_CLOSED, **ADVICE, **PAGE_CHECKS, "stale-editor-file": editors.stale}
    every[CODE] = changed_facts_of
    every |= dict.fromkeys(("leak", "unknown-file"), problem_of)
    every["unreadable-house-style"] = unreadable_house_style
    every[UNTRANSLATED] = untranslated
    return {code: cleandoc(each.__doc__ or "") for code, each in every.items()}


def unreadable_house_style(manuscript: Manuscript) -> list[Problem]:
    """A rule of ``HOUSE_STYLE`` is not valid, so it is not applied.

    Bad: ``HOUSE_STYLE = {"essay_word": 700}``.
    Good: ``HOUSE_STYLE = {"essay_words": (700, 1300)}``.
    """
    return [
        Problem(
            SETTINGS,
            *place_in_settings(SETTINGS, f'"{each.rule}"'),
            "unreadable-house-style",
            each.message,
            each.hint,
        )
        for each in manuscript.config.invalid_rules
    ]


def _build(into: Path, cache: Path) -> None:
    command = [*BUILD, *pelican_arguments(SETTINGS, into, CACHE_PATH=str(cache))]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise CommandError(f"The site could not be built:\n{done.stderr}{done.stdout}")


def problem_of(leak: Leak) -> Problem:
    """The built site contains something that is not published, or a file that the build did not make.

    Bad: a published page that mentions the title of a draft; ``public/old.html``, left by an earlier version.
    Good: neither; `make publish` refuses both.
    """
    return Problem(f"output/{leak.path}", 1, 1, leak.code, leak.message, leak.hint)


def check(options: Options) -> int:
    """Print the findings; return the exit status."""
    form = choice(options, "FORMAT", tuple(FORMATS))
    found = findings(open_manuscript(SETTINGS))
    print(FORMATS[form](found, meanings()))
    return exit_status(found, strict=is_on(options, "STRICT"))
