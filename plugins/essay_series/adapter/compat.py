"""``article.series`` in the form of the pelican-series plugin, for themes that were written for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ..values import dataclass


@dataclass(frozen=True, slots=True)
class ArticleSeries(Mapping[str, Any]):
    """The place of an article or page in its series, with the keys of pelican-series 3.

    Templates may write ``series.next`` or ``series["next"]``. Lists are made on access, since making them all for every
    article would be quadratic in the length of the series.
    """

    name: str
    run: Sequence[Any]
    """The articles or pages of the series, in order."""
    position: int | None
    """The index in `run`; None for a draft, which is not in the list."""
    lang: str
    url: str = ""
    """The URL of the page of the series, relative to the site's; empty if it has none."""

    KEYS = ("name", "index", "all", "all_previous", "all_next", "previous", "next", "lang")

    def __getitem__(self, key: str) -> Any:
        if key in ("name", "lang"):
            return getattr(self, key)
        if key == "all":
            return list(self.run)
        place = self.position
        before, after = ([], []) if place is None else (list(self.run[:place]), list(self.run[place + 1 :]))
        return {
            "index": None if place is None else place + 1,
            "all_previous": before,
            "all_next": after,
            "previous": before[-1] if before else None,
            "next": after[0] if after else None,
        }[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self.KEYS)

    def __len__(self) -> int:
        return len(self.KEYS)
