"""Checks of promises: that there is something they can be about."""

from __future__ import annotations

from collections.abc import Iterator

from ...names import nearest
from ...sources.manuscript import Manuscript
from ...sources.promises import promise_states, promises
from ..problem import Flaw, check, did_you_mean


@check
def check_unknown_promise(manuscript: Manuscript) -> Iterator[Flaw]:
    """A phrase promises something that no file and no planned part is called, so nothing will ever keep it.

    Bad: ``<span data-promise="the-seventh-cost">soon</span>`` where nothing has that name.
    Good: the slug of an essay, play or series, or the title of a planned part.
    """
    for promise in promises(manuscript):
        if promise.state is None:
            yield Flaw(
                promise.source,
                promise.phrase.line,
                promise.phrase.column,
                f'nothing is called "{promise.phrase.name}", so the promise cannot be kept',
                did_you_mean(
                    nearest(promise.phrase.name, sorted(promise_states(manuscript))),
                    'Write a slug or a title, or announce it: "Planned: title | side | date" in the series file.',
                ),
            )
