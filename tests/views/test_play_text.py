"""Parsing the text of a play: when to use it, its steps, and the questions before and after."""

from __future__ import annotations

import pytest

from builders import PATTERNS, a_part, a_play, views_of
from essay_series.adapter.settings.sections import play_sections
from essay_series.config import SettingsError
from essay_series.l10n import ENGLISH, Languages
from essay_series.model import PLAY_SECTIONS
from essay_series.routes import Routes
from essay_series.views.kinds.play_text import SheetPart, Worksheet, situations, when_to_use, worksheet

HASH = '<a class="headerlink" href="#x" title="Link">#</a>'
TEXT = f"""<p>Before all.</p>
<h2 id="when">When to&nbsp;use&nbsp;it{HASH}</h2>
<p>When the work <em>stops</em>; when it&#8217;s slow; and whenever two block each other<sup><a href="#fn">1</a></sup>.
It is due, too, at a beginning.</p>
<h3>When not to</h3>
<p>Never.</p>
<h2 id="do">DO this week{HASH}</h2>
<ol><li><p>First <a href="/x/">of all</a>.</p></li>
<li>Then:<ul><li>one</li><li>two</li></ul></li></ol>
<h2>Ask after</h2>
<ul><li>What came?</li></ul>
"""


def test_situations_are_split_at_semicolons_and_sentences():
    """Each situation is a line of its own, without the conjunction, the note and the full stop."""
    assert situations(TEXT) == (
        "When the work stops",
        "When it\u2019s slow",
        "Whenever two block each other",
        "It is due, too, at a beginning",
    )
    assert when_to_use(TEXT).startswith("When the work stops; when it")


def test_situations_in_a_list_are_its_items():
    """Items of a list are not split, even if they have several sentences."""
    assert situations("<h2>When to use it</h2><ul><li>One. Or two; three.</li><li>and four</li></ul>") == (
        "One. Or two; three",
        "Four",
    )


def test_a_worksheet_has_the_steps_and_the_questions():
    """Headings are found in upper or lower case; links and notes are left out, and a heading may be missing."""
    sheet = worksheet(TEXT)
    assert sheet.before == SheetPart("Ask before", ())
    assert sheet.steps.items == ("First of all.", "Then:<ul><li>one</li><li>two</li></ul>")
    assert sheet.after.items == ("What came?",)


def test_a_play_without_such_headings_has_only_room_to_write():
    """A text without the usual headings gives a worksheet without items."""
    assert worksheet("<p>Just do it.</p>") == Worksheet(
        *(SheetPart(PLAY_SECTIONS[n], ()) for n in ("before", "steps", "after"))
    )
    assert situations("") == ()


def test_a_site_may_choose_its_headings():
    """The headings of the setting are found and shown on the worksheet; those that it omits keep their usual names."""
    named = play_sections({"steps": "Diese Woche"}, ENGLISH)
    sheet = worksheet("<h2>Diese Woche</h2><ol><li>Eins</li></ol>", named)
    assert (sheet.steps.heading, sheet.steps.items, sheet.before.heading) == ("Diese Woche", ("Eins",), "Ask before")


def test_headings_can_be_set_for_each_language():
    """Headings of a language are under its tag, in upper or lower case; omitted ones keep their usual names in it."""
    setting, german = {"steps": "This week", "DE": {"steps": "Sofort"}}, Languages().locale("de")
    assert play_sections(setting, ENGLISH)["steps"] == "This week"
    assert play_sections(setting, german, is_own=False)["steps"] == "Sofort"
    assert play_sections(setting, german, is_own=False)["when"] == play_sections({}, german)["when"]


@pytest.mark.parametrize("setting", ["When", ["when"], {"wen": "When"}, {"when": ""}, {"when": 3}, None])
def test_an_unusable_setting_is_reported(setting):
    """A value that is not a dictionary, an unknown heading and an empty one are reported with a cure."""
    with pytest.raises(SettingsError, match="PLAY_SECTIONS: write a dictionary"):
        play_sections(setting, ENGLISH)


def test_each_play_has_a_worksheet_beside_it():
    """The address of a worksheet follows from that of its play; if plays have no pages, there are no worksheets."""
    views = views_of(a_part(plays=("let-go",)), plays=[a_play(content=TEXT)])
    sheet = views["playbook/let-go/worksheet/index.html"]
    assert (sheet.play.url, sheet.listed) == ("playbook/let-go/", False)
    assert views["playbook/let-go/index.html"].worksheet == sheet.address.url == "playbook/let-go/worksheet/"
    (row,) = views["playbook/index.html"].plays
    assert (row.worksheet, row.first_step) == (sheet.address.url, "First of all.")
    assert Routes({**PATTERNS, "PLAY_SAVE_AS": ""}).worksheet("let-go").path == ""
