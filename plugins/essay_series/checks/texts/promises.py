"""The check that what a phrase promises has a file or is planned."""

from __future__ import annotations

from collections.abc import Iterator

from ...names import did_you_mean
from ...sources.manuscript import Manuscript
from ...sources.promises import promise_states, promises
from ..problem import Flaw, at, check


@check
def check_unknown_promise(manuscript: Manuscript) -> Iterator[Flaw]:
    """A phrase promises something that is neither a file nor a planned part, so it can never be kept.

    Bad: ``<span data-promise="the-seventh-cost">soon</span>`` where nothing has that name.
    Good: the slug of an essay, play or series, or the title of a planned part.
    """
    otherwise = 'Write a slug or a title, or announce it: "Planned: title | side | date" in the series file.'
    for promise in promises(manuscript):
        if promise.state is None:
            name = promise.phrase.name
            hint = did_you_mean(name, promise_states(manuscript), otherwise)
            yield at(promise.source, promise.phrase, f'nothing has the name "{name}" that this promises', hint)
