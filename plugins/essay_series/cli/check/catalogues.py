"""What readers are told in English because a catalogue of the site's own lacks it, or has it wrong."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from babel.messages import Message

from ...checks import Problem
from ...l10n import FOLDER, Languages, tags_in
from ...l10n.catalogue import broken, read
from ...l10n.tags import language

CODE = "untranslated-message"


def untranslated(languages: Languages, settings: str, default_lang: str) -> list[Problem]:
    """Readers are told something in English: the language has no catalogue, or its catalogue lacks it or has it wrong.

    Bad: ``DEFAULT_LANG = "tlh"`` without a catalogue; a catalogue of the site's own without a translation of each.
    Good: a language that has a catalogue; a translation of each message, with the placeholders of it.
    """
    found = []
    if not languages.has(default_lang):
        told = f'there is no catalogue for "{language(default_lang)}": the site speaks English'
        found.append(Problem(settings, *_place(settings), CODE, told, "The guide says how to add a language."))
    for folder in languages.folders:
        if folder != FOLDER:
            for tag in tags_in(folder):
                found += _in_catalogue(folder / f"{tag}.po", tag)
    return found


def _place(settings: str) -> tuple[int, int]:
    """Return the line and the column at which the settings name the language."""
    text = Path(settings).read_text(encoding="utf-8") if Path(settings).is_file() else ""
    at = max(text.find("DEFAULT_LANG"), 0)
    return text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)


def _in_catalogue(file: Path, tag: str) -> Iterator[Problem]:
    for each in broken(file):
        told = f'the translation of "{each.message}" cannot be used: {each.reason}'
        yield Problem(file.as_posix(), each.line, 1, CODE, told, "Readers are told the English message until then.")
    if tag in tags_in(FOLDER) or tag == "en":
        return
    known = {_key(each) for each in read(file) if each.id and each.string}
    missing = [each for each in read(FOLDER / "messages.pot") if each.id and _key(each) not in known]
    if missing:
        one = missing[0].id if isinstance(missing[0].id, str) else missing[0].id[0]
        told = f'{len(missing)} messages are not translated, such as "{one}"'
        yield Problem(file.as_posix(), 1, 1, CODE, told, "Readers are told them in English until then.")


def _key(message: Message) -> tuple[str, str]:
    return message.context or "", message.id if isinstance(message.id, str) else message.id[0]
