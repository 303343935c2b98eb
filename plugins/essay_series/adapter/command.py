"""The builder: a program around Pelican that builds into a staging folder, and then swaps it with the output.

``python -m essay_series.adapter.command`` takes the same arguments as ``pelican``. It locks the output, runs Pelican
with the staging folder as its ``OUTPUT_PATH``, so that all plugins see the same folder, keeps files that have not
changed, and swaps the two folders in one step.
"""

from __future__ import annotations

import gc
import logging
import sys
from argparse import Namespace
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from pkgutil import resolve_name
from time import perf_counter, time_ns
from typing import Any, cast

import pelican
from pelican.contents import Content
from pelican.generators import PelicanTemplateNotFound
from pelican.log import LimitFilter, console
from rich.console import Console

from ..build.build import Build
from ..build.cache.memory import Memory
from ..build.cache.recording import Recording
from ..build.cache.store import store_of
from ..build.cache.unchanged import installed
from ..build.output import made, manifest
from ..build.output.staging import BusyError, Staging, begin
from ..build.output.states import paths_below, renewed, state_of
from ..build.timings import Timings
from ..build.viewer import SupersededError, Viewer
from ..config import AuthorError
from ..l10n.days import noun
from . import patches
from .building import build_of
from .errors import template_error
from .inputs import inputs_of, note_inputs, plugin_folders, save_modules
from .settings.common import SITE, Settings
from .settings.config import BUILD, ContentError
from .settings.file import settings_from_file

INTERRUPTED = 130
_LOG = logging.getLogger("pelican")


def build(arguments: Sequence[str], timings: Timings | None = None) -> int:
    """Build a site, and return the exit code; `arguments` are those of ``pelican``, without the program's name."""
    builder = Builder(arguments)
    if builder.options.listen or builder.options.autoreload:
        return _pelicans_own(arguments)
    code = builder.build(timings=timings)
    if builder.last:
        print(summary(builder.last, builder.seconds))
    return code


class Builder:
    """Builds the site of one command line, once or repeatedly.

    The settings are read only once, so a new process is needed if they or the code have changed; see `is_outdated`.
    """

    def __init__(self, arguments: Sequence[str]) -> None:
        """Parse the arguments, which are those of ``pelican``, without the program's name."""
        gc.freeze()  # collecting what is loaded by now, above all at exit, takes a fifth of a small build
        gc.enable()
        program = cast("Any", pelican)
        self.options: Namespace = program.parse_arguments([*arguments])
        program.init_logging(
            level=self.options.verbosity,
            fatal=self.options.fatal,
            name=pelican.__name__,
            handler=program.LOG_HANDLERS[self.options.log_handler],
            logs_dedup_min_level=getattr(logging, self.options.logs_dedup_min_level),
        )
        self.memory = Memory()
        self.last: Build | None = None
        """The last build; None if it failed or was not in the site mode."""
        self.seconds = 0.0
        """How long it took."""
        self.is_sound = True
        """Whether this process may make another build: no unexpected error has left it in an unknown state."""
        self._recorded = Recording(arguments)
        self._settings: Settings | None = None
        self._code: Mapping[str, str] = {}
        self._packages: list[str] = []

    def build(self, viewer: Viewer | None = None, timings: Timings | None = None) -> int:
        """Build the site, and return the exit code; the pages that `viewer` shows are rendered first.

        Raises:
            SupersededError: the viewer cancelled the build.

        """
        self.last = None
        was_sound, self.is_sound = self.is_sound, False
        try:
            is_alone = self._build(viewer or Viewer(), timings or Timings())
        except KeyboardInterrupt:
            print("Stopped.", file=sys.stderr)
            return INTERRUPTED
        except (AuthorError, PelicanTemplateNotFound) as mistake:
            print(mistake, file=sys.stderr)
            self.is_sound = was_sound and self._settings is not None
            return 1
        except SupersededError:
            self.is_sound = was_sound
            raise
        except Exception as error:  # noqa: BLE001 - logged as Pelican does
            if told := template_error(error):
                print(told, file=sys.stderr)
                self.is_sound = was_sound
                return 1
            _LOG.critical("%s: %s", type(error).__name__, error, exc_info=True)
            return 1
        self.is_sound = was_sound and is_alone and self._recorded.is_complete
        return 0

    def is_outdated(self) -> bool:
        """Tell whether settings, plugins or packages have changed since this process loaded them."""
        if self._settings is None:
            return False
        now = time_ns()
        code = _states_of_code(self._settings, now)
        return (
            self._packages != list(installed())
            or self._code.keys() != code.keys()
            or any(renewed(path, state, now) is None for path, state in {**self._code, **self._recorded.states}.items())
        )

    def _read_settings(self) -> Settings:
        """Return a copy of the settings for one build."""
        if self._settings is None:
            self._packages = list(installed())
            with self._recorded:
                given = cast("Any", pelican).get_config(self.options)
                usual = "pelicanconf.py" if Path("pelicanconf.py").is_file() else None
                read = settings_from_file(self.options.settings or usual, given)
            self._code = _states_of_code(read, time_ns())
            for line in patches.switch_on(patches.INSTALLED) if read.get(SITE) else ():
                print(line, file=sys.stderr)
            self._settings = read
        return {**self._settings}

    def _build(self, viewer: Viewer, timings: Timings) -> bool:
        """Build the site; return whether no other plugin took part."""
        settings, recorded = self._read_settings(), self._recorded
        _forget_last_build()
        self.memory.begin()
        live, listing = Path(settings["OUTPUT_PATH"]).resolve(), Path(settings["CACHE_PATH"], made.LISTING)
        with _begun(live) as staging, console.status("Generating..."):
            store = store_of(Path(settings["CACHE_PATH"]), live)
            owned = manifest.owned(store, live, made.made_in(listing, live) or ())
            previous = manifest.load(store, owned)
            build = Build(store, live, staging.folder, previous, recorded, self.memory, viewer=viewer, timings=timings)
            wanted = settings["PELICAN_CLASS"]
            make = cast("type[pelican.Pelican]", resolve_name(wanted) if isinstance(wanted, str) else wanted)
            site = make({**settings, BUILD: build, "OUTPUT_PATH": str(staging.folder)})
            timings.end("load Pelican, settings and plugins")
            inputs = inputs_of(site, store, recorded) if site.settings.get(SITE) else None
            began = perf_counter()
            with _without_pelicans_summary(site.settings):
                site.run()
            save_modules(site, store)
            build = build_of(site.settings)
            build.finish(staging, listing)
            timings.end("put the new output in place")
            self.seconds = perf_counter() - began
            note_inputs(site, build, inputs, recorded)
            timings.end("remember for the next build")
        self.memory.end()
        self.last = build if site.settings.get(SITE) else None
        return build.is_alone


def _states_of_code(settings: Settings, now: int) -> dict[str, str]:
    """Return the state of each Python file below the folders of plugins, by path."""
    files = (path for path in paths_below(plugin_folders(settings)) if path.endswith(".py"))
    return {path: state_of(path, now) for path in files}


def _forget_last_build() -> None:
    """Clear Pelican's process-wide caches, of messages that it has logged and of texts."""
    for told in (LimitFilter._raised_messages, LimitFilter._group_count):  # noqa: SLF001 - there is no public API
        told.clear()
    for kept in (Content.get_content, Content.get_summary):
        cast("Any", kept).cache.clear()


def _begun(live: Path) -> Staging:
    """Return the staging of a build of the output folder `live`.

    Raises:
        ContentError: another build is running, or the folder cannot be written.

    """
    try:
        return begin(live)
    except BusyError as busy:
        raise ContentError(str(busy)) from busy
    except OSError as error:
        raise ContentError(f"{live} cannot be written: {error.strerror}.") from error


@contextmanager
def _without_pelicans_summary(settings: Mapping[str, Any]) -> Iterator[None]:
    """In the site mode, keep Pelican from printing its last line, which `summary` replaces; its log is not affected."""
    program = cast("Any", pelican)
    if settings.get(SITE):
        program.console = Console(quiet=True)
    try:
        yield
    finally:
        program.console = console


def summary(build: Build, seconds: float) -> str:
    """Return the one line that says what a build did, in how many seconds."""
    here = Path.cwd()
    folder = build.live.relative_to(here) if build.live.is_relative_to(here) else build.live
    essays = f"{build.essays} {noun(build.essays, 'essay')}"
    drafts = f", {build.drafts} not published" if build.drafts else ""
    written, files = len(build.done.write), len(build.targets)
    return f"Built {folder}/: {essays}{drafts}. {written} of {files} files were written in {seconds:.2f} s."


def _pelicans_own(arguments: Sequence[str]) -> int:
    """Run ``pelican`` itself, with ``--listen`` or ``--autoreload``; it writes straight to the output folder."""
    try:
        cast("Any", pelican).main([*arguments])
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(bool(end.code))
    return 0


if __name__ == "__main__":
    sys.exit(build(sys.argv[1:]))
