"""The names that a site can choose for things such as sides and plays, and the messages that use these names.

Messages contain the usual names, so that translations can inflect them. For a chosen name, another message replaces
each of these, in which the name stands by itself, for example before a colon, so that it needs no inflection.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from ..values import dataclass

TERMS: Mapping[str, tuple[str, ...]] = {
    "sides": ("cost", "costs", "benefit", "benefits"),
    "ledger": ("ledger",),
    "playbook": ("playbook",),
    "plays": ("play", "plays"),
    "parts": ("part", "parts"),
}
"""The names that can be chosen, in groups that must be chosen together, such as singular and plural."""


def N_(message: str) -> str:  # noqa: N802 - the usual name of what marks a message for `make messages`
    """Return `message`, which is translated where it is used."""
    return message


INSTEAD: Mapping[str, Mapping[str, str]] = {
    "sides": {
        "Cost": "%(cost)s",
        "Costs": "%(costs)s",
        "Benefit": "%(benefit)s",
        "Benefits": "%(benefits)s",
        "cost": "%(cost)s",
        "benefit": "%(benefit)s",
        "The costs": "%(costs)s",
        "The benefits": "%(benefits)s",
        "%(num)s costs": "%(costs)s: %(num)s",
        "%(num)s benefits": "%(benefits)s: %(num)s",
        "The cost outweighs the benefit": N_("%(cost)s outweighs %(benefit)s"),
        "The benefit outweighs the cost": N_("%(benefit)s outweighs %(cost)s"),
        "Cost and benefit are level": N_("%(cost)s and %(benefit)s are level"),
        "in %(num)s the cost outweighs": N_("%(cost)s outweighs in %(num)s"),
        "in %(num)s the benefit outweighs": N_("%(benefit)s outweighs in %(num)s"),
        "%(num)s pairs of costs and benefits that answer each other": N_("Pairs that answer each other: %(num)s"),
        "%(num)s pairs of costs and benefits that answer each other: %(weighed)s": N_(
            "Pairs that answer each other: %(num)s; %(weighed)s"
        ),
        "Costs and benefits that answer each other": N_("Pairs that answer each other"),
        "Costs not yet answered (%(num)s)": N_("%(costs)s not yet answered: %(num)s"),
        "Benefits not yet weighed (%(num)s)": N_("%(benefits)s not yet weighed: %(num)s"),
        "Costs not yet answered": N_("Not yet answered: %(costs)s"),
        "Benefits not yet weighed": N_("Not yet weighed: %(benefits)s"),
        "What it costs and what it buys": N_("%(costs)s and %(benefits)s"),
        "Costs it brings (%(num)s)": "%(costs)s (%(num)s)",
        "Benefits it buys (%(num)s)": "%(benefits)s (%(num)s)",
        "Next part: the cost that this benefit is weighed against": N_("Next part: weighed against this one"),
        "Next part: the benefit that this cost is weighed against": N_("Next part: weighed against this one"),
        "Previous part: the cost that this benefit is weighed against": N_("Previous part: weighed against this one"),
        "Previous part: the benefit that this cost is weighed against": N_("Previous part: weighed against this one"),
        "Only the essays that stand among the costs, newest first.": N_(
            "Only the essays on this side, newest first: %(costs)s."
        ),
        "Only the essays that stand among the benefits, newest first.": N_(
            "Only the essays on this side, newest first: %(benefits)s."
        ),
        "Part %(number)s of %(total)s, cost": N_("Part %(number)s of %(total)s, %(cost)s"),
        "Part %(number)s of %(total)s, benefit": N_("Part %(number)s of %(total)s, %(benefit)s"),
        "Cost, part %(number)s of %(total)s in %(series)s": N_("%(cost)s, part %(number)s of %(total)s in %(series)s"),
        "Benefit, part %(number)s of %(total)s in %(series)s": N_(
            "%(benefit)s, part %(number)s of %(total)s in %(series)s"
        ),
        "%(place)s, a cost: %(title)s": N_("%(place)s, %(cost)s: %(title)s"),
        "%(place)s, a benefit: %(title)s": N_("%(place)s, %(benefit)s: %(title)s"),
    },
    "ledger": {
        "Ledger": "%(ledger)s",
        "The ledger": "%(ledger)s",
        "The same ledger as data (JSON)": N_("The same as data (JSON)"),
        "Find a word in every essay, play and ledger.": N_("Find a word on every page."),
        "Its ledger is a table with column headers.": N_("Its table has column headers."),
    },
    "playbook": {"Playbook": "%(playbook)s", "The playbook": "%(playbook)s"},
    "plays": {
        "Play": "%(play)s",
        "One play": "%(play)s",
        "Plays": "%(plays)s",
        "The plays": "%(plays)s",
        "All plays": N_("All: %(plays)s"),
        "Plays in this essay": N_("In this essay: %(plays)s"),
        "Related plays": N_("Related: %(plays)s"),
        "A worksheet for a week of this play": N_("A worksheet for a week"),
        "Follow this play by feed": N_("Follow this by feed"),
        "Follow this play in a feed reader": N_("Follow this in a feed reader"),
        "Parts of %(series)s and plays": N_("What %(series)s teaches"),
        "Which parts of %(series)s teach which play; an empty square is a gap": N_(
            "What %(series)s teaches, and where; an empty square is a gap"
        ),
        "The essays that teach the play “%(title)s”.": N_("The essays that teach “%(title)s”."),
        "Find a word in every essay, play and ledger.": N_("Find a word on every page."),
    },
    "parts": {
        "Part %(number)s": "%(part)s %(number)s",
        "Part %(number)s of %(total)s": N_("%(part)s %(number)s of %(total)s"),
        "Part %(number)s of %(total)s, cost": N_("%(part)s %(number)s of %(total)s, cost"),
        "Part %(number)s of %(total)s, benefit": N_("%(part)s %(number)s of %(total)s, benefit"),
        "Part %(number)s of %(total)s, %(cost)s": N_("%(part)s %(number)s of %(total)s, %(cost)s"),
        "Part %(number)s of %(total)s, %(benefit)s": N_("%(part)s %(number)s of %(total)s, %(benefit)s"),
        "Part %(number)s of %(total)s of %(series)s": N_("%(part)s %(number)s of %(total)s, %(series)s"),
        "Part %(number)s of %(total)s in %(series)s": N_("%(part)s %(number)s of %(total)s, %(series)s"),
        "%(series)s, part %(number)s of %(total)s": N_("%(series)s, %(part)s %(number)s of %(total)s"),
        "Cost, part %(number)s of %(total)s in %(series)s": N_("Cost, %(part)s %(number)s of %(total)s in %(series)s"),
        "Benefit, part %(number)s of %(total)s in %(series)s": N_(
            "Benefit, %(part)s %(number)s of %(total)s in %(series)s"
        ),
        "%(cost)s, part %(number)s of %(total)s in %(series)s": N_(
            "%(cost)s, %(part)s %(number)s of %(total)s in %(series)s"
        ),
        "%(benefit)s, part %(number)s of %(total)s in %(series)s": N_(
            "%(benefit)s, %(part)s %(number)s of %(total)s in %(series)s"
        ),
        "Next part": N_("Next: %(part)s"),
        "Previous part": N_("Previous: %(part)s"),
        "Next and previous part": N_("Next and previous"),
        "Next part: the cost that this benefit is weighed against": N_(
            "Next: the cost that this benefit is weighed against"
        ),
        "Next part: the benefit that this cost is weighed against": N_(
            "Next: the benefit that this cost is weighed against"
        ),
        "Previous part: the cost that this benefit is weighed against": N_(
            "Previous: the cost that this benefit is weighed against"
        ),
        "Previous part: the benefit that this cost is weighed against": N_(
            "Previous: the benefit that this cost is weighed against"
        ),
        "Next part: weighed against this one": N_("Next: weighed against this one"),
        "Previous part: weighed against this one": N_("Previous: weighed against this one"),
        "%(num)s parts": "%(parts)s: %(num)s",
        "%(num)s parts, the newest of %(day)s": N_("%(parts)s: %(num)s, the newest of %(day)s"),
        "%(num)s parts so far": N_("%(parts)s so far: %(num)s"),
        "%(num)s parts so far, the newest of %(day)s": N_("%(parts)s so far: %(num)s, the newest of %(day)s"),
        "Complete in %(num)s parts": N_("Complete, %(parts)s: %(num)s"),
        "Complete in %(num)s parts, %(months)s": N_("Complete, %(parts)s: %(num)s, %(months)s"),
        "A series in %(num)s parts": N_("A series, %(parts)s: %(num)s"),
        "a series in %(num)s parts": N_("a series, %(parts)s: %(num)s"),
        "These parts are announced, and not yet written.": N_("This is announced, and not yet written."),
        "Cite this part": N_("Cite this essay"),
        "Parts of %(series)s and plays": N_("What %(series)s teaches"),
        "Which parts of %(series)s teach which play; an empty square is a gap": N_(
            "What %(series)s teaches, and where; an empty square is a gap"
        ),
        "The whole series, the first part first.": N_("The whole series, from its beginning."),
    },
}
"""For each group of `TERMS` that is chosen, the messages that replace others; no message may need an inflected name."""


@dataclass(frozen=True, slots=True)
class Names:
    """The names that a site has chosen."""

    given: Mapping[str, str] = field(default_factory=dict)
    """By term; each group of `TERMS` is either complete or absent."""

    def instead_of(self, message: str) -> str:
        """Return the message that replaces `message` if that contains a name for which another was chosen."""
        for group, terms in TERMS.items() if self.given else ():
            if terms[0] in self.given:
                message = INSTEAD[group].get(message, message)
        return message

    def filled(self, text: str) -> str:
        """Return `text` with the names in their placeholders; others stay."""
        for term, name in self.given.items():
            text = text.replace(f"%({term})s", name.replace("%", "%%"))
        return text


NAMES = Names()
"""No chosen names, so that all messages have the usual ones."""
