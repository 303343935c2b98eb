"""The builder: a program around Pelican that builds beside the last output, and puts the new one in its place.

``python -m essay_series.adapter.command`` is called as ``pelican`` is. It takes the lock of the output, starts Pelican
with a staging folder as its ``OUTPUT_PATH``, so that every plugin sees one true folder, keeps the files that would be
made again as they are, and exchanges the two folders in one step.
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

from ..build.build import Build, OutputError
from ..build.cache.memory import Memory
from ..build.cache.recording import Recording
from ..build.cache.store import store_of
from ..build.cache.unchanged import installed
from ..build.output import made, manifest
from ..build.output.staging import BusyError, Staging, begin
from ..build.output.states import paths_below, renewed, state_of
from ..build.timings import Timings
from ..build.viewer import SupersededError, Viewer
from ..config import SettingsError
from ..l10n.days import noun
from . import patches
from .building import build_of
from .guest.own import SITE
from .inputs import inputs_of, leave_modules, note_inputs, plugin_folders
from .settings.config import BUILD, ContentError, Settings
from .settings.file import settings_from_file
from .template_errors import template_error

INTERRUPTED = 130
_MISTAKES = (ContentError, SettingsError, OutputError, PelicanTemplateNotFound)
"""What an author can mend; a traceback would not help."""
_LOG = logging.getLogger("pelican")


def build(arguments: Sequence[str], timings: Timings | None = None) -> int:
    """Build the site that a command line of ``pelican`` describes, and return the exit code.

    Args:
        arguments: what follows ``pelican`` on the command line.
        timings: is told how long each phase takes.

    """
    builder = Builder(arguments)
    if builder.options.listen or builder.options.autoreload:
        return _pelicans_own(arguments)
    code = builder.build(timings=timings)
    if builder.last:
        print(summary(builder.last, builder.seconds))
    return code


class Builder:
    """Builds what a command line of ``pelican`` describes, once or as often as it changes, in one process.

    The settings are read once. So another process is needed where they have changed, or the code has.
    """

    def __init__(self, arguments: Sequence[str]) -> None:
        """Read the command line.

        Args:
            arguments: what follows ``pelican`` on it.

        """
        gc.freeze()  # what is loaded stays: searching it for garbage, above all at the end, is a fifth of a small build
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
        """The last build, if it is one of a site of this project's kind and has succeeded."""
        self.seconds = 0.0
        """How long it took."""
        self.is_sound = True
        """Whether another build may be made in this process: nothing unforeseen has happened in it."""
        self._recorded = Recording(arguments)
        self._settings: Settings | None = None
        self._code: Mapping[str, str] = {}
        self._packages: list[str] = []

    def build(self, viewer: Viewer | None = None, timings: Timings | None = None) -> int:
        """Build, and return the exit code.

        Args:
            viewer: is shown the pages that are open before all others are made.
            timings: is told how long each phase takes.

        """
        self.last = None
        was_sound, self.is_sound = self.is_sound, False
        try:
            is_alone = self._build(viewer or Viewer(), timings or Timings())
        except KeyboardInterrupt:
            print("Stopped.", file=sys.stderr)
            return INTERRUPTED
        except _MISTAKES as mistake:
            print(mistake, file=sys.stderr)
            self.is_sound = was_sound and self._settings is not None
            return 1
        except SupersededError:
            self.is_sound = was_sound
            raise
        except Exception as error:  # noqa: BLE001 - told as Pelican tells it
            if told := template_error(error):
                print(told, file=sys.stderr)
                self.is_sound = was_sound
                return 1
            _LOG.critical("%s: %s", type(error).__name__, error, exc_info=True)
            return 1
        self.is_sound = was_sound and is_alone and self._recorded.is_complete
        return 0

    def is_outdated(self) -> bool:
        """Tell whether settings, plugins or packages are other ones than this process has loaded."""
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
        """Return the settings of a build, which may change them."""
        if self._settings is None:
            self._packages = list(installed())
            with self._recorded:
                given = cast("Any", pelican).get_config(self.options)
                read = settings_from_file(self.options.settings or _usual(), given)
            self._code = _states_of_code(read, time_ns())
            for line in patches.switch_on(patches.INSTALLED) if read.get(SITE) else ():
                print(line, file=sys.stderr)
            self._settings = read
        return {**self._settings}

    def _build(self, viewer: Viewer, timings: Timings) -> bool:
        """Build; tell whether no other plugin took part."""
        settings, recorded = self._read_settings(), self._recorded
        _forget_last_build()
        self.memory.begin()
        live, listing = Path(settings["OUTPUT_PATH"]).resolve(), Path(settings["CACHE_PATH"], made.LISTING)
        with _begun(live) as staging, console.status("Generating..."):
            store = store_of(Path(settings["CACHE_PATH"]), live)
            owned = manifest.owned(store, live, made.made_in(listing, live) or (), time_ns())
            previous = manifest.load(store, owned)
            build = Build(store, live, staging.folder, previous, recorded, self.memory, viewer=viewer, timings=timings)
            site = _class(settings)({**settings, BUILD: build, "OUTPUT_PATH": str(staging.folder)})
            timings.end("load Pelican, settings and plugins")
            inputs = inputs_of(site, store, recorded) if site.settings.get(SITE) else None
            began = perf_counter()
            with _without_pelicans_summary(site.settings):
                site.run()
            leave_modules(site, store)
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
    """Return the state of each module of plugins, which a process loads once."""
    files = (path for path in paths_below(plugin_folders(settings)) if path.endswith(".py"))
    return {path: state_of(path, now) for path in files}


def _forget_last_build() -> None:
    """Let Pelican, which keeps what it has told and every text for as long as a process lives, begin anew."""
    for told in (LimitFilter._raised_messages, LimitFilter._group_count):  # noqa: SLF001 - Pelican has no other door
        told.clear()
    for kept in (Content.get_content, Content.get_summary):
        cast("Any", kept).cache.clear()


def _begun(live: Path) -> Staging:
    """Return a staging folder for the output `live`.

    Raises:
        ContentError: another build is at work, or the output cannot be written.

    """
    try:
        return begin(live)
    except BusyError as busy:
        raise ContentError(str(busy)) from busy
    except OSError as error:
        raise ContentError(f"{live} cannot be written: {error.strerror}.") from error


@contextmanager
def _without_pelicans_summary(settings: Mapping[str, Any]) -> Iterator[None]:
    """Keep Pelican from printing its last line, where `summary` takes its place; its log goes another way."""
    program = cast("Any", pelican)
    if settings.get(SITE):
        program.console = Console(quiet=True)
    try:
        yield
    finally:
        program.console = console


def summary(build: Build, seconds: float) -> str:
    """Return the one line that says what a build did.

    Args:
        build: the build, once its files are in place.
        seconds: how long it took.

    """
    here = Path.cwd()
    folder = build.live.relative_to(here) if build.live.is_relative_to(here) else build.live
    essays = f"{build.essays} {noun(build.essays, 'essay')}"
    drafts = f", {build.drafts} not published" if build.drafts else ""
    written, files = len(build.done.write), len(build.targets)
    return f"Built {folder}/: {essays}{drafts}. {written} of {files} files were written in {seconds:.2f} s."


def _class(settings: Mapping[str, Any]) -> type[pelican.Pelican]:
    """Return the class that the settings want a site to be built by."""
    wanted = settings["PELICAN_CLASS"]
    return cast("type[pelican.Pelican]", resolve_name(wanted) if isinstance(wanted, str) else wanted)


def _usual() -> str | None:
    return "pelicanconf.py" if Path("pelicanconf.py").is_file() else None


def _pelicans_own(arguments: Sequence[str]) -> int:
    """Serve or rebuild as ``pelican`` does, straight into the output folder."""
    try:
        cast("Any", pelican).main([*arguments])
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(bool(end.code))
    return 0


if __name__ == "__main__":
    sys.exit(build(sys.argv[1:]))
