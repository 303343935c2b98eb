"""The settings of a guest, which all begin with ``ESSAY_SERIES_``; Pelican's own settings are not changed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
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
"""The setting that switches on the site mode."""
KINDS = ("SERIES_LIST", "SERIES", "BOOK", "PLAY", "PLAYBOOK", "FEED", "FEEDS", "OPML")
"""The kinds of pages and files that a guest writes, as in the names of their settings."""
INDEX = "index.html"
USUAL = {**DEFAULTS, "SERIES_LIST_SAVE_AS": "series/index.html", "SERIES_LIST_URL": "series/"}
"""The default patterns of their addresses."""
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
"""By name: the default of each setting that is not an address, and its description in Markdown."""


@dataclass(frozen=True)
class Own:
    """The settings of a guest, as typed values."""

    routes: Routes
    series_paths: tuple[str, ...]
    playbook_paths: tuple[str, ...]
    book: bool
    """Whether each whole series is one page as well."""
    errors: bool | frozenset[str]
    """The codes of problems that stop the build; True for all."""
    ignored: frozenset[str]
    """The codes of problems that are not reported."""
    languages: Languages = field(default_factory=Languages)
    """The translations."""
    misread: tuple[str, ...] = field(default=())
    """Messages about invalid settings."""


def name_of(name: str) -> str:
    """Return the name that the setting `name` of the site mode has for a guest."""
    return f"{PREFIX}{name.removeprefix('SERIES_')}"


def declaring_paths(settings: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the folders of series and plays, relative to the content folder; none by default."""
    return (*_names(settings, "SERIES_PATHS"), *_names(settings, "PLAYBOOK_PATHS"))


def own_settings(settings: Mapping[str, Any]) -> Own:
    """Return the settings of a guest; invalid ones are reported in `Own.misread` and count as not set."""
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
    """Return the `SiteConfig` of a site whose articles Pelican has already read."""
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


def slugifier(settings: Mapping[str, Any]) -> Callable[[str], str]:
    """Return the function that slugifies a text as Pelican does under `settings`."""
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
    """Return the pattern of an address in the setting `name`, or the `usual` one if that is missing or invalid."""
    text = str(settings.get(name_of(name), usual) or "")
    words = [word for _, word, _, _ in Formatter().parse(USUAL[name]) if word]
    told = f'{name_of(name)}: "{text}"'
    try:
        filled = text.format(**{word: word for word in words})
    except (KeyError, IndexError, AttributeError, ValueError):
        known = " and ".join(f"{{{word}}}" for word in words) or "none"
        misread.append(f"{told} has an unknown placeholder. It may use: {known}.")
        return usual
    if text and not all(word in filled for word in words):
        missing = ", ".join(f"{{{word}}}" for word in words if word not in filled)
        misread.append(f"{told} would be the same address for several pages. Add {missing}.")
        return usual
    if not stays_inside(filled):
        misread.append(f'{told} leads out of the output folder. Remove ".." and a leading slash.')
        return usual
    return text


def _names(settings: Mapping[str, Any], name: str) -> tuple[str, ...]:
    return tuple(_listed(settings.get(name_of(name))))


def _listed(value: object) -> Collection[str]:
    """Return the texts that a setting lists; a single text is a list of one."""
    if isinstance(value, str):
        return [value]
    return [str(each) for each in value] if isinstance(value, list | tuple | set | frozenset) else []
