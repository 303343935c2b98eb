"""One build of one output: what earlier builds left, what this one makes, and how the new takes the old one's place."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cached_property, partial
from pathlib import Path
from time import time_ns

from jinja2 import Environment

from ..hosts import Assets
from ..l10n import Languages
from ..look import Look
from ..routes import stays_inside
from ..sources.promises import PromiseState
from .cache.memory import Memory
from .cache.recording import Recording
from .cache.store import Result, Store, digest_of, digest_of_all
from .executor import all_of, execute, one_of
from .output import made, manifest
from .output.mirror import files_below
from .output.staging import Staging
from .plan import Made, Plan, plan, reason
from .progress import Progress
from .speaker import Speaker
from .target import MEDIA, Key, Target
from .templates import CompiledTemplates
from .texts.conversions import Conversions
from .timings import Timings
from .viewer import SupersededError, Viewer


class OutputError(Exception):
    """A file cannot be written where it should be."""


BATCHES = "batch"
"""The kind of results that name the files of batches whose names are known only when they are made."""
FEW = 10
"""The most new pages that are made before all others, since an author is about to open them."""


@dataclass
class Build:
    """Everything that one build knows beside its sources and what Pelican keeps itself."""

    store: Store
    """What builds of this output remember."""
    live: Path
    """Where readers find the site."""
    folder: Path
    """Where this build writes; the same as `live` if nothing is put in place at its end."""
    previous: Mapping[str, Made | None] = field(default_factory=dict)
    """Every file that the last build made, for `plan`."""
    recorded: Recording | None = None
    """What the settings read; None where Pelican read them without us."""
    memory: Memory = field(default_factory=Memory)
    """What this process remembers of its last build."""
    viewer: Viewer = field(default_factory=Viewer)
    """Who looks at pages while the build is at work."""
    speaker: Speaker = field(default_factory=lambda: Speaker(Languages()))
    """What templates say in the language of each page."""
    common: Key = field(default_factory=dict)
    """Digests of what most files are made from: theme, settings, code."""
    is_alone: bool = True
    """Whether no other plugin may change what is made here, or look at it."""
    began: datetime = field(default_factory=lambda: datetime.now(UTC))
    now: datetime | None = None
    """The one moment that everything is built for; None where essays of the future are published too."""
    due: datetime | None = None
    """When the next scheduled essay is due."""
    look: Look | None = None
    """How the site looks; None where its theme declares no look."""
    assets: Assets = field(default_factory=Assets)
    conversions: Conversions = field(init=False, repr=False)
    """What becomes of texts, once the build has begun."""
    templates: CompiledTemplates | None = None
    """The code of templates; None before the build begins."""
    environment: Environment | None = None
    """The environment that renders them, once the first of Pelican's generators has made one."""
    promises: Mapping[str, PromiseState] = field(default_factory=dict)
    """The standing of everything that can be promised."""
    waiting: Collection[str] = ()
    """In a build for a day: the essays that are dated later."""
    essays: int = 0
    """How many essays the site shows to its readers."""
    drafts: int = 0
    """How many essays it does not show them: drafts, and those that are scheduled or hidden."""
    page_keys: dict[str, Key] = field(default_factory=dict)
    """The key of each page, by its output path."""
    targets: dict[str, Target] = field(default_factory=dict)
    """Every file that the output should hold, by its path, as far as they are known."""
    done: Plan = field(default_factory=Plan)
    """What has been written and kept by now."""
    timings: Timings = field(default_factory=Timings)
    progress: Progress | None = None
    """Says how far a long build is; None where that is said by somebody else."""
    tell: Callable[[int, int], None] = lambda *_: None
    """Is told how many batches of targets are done, and of how many."""

    @property
    def config_digest(self) -> str:
        """A digest of the settings and the code, without the theme."""
        return digest_of(self.common.get("settings", ""), self.common.get("code", ""))

    @property
    def covers(self) -> Callable[[str, str], bool]:
        """What tells of a language and its script whether the site's own fonts have their letters."""
        return self.look.has_letters_of if self.look else lambda *_: True

    @cached_property
    def present(self) -> Mapping[str, str]:
        """The state of each file of the last build that is still there, for `plan`."""
        return manifest.present(self.live, self.previous, time_ns())

    def key(self, *, without_theme: bool = False, **parts: str | Iterable[str]) -> Key:
        """Return the key of a file that is made from `parts`, under these settings and, if not without, this theme."""
        common = {name: digest for name, digest in self.common.items() if not (without_theme and name == "theme")}
        own = {name: digest_of_all([part] if isinstance(part, str) else part) for name, part in parts.items()}
        return {**common, **own}

    def add(self, targets: Iterable[Target]) -> None:
        """Add files that the output should hold.

        Raises:
            OutputError: another file has the same path, or it leads out of the output folder.

        """
        for target in targets:
            if target.path in self.targets:
                both = f"a {self.targets[target.path].kind} and a {target.kind}"
                raise OutputError(
                    f"Two files would be written to {target.path}: {both}. Give one of them another name."
                )
            if not stays_inside(target.path):
                raise OutputError(f"{target.path} lies outside the output folder.")
            self.targets[target.path] = target if self.is_alone else replace(target, key=None)

    def is_kept(self, target: Target) -> bool:
        """Tell whether the file of `target` that is there now can be kept."""
        return self.is_alone and not reason(target, self.previous, self.present)

    def show_open_pages(self) -> None:
        """Make the pages that are open, and a few new ones, before all others, and show those that have changed."""
        if not self.viewer.open:
            return
        new = {path for path in self.targets if path.endswith(".html") and path not in self.previous}
        wanted = self.viewer.open & self.targets.keys() | (new if len(new) <= FEW else set())
        made = {path: self._made_early(path) for path in wanted}
        changed = {path: data for path, data in made.items() if data and data != self._bytes_now(path)}
        if changed:
            loaded = {path: data for path, data in self.assets.files.items() if path not in self.previous}
            self.viewer.show({**loaded, **changed})

    def know_pages(self, keys: Mapping[str, Key]) -> None:
        """Take the key of each page, by its output path; pages that were added before have none until then."""
        self.page_keys = dict(keys)
        for path in keys.keys() & self.targets.keys() if self.is_alone else ():
            self.targets[path] = replace(self.targets[path], key=keys[path])

    def execute(self) -> None:
        """Write or keep all targets that were added since the last time.

        Raises:
            SupersededError: the build is to be given up.

        """
        known = self.done.write.keys() | self.done.keep
        self.done = plan(self.targets.values(), self.previous, self.present)
        todo = self.done.write.keys() - known
        execute([target for path, target in self.targets.items() if path in todo], self.folder, self._told)

    @property
    def wrote_media(self) -> bool:
        """Whether it wrote images or copies of files, which pages load."""
        return any(self.targets[path].kind in MEDIA for path in self.done.write)

    def file(self, path: str) -> Path:
        """Return the file at an output path, written or kept."""
        return (self.live if path in self.done.keep else self.folder) / path

    def _made_early(self, path: str) -> bytes | None:
        """Return what a page holds, which is not rendered again; None if it is the copy of a file."""
        data = self.targets[path].render()
        if isinstance(data, Path):
            return None
        self.targets[path] = replace(self.targets[path], render=partial(bytes, data))
        return data

    def _bytes_now(self, path: str) -> bytes | None:
        file = self.live / path
        return file.read_bytes() if file.is_file() else None

    def _told(self, done: int, of: int) -> None:
        if self.viewer.is_waiting():
            raise SupersededError
        self.tell(done, of)

    def batch(self, name: str, key: Key, make: Callable[[], Mapping[str, bytes]]) -> list[Target]:
        """Return the targets of a batch of files of which only `make` knows the names.

        If the last build made them from the same, the names are those of that build.
        """
        digest = digest_of(*(word for part in sorted(key.items()) for word in part))
        known = self.store.get(BATCHES, name, digest) if self.is_alone else None
        paths = known.split("\n") if known else sorted(all_of(make))
        self.store.leave(BATCHES, {name: Result(digest, "\n".join(paths))})
        return [Target(path, key, partial(one_of, make, path), kind=name, batch=name) for path in paths]

    def finish(self, staging: Staging, listing: Path) -> Collection[str]:
        """Put everything in place, and return the paths of the site's files.

        Args:
            staging: the folder that was built into.
            listing: the list of the files that builds made.

        """
        found = files_below(staging.folder).keys() - self.targets.keys()
        self.add(Target(path, None, bytes, kind="found") for path in found)  # written by Pelican or another plugin
        self.done = plan(self.targets.values(), self.previous, self.present)
        made.put_in_place(listing, staging, self.done)
        moment = self.began.isoformat()
        manifest.save(self.store, self.live, self.done, self.targets.values(), (moment, self.common))
        self.store.save()
        if self.templates:
            self.templates.save()
        return self.targets.keys()
