"""Defines the front matter keys.

The checks, the templates of new files, the editor support and the list of values that must not leak are all derived
from `KEYS`.
"""

from __future__ import annotations

from typing import Literal

from ..model import DRAFT, PUBLISHED, SIDES, STANDINGS, STATUSES
from ..values import dataclass

Type = Literal["text", "date", "number", "choice", "name", "names", "flag", "plan", "correction", "case"]
"""The type of a value: plain text, a date, a whole number, one of several words, the slug or title of a series, play or
essay, a comma-separated list of these, true or false, or a line with ``|`` between its fields: a planned part, a
correction or a case."""
LINES: tuple[Type, ...] = ("plan", "correction", "case")
"""The types of values with several fields."""
Kind = Literal["essay", "series", "play", "playbook", "page"]

EVERY: tuple[Kind, ...] = ("essay", "series", "play", "playbook", "page")
ADDRESSED: tuple[Kind, ...] = ("essay", "page")
DECLARING: tuple[Kind, ...] = ("series", "play")


@dataclass(frozen=True, slots=True)
class Key:
    """A front matter key."""

    name: str
    kinds: tuple[Kind, ...]
    """The kinds of files that may have it."""
    meaning: str
    type: Type = "text"
    choices: tuple[str, ...] = ()
    """The allowed values of the type ``choice``."""
    names: Kind | None = None
    """The kind of file that a ``name`` or ``names`` refers to; None if it refers to no file."""
    repeatable: bool = False
    public: bool = False
    """Whether the value is shown to readers of a published file; a key is secret unless this is set."""
    neutral: bool = False
    """Whether no value can leak anything: it is a date, number or fixed word, or has been public before."""

    @property
    def filler(self) -> str:
        """The placeholder for the value in a new file."""
        return f"({self.meaning.partition(':')[0]})"


KEYS = (
    Key("Title", EVERY, "the title, in plain text", public=True),
    Key("Date", ("essay",), "date of publication, 2009-04-01, optionally with a time and a zone", "date", neutral=True),
    Key("Modified", ("essay",), "date of the last revision, in the form of Date", "date", neutral=True),
    Key("Revision", ("essay",), "what was revised, in a few words; readers see it with the date", public=True),
    Key(
        "Correction",
        ("essay",),
        "what was corrected: date | what was wrong | what is right; one per line",
        "correction",
        repeatable=True,
        public=True,
    ),
    Key(
        "Case",
        ("essay",),
        "a case that it argues from: name | years | label of the footnote with its source; one per line",
        "case",
        repeatable=True,
        public=True,
    ),
    Key("Series", ("essay",), "slug or title of the series that it is a part of", "name", names="series", public=True),
    Key("Side", ("essay",), "cost or benefit; an opening or closing essay has none", "choice", SIDES, neutral=True),
    Key("Entry", ("essay",), "the one sentence that it adds to the ledger", public=True),
    Key("Answers", ("essay",), "slug of the essay on the other side that it is weighed against", "name", names="essay"),
    Key("Verdict", ("essay",), "the sentence that weighs it against the essay that it answers", public=True),
    Key(
        "Standing",
        ("essay",),
        "how it compares with that essay: outweighs, outweighed, level or depends",
        "choice",
        STANDINGS,
        neutral=True,
    ),
    Key("Part", ("essay",), "a whole number to sort by instead of the date; never shown", "number", neutral=True),
    Key("Series_index", ("essay",), "the same as Part, as the pelican-series plugin calls it", "number", neutral=True),
    Key("Tags", ("essay",), "the plays that it teaches, separated by commas", "names", names="play", public=True),
    Key("Category", ("essay",), "Pelican's category", public=True),
    Key("Author", ADDRESSED, "the author, if it is not the site's", public=True),
    Key("Authors", ADDRESSED, "several authors, separated by commas", "names", public=True),
    Key("Lang", EVERY, "language code, if it is not the site's", neutral=True),
    Key("Translation", EVERY, "true if this is not the original", "flag", neutral=True),
    Key("Follows", ("essay",), "in a translation: the date up to which it follows its original", "date", neutral=True),
    Key("Summary", EVERY, "one sentence for lists, feeds and search engines", public=True),
    Key("Slug", (*ADDRESSED, *DECLARING), "its name in addresses; made from the title if left out", public=True),
    Key(
        "Aliases",
        (*ADDRESSED, *DECLARING),
        "former slugs or addresses, separated by commas",
        "names",
        neutral=True,
    ),
    Key("Status", ADDRESSED, "published, draft, hidden or skip", "choice", STATUSES, neutral=True),
    Key("Status", DECLARING, "published or draft", "choice", (PUBLISHED, DRAFT), neutral=True),
    Key("Save_as", ADDRESSED, "output path, instead of the one in the settings"),
    Key("Url", ADDRESSED, "address, instead of the one in the settings"),
    Key(
        "Planned", ("series",), "planned part: title | side | date; one per line", "plan", repeatable=True, public=True
    ),
    Key("Sides", ("series",), "its own names for the two sides: cost, costs / benefit, benefits", public=True),
    Key("Complete", ("series",), "true once no further part will come", "flag", neutral=True),
    Key("Related", ("play",), "slugs of related plays, separated by commas", "names", names="play"),
    Key("Order", ("play",), "a whole number: its position in the playbook", "number", neutral=True),
)


def keys_of(kind: Kind, *types: Type) -> tuple[Key, ...]:
    """Return the keys that a file of `kind` may have, optionally only those of the given `types`."""
    return tuple(key for key in KEYS if kind in key.kinds and (not types or key.type in types))


def key_called(name: str, kind: Kind) -> Key | None:
    """Return the key `name` (in any case) of a file of `kind`; None if there is no such key."""
    return next((key for key in keys_of(kind) if key.name.lower() == name.lower()), None)
