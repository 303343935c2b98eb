"""The settings of a guest: all begin with ``ESSAY_SERIES_``, and none is written into Pelican's."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import field
from functools import partial
from string import Formatter
from typing import Any
from zoneinfo import ZoneInfo

from pelican.utils import slugify

from ...config import SiteConfig
from ...l10n import Languages
from ...l10n.tags import language
from ...model import NOWHERE
from ...routes import DEFAULTS, Routes, stays_inside
from ...values import dataclass
from ..settings.languages import read_languages

Settings = dict[str, Any]

PREFIX = "ESSAY_SERIES_"
SITE = f"{PREFIX}SITE"
"""The setting that switches on what only sites of this project's kind want."""
KINDS = ("SERIES_LIST", "SERIES", "BOOK", "PLAY", "PLAYBOOK", "FEED", "FEEDS", "OPML")
"""The kinds of pages and files that a guest makes, as the names of their settings begin."""
INDEX = "index.html"
USUAL = {**DEFAULTS, "SERIES_LIST_SAVE_AS": "series/index.html", "SERIES_LIST_URL": "series/"}
"""The addresses of what a guest makes, where its settings do not say."""
SETTINGS: Mapping[str, tuple[Any, str]] = {
    SITE: (False, "`True` switches on everything that this documentation describes, and the settings above."),
    f"{PREFIX}PATHS": ([], "Folders of files that declare series; Pelican does not read them as articles then."),
    f"{PREFIX}PLAYBOOK_PATHS": ([], "Folders of files that declare plays; an article's `Tags` name them."),
    f"{PREFIX}BOOK": (False, "`True` makes one page of each whole series."),
    f"{PREFIX}WORDS": ({}, "What the site calls things, as `WORDS` above."),
    f"{PREFIX}CATALOGUES": ([], "Folders with catalogues of the site's own, as `CATALOGUES` above."),
    f"{PREFIX}ERRORS": (False, "`True`, or a list of codes: these problems end the build."),
    f"{PREFIX}IGNORE": ([], "A list of codes: these problems are not reported."),
}
"""The default of each setting that is no address, and what it does, in Markdown for the reference."""


@dataclass(frozen=True)
class Own:
    """What the settings of a site say to its guest."""

    routes: Routes
    series_paths: tuple[str, ...]
    playbook_paths: tuple[str, ...]
    book: bool
    """Whether each series is one page too."""
    errors: bool | frozenset[str]
    """The problems that stop the build, by their codes; True for all."""
    ignored: frozenset[str]
    """The problems that are not told."""
    languages: Languages = field(default_factory=Languages)
    """What the site can say to its readers."""
    misread: tuple[str, ...] = field(default=())
    """What is wrong with the settings, in words."""


def name_of(name: str) -> str:
    """Return what a guest calls the setting `name` of the site mode."""
    return f"{PREFIX}{name.removeprefix('SERIES_')}"


def declaring_paths(settings: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the folders below the content folder that hold files of series and plays; none unless a setting says."""
    return (*_names(settings, "SERIES_PATHS"), *_names(settings, "PLAYBOOK_PATHS"))


def own_settings(settings: Mapping[str, Any]) -> Own:
    """Return what `settings` say to the guest; what cannot be used is told in `Own.misread`, and is as if not said."""
    misread: list[str] = []
    patterns = dict(_patterns(settings, misread))
    errors = settings.get(f"{PREFIX}ERRORS", False)
    languages, faults = read_languages(settings, PREFIX)
    return Own(
        routes=Routes(patterns),
        series_paths=_names(settings, "SERIES_PATHS"),
        playbook_paths=_names(settings, "PLAYBOOK_PATHS"),
        book=bool(settings.get(f"{PREFIX}BOOK")),
        errors=errors if isinstance(errors, bool) else frozenset(_listed(errors)),
        ignored=frozenset(_listed(settings.get(f"{PREFIX}IGNORE"))),
        languages=languages,
        misread=(*misread, *faults),
    )


def config_of(settings: Mapping[str, Any], own: Own) -> SiteConfig:
    """Return what the rest of the package may know of a site whose articles Pelican has read."""
    return SiteConfig(
        content="",
        routes=own.routes,
        default_lang=language(settings["DEFAULT_LANG"]),
        timezone=ZoneInfo(settings.get("TIMEZONE", "UTC")),
        now=None,
        needs_date=False,
        slugify=slugifier(settings),
        slug_from_file=True,
        inherited=lambda _: {},
        address=lambda *_: NOWHERE,
        lenient_date=_no_date,
        to_html=str,
        to_html_with_comments=str,
        languages=own.languages,
    )


def slugifier(settings: Mapping[str, Any]) -> Any:
    """Return what makes a slug as Pelican does under `settings`."""
    return partial(
        slugify,
        regex_subs=settings["SLUG_REGEX_SUBSTITUTIONS"],
        preserve_case=settings["SLUGIFY_PRESERVE_CASE"],
        use_unicode=settings["SLUGIFY_USE_UNICODE"],
    )


def _no_date(text: str) -> Any:
    raise ValueError(text)


def _patterns(settings: Mapping[str, Any], misread: list[str]) -> Iterable[tuple[str, str]]:
    for kind in KINDS:
        path, url = f"{kind}_SAVE_AS", f"{kind}_URL"
        save_as = _pattern(settings, path, USUAL[path], misread)
        usual = USUAL[url] if save_as == USUAL[path] else save_as.removesuffix(INDEX)
        yield path, save_as
        yield url, _pattern(settings, url, usual, misread)


def _pattern(settings: Mapping[str, Any], name: str, usual: str, misread: list[str]) -> str:
    """Return the pattern that is set under `name`, or else the `usual` one; an empty one makes no such page."""
    text = str(settings.get(name_of(name), usual) or "")
    words = [word for _, word, _, _ in Formatter().parse(USUAL[name]) if word]
    told = f'{name_of(name)}: "{text}"'
    try:
        filled = text.format(**{word: word for word in words})
    except (KeyError, IndexError, AttributeError, ValueError):
        known = " and ".join(f"{{{word}}}" for word in words) or "none"
        misread.append(f"{told} holds a word that nothing fills in. The words that it may hold: {known}.")
        return usual
    if text and not all(word in filled for word in words):
        missing = ", ".join(f"{{{word}}}" for word in words if word not in filled)
        misread.append(f"{told} would be one place for several. Add {missing}.")
        return usual
    if not stays_inside(filled):
        misread.append(f'{told} leads out of the output folder. Write it without ".." and without a leading slash.')
        return usual
    return text


def _names(settings: Mapping[str, Any], name: str) -> tuple[str, ...]:
    return tuple(_listed(settings.get(name_of(name))))


def _listed(value: object) -> Collection[str]:
    """Return the texts that a setting lists; one text alone is a list of one."""
    if isinstance(value, str):
        return [value]
    return [str(each) for each in value] if isinstance(value, list | tuple | set | frozenset) else []
