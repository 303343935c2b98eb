"""The builder: a program around Pelican that builds beside the last output, and puts the new one in its place.

``python -m essay_series.adapter.command`` is called as ``pelican`` is. It takes the lock of the output, starts Pelican
with a staging folder as its ``OUTPUT_PATH``, so that every plugin sees one true folder, keeps the files that would be
made again as they are, and exchanges the two folders in one step.
"""

from __future__ import annotations

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
from pelican.log import console
from pelican.settings import read_settings
from rich.console import Console

from ..build import made, manifest
from ..build.build import Build, OutputError
from ..build.recording import Recording
from ..build.staging import BusyError, Staging, begin
from ..build.store import store_of
from ..build.timings import Timings
from ..config import SettingsError
from . import patches
from .guest.own import SITE
from .inputs import inputs_of, leave_modules, note_inputs
from .settings import BUILD, ContentError, Settings

INTERRUPTED = 130
_MISTAKES = (ContentError, SettingsError, OutputError)
"""What an author can mend; a traceback would not help."""
_LOG = logging.getLogger("pelican")


def build(arguments: Sequence[str], timings: Timings | None = None) -> int:
    """Build the site that a command line of ``pelican`` describes, and return the exit code.

    Args:
        arguments: what follows ``pelican`` on the command line.
        timings: is told how long each phase takes.

    """
    program = cast("Any", pelican)
    options = program.parse_arguments([*arguments])
    if options.listen or options.autoreload:
        return _pelicans_own(arguments)
    program.init_logging(
        level=options.verbosity,
        fatal=options.fatal,
        name=pelican.__name__,
        handler=program.LOG_HANDLERS[options.log_handler],
        logs_dedup_min_level=getattr(logging, options.logs_dedup_min_level),
    )
    try:
        _build(options, arguments, timings or Timings())
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
        return INTERRUPTED
    except _MISTAKES as mistake:
        print(mistake, file=sys.stderr)
        return 1
    except Exception as error:  # noqa: BLE001 - told as Pelican tells it
        _LOG.critical("%s: %s", type(error).__name__, error, exc_info=True)
        return 1
    return 0


def _build(options: Namespace, arguments: Sequence[str], timings: Timings) -> None:
    with Recording(arguments) as recorded:
        settings: Settings = read_settings(options.settings or _usual(), cast("Any", pelican).get_config(options))
    for line in patches.switch_on(patches.INSTALLED) if settings.get(SITE) else ():
        print(line, file=sys.stderr)
    live, listing = Path(settings["OUTPUT_PATH"]).resolve(), Path(settings["CACHE_PATH"], made.LISTING)
    with _begun(live) as staging, console.status("Generating..."):
        store = store_of(Path(settings["CACHE_PATH"]), live)
        owned = manifest.owned(store, live, made.made_in(listing, live) or (), time_ns())
        previous = manifest.load(store, owned)
        settings[BUILD] = Build(store, live, staging.folder, previous, recorded, timings=timings)
        site = _class(settings)({**settings, "OUTPUT_PATH": str(staging.folder)})
        timings.end("load Pelican, settings and plugins")
        inputs = inputs_of(site, store, recorded) if site.settings.get(SITE) else None
        begun = perf_counter()
        with _without_pelicans_summary(site.settings):
            site.run()
        leave_modules(site, store)
        settings[BUILD].finish(staging, listing)
        timings.end("put the new output in place")
        if site.settings.get(SITE):
            print(summary(settings[BUILD], perf_counter() - begun))
        note_inputs(site, settings[BUILD], inputs, recorded)
        timings.end("remember for the next build")


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
    essays = f"{build.essays} {'essay' if build.essays == 1 else 'essays'}"
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
