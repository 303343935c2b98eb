"""What is told of the series of a site, and how: for a guest a problem is a warning unless a setting says otherwise."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from pelican.contents import Article

from ...checks import CHECKS, Problem
from ...config import SiteConfig
from ...model import Essay
from ...sources.frontmatter import Source, read_elsewhere
from ...sources.manuscript import Manuscript
from .essays import Gathered, declared_texts
from .own import PREFIX, Own

OF_SERIES = ("repeated-part", "unpublished-name", "unreadable-planned")
"""The checks of what an author writes for the plugin, by their codes; on any other rule a blog may think otherwise."""
OF_SIDES = (
    *("unknown-side", "entry-without-side", "unknown-answer", "answer-to-itself", "answer-from-the-same-side"),
    *("answer-from-another-series", "answer-not-mutual"),
)
"""Those that only concern a series with two sides: elsewhere these keys may be somebody else's."""
UNREADABLE_INDEX, TAKEN, SETTING, UNSHOWABLE = (
    *("unreadable-number", "taken-address", "unusable-setting"),
    "unshowable-page",
)
UNSHOWABLE_HINT = "It is left out: mend the theme's page.html, or give the theme a template of its own for such pages."
CODES = frozenset((*OF_SERIES, *OF_SIDES, UNREADABLE_INDEX, TAKEN, SETTING, UNSHOWABLE))
"""The codes of all problems that a guest tells."""
ADDED: Mapping[str, str] = {
    TAKEN: "The site has a page or file of its own at the address, so the plugin's is left out.",
    SETTING: "A setting of the plugin cannot be used as it is written, and counts as left out.",
    UNSHOWABLE: "No template of the theme can show the page, so it is left out.",
}
"""What the codes mean that no check has, for the reference."""

logger = logging.getLogger(__name__)


class SeriesError(Exception):
    """There are problems that the settings make errors; the text tells all of them."""


@dataclass
class Teller:
    """Gathers problems, and tells all at once, so that none is lost where the first ends the build."""

    own: Own
    content: str
    """The content folder as messages name it."""
    _warnings: list[str] = field(default_factory=list)
    _errors: list[str] = field(default_factory=list)

    def tell(self, problem: Problem) -> None:
        """Note a problem of a file: a warning, or an error where the settings say so."""
        self._note(problem.code, str(replace(problem, path=f"{self.content}/{problem.path}")))

    def tell_setting(self, words: str) -> None:
        """Note what is wrong with a setting, which has no place in a file that is known."""
        wrong, cure = words.split(". ", 1)
        self._note(SETTING, f"{wrong} [{SETTING}]. {cure}")

    def end(self) -> None:
        """Tell all that was noted.

        Raises:
            SeriesError: there were errors; it names them.

        """
        warnings, errors = "\n".join(self._warnings), "\n".join(self._errors)
        self._warnings.clear()
        self._errors.clear()
        if warnings:
            logger.warning("%s", warnings)
        if errors:
            logging.getLogger("pelican").addFilter(_without_traceback)
            raise SeriesError(errors)

    def _note(self, code: str, words: str) -> None:
        if code not in self.own.ignored:
            is_error = self.own.errors is True or (self.own.errors and code in self.own.errors)
            (self._errors if is_error else self._warnings).append(words)


def _without_traceback(record: logging.LogRecord) -> bool:
    """An author's mistake is no bug of ours: keep the message and drop the traceback that Pelican adds."""
    if record.exc_info and record.exc_info[0] is SeriesError:
        record.exc_info = None
    return True


def told_of_settings(own: Own) -> Iterator[str]:
    """Yield what is wrong with the settings, each with its cure."""
    yield from own.misread
    named = {"IGNORE": own.ignored, "ERRORS": own.errors if not isinstance(own.errors, bool) else frozenset[str]()}
    for name, codes in named.items():
        for code in sorted(codes - CODES):
            yield f'{PREFIX}{name}: "{code}" is no code. The codes are {", ".join(sorted(CODES))}.'


def problems(gathered: Gathered, declaring: Iterable[Source], config: SiteConfig) -> Iterator[Problem]:
    """Yield every problem of what the articles and the files of series and plays say for the plugin."""
    saying = {
        path: essay for path, essay in gathered.essays.items() if declared_texts(gathered.articles[path].metadata)
    }
    sources = tuple(source_of(gathered.articles[path], path) for path in saying)
    manuscript = Manuscript((*sources, *declaring), frozenset(), config, overrides=saying)
    members = {path for path, essay in saying.items() if essay.series}
    sided = {manuscript.series_key(saying[path]) for path in members if saying[path].side}
    two_sided = {path for path in members if manuscript.series_key(saying[path]) in sided}
    indexed = replace(manuscript, sources=tuple(map(_index_alone, sources)), overrides={})
    yield from _found(manuscript, OF_SERIES)
    yield from (each for each in _found(indexed, (UNREADABLE_INDEX,)) if each.path in members)
    yield from (each for each in _found(manuscript, OF_SIDES) if each.path in two_sided)


def _index_alone(source: Source) -> Source:
    """Return `source` without any key but the index: ``Part`` is a word that a site may use for anything."""
    return replace(source, fields={key: each for key, each in source.fields.items() if key == "series_index"})


def source_of(article: Article, path: str) -> Source:
    """Return the source of an article with what it says for the plugin, at the lines where it says so."""
    file = Path(str(article.source_path))
    data = file.read_bytes() if article.source_path and file.is_file() else b""
    return read_elsewhere(path, "essay", data, declared_texts(article.metadata), "")


def series_line(essay: Essay, articles: Mapping[str, Article]) -> tuple[str, int, int]:
    """Return the file, line and column in which `essay` names its series."""
    value = source_of(articles[essay.source], essay.source).fields["series"].values[0]
    return essay.source, value.line, value.column


def _found(manuscript: Manuscript, codes: Iterable[str]) -> Iterator[Problem]:
    for code in codes:
        for each in sorted(CHECKS[code](manuscript)):
            yield Problem(each.path, each.line, each.column, code, each.message, each.hint)
