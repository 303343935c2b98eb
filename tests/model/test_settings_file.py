"""Mistakes in the settings file are told at once, with file, line and cure."""

from __future__ import annotations

import pytest

from essay_series.adapter.settings.file import settings_from_file
from essay_series.config import SettingsError

WRONG = {
    'SERIES_PATHS = "series"': "SERIES_PATHS is 'series', which is not a list. Write for example ['series'].",
    'ALLOWED_HOSTS = "e.example"': "ALLOWED_HOSTS is 'e.example', which is not a list.",
    "SITEURL = 5": "SITEURL is 5, which is not a text.",
    "SITEURL = None": "SITEURL is None, which is not a text.",
    "OUTPUT_PATH = 5": "OUTPUT_PATH is 5, which is not a text.",
    "WORDS = ['ledger']": "WORDS is ['ledger'], which is not a dictionary.",
    'CARDS = "no"': "CARDS is 'no', which is not True or False.",
    "DEFAULT_DATE = 20": "DEFAULT_DATE is no date.",
    'TIMEZONE = "Mars/One"': 'there is no time zone "Mars/One".',
    'COPIES = ["md", "docx"]': "COPIES: there is no form 'docx'. Choose from md, bib, csl.json.",
    "BOOK_FORMATS = ['mobi']": "BOOK_FORMATS: there is no form 'mobi'.",
    "FILENAME_METADATA = '(?P<date>'": "FILENAME_METADATA is not a regular expression: missing )",
    "SLUG_REGEX_SUBSTITUTIONS = [('[', '')]": "SLUG_REGEX_SUBSTITUTIONS: '[' cannot be replaced by '': unterminated",
    "TAG_REGEX_SUBSTITUTIONS = [('a', r'\\2')]": r"TAG_REGEX_SUBSTITUTIONS: 'a' cannot be replaced by '\\2'",
    "SLUG_REGEX_SUBSTITUTIONS = ['a']": "SLUG_REGEX_SUBSTITUTIONS: 'a' is not a pair of texts.",
    "SITENAME = ": "invalid syntax. Correct the settings file.",
    "import nowhere_to_be_found": "ModuleNotFoundError: No module named 'nowhere_to_be_found'.",
    "SITEURL = missing": "NameError: name 'missing' is not defined.",
}


def problems(folder, *lines: str) -> list[str]:
    """Return what is told of a settings file with these lines, the last line aside."""
    file = folder / "pelicanconf.py"
    file.write_text("\n".join(["ESSAY_SERIES_SITE = True", *lines, ""]), encoding="utf-8")
    with pytest.raises(SettingsError) as caught:
        settings_from_file(str(file))
    *told, last = str(caught.value).splitlines()
    assert last == "Nothing was written; your last build is unchanged."
    return told


@pytest.mark.parametrize("line", WRONG)
def test_a_mistake_is_told_with_its_line(tmp_path, monkeypatch, line):
    """A value that cannot be used, or an error of the program, is told with its place and without a traceback."""
    monkeypatch.chdir(tmp_path)
    (told,) = problems(tmp_path, "", line)
    assert told.startswith("pelicanconf.py:3: ")
    assert WRONG[line] in told


def test_all_mistakes_are_told_at_once(tmp_path, monkeypatch):
    """Two wrong values are two lines."""
    monkeypatch.chdir(tmp_path)
    told = problems(tmp_path, "SITEURL = 5", "PUBLIC_KEYS = 'Mood'")
    assert sorted(each.partition(" is ")[0] for each in told) == [
        "pelicanconf.py:2: SITEURL",
        "pelicanconf.py:3: PUBLIC_KEYS",
    ]


def test_an_error_in_an_imported_file_is_told_there(tmp_path, monkeypatch):
    """An error is told at the innermost line of the author's own files."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(tmp_path)
    (tmp_path / "shared_words_of_two_sites.py").write_text("\nLIMIT = 1 / 0\n", encoding="utf-8")
    (told,) = problems(tmp_path, "from shared_words_of_two_sites import LIMIT")
    assert told == "shared_words_of_two_sites.py:2: ZeroDivisionError: division by zero. Correct the settings file."


def test_what_a_site_does_without_may_be_none(tmp_path):
    """Texts and switches that a site does not need may be `None`, as in Pelican."""
    file = tmp_path / "pelicanconf.py"
    lines = ["ESSAY_SERIES_SITE = True", "INDEX_DATA_SAVE_AS = None", "OFFLINE = None"]
    lines += ["AUTHOR = None", "BOOK_FILES = None", "ALLOWED_HOSTS = None"]
    file.write_text("\n".join(lines), encoding="utf-8")
    assert settings_from_file(str(file))["AUTHOR"] is None


def test_another_site_is_left_to_pelican(tmp_path):
    """Where the plugin is a guest, Pelican alone judges the settings."""
    file = tmp_path / "pelicanconf.py"
    file.write_text("SERIES_PATHS = 'series'\n", encoding="utf-8")
    assert settings_from_file(str(file))["SERIES_PATHS"] == "series"
