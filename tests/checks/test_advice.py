"""Advice: what stops no build and is told all the same, each kind with a site that needs it and one that does not."""

from __future__ import annotations

from inspect import cleandoc

import pytest
from unidecode import unidecode

from builders import a_manuscript, slugify
from checks.test_house_style import BREAKS
from essay_series import checks
from essay_series.checks.advice import ADVICE, advice

PART = "Title: {0}\nDate: 2009-04-0{1}\nSeries: turnings\nSide: {2}\nEntry: So.\nTags: {3}\nSummary: In short.\n\n{4}\n"
SOUND = {
    "essays/price.md": PART.format("Price", 1, "cost\nAnswers: gain", "let-go", "What is paid.[^a]\n\n[^a]: A book."),
    "essays/gain.md": PART.format("Gain", 2, "benefit\nAnswers: price", "let-go", "What is won."),
    "playbook/let-go.md": "Title: Let go\nSummary: Hands off.\n\nText.\n",
    "series/turnings.md": "Title: Turnings\nSummary: What turns.\nPlanned: To come | cost | 2030-01-01\n\nText.\n",
}
LONG = "This one sentence has quite a few more words than eight."


def told(changes) -> list[str]:
    """Return the advice on the sound site with `changes`, as an author reads it, and see that there is no mistake."""
    manuscript = a_manuscript({**SOUND, **changes}, slugify=lambda name: slugify(unidecode(name)))
    assert checks.run(manuscript) == []
    return [str(each) for each in advice(manuscript)]


NEEDS = {
    "essay-without-play": (
        {"essays/end.md": "Title: End\nDate: 2009-04-03\nSeries: turnings\nSummary: Over.\n\nText.\n"},
        'essays/end.md:1:1: the essay teaches no play [essay-without-play]. Add "Tags: …" if one fits.',
    ),
    "translation-behind": (
        {
            "essays/price.md": PART.format(
                "Price", 1, "cost\nAnswers: gain\nModified: 2009-05-01\nRevision: Clearer", "let-go", "What is paid."
            ),
            "essays/preis.md": "Title: Preis\nDate: 2009-04-01\nSlug: price\nLang: de\nSummary: Kurz.\n\nText.\n",
        },
        "essays/preis.md:2:7: the original, essays/price.md, changed on 2009-05-01, after this translation",
    ),
    "lonely-play": (
        {"playbook/stay.md": "Title: Stay\nStatus: published\nSummary: Near.\n\nText.\n"},
        "playbook/stay.md:1:8: no essay teaches this play [lonely-play].",
    ),
    "unspoken-language": (
        {"essays/end.md": "Title: End\nDate: 2009-04-03\nLang: tlh\nTags: let-go\nSummary: Over.\n\nText.\n"},
        'essays/end.md:3:7: there is no catalogue for "tlh", so the page is in English around the text [unspoken-lang',
    ),
    "unshown-file": (
        {"images/lamp.png": ""},
        "images/lamp.png:1:1: no text refers to this file, so it is not published [unshown-file].",
    ),
    "unread-text": (
        {"essays/three.docx": ""},
        'essays/three.docx:1:1: the file is not read [unread-text]. Rename it to "essays/three.md"',
    ),
    "transliterated-address": (
        {"essays/世界.md": "Title: World\nDate: 2009-04-03\nTags: let-go\nSummary: S.\n\nText.\n"},
        'essays/世界.md:1:8: readers cannot read "shi-jie" in the address [transliterated-address].',
    ),
    "unused-page": (
        {"series/later.md": "Title: Later\nPlanned: One | cost | 2009-05-01\n\nText.\n"},
        "series/later.md:1:8: no essay uses this, so it is not on the site [unused-page]. "
        "Add 'Status: published' to show it before it is used, or 'Status: draft'.".replace("'", '"'),
    ),
    "one-sided-play": (
        {
            "playbook/stay.md": "Title: Stay\nSummary: Near.\n\nText.\n",
            "essays/price.md": PART.format("Price", 1, "cost\nAnswers: gain", "let-go, stay", "What is paid."),
            "essays/end.md": "Title: End\nDate: 2009-04-03\nSeries: turnings\nTags: stay\nSummary: Over.\n\nText.\n",
        },
        "playbook/stay.md:1:8: the play has no benefit [one-sided-play]. Add it to the tags of an essay on that side.",
    ),
    "missing-summary": (
        {"series/turnings.md": "Title: Turnings\n\nText.\n"},
        'series/turnings.md:1:1: the page has no summary [missing-summary]. Add "Summary: …" with one sentence.',
    ),
    "long-summary": (
        {"series/turnings.md": f"Title: Turnings\nSummary: {'long ' * 70}\n\nText.\n"},
        "series/turnings.md:2:10: the summary has 349 characters [long-summary].",
    ),
    "overdue-part": (
        {"series/turnings.md": SOUND["series/turnings.md"].replace("2030", "2010")},
        'series/turnings.md:3:10: "To come" was planned for 2010-01-01 [overdue-part]. Publish it, or change the date.',
    ),
    "overdue-promise": (
        {
            "series/turnings.md": SOUND["series/turnings.md"].replace("2030", "2010"),
            "essays/end.md": (
                "Title: End\nDate: 2009-04-03\nSeries: turnings\nTags: let-go\nSummary: Over.\n\n"
                'It comes <span data-promise="To come">soon</span>.\n'
            ),
        },
        'essays/end.md:7:30: "soon" promises something that is overdue [overdue-promise].',
    ),
    "repeated-sentence": (
        {
            "essays/price.md": PART.format("Price", 1, "cost\nAnswers: gain", "let-go", f"First.\n\nThen. {LONG}"),
            "essays/gain.md": PART.format("Gain", 2, "benefit\nAnswers: price", "let-go", LONG),
        },
        'essays/price.md:12:1: "This one sentence has quite a few more …" is also in essays/gain.md:10',
    ),
}
DIALECT = {
    "list-as-text": ("Text:\n- a\n- b", "13:1: this list is read as part of the paragraph above it"),
    "flat-list": ("- a\n  - b", "13:3: this item is not nested in the item above it"),
    "outside-list": ("1. a\n\n   b", "14:4: this paragraph ends the list instead of continuing its item"),
    "fence-as-text": ("```a b\nc\n```", "12:1: this fence does not make a code block"),
    "table-as-text": ("Text\n| a | b |\n|---|---|", "13:1: this table is shown as text"),
    "accidental-heading": ("#1 of all", "12:1: this line becomes a heading"),
    "unknown-markup": ("An ~~old~~ one", '12:4: readers see "~~", which does not strike anything out here'),
    "bare-address": ("At https://gnu.org/", "12:4: this address is not a link, so readers cannot follow it"),
}
"""By code: a text that needs it, and the beginning of what is said of it."""


def in_a_text(text: str) -> dict[str, str]:
    """Return the change of one essay's text."""
    return {"essays/price.md": PART.format("Price", 1, "cost\nAnswers: gain", "let-go", f"First.\n\n{text}")}


NEEDS |= {code: (in_a_text(text), f"essays/price.md:{line}") for code, (text, line) in DIALECT.items()}


def test_all_advice_has_an_example():
    """Each piece of advice also has a docstring in the form of a check."""
    assert NEEDS.keys() | BREAKS.keys() == ADVICE.keys()
    told = [cleandoc(each.__doc__) for each in ADVICE.values()]
    assert all("\nBad: " in each and "\nGood: " in each for each in told)


def test_a_sound_site_gets_no_advice():
    """Nothing is reported on a site without faults."""
    assert told({}) == []


@pytest.mark.parametrize("code", sorted(NEEDS))
def test_advice_is_given_at_its_place(code):
    """Each kind of advice is reported at its file, line and column, and never as a mistake."""
    changes, line = NEEDS[code]
    assert any(each.startswith(line) for each in told(changes)), told(changes)


@pytest.mark.parametrize(
    "changes",
    [
        {"essays/первый.md": ""},
        {"essays/straße.md": ""},
        {"essays/世界.md": "Slug: the-world\n"},
        {"essays/世界.md": "", "published.toml": '[addresses]\n"/essays/世界/" = { first = "2009-04-03" }\n'},
    ],
)
def test_readable_chosen_and_published_addresses_get_no_advice(changes):
    """Cyrillic is readable in Latin letters, a slug was chosen, and published addresses stay."""
    text = "Title: World\nDate: 2009-04-03\nTags: let-go\nSummary: S.\n{}\nText.\n"
    assert told({path: text.format(keys) if path.endswith(".md") else keys for path, keys in changes.items()}) == []


def test_a_play_that_only_openings_teach_lacks_both_sides():
    """A play of essays without a side has neither a cost nor a benefit, which is reported once."""
    opening = "Title: {0}\nDate: 2009-03-0{1}\nSeries: turnings\nTags: stay\nSummary: Begin.\n\nText.\n"
    changes = {
        "playbook/stay.md": "Title: Stay\nSummary: Near.\n\nText.\n",
        "essays/first.md": opening.format("First", 1),
        "essays/second.md": opening.format("Second", 2),
    }
    line = "the play has no cost and no benefit [one-sided-play]. Add it to the tags of an essay on that side."
    assert told(changes) == [f"playbook/stay.md:1:8: {line}"]


def test_repeated_notes_code_and_short_sentences_get_no_advice():
    """Two essays may cite the same book and show the same command."""
    same = "It is so.\n\n    make html and then look at the folder output again.\n\nNote[^a].\n\n[^a]: " + LONG
    changes = {
        "essays/price.md": PART.format("Price", 1, "cost\nAnswers: gain", "let-go", same),
        "essays/gain.md": PART.format("Gain", 2, "benefit\nAnswers: price", "let-go", same),
    }
    assert told(changes) == []


def test_repeated_addresses_and_tags_get_no_advice():
    """Two texts with the same link, image and link definition have no sentence in common."""
    address = "https://www.gnu.org/a/long/address/of/eight/words/and-more.html. "
    same = (
        f"At <{address}>\n\n[One]({address}) two.\n\n![A match](https://www.gnu.org/one/two/three/four/five/six/seven.png).\n\n"
        '<figure class="one two three four five six seven eight" id="nine."><img alt="" src="a.b"></figure>\n\n'
        "[One][label].\n\n[label]: https://www.gnu.org/a/long/address/of/eight/words/and/more.html"
    )
    manuscript = a_manuscript(
        {
            "essays/price.md": PART.format("Price", 1, "cost\nAnswers: gain", "let-go", same),
            "essays/gain.md": PART.format("Gain", 2, "benefit\nAnswers: price", "let-go", same),
        }
    )
    assert [each for each in advice(manuscript) if each.code == "repeated-sentence"] == []


@pytest.mark.parametrize(
    ("text", "count"),
    [
        (
            "Node.js reads one two three four five six a.md so.\n\nNode.js reads one two three four five six a.md.",
            0,
        ),
        (
            "- a one two three four five\n- six seven eight.\n\nSo.\n\n- a one two three four five\n- six seven eight.",
            0,
        ),
        ("<pre>\none two three four five six seven eight.\none two three four five six seven eight.\n</pre>", 0),
        ("One two three four v1.5 of six seven.\nThen.\n\nOne two three four\nv1.5 of six seven.", 1),
    ],
)
def test_sentences_end_at_full_stops_and_list_items(text, count):
    """A dot inside a word does not end a sentence, a list item begins one, and raw HTML with code has none."""
    manuscript = a_manuscript({**SOUND, **in_a_text(text)})
    assert [each.code for each in advice(manuscript)].count("repeated-sentence") == count


def unread(files) -> list[str]:
    """Return what is told of files that are not read, by checks or as advice."""
    manuscript = a_manuscript(files)
    return [each.path for each in (*checks.run(manuscript), *advice(manuscript)) if each.code.startswith("unread-")]


@pytest.mark.parametrize(
    "name", ["essays/x.txt", "series/x.text", "playbook/x.docx", "pages/x.Markdown", "essays/a.MD"]
)
@pytest.mark.parametrize("site", [SOUND, {"essays/two.md": "Title: Two\nDate: 2009-04-01\n\nText.\n"}])
def test_a_text_that_is_not_read_is_reported_once(site, name):
    """A file with the extension of a text makes no page, whether the site declares series and plays or not."""
    assert unread({**site, name: ""}) == [name]


@pytest.mark.parametrize("name", ["essays/x.png", "essays/data.csv", "images/x.txt", "essays/.x.txt"])
def test_other_unread_files_are_not_reported(name):
    """Images, data, hidden files and static files are not texts."""
    assert unread({**SOUND, name: ""}) == []


def test_a_linked_text_file_is_not_reported():
    """A text file that an essay links to is for readers."""
    text = PART.format("Price", 1, "cost\nAnswers: gain", "let-go", "[The list]({static}list.txt).")
    assert unread({**SOUND, "essays/price.md": text, "essays/list.txt": ""}) == []


@pytest.mark.parametrize(
    "header", ["---\ntitle: One\ndate: 2009-04-01\ntags:\n- a\n{0}\n---\n", "+++\ntitle = 'One'\n{0}\n+++\n"]
)
def test_an_unreadable_header_is_the_only_problem_of_its_file(header):
    """Consequences, such as a missing summary, are not reported."""
    text = header.format(f"excerpt: {LONG}\ndescription: {LONG}") + "\nText.\n"
    manuscript = a_manuscript({**SOUND, "essays/end.md": text})
    assert [each.path for each in checks.run(manuscript)] == ["essays/end.md"]
    assert [each for each in advice(manuscript) if each.path == "essays/end.md"] == []
