"""Preview the site on this machine: ``make serve [PORT=8000] [PREVIEW_HOSTS=…]``.

The preview is built into a folder of its own, with pages for drafts, hidden and scheduled essays, which are marked as
such. After each change it is built again, and open pages reload; if a build fails, the last good pages stay and show
the problems. ``PORT`` is the first port to try. ``PREVIEW_HOSTS`` lists further host names to accept, for a machine
that is reached through a proxy.
"""

from __future__ import annotations

import signal
import sys
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from threading import Event, Thread
from time import time_ns

from filelock import FileLock, Timeout
from watchfiles import watch
from watchfiles.main import FileChange

from ...build.cache.unchanged import noted_inputs
from ...build.output.states import all_renewed, outermost, states_below
from ..command import Options, option, pelican_arguments
from .builder import Builder
from .live import Channel, NoPortError, server

WATCHED = ("content", "plugins", "theme", "pelicanconf.py")
FOLDER = Path("cache/preview")
LOCK, ADDRESS = Path("cache/preview.lock"), Path("cache/preview.address")
"""The lock of a running preview, and the file with its address."""
STEP = 10
"""Milliseconds to wait for further changes, since some editors write a file in two steps."""
PORTS = 2**16
SETTINGS: Mapping[str, object] = {
    "PREVIEW": True,
    "DRAFT_SAVE_AS": "drafts/{slug}/index.html",
    "DRAFT_URL": "drafts/{slug}/",
    "DRAFT_LANG_SAVE_AS": "drafts/{slug}/{lang}/index.html",
    "DRAFT_LANG_URL": "drafts/{slug}/{lang}/",
    "DRAFT_PAGE_SAVE_AS": "drafts/pages/{slug}/index.html",
    "DRAFT_PAGE_URL": "drafts/pages/{slug}/",
}
"""The settings of a preview that differ from those of the site."""


def builder_of(folder: Path = FOLDER) -> Builder:
    """Return the builder of the preview in `folder`."""
    return Builder(["--log-handler=plain", *pelican_arguments("pelicanconf.py", folder, **SETTINGS)])


class Preview:
    """Builds after each change, and informs open pages."""

    def __init__(self, builder: Builder, channel: Channel) -> None:
        self._builder, self._channel = builder, channel
        self._changed, self.stop = Event(), Event()
        self.builds = 0
        """The number of finished builds."""

    def build(self) -> None:
        """Build once, and announce the result."""
        outcome = self._builder.build(self._channel.pages, self._channel.show)
        self.builds += 1
        if outcome.superseded:
            self._changed.set()
        if self.stop.is_set() or outcome.superseded:
            return
        print(outcome.said, flush=True)
        if not outcome.good:
            self._channel.failed(outcome.said)
        elif outcome.files or self._channel.news.problems:
            self._channel.built(again=outcome.loaded)

    def follow(self) -> None:
        """Build after each change until `stop` is set."""
        while not self.stop.is_set():
            self._changed.wait()
            self._changed.clear()
            if not self.stop.is_set():
                self.build()

    def change(self) -> None:
        """Request a build; one that is running may be abandoned."""
        self._changed.set()
        self._builder.supersede()

    def end(self) -> None:
        """Stop at once, also a running build."""
        self.stop.set()
        self._changed.set()
        self._builder.interrupt()


def serve(port: int, hosts: Collection[str], preview: Preview, channel: Channel) -> None:
    """Build, serve, and build again after each change until the `preview` ends; `hosts` are other names to accept."""
    roots = _watched()
    unwatched: Mapping[str, str] | None = states_below(roots, time_ns())  # a file may change before the watch begins
    with server(FOLDER, port, channel, hosts) as serving:
        preview.build()
        following = Thread(target=preview.follow)
        for thread in (following, Thread(target=serving.serve_forever, daemon=True)):
            thread.start()
        address = f"http://127.0.0.1:{serving.server_port}/"
        ADDRESS.write_text(address, encoding="utf-8")
        print(f"The site is at {address} (stop with Ctrl-C)", flush=True)
        while not preview.stop.is_set():
            watched, builds = _watched(), preview.builds
            for changes in _changes(watched, preview.stop):
                if changes or (unwatched is not None and all_renewed(roots, unwatched, 0) is None):
                    preview.change()
                unwatched = None
                if preview.builds != builds and _watched() != watched:
                    unwatched = {}
                    break
                builds = preview.builds
        following.join()
        channel.close()
        serving.shutdown()


def _watched() -> list[str]:
    """Return the paths to watch: `WATCHED`, and all other inputs of the last build, wherever they are."""
    ours = f"{FOLDER.parent.resolve()}/"  # changes by builds themselves do not count
    found = [str(Path(path).resolve()) for path in WATCHED if Path(path).exists()]
    return outermost(
        [*found, *(path for path in noted_inputs("cache", FOLDER) if not f"{ours}".startswith(f"{path}/"))]
    )


def _changes(paths: Sequence[str], stop: Event) -> Iterator[set[FileChange]]:
    """Yield changes below `paths`, or an empty set after a while without any; end when `stop` is set."""
    return watch(*paths, stop_event=stop, raise_interrupt=False, rust_timeout=500, yield_on_timeout=True, step=STEP)


def preview(options: Options) -> int:
    """Serve until a signal stops it; return the exit status: 1 if another preview runs or no port is free."""
    channel, builder = Channel(), builder_of()
    builds = Preview(builder, channel)
    for ending in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(ending, lambda *_: builds.end())
    hosts = frozenset(option(options, "PREVIEW_HOSTS").lower().replace(",", " ").split())
    LOCK.parent.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(LOCK, blocking=False):
            ADDRESS.unlink(missing_ok=True)
            serve(port_from(option(options, "PORT") or "8000"), hosts, builds, channel)
            ADDRESS.unlink(missing_ok=True)
    except Timeout:
        where = ADDRESS.read_text(encoding="utf-8") if ADDRESS.is_file() else "starting"
        print(f"A preview of this folder is running already: {where}", file=sys.stderr)
        return 1
    except NoPortError as error:
        print(error, file=sys.stderr)
        return 1
    finally:
        builder.end()
    return 0


def port_from(word: str) -> int:
    """Return the port number in `word`.

    Raises:
        NoPortError: it is not a number from 0 to 65535.

    """
    if not (word.isascii() and word.isdecimal() and len(word) <= len(str(PORTS)) and int(word) < PORTS):
        raise NoPortError(f'"{word}" is not a port. Choose a number from 1024 to 65535: PORT=8000.')
    return int(word)
