"""Look at everything: ``make check [FORMAT=text|json|github|sarif] [STRICT=1]``.

The sources first, for mistakes and for what a careful author would want to know; then, if they can be built, every page
of the built site, and whether anything that is not published is in it. Errors exit with status 1; with ``STRICT=1``
warnings do too. Only findings are printed.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import replace
from inspect import cleandoc
from pathlib import Path
from tempfile import TemporaryDirectory

from ... import checks
from ...adapter.reading.sources import open_manuscript
from ...checks import Problem
from ...checks.advice.general import ADVICE, advice
from ...publish.changed import files_in
from ...publish.gate import Leak
from ...sources.manuscript import Manuscript
from ..command import BUILD, CommandError, choice, exit_code_of, is_on
from ..editors import editors
from ..findings import FORMATS, Finding
from ..publish.gate import gate
from .catalogues import CODE as UNTRANSLATED
from .catalogues import untranslated
from .inspect import inspect
from .inspect.pages import PAGE_CHECKS
from .inspect.source_of import at_sources
from .uncorrected import CODE, changed_facts_of

SETTINGS = "pelicanconf.py"


def findings(manuscript: Manuscript) -> list[Finding]:
    """Return all that is found in the sources and, if these can be built, in the pages they make."""
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
    told = [Finding(each, "error") for each in mistakes] + [Finding(each, "warning") for each in hints]
    return sorted(told, key=lambda each: each.problem)


def meanings() -> Mapping[str, str]:
    """Return what each code means."""
    every = {**checks.CHECKS, **checks.CHECKS_WHEN_CLOSED, **ADVICE, **PAGE_CHECKS, "stale-editor-file": editors.stale}
    every[CODE] = changed_facts_of
    every |= dict.fromkeys(("leak", "unknown-file"), problem_of)
    every["unreadable-house-style"] = unreadable_house_style
    every[UNTRANSLATED] = untranslated
    return {code: cleandoc(each.__doc__ or "") for code, each in every.items()}


def unreadable_house_style(manuscript: Manuscript) -> list[Problem]:
    """A rule of ``HOUSE_STYLE`` cannot be understood, so that nothing is looked for.

    Bad: ``HOUSE_STYLE = {"essay_word": 700}``.
    Good: ``HOUSE_STYLE = {"essay_words": (700, 1300)}``.
    """
    text = Path(SETTINGS).read_text(encoding="utf-8")
    found = []
    for misread in manuscript.config.misread_style:
        at = max(text.find(f'"{misread.rule}"'), 0)
        line, column = text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
        found.append(Problem(SETTINGS, line, column, "unreadable-house-style", misread.message, misread.hint))
    return found


def _build(into: Path, cache: Path) -> None:
    command = [*BUILD, "content", "--fatal=errors", "--settings", SETTINGS, "--output", str(into)]
    extra = ["--extra-settings", f'CACHE_PATH="{cache}"']
    done = subprocess.run([*command, *extra], capture_output=True, text=True, check=False)
    if done.returncode:
        raise CommandError(f"The site could not be built:\n{done.stderr}{done.stdout}")


def problem_of(leak: Leak) -> Problem:
    """The built site holds what is not published, or a file that no page or text made.

    Bad: a published page that names the title of a draft; ``public/old.html``, which nothing makes any more.
    Good: neither; `make publish` refuses both.
    """
    return Problem(f"output/{leak.path}", 1, 1, leak.code, leak.message, leak.hint)


def main() -> int:
    """Print what is found; return 1 if there is a mistake, or with ``STRICT`` anything, else 0."""
    return exit_code_of(_checked)


def _checked() -> int:
    form = choice(os.environ, "FORMAT", tuple(FORMATS))
    found = findings(open_manuscript(SETTINGS))
    print(FORMATS[form](found, meanings()))
    counted = found if is_on(os.environ, "STRICT") else [each for each in found if each.severity == "error"]
    return 1 if counted else 0


if __name__ == "__main__":
    sys.exit(main())
