"""The house style of a site: each rule with a text that breaks it, and silent where the site has no such rule."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import a_manuscript
from essay_series import checks
from essay_series.checks.advice import advice
from essay_series.house_style import HouseStyle, house_style

ESSAY = "Title: {0}\nDate: 2009-04-0{1}\nSeries: turnings\n{2}Tags: let-go\nSummary: In short.\n\n{3}\n"
COST = "Side: cost\nEntry: You pay first.\nAnswers: gain\n"
BENEFIT = "Side: benefit\nEntry: You are given time.\nAnswers: price\n"
PLAY = "[let go]({filename}/playbook/let-go.md)"
PAID = f"What is paid for [the gain]({{filename}}/essays/gain.md), as you {PLAY}.[^a]\n\n[^a]: A book, 1998."
MIXED = 'The *Zeitgeist*{: lang="de" }, the Zeitgeist.'
NOTELESS = PAID.partition("[^a]")[0]
WON = f"What is won for [the price]({{filename}}/essays/price.md) if you {PLAY}.[^a]\n\n[^a]: A book, 1999."
LISTS = (
    "Title: Let go\nSummary: Hands off.\n\n## Why\n\nSo.\n\n## Do\n\n1. One.\n2. Two.\n\n## Ask\n\n- Who?\n- When?\n"
)
SOUND = {
    "essays/price.md": ESSAY.format("Price", 1, COST, PAID),
    "essays/gain.md": ESSAY.format("Gain", 2, BENEFIT, WON),
    "playbook/let-go.md": LISTS,
    "series/turnings.md": "Title: Turnings\nSummary: What turns.\n\nText.\n",
}
STRICT = {
    "essay_words": (8, 30),
    "summary_characters": 20,
    "entry_characters": 20,
    "entry_one_sentence": True,
    "source_with_year": True,
    "link_counterpart": True,
    "link_plays": True,
    "paired_sides": True,
    "days_between_parts": (1, 2),
    "repeated_phrase_words": 4,
    "foreign_words": {"Zeitgeist": "de"},
    "play_outline": ["## Why", "## Do", "## Ask"],
    "play_lists": {"## Do": ("steps", 2, 3), "## Ask": ("questions", 2, 3)},
}
"""Every rule, in a form that the sound site keeps to."""
LATE = ESSAY.replace("0{1}", "{1}").format("Late", 12, "", PAID.replace("What is paid", "How it ends"))
BREAKS = {
    "essay-length": [
        (
            {"essays/price.md": ESSAY.format("Price", 1, COST, PAID + "\n\n" + "Word. " * 30)},
            "essays/price.md:1:8: the essay has 44 words [essay-length]. The house style wants 8 to 30.",
        )
    ],
    "long-summary": [
        (
            {"series/turnings.md": "Title: Turnings\nSummary: What turns, and what does not.\n\nText.\n"},
            (
                "series/turnings.md:2:10: the summary has 30 characters [long-summary]. "
                "Shorten it to one sentence of at most 20."
            ),
        )
    ],
    "long-entry": [
        (
            {"essays/price.md": ESSAY.format("Price", 1, COST.replace("first", "before all others"), PAID)},
            "essays/price.md:5:8: the entry has 26 characters [long-entry]. Shorten it to at most 20.",
        )
    ],
    "entry-sentence": [
        (
            {"essays/price.md": ESSAY.format("Price", 1, COST.replace("You pay first.", entry), PAID)},
            "essays/price.md:5:8: the entry is not one sentence [entry-sentence]. Write one, with a full stop.",
        )
        for entry in ("You pay first", "You pay. You wait.", "Who pays? You.")
    ],
    "essay-without-source": [
        (
            {"essays/price.md": ESSAY.format("Price", 1, COST, f"{NOTELESS}\n\n    [^a]: Code, 1998.")},
            "the essay has no footnote [essay-without-source]. Add one with the source of its case.",
        ),
        (
            {"essays/price.md": ESSAY.format("Price", 1, COST, PAID.replace("1998", "on page 1200"))},
            (
                "essays/price.md:12:1: no footnote names a year [essay-without-source]. "
                "Name the source of the case, with its year."
            ),
        ),
    ],
    "unlinked-counterpart": [
        (
            {"essays/price.md": ESSAY.format("Price", 1, COST, PAID.replace("essays/gain", "essays/price"))},
            (
                'essays/price.md:6:10: the text does not link to "gain" [unlinked-counterpart]. '
                "Link to {filename}/essays/gain.md where it fits."
            ),
        )
    ],
    "unlinked-play": [
        (
            {"essays/price.md": ESSAY.format("Price", 1, COST, PAID.replace(PLAY, f"let go of `{PLAY}`"))},
            (
                'essays/price.md:7:7: the text does not link to the play "let-go" [unlinked-play]. '
                "Link to {filename}/playbook/let-go.md where it fits."
            ),
        )
    ],
    "unpaired-essay": [
        (
            {
                "essays/more.md": ESSAY.format(
                    "More", 3, "Side: cost\nEntry: You wait.\n", PAID.replace("What is paid", "What is lent")
                )
            },
            (
                "essays/more.md:4:7: the cost is not paired with a benefit [unpaired-essay]. "
                'Write the benefit, and "Answers: …" in both.'
            ),
        )
    ],
    "essay-between-pairs": [
        (
            {
                "essays/gain.md": ESSAY.format("Gain", 3, BENEFIT, WON),
                "essays/rest.md": ESSAY.format("Rest", 2, "", PAID.replace("What is paid", "A rest")),
            },
            (
                "essays/rest.md:1:8: the essay has no side and is not first or last [essay-between-pairs]. "
                "Add a side, or move it to an end."
            ),
        )
    ],
    "part-out-of-step": [
        (
            {"essays/late.md": LATE},
            'late.md:2:7: the part is dated 10 days after "Gain" [part-out-of-step]. The house style wants 1 to 2.',
        ),
        (
            {"essays/gain.md": ESSAY.format("Gain", 1, BENEFIT, WON)},
            'price.md:2:7: the part is dated 0 days after "Gain" [part-out-of-step]. The house style wants 1 to 2.',
        ),
    ],
    "repeated-phrase": [
        (
            {
                "essays/gain.md": ESSAY.format("Gain", 2, BENEFIT, f"In the *middle*\nof it.\n\n{WON}"),
                "essays/price.md": ESSAY.format("Price", 1, COST, f"{PAID}\n\nSo, in the middle of it all."),
            },
            (
                'essays/price.md:14:5: "in the middle of" is also in essays/gain.md:10 [repeated-phrase]. '
                "Reword one of the two."
            ),
        )
    ],
    "foreign-word": [
        (
            {"essays/price.md": ESSAY.format("Price", 1, COST, f"{PAID}\n\n{MIXED}")},
            'essays/price.md:14:36: "Zeitgeist" is not marked as "de" [foreign-word]. Write *Zeitgeist*{: lang="de" }.',
        ),
        (
            {"series/turnings.md": "Title: Turnings\nSummary: A Zeitgeist.\n\nText.\n"},
            'series/turnings.md:2:10: "Zeitgeist" cannot be marked here [foreign-word]. Use another word.',
        ),
    ],
    "play-outline": [
        (
            {"playbook/let-go.md": LISTS.replace("## Why", "## When")},
            (
                'playbook/let-go.md:4:1: the heading is "## When", not "## Why" [play-outline]. '
                "The headings of a play are ## Why, ## Do, ## Ask."
            ),
        ),
        (
            {"playbook/let-go.md": LISTS + "\n### More\n\nText.\n"},
            (
                'playbook/let-go.md:18:1: "### More" is one too many [play-outline]. '
                "The headings of a play are ## Why, ## Do, ## Ask."
            ),
        ),
        (
            {"playbook/let-go.md": LISTS.split("## Ask", maxsplit=1)[0]},
            'the heading "## Ask" is missing [play-outline]. The headings of a play are ## Why, ## Do, ## Ask.',
        ),
    ],
    "play-list": [
        (
            {"playbook/let-go.md": LISTS.replace("2. Two.\n", "")},
            'playbook/let-go.md:8:1: "## Do" has 1 numbered step [play-list]. The house style wants 2 to 3.',
        ),
        (
            {"playbook/let-go.md": LISTS.replace("When?", "Then.")},
            'playbook/let-go.md:13:1: "## Ask" has 1 question [play-list]. The house style wants 2 to 3.',
        ),
    ],
}
"""By code, what breaks the rule, and what is said of it."""
CASES = [(code, changes, line) for code, each in BREAKS.items() for changes, line in each]


def told(changes: dict[str, str], **rules) -> list[str]:
    """Return the advice on the sound site with `changes` under `rules`, and see that nothing is a mistake."""
    style, misread = house_style(rules)
    assert misread == ()
    manuscript = a_manuscript({**SOUND, **changes}, house_style=style)
    assert checks.run(manuscript) == []
    return [str(each) for each in advice(manuscript)]


def test_a_site_can_follow_all_rules():
    """Nothing is reported on a site that follows all rules."""
    assert STRICT.keys() == {field.name for field in HouseStyle.__dataclass_fields__.values()}
    assert told({}, **STRICT) == []


@pytest.mark.parametrize(("code", "changes", "line"), CASES)
def test_a_breach_of_a_rule_is_reported_at_its_place(code, changes, line):
    """It is reported once, with file, line, column and cure, under its own code."""
    found = [each for each in told(changes, **STRICT) if f"[{code}]" in each]
    assert [each[-len(line) :] for each in found] == [line]


@pytest.mark.parametrize(("code", "changes", "line"), CASES)
def test_without_a_rule_nothing_is_reported(code, changes, line):  # noqa: ARG001 - only the code counts
    """A site without a house style gets no such advice."""
    assert [each for each in told(changes) if f"[{code}]" in each] == []


def test_rules_apply_to_scheduled_essays_and_not_to_drafts():
    """A draft is not finished; a scheduled essay is."""
    short = ESSAY.format("Short", 3, "", "Text.")
    draft = {"essays/short.md": short.replace("Date", "Status: draft\nDate")}
    assert told(draft, essay_words=(8, 30)) == []
    waiting = {"essays/short.md": short.replace("2009", "2999")}
    assert len(told(waiting, essay_words=(8, 30))) == 1


@pytest.mark.parametrize(
    ("entry", "note", "questions"),
    [
        ("Du zahlst zuerst.", "Ein Buch, 1998.", ("Wer?", "Wann?")),
        ("あなたが先に払う。", "本、1998年。", ("誰が？", "いつ？")),
        ("你先付出。", "书，二〇〇八年。", ("谁？", "何时？")),
        ("تدفع أولا.", "كتاب، ١٩٩٨", ("من؟", "متى؟")),
        ("اول شما می‌پردازید.", "کتاب، ۱۳۷۷", ("چه کسی؟", "کی؟")),
        ("Πληρώνεις πρώτος.", "Βιβλίο, 1998", ("Ποιος;", "Πότε;")),
        ("आप पहले चुकाते हैं।", "किताब, 1998", ("कौन?", "कब?")),
    ],
)
def test_sentences_years_and_questions_are_known_in_every_script(entry, note, questions):
    """A full stop, a year and a question mark are those of the script."""
    changes = {
        "essays/price.md": ESSAY.format(
            "Price", 1, COST.replace("You pay first.", entry), f"{NOTELESS}[^a]\n\n[^a]: {note}"
        ),
        "playbook/let-go.md": LISTS.replace("Who?", questions[0]).replace("When?", questions[1]),
    }
    rules = {"entry_one_sentence": True, "source_with_year": True, "play_lists": STRICT["play_lists"]}
    assert told(changes, **rules) == []


@pytest.mark.parametrize("entry", ["你先付出", "你先付出。你再等待。", "من؟ أنت."])
def test_two_sentences_are_two_in_every_script(entry):
    """An entry without a full stop, or with a second sentence, is reported in any script."""
    changes = {"essays/price.md": ESSAY.format("Price", 1, COST.replace("You pay first.", entry), PAID)}
    assert len(told(changes, entry_one_sentence=True)) == 1


def test_an_essay_without_spaces_is_measured_in_characters():
    """A Chinese character counts as a word, and a repeated sentence is found."""
    text = "他们说时间是送给你的最好的一份礼物。\n\n" * 2
    changes = {"essays/price.md": ESSAY.format("Price", 1, COST, f"{PAID}\n\n{text}\n")}
    assert [each.partition("[")[0] for each in told(changes, essay_words=(8, 30))] == [
        "essays/price.md:1:8: the essay has 48 words ",
        'essays/price.md:16:1: "他们说时间是送给你的最好的一份礼物。" is also in essays/price.md:14 ',
    ]


def test_titles_entries_and_notes_may_be_the_same():
    """An essay may quote the entry of another and cite the same book; other words stand between two that repeat."""
    quote = "They say that you are given time.[^b]\n\n[^b]: A long title of a book, volume one.\n\n"
    changes = {
        "essays/price.md": ESSAY.format("Price", 1, COST, quote + PAID),
        "essays/gain.md": ESSAY.format("Gain", 2, BENEFIT, quote.replace("They", "Nobody may") + WON),
    }
    assert told(changes, repeated_phrase_words=5) == []


def test_a_word_is_marked_in_any_way_and_never_in_code():
    """Emphasis, an element or a whole paragraph may carry the language; an essay in that language needs no mark."""
    body = (
        'The <i lang="de">Zeitgeist</i>, *Zeitgeist*{: lang="de" }, `Zeitgeist`, Zeitgeister.\n\n'
        'Der Zeitgeist.\n{: lang="de" }\n\n'
    )
    essay = ESSAY.format("Price", 1, COST, body + PAID)
    assert told({"essays/price.md": essay}, foreign_words={"Zeitgeist": "de"}) == []
    german = ESSAY.format("Preis", 1, "Lang: de\nSlug: price\n" + COST, "Der Zeitgeist.")
    assert told({"essays/price-de.md": german}, foreign_words={"Zeitgeist": "de"}) == []


@pytest.mark.parametrize(
    ("setting", "message"),
    [
        ("long", "it is not a dictionary"),
        ({"essay_word": 3}, 'there is no rule "essay_word"'),
        ({"essay_words": 700}, '"essay_words" cannot be 700'),
        ({"essay_words": (9, 3)}, '"essay_words" cannot be (9, 3)'),
        ({"entry_characters": True}, '"entry_characters" cannot be True'),
        ({"link_plays": "yes"}, "\"link_plays\" cannot be 'yes'"),
        ({"foreign_words": ["Zeitgeist"]}, "\"foreign_words\" cannot be ['Zeitgeist']"),
        ({"play_outline": ["Why"]}, "\"play_outline\" cannot be ['Why']"),
        ({"play_lists": {"## Do": ("things", 1, 2)}}, "\"play_lists\" cannot be {'## Do': ('things', 1, 2)}"),
    ],
)
def test_an_invalid_rule_is_off_and_reported(setting, message):
    """A typo in a rule gives a message and no traceback."""
    style, misread = house_style(setting)
    assert style == HouseStyle()
    assert [each.message for each in misread] == [message]


ANY = st.recursive(st.none() | st.booleans() | st.integers() | st.text(max_size=3), lambda x: st.lists(x, max_size=3))


@given(st.dictionaries(st.sampled_from(sorted(STRICT)), ANY | st.dictionaries(st.text(max_size=3), ANY, max_size=2)))
def test_any_setting_is_followed_or_reported(setting):
    """Each rule of any setting is either applied or reported."""
    style, misread = house_style(setting)
    assert {each.rule for each in misread} <= setting.keys()
    assert isinstance(advice(a_manuscript(SOUND, house_style=style)), list)


def test_an_invalid_rule_is_reported_at_its_place_in_the_settings(site):
    """`make check` reports it as an error."""
    site.settings = 'HOUSE_STYLE = {\n    "essay_word": 700,\n    "essay_words": (700, 1300),\n}\n'
    done = site.essay("one", Summary="One.").publish("", command="check")
    line = site._conf().count("\n") - 2  # noqa: SLF001 - the settings as they are written
    assert done.code == 1
    assert f'pelicanconf.py:{line}:5: error: there is no rule "essay_word" [unreadable-house-style].' in done.said
    assert "content/essays/one.md:1:8: warning: the essay has 1 word [essay-length]." in done.said
