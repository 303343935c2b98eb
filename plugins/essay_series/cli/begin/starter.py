"""The files of a new site, filled in with the author's answers."""

from __future__ import annotations

import json
import locale
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, available_timezones

from jinja2 import Environment, StrictUndefined

from ...l10n import cldr
from ...languages import tag_of
from ...marks import is_english
from ...names import nearest
from ..verbs import VERBS
from . import own_wheel

STARTER = Path(__file__).parents[2] / "starter"
_PLACES = {
    "gitignore": ".gitignore",
    "devcontainer.json": ".devcontainer/devcontainer.json",
    "workflows/publish.yml": ".github/workflows/publish.yml",
}
KEPT_UP = ("Makefile", ".github/workflows/publish.yml", "requirements.txt")
"""The files of a site that a newer version brings up to date; all others are the author's."""
_UNSAFE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_TRANSLITERATED = ("Latn", "Cyrl", "Grek")
_LANGUAGES = frozenset(re.split(r"[_.@]", name)[0] for name in locale.locale_alias)


@dataclass(frozen=True, slots=True)
class Answers:
    """What an author says of a new site."""

    name: str
    author: str = ""
    language: str = "en"
    siteurl: str = "https://example.org"
    timezone: str = "UTC"
    subtitle: str = "Its costs and its benefits, weighed"

    def problems(self) -> Iterator[str]:
        """Yield what is wrong with the answers, a line for each, with its cure."""
        if not self.name.strip():
            yield 'NAME: a site needs a name, such as NAME="The shared garden".'
        for word, text in (("NAME", self.name), ("AUTHOR", self.author)):
            if _UNSAFE.search(text):
                yield f"{word}: it holds a line break or a control character. Write it on one line."
        tag = tag_of(self.language)
        if tag is None or tag.partition("-")[0].lower() not in _LANGUAGES:
            near = nearest(self.language.lower(), sorted(_LANGUAGES))
            hint = f'Did you mean "{near}"?' if near else "Write a code such as en, fr or pt-BR."
            yield f'LANGUAGE: "{self.language}" is no language that is known. {hint}'
        parts = urlsplit(self.siteurl)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
            yield f'SITEURL: "{self.siteurl}" is no address of a site. Write it as https://example.org.'
        if self.timezone not in available_timezones():
            near = nearest(self.timezone, sorted(available_timezones()))
            hint = f'Did you mean "{near}"?' if near else "Write a zone such as Europe/Berlin."
            yield f'TIMEZONE: "{self.timezone}" is no time zone. {hint}'


def files(answers: Answers) -> dict[str, bytes]:
    """Return every file of a new site, by its path.

    Raises:
        CommandError: the plugin's wheel cannot be had.

    """
    today = datetime.now(ZoneInfo(answers.timezone)).date().isoformat()
    words = {
        "name": answers.name.strip(),
        "subtitle": answers.subtitle.strip(),
        "author": answers.author.strip(),
        "language": tag_of(answers.language) or answers.language,
        "siteurl": answers.siteurl.rstrip("/"),
        "timezone": answers.timezone,
        "has_own_letters": "yes" if keeps_own_letters(tag_of(answers.language) or answers.language) else "",
        "today": today,
    }
    return {**_filled(words), **kept_up()}


def keeps_own_letters(lang: str) -> bool:
    """Tell whether addresses of a site in `lang` keep the letters of their names instead of being transliterated.

    Readers of Latin, Cyrillic and Greek letters know transliterated addresses. Of other scripts, letter by letter, they
    come out as nothing that anybody reads: Japanese as Chinese, Hebrew and Arabic without vowels.
    """
    return not is_english(lang) and cldr.likely(lang)[1] not in ("", *_TRANSLITERATED)


def kept_up() -> dict[str, bytes]:
    """Return the files that depend on the version of the package alone: the plugin, its locks, Makefile and workflow.

    Raises:
        CommandError: the plugin's wheel cannot be had.

    """
    name, wheel = own_wheel.wheel()
    verbs = " ".join(verb.name for verb in VERBS if verb.name != "init")
    found = {path: text for path, text in _filled({"verbs": verbs}, KEPT_UP).items() if path in KEPT_UP}
    own = f"./vendor/{name} --hash=sha256:{sha256(wheel).hexdigest()}\n"
    return {**found, "requirements.txt": _locked().encode() + own.encode(), f"vendor/{name}": wheel}


def _filled(words: Mapping[str, str], only: tuple[str, ...] = ()) -> dict[str, bytes]:
    """Return the files of the starter, filled in; if `only` is given, those alone, else all but what is kept up."""
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
        path = file.relative_to(STARTER).as_posix().removesuffix(".in")
        place = _PLACES.get(path, path)
        if (place in only) if only else (place not in KEPT_UP):
            text = environment.from_string(file.read_text(encoding="utf-8")).render(words)
            found[place] = text.encode()
    return found


def _locked() -> str:
    """Return the exact versions, with hashes, of all that a site with books needs."""
    within = STARTER / "requirements.txt"
    return (within if within.is_file() else STARTER.parents[2] / "requirements/book.txt").read_text(encoding="utf-8")
