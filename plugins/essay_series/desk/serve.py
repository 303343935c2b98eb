"""Show the site on this machine while it is written: ``make serve``.

The preview has a folder of its own, in which drafts, hidden and scheduled essays have pages too, each marked as what it
is. After each change of a source it is built again, and every open page is loaded anew; while the sources cannot be
built, the last good pages stay, and say what is wrong. ``PORT`` names the port to try first.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Mapping
from pathlib import Path
from threading import Event, Thread

from watchfiles import watch

from ..build.unchanged import inputs
from .live import Channel, server
from .warm import Builder, Outcome

WATCHED = ("content", "plugins", "theme", "pelicanconf.py")
FOLDER = Path("cache/preview")
SETTINGS: Mapping[str, object] = {
    "PREVIEW": True,
    "DRAFT_SAVE_AS": "drafts/{slug}/index.html",
    "DRAFT_URL": "drafts/{slug}/",
    "DRAFT_LANG_SAVE_AS": "drafts/{slug}/{lang}/index.html",
    "DRAFT_LANG_URL": "drafts/{slug}/{lang}/",
    "DRAFT_PAGE_SAVE_AS": "drafts/pages/{slug}/index.html",
    "DRAFT_PAGE_URL": "drafts/pages/{slug}/",
}
"""In what a preview differs from the site."""


def build(builder: Builder, folder: Path = FOLDER) -> Outcome:
    """Build the preview into `folder`."""
    extra = [f"{name}={json.dumps(value)}" for name, value in SETTINGS.items()]
    command = ["content", "--fatal=errors", "--log-handler=plain", "--settings", "pelicanconf.py"]
    return builder.build([*command, "--output", str(folder), "--extra-settings", *extra], folder)


def serve(port: int, stop: Event) -> None:
    """Build, serve, and build again after each change until `stop` is set."""
    channel, builder = Channel(), Builder()
    present = [Path(path) for path in WATCHED if Path(path).exists()]
    built = inputs(present).around
    _build_and_tell(channel, builder)
    with server(FOLDER, port, channel) as serving:
        Thread(target=serving.serve_forever, daemon=True).start()
        print(f"The site is at http://127.0.0.1:{serving.server_port}/ (Ctrl-C ends)", flush=True)
        missed = True  # whatever was saved before the watch began
        for changes in watch(*present, stop_event=stop, raise_interrupt=False, rust_timeout=500, yield_on_timeout=True):
            if any(Path(path).suffix == ".py" for _, path in changes):
                builder.end()
            if changes or (missed and inputs(present).around != built):
                _build_and_tell(channel, builder)
            missed = False
        builder.end()
        channel.close()
        serving.shutdown()


def _build_and_tell(channel: Channel, builder: Builder) -> None:
    outcome = build(builder)
    print(outcome.said, flush=True)
    if outcome.good:
        channel.built()
    else:
        channel.failed(outcome.said)


def main() -> int:
    """Serve until the author or the system ends it; return 0."""
    stop = Event()
    for ending in (signal.SIGINT, signal.SIGTERM):
        signal.signal(ending, lambda *_: stop.set())
    serve(int(os.environ.get("PORT") or "8000"), stop)
    return 0


if __name__ == "__main__":
    sys.exit(main())
