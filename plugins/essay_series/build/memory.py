"""What a build takes over from the one before: texts that need not be read, files that need not be made."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from .states import MISSING, renewed, state_of
from .store import Result, Store, digest_of

FILES, GROUPS = "file", "group"


@dataclass
class Memory:
    """The memory of builds of one output folder.

    A file is taken over if it was made of the same as now, which its key says, and nobody has touched it since.
    """

    store: Store
    live: Path
    """Where the last build's output stands."""
    realm: str
    """Stands for settings, code and packages."""
    look: str
    """Stands for the theme."""
    kept: set[str] = field(default_factory=set)
    """Output paths of the files that are taken over."""
    _keys: dict[str, str] = field(default_factory=dict)
    _groups: dict[str, Result] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Whether no build of this output has ended yet."""
        return not self.store.all(FILES)

    def key(self, *words: str) -> str:
        """Return the key of a file that is made of `words`, under these settings and this theme."""
        return digest_of(self.realm, self.look, *words)

    def keep(self, path: str, key: str) -> bool:
        """Take over the output file `path` if it was made of what `key` stands for, and tell whether it is."""
        self._keys[path] = key
        found = self.store.get(FILES, path, key)
        if found is None or renewed(f"{self.live}/{path}", found, 0) is None:
            return False
        self.kept.add(path)
        return True

    def keep_group(self, name: str, key: str) -> bool:
        """Take over all files of the group `name` if they were made of what `key` stands for; tell whether it is."""
        found = self.store.get(GROUPS, name, key)
        paths = found.splitlines() if found else []
        is_kept = bool(paths) and all(self.keep(path, digest_of(key, path)) for path in paths)
        if is_kept:
            self.note_group(name, key, paths)
        else:
            self.kept.difference_update(paths)
        return is_kept

    def note_group(self, name: str, key: str, paths: Iterable[str]) -> None:
        """Note that the files `paths` are the group `name`, and made of what `key` stands for."""
        in_order = sorted(paths)
        self._keys |= {path: digest_of(key, path) for path in in_order}
        self._groups[name] = Result(key, "\n".join(in_order))

    def remember(self) -> None:
        """Let the next build know of what the files that now stand in the live folder were made, then end.

        From here on nobody may link or move them: that would change their state.
        """
        now = time.time_ns()
        states = {path: Result(key, state_of(f"{self.live}/{path}", now)) for path, key in self._keys.items()}
        self.store.leave(FILES, {path: result for path, result in states.items() if result.text != MISSING})
        self.store.leave(GROUPS, self._groups)
        self.store.save()
