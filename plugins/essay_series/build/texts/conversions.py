"""The converted texts of a build: those that an earlier build cached, and those that all cores convert now."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from ..cache.store import Result, Store, digest_of
from ..pool import Pool
from .convert import Converted, TextSettings, conversion

TEXT = "text"
"""The kind of the cached results, each under a digest of all that it was made of."""
MIN_TEXTS = 30
"""Texts that one process converts in less time than two need to start and to talk; measured on two cores."""


class Conversions:
    """Texts with their HTML, of one build."""

    def __init__(self, settings: TextSettings, store: Store, code: str) -> None:
        """Load what earlier builds converted.

        Args:
            settings: what decides what a text becomes.
            store: where it is cached.
            code: a digest of everything else that does: our code and the packages.

        """
        self.typesets = settings.typography is not None
        """Whether the HTML is typeset."""
        self._convert = conversion(settings)
        self._store = store
        self.tell: Callable[[int, int], None] = lambda *_: None
        """Is told how many texts are done, and of how many."""
        self._prefix = digest_of(code, settings.key) if settings.key else ""
        self._cached: Mapping[str, Result] = store.all(TEXT) if settings.key else {}
        self._found: dict[str, str] = {}
        self._pools: list[Pool[tuple[str, str], str]] = []
        self._places: dict[str, tuple[Pool[tuple[str, str], str], int]] = {}

    @property
    def are_cached(self) -> bool:
        """Whether what a text becomes depends on the text and the settings alone."""
        return bool(self._prefix)

    def begin(self, texts: Iterable[tuple[str, str]]) -> None:
        """Let all cores begin to convert those of `texts` that are not cached and not begun yet; no fewer than pay.

        Those that are cached are found by the next build too, also if this one does not ask for them.
        Each comes with the language that it inherits, if any.
        """
        asked = {self._digest(*text): text for text in texts}
        self._found |= {digest: self._cached[digest].text for digest in asked.keys() & self._cached.keys()}
        new = {digest: text for digest, text in asked.items() if not self._is_known(digest)}
        if len(new) < MIN_TEXTS:
            return
        pool = Pool(list(new.values()), self._converted, MIN_TEXTS)
        self._pools.append(pool)
        self._places.update({digest: (pool, number) for number, digest in enumerate(new)})

    def of(self, text: str, inherited: str = "") -> Converted:
        """Return what `text`, which is a whole source, becomes; it is in the language `inherited` if it names none."""
        digest = self._digest(text, inherited)
        if digest not in self._found:
            self._found[digest] = self._made(digest, (text, inherited))
        return Converted.from_json(self._found[digest])

    def end(self) -> None:
        """Stop the processes that are still at work: every text was asked for, or none will be any more."""
        for pool in self._pools:
            pool.stop()
        self._pools.clear()
        self._places.clear()

    def save(self) -> None:
        """Let the next build find every text that was asked for, or begun."""
        self._store.leave(TEXT, {d: Result(d, words) for d, words in self._found.items()} if self._prefix else {})

    def _made(self, digest: str, text: tuple[str, str]) -> str:
        if digest in self._cached:
            return self._cached[digest].text
        if digest in self._places:
            pool, number = self._places[digest]
            return pool.result(number, self.tell)
        return self._converted(text)

    def _converted(self, text: tuple[str, str]) -> str:
        return self._convert(*text).json

    def _is_known(self, digest: str) -> bool:
        return digest in self._found or digest in self._cached or digest in self._places

    def _digest(self, text: str, inherited: str) -> str:
        return digest_of(self._prefix, inherited, text)
