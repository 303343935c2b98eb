"""What themes written for the pelican-series plugin read from ``article.series``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ..values import dataclass


@dataclass(frozen=True, slots=True)
class ArticleSeries(Mapping[str, Any]):
    """One content's place in its series, in the words of pelican-series 3.

    A theme may write ``series.next`` or ``series["next"]``. Slices are made when they are asked for, so that a long
    series does not cost the square of its length.
    """

    name: str
    run: Sequence[Any]
    """The contents of the series, in order."""
    position: int | None
    """From 0; None for a draft, which sees the published parts and is not among them."""
    lang: str
    url: str = ""
    """Address of the page of the series below the site's own; empty where there is none."""

    KEYS = ("name", "index", "all", "all_previous", "all_next", "previous", "next", "lang")

    def __getitem__(self, key: str) -> Any:
        if key not in self.KEYS:
            raise KeyError(key)
        if key in ("name", "lang"):
            return getattr(self, key)
        if key == "all":
            return list(self.run)
        return self._seen_from(key, self.position)

    def _seen_from(self, key: str, position: int | None) -> Any:
        if position is None:
            return [] if key.startswith("all_") else None
        before, after = self.run[:position], self.run[position + 1 :]
        return {
            "index": position + 1,
            "all_previous": list(before),
            "all_next": list(after),
            "previous": before[-1] if before else None,
            "next": after[0] if after else None,
        }[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self.KEYS)

    def __len__(self) -> int:
        return len(self.KEYS)
