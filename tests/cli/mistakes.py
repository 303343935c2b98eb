"""Mistakes that authors make in a small site: where each has to be told, and the site with its cure followed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

COST, BENEFIT, SERIES = "essays/letting-go.md", "essays/further.md", "series/turnings.md"
GOOD = {
    COST: """Title: Letting go
Date: 2009-04-02
Series: turnings
Side: cost
Entry: You no longer decide.
Tags: hands-off
Summary: What it costs.

First words.
""",
    BENEFIT: """Title: Further
Date: 2009-04-03
Series: turnings
Side: benefit
Entry: It carries further.
Tags: hands-off
Summary: What it buys.

Second words, and ![a match]({static}/images/match.svg).
""",
    SERIES: "Title: Turnings\nSummary: Two sides of one idea.\n\nWords on them.\n",
    "playbook/hands-off.md": "Title: Take your hands off\nSummary: A practice.\n\nWords on it.\n",
    "images/match.svg": '<svg xmlns="http://www.w3.org/2000/svg"/>\n',
}
"""A small site without a mistake."""

Edits = Mapping[str, Sequence[tuple[str, str]]]
"""By file: what stands there, and what is written instead."""


@dataclass(frozen=True)
class Mistake:
    """One mistake: how it is made in the good site, where an author has to be sent, and what is written then."""

    what: str
    changes: Edits
    place: str
    code: str
    only_advice: bool = False
    encoding: str = "utf-8"
    cured: Edits = field(default_factory=dict)
    """The good site's changes with the cure followed; none where the cure leads back to it."""
    others: Mapping[str, str] = field(default_factory=dict)
    """Further files."""

    def files(self) -> dict[str, bytes]:
        """Return the files of the site with this mistake."""
        return {path: text.encode(self.encoding) for path, text in {**edited(self.changes), **self.others}.items()}


def edited(changes: Edits) -> dict[str, str]:
    """Return the texts of the good site with `changes`."""
    texts = dict(GOOD)
    for path, each in changes.items():
        for good, bad in each:
            assert texts[path].count(good) == 1
            texts[path] = texts[path].replace(good, bad)
    return texts


def in_the_text(
    what: str, words: str, code: str, column: int = 1, *, line: int = 9, cured="First words.", **more
) -> Mistake:
    """Return a mistake in the text of the first essay, which begins in line 9."""
    edits = {COST: [("First words.", cured)]} if isinstance(cured, str) else {COST: cured}
    return Mistake(what, {COST: [("First words.", words)]}, f"{COST}:{line}:{column}", code, cured=edits, **more)


def in_the_header(what: str, good: str, bad: str, at: str, code: str, *, cured=(), **more) -> Mistake:
    """Return a mistake in the header of the first essay."""
    edits = cured if isinstance(cured, dict) else {COST: list(cured)}
    return Mistake(what, {COST: [(good, bad)]}, f"{COST}:{at}", code, cured=edits, **more)


def advised(what: str, words: str, code: str, column: int = 1, line: int = 9, *, cured: str) -> Mistake:
    """Return what is no mistake in the text of the first essay, and is advised against."""
    return in_the_text(what, words, code, column, line=line, cured=cured, only_advice=True)


BUILT = [
    in_the_header("a misspelt key, `Sid: cost`", "Side: cost", "Sid: cost", "4:1", "unknown-key"),
    in_the_header("a missing colon, `Date 2009-04-02`", "Date: 2", "Date 2", "2:1", "unread-header"),
    in_the_header("no such side, `Side: costs`", "Side: cost", "Side: costs", "4:7", "unknown-side"),
    in_the_header("a misspelt series, `Series: turning`", "turnings", "turning", "3:9", "unknown-series"),
    in_the_header("an impossible day, `Date: 2009-02-30`", "04-02", "02-30", "2:7", "unreadable-date"),
    in_the_header("a date in doubt, `Date: 02/04/2009`", "2009-04-02", "02/04/2009", "2:7", "unreadable-date"),
    in_the_header("an empty title, `Title:`", "Title: Letting go", "Title:", "1:7", "missing-title"),
    in_the_header("a key written twice", "Tags: hands-off", "Tags: hands-off\nTags: calm", "7:1", "repeated-key"),
    in_the_header(
        "a header that is never closed",
        "Title: Let",
        "---\nTitle: Let",
        "10:1",
        "yaml-header",
        cured=[("Title: Let", "---\nTitle: Let"), ("costs.\n", "costs.\n---\n")],
    ),
    in_the_header(
        "an answer to nobody, `Answers: futher`",
        "Tags:",
        "Answers: futher\nTags:",
        "6:10",
        "unknown-answer",
        cured={COST: [("Tags:", "Answers: further\nTags:")], BENEFIT: [("Tags:", "Answers: letting-go\nTags:")]},
    ),
    in_the_header(
        "an address that is taken",
        "Tags:",
        "Slug: further\nTags:",
        "6:7",
        "repeated-slug",
        cured=[("Tags:", "Slug: letting\nTags:")],
    ),
    in_the_header("a former address that is taken", "Tags:", "Aliases: further\nTags:", "6:10", "taken-alias"),
    Mistake(
        "two parts with one number",
        {COST: [("Tags:", "Part: 1\nTags:")], BENEFIT: [("Tags:", "Part: 1\nTags:")]},
        f"{COST}:6:7",
        "repeated-part",
        cured={COST: [("Tags:", "Part: 1\nTags:")], BENEFIT: [("Tags:", "Part: 2\nTags:")]},
    ),
    in_the_text(
        "a link to a file that is not there",
        "[On]({filename}futher.md).",
        "broken-link",
        6,
        cured=[("First words.", "[On]({filename}/essays/further.md).")],
    ),
    Mistake(
        "a link to a draft",
        {COST: [("First words.", "[On]({filename}further.md).")], BENEFIT: [("Tags:", "Status: draft\nTags:")]},
        f"{COST}:9:6",
        "link-to-unpublished",
        cured={COST: [("First words.", "[On]({filename}further.md).")]},
    ),
    in_the_text(
        "a place that is not there",
        "[Below](#the-prise).\n\n## The price\n\nIt is.",
        "broken-anchor",
        9,
        cured=[("First words.", "[Below](#the-price).\n\n## The price\n\nIt is.")],
    ),
    in_the_text(
        "an image without a text",
        "![]({static}/images/match.svg)",
        "missing-alt",
        cured=[("First words.", "![A match]({static}/images/match.svg)")],
    ),
    in_the_text(
        "a note without a text",
        "As he wrote[^source].",
        "unanswered-note",
        12,
        cured=[("First words.", "As he wrote[^source].\n\n[^source]: A book.")],
    ),
    in_the_text(
        "a file that is not UTF-8",
        "Für alle.",
        "not-utf8",
        2,
        encoding="latin-1",
        cured=[("First words.", "Für alle.")],
    ),
    Mistake(
        "a planned part that is overdue",
        {SERIES: [("Summary:", "Planned: The end | cost | 2009-05-01\nSummary:")]},
        f"{SERIES}:2:10",
        "overdue-part",
        only_advice=True,
        cured={SERIES: [("Summary:", "Planned: The end | cost\nSummary:")]},
    ),
]
"""Those that are really built."""

MORE = [
    in_the_header("no such status", "Tags:", "Status: publishd\nTags:", "6:9", "unknown-status"),
    Mistake(
        "a number in words",
        {COST: [("Tags:", "Part: one\nTags:")], BENEFIT: [("Tags:", "Part: 2\nTags:")]},
        f"{COST}:6:7",
        "unreadable-number",
        cured={COST: [("Tags:", "Part: 1\nTags:")], BENEFIT: [("Tags:", "Part: 2\nTags:")]},
    ),
    in_the_header("a play that no file declares", "hands-off", "hands-of", "6:7", "unknown-play"),
    in_the_header("a language that is none", "Tags:", "Lang: english please\nTags:", "6:7", "unknown-language"),
    in_the_header("a slug that leaves the site", "Tags:", "Slug: ../one\nTags:", "6:7", "unsafe-path"),
    in_the_header(
        "a revision before the essay",
        "Tags:",
        "Modified: 2009-01-01\nRevision: So.\nTags:",
        "6:11",
        "revision-before-date",
    ),
    in_the_header(
        "a revision in the future", "Tags:", "Modified: 2999-01-01\nRevision: So.\nTags:", "6:11", "future-revision"
    ),
    in_the_header("a side without an entry", "Entry: You no longer decide.\n", "", "4:7", "side-without-entry"),
    in_the_header("a side without a series", "Series: turnings\n", "", "3:7", "side-without-series"),
    in_the_header("a key without a value", "Tags:", "Lang:\nTags:", "6:6", "empty-value"),
    in_the_header(
        "a value on two lines", "You no longer decide.", "You no longer\n    decide.", "6:5", "value-on-two-lines"
    ),
    in_the_header("a key of a series in an essay", "Tags:", "Planned: The end | cost\nTags:", "6:1", "unknown-key"),
    in_the_header("an essay that answers itself", "Tags:", "Answers: letting-go\nTags:", "6:10", "answer-to-itself"),
    in_the_header("the address of the front page as a former one", "Tags:", "Aliases: /\nTags:", "6:10", "taken-alias"),
    in_the_text(
        "a note that is used nowhere",
        "Words.\n\n[^a]: A book.",
        "unused-note",
        line=11,
        cured="Words.[^a]\n\n[^a]: A book.",
    ),
    in_the_text(
        "two notes of one name",
        *("Words.[^a]\n\n[^a]: A book.\n[^a]: Another.", "repeated-note"),
        line=12,
        cured="Words.[^a][^b]\n\n[^a]: A book.\n[^b]: Another.",
    ),
    in_the_text(
        "a note with a blank in its name",
        "Words.[^a b]\n\n[^a b]: A book.",
        "unusable-note",
        line=11,
        cured="Words.[^a-b]\n\n[^a-b]: A book.",
    ),
    in_the_text(
        "a comment that is not closed", "Words <!-- ask Anna", "unclosed-comment", 7, cured="Words <!-- ask Anna -->"
    ),
    in_the_text(
        "an address written by hand", "[On](further.md).", "bare-link", 6, cured="[On]({filename}/essays/further.md)."
    ),
    in_the_text(
        "an image that is not there",
        "![A]({static}/images/mach.svg)",
        "broken-link",
        cured="![A]({static}/images/match.svg)",
    ),
    in_the_text(
        "an address that no program reads",
        "[On](https://[host].example/).",
        "unreadable-address",
        6,
        cured="[On](https://host.example/).",
    ),
    in_the_text("a script", "<script>a()</script>", "script-in-text", cured="Words."),
    Mistake(
        "a file whose name ends in .MD",
        {},
        "essays/two.MD:1:1",
        "unread-file",
        others={"essays/two.MD": "Title: Two\n"},
    ),
    advised(
        "a list right below a paragraph",
        "Words:\n- one\n- two",
        "list-as-text",
        line=10,
        cured="Words:\n\n- one\n- two",
    ),
    advised("numbers with brackets", "1) one\n2) two", "list-as-text", cured="1. one\n2. two"),
    advised("two blanks for a level of a list", "- one\n  - two", "flat-list", 3, 10, cured="- one\n    - two"),
    advised(
        "a paragraph of an item, indented by three",
        "1. one\n\n   more",
        "outside-list",
        4,
        11,
        cured="1. one\n\n    more",
    ),
    advised(
        "a table right below a paragraph",
        "Words\n| a | b |\n|---|---|",
        "table-as-text",
        1,
        10,
        cured="Words\n\n| a | b |\n|---|---|",
    ),
    advised("a fence in a list", "- one\n\n  ```\n  two\n  ```", "fence-as-text", 3, 11, cured="- one\n\n        two"),
    advised("two words behind a fence", "```a,b\nc\n```", "fence-as-text", cured="```a\nc\n```"),
    advised("struck out", "An ~~old~~ word", "unknown-markup", 4, cured="An <del>old</del> word"),
    advised("highlighted", "An ==old== word", "unknown-markup", 4, cured="An <mark>old</mark> word"),
    advised("a box to tick", "- [ ] one", "unknown-markup", 3, cured="- ☐ one"),
    advised("a notice", "> [!NOTE]\n> Words", "unknown-markup", 3, cured="> **Note:**\n> Words"),
    advised("a formula", "So $E=mc^2$ holds", "unknown-markup", 4, cured="So `E=mc^2` holds"),
    advised(
        "a link of a wiki", "See [[Further]]", "unknown-markup", 5, cured="See [Further]({filename}/essays/further.md)"
    ),
    advised("a backslash at the end of a line", "one\\\ntwo", "unknown-markup", 4, cured="one<br>\ntwo"),
    advised("an address that is no link", "See https://gnu.org/", "bare-address", 5, cured="See <https://gnu.org/>"),
    advised("a number sign at the start", "#1 of all", "accidental-heading", cured="\\#1 of all"),
    in_the_header(
        "a summary that is missing", "Summary: What it costs.\n", "", "1:1", "missing-summary", only_advice=True
    ),
]
"""Those of which the same functions are asked, without a build."""
