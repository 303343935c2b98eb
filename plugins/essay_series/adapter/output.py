"""Where a build writes, what it takes over from the one before, and how the whole takes the old one's place."""

from __future__ import annotations

import atexit
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from pelican import Pelican
from pelican.generators import Generator, StaticGenerator

from ..build import made
from ..build.laps import LAPS
from ..build.litter import LITTER
from ..build.memory import Memory
from ..build.stage import BusyError, begin
from ..build.store import store_of
from ..build.templates import CompiledTemplates
from ..build.workers import ask_for
from .illustrations import Gallery
from .index_pages import DUE, INPUTS, STAGE
from .inputs import inputs_of, leave_modules, memory_of, note_inputs
from .offered import COMPILED
from .settings import ContentError, is_alone
from .waiting import PROGRESS
from .writer import KEYS, MADE, MEMORY


def begin_build(pelican: Pelican) -> None:
    """Let whatever Pelican writes from here on go beside the live output, and recall the last build of it.

    Raises:
        ContentError: another build is at work, or the output cannot be written.
        SettingsError: the settings ask for no possible number of workers.

    """
    LITTER.begin()
    LAPS.lap("load Pelican, settings and plugins")
    settings = pelican.settings
    ask_for(settings["BUILD_WORKERS"], os.environ)
    store = store_of(Path(settings["CACHE_PATH"]), Path(settings["OUTPUT_PATH"]).resolve())
    settings[INPUTS] = inputs_of(pelican, store)
    settings[MADE].clear()
    if STAGE in settings:
        settings[STAGE].end()
    try:
        settings[STAGE] = begin(Path(settings["OUTPUT_PATH"]))
    except BusyError as busy:
        raise ContentError(str(busy)) from busy
    except OSError as error:
        raise ContentError(f"{settings['OUTPUT_PATH']} cannot be written: {error.strerror}.") from error
    atexit.register(settings[STAGE].end)
    settings[KEYS] = {}
    settings[MEMORY] = memory_of(pelican, settings[STAGE].live, store)
    settings[COMPILED] = CompiledTemplates(store.file.with_suffix(".templates"), settings[MEMORY].realm)
    pelican.output_path = str(settings[STAGE].folder)
    LAPS.lap("look at all inputs")


def note_made(path: str, context: Mapping[str, Any], **_: Any) -> None:
    """Note that Pelican wrote the file `path`."""
    context[MADE].add(Path(path))


def keep_back_static(generators: Sequence[Generator], gallery: Gallery) -> None:
    """Leave out the files that readers do not get as they are, and note the rest as made; Pelican would copy all."""
    for generator in generators:
        if isinstance(generator, StaticGenerator):
            kept = list(filter(gallery.copied, generator.staticfiles))
            generator.staticfiles[:] = kept
            generator.settings[MADE].update(Path(generator.output_path) / static.save_as for static in kept)


def put_in_place(pelican: Pelican) -> None:
    """End the build: the new output takes the place of the old one, and the author's own files in it stay."""
    PROGRESS.end()
    LAPS.lap("write all other files")
    settings, output = pelican.settings, Path(pelican.output_path)
    memory: Memory = settings[MEMORY]
    below = output / settings["THEME_STATIC_DIR"]
    for static in settings["THEME_STATIC_PATHS"]:
        root = Path(pelican.theme) / static
        settings[MADE].update(below / f.relative_to(root) for f in root.rglob("*") if f.is_file())
    settings[MADE].update(output / path for path in memory.kept)
    _demand_all_views(settings, output)
    cache = Path(settings["CACHE_PATH"])
    stage = settings.pop(STAGE)
    with stage:
        made.put_in_place(cache / "made.json", stage, settings[MADE])
        pelican.output_path = str(stage.live)
        LAPS.lap("put the new output in place")
        leave_modules(pelican, memory.store)
        memory.remember()
        settings[COMPILED].save()
        due = settings[DUE].timestamp() if settings[DUE] else None
        note_inputs(pelican, settings[INPUTS], made.made_in(cache / "made.json", stage.live) or [], stage.live, due)
    atexit.unregister(stage.end)
    LITTER.keep()
    LAPS.lap("remember for the next build")


def _demand_all_views(settings: Mapping[str, Any], output: Path) -> None:
    """See that there is a page for every view; where there are other plugins, one of them may have left it out."""
    missing = [path for path in settings[KEYS] if output / path not in settings[MADE]]
    if missing and is_alone(settings):
        raise RuntimeError(f"There is no page for {', '.join(sorted(missing))}.")
