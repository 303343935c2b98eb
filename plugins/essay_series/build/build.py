"""One build of one output folder: collects its targets, plans and executes them, and replaces the old output."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cached_property, partial
from pathlib import Path

from jinja2 import Environment

from ..config import AuthorError
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


class OutputError(AuthorError):
    """A file cannot be written to its path."""


FEW = 10
"""Up to this many new pages are rendered before all others, since the author will probably open them."""


@dataclass
class Build:
    """The state of one build, apart from its sources and what Pelican holds."""

    store: Store
    """The store of this output."""
    live: Path
    """The output folder."""
    folder: Path
    """The folder that this build writes to: the staging folder, or `live` if Pelican runs without the builder."""
    previous: Mapping[str, Made | None] = field(default_factory=dict)
    """The manifest of the last build, for `plan`."""
    recorded: Recording | None = None
    """What the settings file read; None if Pelican runs without the builder."""
    memory: Memory = field(default_factory=Memory)
    """The in-memory cache of this process."""
    viewer: Viewer = field(default_factory=Viewer)
    """The pages that are open in the preview."""
    speaker: Speaker = field(default_factory=lambda: Speaker(Languages()))
    """The translations that templates use."""
    common: Key = field(default_factory=dict)
    """The parts of keys that most files share: theme, settings, code."""
    is_alone: bool = True
    """Whether no other plugin takes part; if one does, every file is written in every build."""
    began: datetime = field(default_factory=lambda: datetime.now(UTC))
    now: datetime | None = None
    """The moment as of which the site is built; None if essays with future dates are published too."""
    due: datetime | None = None
    """When the next scheduled essay is due."""
    look: Look | None = None
    """The look of the site; None if its theme declares none."""
    assets: Assets = field(default_factory=Assets)
    conversions: Conversions = field(init=False, repr=False)
    """The converted texts, once the build has begun."""
    templates: CompiledTemplates | None = None
    """The cache of compiled templates; None before the build begins."""
    environment: Environment | None = None
    """The template environment that all generators share; None before the first generator is made."""
    promises: Mapping[str, PromiseState] = field(default_factory=dict)
    """Whether each promise is kept: by name, folded, of everything that texts can promise."""
    waiting: Collection[str] = ()
    """In a build with ``AS_OF``: the sources of essays with a later date."""
    essays: int = 0
    """The number of published essays."""
    drafts: int = 0
    """The number of essays that are drafts, scheduled or hidden."""
    page_keys: dict[str, Key] = field(default_factory=dict)
    """The key of each page, by its output path."""
    targets: dict[str, Target] = field(default_factory=dict)
    """The files that the output should hold, by path; they are added in the course of the build."""
    batches: dict[str, Result] = field(default_factory=dict)
    """The paths of each `batch`, by its name."""
    done: Plan = field(default_factory=Plan)
    """The plan as far as it has been executed."""
    timings: Timings = field(default_factory=Timings)
    progress: Progress | None = None
    """The progress bar; None if there is none."""
    tell: Callable[[int, int], None] = lambda *_: None
    """Called with the number of batches that are done and the total."""

    @property
    def config_digest(self) -> str:
        """A digest of the settings and the code, but not of the theme."""
        return digest_of(self.common.get("settings", ""), self.common.get("code", ""))

    @property
    def covers(self) -> Callable[[str, str], bool]:
        """The function that tells whether the site's fonts have the letters of a language and its script."""
        return self.look.has_letters_of if self.look else lambda *_: True

    @cached_property
    def present(self) -> Mapping[str, str]:
        """The state of each file of the last build that still exists, by path, for `plan`."""
        return manifest.present(self.live, self.previous)

    def key(self, *, without_theme: bool = False, **parts: str | Iterable[str]) -> Key:
        """Return the key of a file with the inputs `parts`, by their names in `plan.INPUTS`."""
        common = {name: digest for name, digest in self.common.items() if not (without_theme and name == "theme")}
        own = {name: digest_of_all([part] if isinstance(part, str) else part) for name, part in parts.items()}
        return {**common, **own}

    def add(self, targets: Iterable[Target]) -> None:
        """Add files that the output should hold.

        Raises:
            OutputError: another target has the same path, or a path leads out of the output folder.

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
        """Tell whether the file that the last build left for `target` can be kept."""
        return self.is_alone and not reason(target, self.previous, self.present)

    def show_open_pages(self) -> None:
        """Render the pages that are open in the preview, and a few new ones, and show those that have changed."""
        if not self.viewer.open:
            return
        new = {path for path in self.targets if path.endswith(".html") and path not in self.previous}
        wanted = self.viewer.open & self.targets.keys() | (new if len(new) <= FEW else set())
        changed = {}
        for path in wanted:
            data, file = self.targets[path].render(), self.live / path
            if isinstance(data, bytes):  # a page, not a copied file
                self.targets[path] = replace(self.targets[path], render=partial(bytes, data))
                if not (file.is_file() and file.read_bytes() == data):
                    changed[path] = data
        if changed:
            loaded = {path: data for path, data in self.assets.files.items() if path not in self.previous}
            self.viewer.show({**loaded, **changed})

    def know_pages(self, keys: Mapping[str, Key]) -> None:
        """Set the keys of all pages, by output path; their targets were added without."""
        self.page_keys = dict(keys)
        for path in keys.keys() & self.targets.keys() if self.is_alone else ():
            self.targets[path] = replace(self.targets[path], key=keys[path])

    def execute(self) -> None:
        """Write or keep all targets that were added since the last call.

        Raises:
            SupersededError: another build is waiting, so this one is cancelled.

        """
        known = self.done.write.keys() | self.done.keep
        self.done = plan(self.targets.values(), self.previous, self.present)
        todo = self.done.write.keys() - known
        execute([target for path, target in self.targets.items() if path in todo], self.folder, self._told)

    @property
    def wrote_media(self) -> bool:
        """Whether this build wrote images or copies of files."""
        return any(self.targets[path].kind in MEDIA for path in self.done.write)

    def file(self, path: str) -> Path:
        """Return the file at the output path `path`: in the live output if it is kept, else where it is written."""
        return (self.live if path in self.done.keep else self.folder) / path

    def _told(self, done: int, of: int) -> None:
        if self.viewer.is_waiting():
            raise SupersededError
        self.tell(done, of)

    def batch(self, name: str, key: Key, make: Callable[[], Mapping[str, bytes]]) -> list[Target]:
        """Return the targets of a batch of files whose paths are only known once `make` has been called.

        If the last build had the same `key`, which is that of each file, the paths are taken from the store instead.
        """
        digest = digest_of(*(word for part in sorted(key.items()) for word in part))
        known = self.store.get("batch", name, digest) if self.is_alone else None
        paths = known.split("\n") if known else sorted(all_of(make))
        self.batches[name] = Result(digest, "\n".join(paths))
        self.store.leave("batch", self.batches)
        return [Target(path, key, partial(one_of, make, path), kind=name, batch=name) for path in paths]

    def finish(self, staging: Staging, listing: Path) -> Collection[str]:
        """Replace the live output, save the manifest, `listing` and the caches, and return the paths of all files."""
        found = files_below(staging.folder).keys() - self.targets.keys()
        self.add(Target(path, None, bytes, kind="found") for path in found)  # written by Pelican or another plugin
        self.done = plan(self.targets.values(), self.previous, self.present)
        made.put_in_place(listing, staging, self.done)
        manifest.save(self.store, self.live, self.done, self.targets.values(), self.began.isoformat())
        self.store.save()
        if self.templates:
            self.templates.save()
        return self.targets.keys()
