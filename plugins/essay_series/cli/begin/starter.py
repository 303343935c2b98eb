"""The templates in `starter/` and the author's answers → the files of a new site."""

from __future__ import annotations

import json
import locale
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, available_timezones

from jinja2 import Environment, StrictUndefined

from ...l10n import cldr
from ...l10n.tags import language, tag_of
from ...marks import is_english
from ...names import did_you_mean
from ..verbs import VERBS
from . import own_wheel

STARTER = Path(__file__).parents[2] / "starter"
_PATHS = {
    "gitignore": ".gitignore",
    "devcontainer.json": ".devcontainer/devcontainer.json",
    "workflows/publish.yml": ".github/workflows/publish.yml",
}
VERSIONED = ("Makefile", ".github/workflows/publish.yml", "requirements.txt")
"""The files of a site that belong to the version of the plugin, besides its wheel; all others are the author's."""
_UNSAFE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_TRANSLITERATED = ("Latn", "Cyrl", "Grek")
_LANGUAGES = frozenset(re.split(r"[_.@]", name)[0] for name in locale.locale_alias)


@dataclass(frozen=True, slots=True)
class Answers:
    """The author's answers about a new site."""

    name: str
    author: str
    """Empty if no author is to be named."""
    language: str
    siteurl: str
    timezone: str

    def problems(self) -> Iterator[str]:
        """Yield a message with its cure for each answer that cannot be used."""
        if not self.name.strip():
            yield 'NAME: a site needs a name, such as NAME="The shared garden".'
        for word, text in (("NAME", self.name), ("AUTHOR", self.author)):
            if _UNSAFE.search(text):
                yield f"{word}: the text contains a line break or a control character. Write it on one line."
        tag = tag_of(self.language)
        if tag is None or tag.partition("-")[0].lower() not in _LANGUAGES:
            hint = did_you_mean(self.language.lower(), _LANGUAGES, "Write a code such as en, fr or pt-BR.")
            yield f'LANGUAGE: "{self.language}" is not a known language. {hint}'
        parts = urlsplit(self.siteurl)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
            yield f'SITEURL: "{self.siteurl}" is not the address of a site. Write it as https://example.org.'
        if self.timezone not in available_timezones():
            hint = did_you_mean(self.timezone, available_timezones(), "Write a zone such as Europe/Berlin.")
            yield f'TIMEZONE: "{self.timezone}" is not a time zone. {hint}'


def files(answers: Answers) -> dict[str, bytes]:
    """Return the content of every file of a new site, by its path."""
    context = {
        "name": answers.name.strip(),
        "author": answers.author.strip(),
        "language": language(answers.language),
        "siteurl": answers.siteurl.rstrip("/"),
        "timezone": answers.timezone,
        "has_own_letters": "yes" if keeps_own_letters(language(answers.language)) else "",
        **_dates(datetime.now(ZoneInfo(answers.timezone)).date()),
    }
    return {**_rendered(context), **versioned()}


def _dates(today: date) -> dict[str, str]:
    """Return a date for each of the first essays, a day apart: parts are in the order of their dates."""
    essays = ("benefit", "cost", "opening")
    return {f"{name}_date": (today - timedelta(days=days)).isoformat() for days, name in enumerate(essays)}


def keeps_own_letters(lang: str) -> bool:
    """Tell whether addresses in `lang`, a language tag, keep the letters of titles instead of being transliterated.

    Transliterated addresses are usual in languages that use Latin, Cyrillic or Greek letters. From other scripts they
    come out unreadable: Japanese as if it were Chinese, Hebrew and Arabic without vowels.
    """
    return not is_english(lang) and cldr.likely(lang)[1] not in ("", *_TRANSLITERATED)


def versioned() -> dict[str, bytes]:
    """Return the content of the files that belong to a version of the plugin, by path: `VERSIONED` and the wheel."""
    name, wheel = own_wheel.wheel()
    commands = " ".join(verb.name for verb in VERBS if verb.name != "init")
    own = f"./vendor/{name} --hash=sha256:{sha256(wheel).hexdigest()}\n"
    rendered = _rendered({"commands": commands}, versioned=True)
    return {**rendered, "requirements.txt": _locked().encode() + own.encode(), f"vendor/{name}": wheel}


def _rendered(context: Mapping[str, str], *, versioned: bool = False) -> dict[str, bytes]:
    """Return the rendered templates, by the path of the file: those in `VERSIONED`, or all others."""
    environment = Environment(  # noqa: S701 - it makes no HTML
        variable_start_string="[[ ",
        variable_end_string=" ]]",
        block_start_string="[% ",
        block_end_string=" %]",
        trim_blocks=True,
        undefined=StrictUndefined,
        keep_trailing_newline=True,
    )
    environment.filters["literal"] = partial(json.dumps, ensure_ascii=False)
    found = {}
    for file in sorted(path for path in STARTER.rglob("*.in") if path.is_file()):
        name = file.relative_to(STARTER).as_posix().removesuffix(".in")
        path = _PATHS.get(name, name)
        if (path in VERSIONED) == versioned:
            found[path] = environment.from_string(file.read_text(encoding="utf-8")).render(context).encode()
    return found


def _locked() -> str:
    """Return the lock, with hashes, of everything that a site with books needs."""
    within = STARTER / "requirements.txt"
    return (within if within.is_file() else STARTER.parents[2] / "requirements/book.txt").read_text(encoding="utf-8")
