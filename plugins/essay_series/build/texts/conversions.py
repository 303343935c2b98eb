"""The converted texts of a build: from the cache of earlier builds, or converted now in a pool of processes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from ..cache.store import Result, Store, digest_of
from ..pool import Pool
from .convert import Converted, TextSettings, conversion

TEXT = "text"
"""The kind of the results in the store, by a digest of the text and everything else that they depend on."""
MIN_TEXTS = 30
"""With fewer texts one process is faster than a pool; measured on two cores."""


class Conversions:
    """The HTML of the texts of one build."""

    def __init__(self, settings: TextSettings, store: Store, code: str) -> None:
        """Load the texts that earlier builds converted; `code` is a digest of our code and the installed packages."""
        self.typesets = settings.typography is not None
        """Whether the HTML is typeset."""
        self._convert = conversion(settings)
        self._store = store
        self.tell: Callable[[int, int], None] = lambda *_: None
        """Called with the number of texts that are done and the total."""
        self.key = digest_of(code, settings.key) if settings.key else ""
        """A digest of the settings and the code; empty if HTML depends on anything else, and texts are not cached."""
        self._cached: Mapping[str, Result] = store.all(TEXT) if settings.key else {}
        self._found: dict[str, str] = {}
        self._pool: Pool[tuple[str, str], str] | None = None
        self._numbers: dict[str, int] = {}
        """The index of each job of the pool, by the digest of its text."""

    def begin(self, texts: Iterable[tuple[str, str]]) -> None:
        """Start converting in a pool those of `texts` that are not cached, if there are at least `MIN_TEXTS`.

        Cached ones stay in the cache even if this build does not ask for them. This is called once.

        Args:
            texts: whole sources, each with the language that it inherits from the settings, or "".

        """
        asked = {self._digest(*text): text for text in texts}
        self._found |= {digest: self._cached[digest].text for digest in asked.keys() & self._cached.keys()}
        new = {digest: text for digest, text in asked.items() if digest not in self._found}
        if len(new) >= MIN_TEXTS:
            self._pool = Pool(list(new.values()), self._converted, MIN_TEXTS)
            self._numbers = {digest: number for number, digest in enumerate(new)}

    def of(self, text: str, inherited: str = "") -> Converted:
        """Return the conversion of `text`, a whole source, which is in the language `inherited` if it names none."""
        digest = self._digest(text, inherited)
        if digest not in self._found:
            self._found[digest] = self._made(digest, (text, inherited))
        return Converted.from_json(self._found[digest])

    def end(self) -> None:
        """Stop the workers, once every text has been asked for or the build has failed."""
        if self._pool:
            self._pool.stop()
        self._pool = None

    def save(self) -> None:
        """Save every text that was asked for or found in the cache."""
        self._store.leave(TEXT, {d: Result(d, words) for d, words in self._found.items()} if self.key else {})

    def _made(self, digest: str, text: tuple[str, str]) -> str:
        if digest in self._cached:
            return self._cached[digest].text
        if self._pool and digest in self._numbers:
            return self._pool.result(self._numbers[digest], self.tell)
        return self._converted(text)

    def _converted(self, text: tuple[str, str]) -> str:
        return self._convert(*text).json

    def _digest(self, text: str, inherited: str) -> str:
        return digest_of(self.key, inherited, text)
