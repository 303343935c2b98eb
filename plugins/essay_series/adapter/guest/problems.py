"""The problems that a guest reports: as warnings, unless a setting makes them errors or ignores them."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from pelican.contents import Article

from ...checks import CHECKS, Problem
from ...checks.problem import problems_of
from ...config import AuthorError, SiteConfig
from ...model import Essay
from ...sources.frontmatter import Source, read_elsewhere
from ...sources.manuscript import Manuscript
from ..errors import without_traceback
from ..settings.common import PREFIX
from ..settings.guest import GuestSettings
from ..settings.values import texts_from
from .essays import Essays

OWN_KEYS = ("series", "series_index", "part", "side", "entry", "answers")
"""The keys of front matter that the plugin defines."""
OF_SERIES = ("repeated-part", "unpublished-name", "unreadable-planned")
"""The codes of the checks of the plugin's own keys; our other checks are rules that a blog need not share."""
OF_SIDES = (
    *("unknown-side", "entry-without-side", "unknown-answer", "answer-to-itself", "answer-from-the-same-side"),
    *("answer-from-another-series", "answer-not-mutual"),
)
"""The codes of checks that apply only to a series with sides; elsewhere these keys may belong to another plugin."""
UNREADABLE_INDEX = "unreadable-number"
TAKEN, SETTING, UNSHOWABLE = "taken-address", "unusable-setting", "unshowable-page"
ADDED: Mapping[str, str] = {
    TAKEN: "The site has a page or file of its own at the address, so the plugin's is left out.",
    SETTING: "A setting of the plugin cannot be used as it is written, and counts as left out.",
    UNSHOWABLE: "No template of the theme can show the page, so it is left out.",
}
"""The meanings of the codes that are not of checks, for the reference."""
CODES = frozenset((*OF_SERIES, *OF_SIDES, UNREADABLE_INDEX, *ADDED))
"""The codes of all problems that a guest reports."""

logger = logging.getLogger(__name__)


class SeriesError(AuthorError):
    """There are problems that the settings make errors; the message lists all of them."""


@dataclass
class Reporter:
    """Collects problems and reports them together, since the first error would end the build."""

    own: GuestSettings
    content: str
    """The path of the content folder for messages."""
    _warnings: list[str] = field(default_factory=list)
    _errors: list[str] = field(default_factory=list)

    def add(self, problem: Problem) -> None:
        """Add a problem in a file."""
        self._add(problem.code, str(replace(problem, path=f"{self.content}/{problem.path}")))

    def add_settings(self) -> None:
        """Add the problems with settings, for which no line in a file is known."""
        messages = [*self.own.invalid]
        for name, codes in (("IGNORE", self.own.ignored), ("ERRORS", self.own.errors)):
            unknown = sorted(codes - CODES) if not isinstance(codes, bool) else ()
            known = f"is not a code. The codes are {', '.join(sorted(CODES))}."
            messages += [f'{PREFIX}{name}: "{code}" {known}' for code in unknown]
        for message in messages:
            problem, cure = message.split(". ", 1)
            self._add(SETTING, f"{problem} [{SETTING}]. {cure}")

    def report(self) -> None:
        """Log all warnings, and raise all errors.

        Raises:
            SeriesError: there are errors.

        """
        warnings, errors = "\n".join(self._warnings), "\n".join(self._errors)
        self._warnings.clear()
        self._errors.clear()
        if warnings:
            logger.warning("%s", warnings)
        if errors:
            logging.getLogger("pelican").addFilter(without_traceback)
            raise SeriesError(errors)

    def _add(self, code: str, message: str) -> None:
        if code not in self.own.ignored:
            is_error = self.own.errors is True or (self.own.errors and code in self.own.errors)
            (self._errors if is_error else self._warnings).append(message)


def problems(essays: Essays, declaring: Iterable[Source], config: SiteConfig) -> Iterator[Problem]:
    """Yield every problem with the plugin's keys, in articles and in the files of series and plays."""
    using = {path: essay for path, essay in essays.by_source.items() if _own_texts(essays.articles[path].metadata)}
    sources = tuple(source_of(essays.articles[path], path) for path in using)
    manuscript = Manuscript((*sources, *declaring), frozenset(), config, overrides=using)
    members = {path for path, essay in using.items() if essay.series}
    sided = {manuscript.series_key(using[path]) for path in members if using[path].side}
    two_sided = {path for path in members if manuscript.series_key(using[path]) in sided}
    indexed = replace(manuscript, sources=tuple(map(_index_alone, sources)), overrides={})
    yield from _found(manuscript, OF_SERIES)
    yield from (each for each in _found(indexed, (UNREADABLE_INDEX,)) if each.path in members)
    yield from (each for each in _found(manuscript, OF_SIDES) if each.path in two_sided)


def source_of(article: Article, path: str) -> Source:
    """Return the source of an article with the plugin's keys and their positions in the file."""
    file = Path(str(article.source_path))
    data = file.read_bytes() if article.source_path and file.is_file() else b""
    return read_elsewhere(path, "essay", data, _own_texts(article.metadata), "")


def series_line(essay: Essay, articles: Mapping[str, Article]) -> tuple[str, int, int]:
    """Return the file, line and column at which `essay` names its series."""
    value = source_of(articles[essay.source], essay.source).fields["series"].values[0]
    return essay.source, value.line, value.column


def _own_texts(metadata: Mapping[str, Any]) -> dict[str, str]:
    """Return the texts of `OWN_KEYS` in Pelican's metadata, without empty ones."""
    texts = texts_from(metadata)
    return {key: texts[key].strip() for key in OWN_KEYS if texts.get(key, "").strip()}


def _index_alone(source: Source) -> Source:
    """Return `source` with ``Series_index`` only, since a site may use ``Part`` for anything."""
    return replace(source, fields={key: each for key, each in source.fields.items() if key == "series_index"})


def _found(manuscript: Manuscript, codes: Iterable[str]) -> list[Problem]:
    return problems_of({code: CHECKS[code] for code in codes}, manuscript)
