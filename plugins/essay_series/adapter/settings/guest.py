"""The settings of a guest, which all begin with ``ESSAY_SERIES_``; Pelican's own settings are not changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from zoneinfo import ZoneInfo

from ...config import SettingsError, SiteConfig
from ...l10n import Languages
from ...l10n.tags import language
from ...model import NOWHERE
from ...routes import DEFAULTS, Routes, stays_inside
from ...values import dataclass
from .common import PREFIX, SITE, filled, placeholders, read_languages, slugifier

KINDS = ("SERIES_LIST", "SERIES", "BOOK", "PLAY", "PLAYBOOK", "FEED", "FEEDS", "OPML")
"""The kinds of pages and files that a guest writes, as in the names of their settings."""
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
class GuestSettings:
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
    languages: Languages
    """The translations."""
    invalid: tuple[str, ...]
    """Messages about invalid settings."""


def name_of(name: str) -> str:
    """Return the name that the setting `name` of the site mode has for a guest."""
    return f"{PREFIX}{name.removeprefix('SERIES_')}"


def declaring_paths(settings: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the folders of series and plays, relative to the content folder; none by default."""
    return (*_listed(settings, "PATHS"), *_listed(settings, "PLAYBOOK_PATHS"))


def guest_settings(settings: Mapping[str, Any]) -> GuestSettings:
    """Return the settings of a guest; invalid ones are reported in `GuestSettings.invalid` and count as not set."""
    languages, invalid = read_languages(settings, PREFIX)
    errors = settings.get(f"{PREFIX}ERRORS", False)
    return GuestSettings(
        routes=Routes(dict(_patterns(settings, invalid))),
        series_paths=_listed(settings, "PATHS"),
        playbook_paths=_listed(settings, "PLAYBOOK_PATHS"),
        book=bool(settings.get(f"{PREFIX}BOOK")),
        errors=errors if isinstance(errors, bool) else frozenset(_listed(settings, "ERRORS")),
        ignored=frozenset(_listed(settings, "IGNORE")),
        languages=languages,
        invalid=tuple(invalid),
    )


def config_of(settings: Mapping[str, Any], own: GuestSettings) -> SiteConfig:
    """Return the `SiteConfig` of a site whose articles Pelican has already read."""
    return SiteConfig(
        content="",
        name=settings["SITENAME"],
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
        book_formats=("page",) if own.book else (),
    )


def _no_date(text: str) -> Any:
    raise ValueError(text)


def _patterns(settings: Mapping[str, Any], invalid: list[str]) -> Iterable[tuple[str, str]]:
    for kind in KINDS:
        path, url = f"{kind}_SAVE_AS", f"{kind}_URL"
        save_as = _pattern(settings, path, USUAL[path], invalid)
        usual = USUAL[url] if save_as == USUAL[path] else save_as.removesuffix("index.html")
        yield path, save_as
        yield url, _pattern(settings, url, usual, invalid)


def _pattern(settings: Mapping[str, Any], name: str, usual: str, invalid: list[str]) -> str:
    """Return the pattern of an address, or the `usual` one if it is missing or invalid, which is added to `invalid`."""
    text, words = str(settings.get(name_of(name), usual) or ""), placeholders(USUAL[name])
    told = f'{name_of(name)}: "{text}"'
    try:
        example = filled(name_of(name), text, words)
    except SettingsError as error:
        invalid.append(str(error))
        return usual
    missing = [f"{{{word}}}" for word in words if word not in example]
    if text and missing:
        invalid.append(f"{told} would be the same address for several pages. Add {', '.join(missing)}.")
        return usual
    if not stays_inside(example):
        invalid.append(f'{told} leads out of the output folder. Remove ".." and a leading slash.')
        return usual
    return text


def _listed(settings: Mapping[str, Any], name: str) -> tuple[str, ...]:
    """Return the texts that a setting of a guest lists; a single text is a list of one."""
    value = settings.get(f"{PREFIX}{name}")
    if isinstance(value, str):
        return (value,)
    return tuple(map(str, value)) if isinstance(value, list | tuple | set | frozenset) else ()
