"""Locales: catalogues, fallbacks, dates, numbers and a site's own names."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from babel.dates import format_date, format_skeleton
from hypothesis import given
from hypothesis import strategies as st

from essay_series.l10n import ENGLISH, FOLDER, CatalogueError, Languages, chosen, sides_from
from essay_series.l10n.catalogue import broken, matching
from essay_series.l10n.titles import in_language
from essay_series.site import MARKDOWN

AVAILABLE = ("de", "en", "he", "nb", "pt", "pt-BR", "zh-Hans", "zh-Hant")
HEAD = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\nPlural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'
DAY = date(2009, 4, 1)


def languages(folder: Path, lang: str, *entries: tuple[str, str]) -> Languages:
    """Return the languages of a site with a catalogue of its own for `lang`."""
    body = "".join(f'msgid "{message}"\nmsgstr "{translation}"\n\n' for message, translation in entries)
    folder.mkdir(exist_ok=True)
    (folder / f"{lang}.po").write_text(HEAD + body, encoding="utf-8")
    return Languages([folder])


@pytest.mark.parametrize(
    ("tag", "served"),
    [
        *(("de", "de"), ("de-CH", "de"), ("de-Latn-AT", "de"), ("no", "nb"), ("iw", "he")),
        *(("zh", "zh-Hans"), ("zh-CN", "zh-Hans"), ("zh-TW", "zh-Hant"), ("zh-Hant-HK", "zh-Hant")),
        *(("pt", "pt"), ("pt-AO", "pt"), ("pt-BR", "pt-BR"), ("pt-Latn-BR", "pt-BR"), ("en-GB", "en")),
        *(("tlh", None), ("xx-Qqqq", None), ("x-mine", None), ("fr", None)),
    ],
)
def test_a_catalogue_serves_its_language_and_script(tag, served):
    """A catalogue serves its own tag and other regions of the same language and script."""
    assert matching(tag, AVAILABLE) == served


def test_the_languages_are_those_of_the_catalogues(tmp_path):
    """A language is added by a catalogue, of the plugin or of a site."""
    assert Languages().tags == tuple(sorted({"en", *(file.stem for file in FOLDER.glob("*.po"))}))
    assert "tlh" in languages(tmp_path, "tlh", ("Search", "yInej")).tags


@given(st.text(max_size=12))
def test_any_text_is_accepted_as_a_language(tag):
    """Any text in place of a language gives a locale, English if nothing better is known."""
    locale = Languages([Path("/nowhere")]).locale(tag)
    assert locale.date(DAY)
    assert locale.direction in ("ltr", "rtl")
    if locale.spoken == "en":
        assert locale.gettext("Search") == "Search"


def test_missing_translations_fall_back_to_english(tmp_path):
    """A site's own catalogue is used first, then the plugin's, then the message itself."""
    german = languages(tmp_path, "de", ("Archive", "Kiste")).locale("de")
    assert [german.gettext(each) for each in ("Archive", "Search", "Nothing of the kind")] == [
        *("Kiste", "Suche", "Nothing of the kind")
    ]
    assert languages(tmp_path, "tlh", ("Archive", "Hoch")).locale("tlh").gettext("Search") == "Search"


def test_a_broken_translation_is_ignored(tmp_path):
    """A translation with an unknown placeholder or a bare percent sign is ignored and listed as broken."""
    wrong = (("By %(author)s", "Von %(autor)s"), ("Search", "100 % Suche"), ("Archive", "Kiste"))
    german = languages(tmp_path, "tlh", *wrong).locale("tlh")
    assert german.gettext("By %(author)s", author="A") == "By A"
    assert (german.gettext("Search"), german.gettext("Archive")) == ("Search", "Kiste")
    assert [each.message for each in broken(tmp_path / "tlh.po")] == ["By %(author)s", "Search"]


@pytest.mark.parametrize("text", ['msgid "a', 'msgid "a"\nmsgstr "b"\nnonsense\n', "\x00\xff"])
def test_an_unreadable_catalogue_is_an_error(tmp_path, text):
    """The error names the file."""
    (tmp_path / "tlh.po").write_text(HEAD + text, encoding="latin-1")
    with pytest.raises(CatalogueError, match=r"tlh\.po cannot be read"):
        Languages([tmp_path]).locale("tlh")


@pytest.mark.parametrize("month", range(1, 13))
def test_english_dates_are_those_of_the_cldr(month):
    """English dates, which are written without Babel, are the CLDR's for Britain."""
    day = date(2009, month, 3)
    assert ENGLISH.date(day) == format_date(day, "long", locale="en_GB")
    assert ENGLISH.months(day, day) == format_skeleton("yMMMM", day, locale="en_GB")
    assert Languages().locale("en-US").date(day) == format_date(day, "long", locale="en_US")


def test_dates_numbers_and_lists_follow_the_language():
    """Dates, numbers and lists are the CLDR's, and English for a language without a catalogue."""
    german = Languages().locale("de")
    assert (german.date(DAY), german.number(12345)) == ("1. April 2009", "12.345")
    assert german.list(["eins", "zwei", "drei"]) == "eins, zwei und drei"
    assert german.months(DAY, date(2010, 5, 1)) == "April 2009 bis Mai 2010"
    assert german.ngettext("%(num)s part", "%(num)s parts", 1234) == "1.234 Teile"
    assert ENGLISH.list(["one", "two", "three"]) == "one, two, three"
    assert Languages().locale("tlh").date(DAY) == "1 April 2009"


@pytest.mark.parametrize(
    ("tag", "direction"),
    [("ar", "rtl"), ("he", "rtl"), ("fa", "rtl"), ("ar-EG", "rtl"), ("en", "ltr"), ("ja", "ltr"), ("tlh", "ltr")],
)
def test_the_direction_is_that_of_the_text(tag, direction):
    """The direction is that of the language, even without a catalogue."""
    assert Languages().locale(tag).direction == direction


def test_languages_have_names():
    """A language has a name in the language of the page, and one in its own."""
    assert (ENGLISH.language("de"), ENGLISH.language("pt-BR"), ENGLISH.language("tlh")) == (
        *("German", "Portuguese (Brazil)", "tlh"),
    )
    assert Languages().locale("de").own_name == "Deutsch"


def test_scripts_get_every_plural_form(tmp_path):
    """Each plural category of the language has its message."""
    assert ENGLISH.plurals("%(num)s page", "%(num)s pages") == {"one": "%(num)s page", "other": "%(num)s pages"}
    (tmp_path / "ru.po").write_text(
        HEAD.replace(
            "nplurals=2; plural=(n != 1)",
            "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2)",
        )
        + 'msgid "%(num)s page"\nmsgid_plural "%(num)s pages"\nmsgstr[0] "a"\nmsgstr[1] "b"\nmsgstr[2] "c"\n',
        encoding="utf-8",
    )
    forms = Languages([tmp_path]).locale("ru").plurals("%(num)s page", "%(num)s pages")
    assert forms == {"one": "a", "few": "b", "many": "c", "other": "c"}


def test_titles_of_markdown_links_are_translated():
    """Titles that the settings give to Markdown's links are in the language of each text; others stay."""
    configs = MARKDOWN["extension_configs"]
    note = configs["markdown.extensions.footnotes"]["BACKLINK_TITLE"].format(12)
    section = configs["markdown.extensions.toc"]["permalink_title"]
    html = f'<a title="{note}">1</a> <a title="{section}">2</a> <a title="Other">3</a>'
    german = in_language(html, Languages().locale("de"))
    assert "Anmerkung 12" in german
    assert 'title="Link zu diesem Abschnitt"' in german
    assert 'title="Other"' in german
    assert in_language(html, ENGLISH) == html


def test_a_sites_own_names_replace_messages():
    """A message about a renamed thing is replaced by one that uses the name."""
    names = {"cost": "Myth", "costs": "Myths", "benefit": "Fact 100%", "benefits": "Facts", "ledger": "Balance"}
    locale = ENGLISH.naming(names)
    assert locale.gettext("Cost") == "Myth"
    assert locale.ngettext("%(num)s cost", "%(num)s costs", 3) == "Myths: 3"
    assert locale.gettext("The cost outweighs the benefit") == "Myth outweighs Fact 100%"
    assert locale.gettext("The ledger") == "Balance"
    assert locale.gettext("Playbook") == "Playbook"
    both = locale.naming({"part": "Letter", "parts": "Letters"})
    words = both.gettext("Part %(number)s of %(total)s, cost", number=2, total=3)
    assert words == "Letter 2 of 3, Myth"
    assert both.in_html.naming({"ledger": "A & B"}).in_html.gettext("Ledger") == "A &amp; B"


@pytest.mark.parametrize(
    ("setting", "problem"),
    [
        ({"ledger": "<b>Balance</b>"}, "plain text without HTML"),
        ({"ledger": "A &amp; B"}, "plain text without HTML"),
        ({"ledger": " "}, "is empty"),
        ({"ledger": 3}, "is empty"),
        ({"leger": "Balance"}, 'did you mean "ledger"?'),
        ({"cost": "Myth"}, "give costs and benefit and benefits too"),
        ({"play": "Move"}, "give plays too"),
        ({"german": {"ledger": "Bilanz"}}, "is not a language code"),
        ({"de": {"leger": "Bilanz"}}, 'did you mean "ledger"?'),
        (["ledger"], "write a dictionary"),
    ],
)
def test_unusable_names_are_problems(setting, problem):
    """Each mistake in the setting has a message, and the name is ignored."""
    found = chosen(setting)
    assert problem in " ".join(found.problems)
    assert not any(found.names.values())


def test_names_may_differ_by_language():
    """Names hold for all languages, or for the language under whose tag they are given."""
    found = chosen({"ledger": "Balance", "de": {"ledger": "Kontobuch"}})
    assert found.problems == ()
    spoken = Languages(names=found.names)
    assert [spoken.locale(each).gettext("Ledger") for each in ("en", "de", "fr")] == ["Balance", "Kontobuch", "Balance"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Myth, Myths / Fact, Facts", ("Myth", "Myths", "Fact", "Facts")),
        ("Against / For", ("Against", "Against", "For", "For")),
    ],
)
def test_a_series_can_name_its_sides(text, names):
    """A line names both sides, in singular and plural or in one form."""
    assert tuple(sides_from(text).values()) == names


@pytest.mark.parametrize("text", ["Myth", "a / b / c", "Myth, / Fact", "<i>Myth</i> / Fact", "One / one", "/"])
def test_unreadable_sides_give_a_message(text):
    """Sides that cannot be read give a message instead of names."""
    assert isinstance(sides_from(text), str)
