"""The check of message catalogues: what readers see in English because a translation is missing or unusable."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from babel.messages import Message

from ...checks import Problem
from ...htmltext import Places
from ...l10n import FOLDER, Languages, tags_in
from ...l10n.catalogue import broken, read
from ...l10n.tags import language

CODE = "untranslated-message"


def untranslated(languages: Languages, settings: str, default_lang: str) -> list[Problem]:
    """Readers see messages in English: the language has no catalogue, or a translation is missing or unusable.

    Bad: ``DEFAULT_LANG = "tlh"`` without a catalogue; a catalogue of the site's own that lacks translations.
    Good: a language that has a catalogue, with a translation of each message, with the placeholders of the message.
    """
    found = []
    if not languages.has(default_lang):
        message = f'there is no catalogue for "{language(default_lang)}": messages are in English'
        place = place_in_settings(settings, "DEFAULT_LANG")
        found.append(Problem(settings, *place, CODE, message, "The guide says how to add a language."))
    for folder in languages.folders:
        if folder != FOLDER:
            for tag in tags_in(folder):
                found += _in_catalogue(folder / f"{tag}.po", tag)
    return found


def place_in_settings(settings: str, text: str) -> tuple[int, int]:
    """Return the line and column, from 1, at which `text` is in the file `settings`; the start if it is not there."""
    written = Path(settings).read_text(encoding="utf-8") if Path(settings).is_file() else ""
    return Places(written)(max(written.find(text), 0))


def _in_catalogue(file: Path, tag: str) -> Iterator[Problem]:
    for each in broken(file):
        message = f'the translation of "{each.message}" cannot be used: {each.reason}'
        yield Problem(file.as_posix(), each.line, 1, CODE, message, "Readers see the English message until then.")
    if tag in tags_in(FOLDER) or tag == "en":
        return
    known = {_key(each) for each in read(file) if each.id and each.string}
    missing = [each for each in read(FOLDER / "messages.pot") if each.id and _key(each) not in known]
    if missing:
        message = f'{len(missing)} messages are not translated, such as "{_key(missing[0])[1]}"'
        yield Problem(file.as_posix(), 1, 1, CODE, message, "Readers see them in English until then.")


def _key(message: Message) -> tuple[str, str]:
    return message.context or "", message.id if isinstance(message.id, str) else message.id[0]
