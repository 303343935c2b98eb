"""Where a build writes, what it takes over from the one before, and how the whole takes the old one's place."""

from __future__ import annotations

import atexit
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from pelican import Pelican
from pelican.generators import Generator, StaticGenerator

from ..build import made
from ..build.crew import Crew
from ..build.laps import LAPS
from ..build.litter import LITTER
from ..build.memory import Memory
from ..build.stage import BusyError, Stage, begin
from ..build.store import digest_of, digest_of_all, store_of
from ..build.unchanged import inputs, note
from .illustrations import Gallery
from .index_pages import DUE, INPUTS, STAGE
from .settings import ContentError, is_alone
from .waiting import PROGRESS
from .writer import KEYS, MADE, MEMORY

MANY = 200
"""Files that are linked in no less time than another process takes to begin and to talk."""


def begin_build(pelican: Pelican) -> None:
    """Let whatever Pelican writes from here on go beside the live output, and recall the last build of it.

    Raises:
        ContentError: another build is at work, or the output cannot be written.

    """
    LITTER.begin()
    LAPS.lap("load Pelican, settings and plugins")
    settings = pelican.settings
    settings[INPUTS] = inputs(_roots(pelican), Path(pelican.path))
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
    settings[MEMORY] = _memory(pelican)
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
        worth = 1 if len(settings[MADE]) > MANY else 2
        with Crew([] if stage.spare.is_dir() else [stage], _make_ready, worth) as other:
            memory.remember()
            due = settings[DUE].timestamp() if settings[DUE] else None
            note(cache, stage.live, settings[INPUTS], made.made_in(cache / "made.json", stage.live) or [], due)
            other.results()
    atexit.unregister(stage.end)
    LITTER.keep()
    LAPS.lap("remember for the next build")


def _demand_all_views(settings: Mapping[str, Any], output: Path) -> None:
    """See that there is a page for every view; where there are other plugins, one of them may have left it out."""
    missing = [path for path in settings[KEYS] if output / path not in settings[MADE]]
    if missing and is_alone(settings):
        raise RuntimeError(f"There is no page for {', '.join(sorted(missing))}.")


def _make_ready(stage: Stage) -> None:
    """Make the tree that the next build changes, where there is room for it; else that build tries again."""
    with suppress(OSError):
        stage.make_ready()


def _memory(pelican: Pelican) -> Memory:
    settings, live = pelican.settings, pelican.settings[STAGE].live
    code = digest_of_all(inputs(_code(pelican)).around)
    look = digest_of_all(inputs([Path(pelican.theme), *map(Path, settings["THEME_TEMPLATES_OVERRIDES"])]).around)
    return Memory(
        store_of(Path(settings["CACHE_PATH"]), live), live, realm=digest_of(code, *_plain(settings)), look=look
    )


def _plain(settings: Mapping[str, Any]) -> Iterator[str]:
    """Yield all settings that are plain values, as words; what is not plain stands in files that are looked at."""
    for name in sorted(settings):
        if name.isupper() and not name.startswith("ESSAY_SERIES_") and _is_plain(settings[name]):
            yield f"{name}={settings[name]!r}"


def _is_plain(value: object) -> bool:
    if isinstance(value, Mapping):
        return all(_is_plain(each) for pair in value.items() for each in pair)
    if isinstance(value, list | tuple):
        return all(map(_is_plain, value))
    return value is None or isinstance(value, str | int | float | bool)


def _roots(pelican: Pelican) -> Iterator[Path]:
    """Yield all that a build reads but sources: theme, plugins, and the modules of the author's own that are loaded."""
    yield from (Path(pelican.theme), *_code(pelican))


def _code(pelican: Pelican) -> Iterator[Path]:
    yield from map(Path, pelican.settings["PLUGIN_PATHS"])
    yield Path(__file__).parent.parent
    files = (getattr(module, "__file__", None) for module in list(sys.modules.values()))
    yield from (Path(file) for file in files if file and Path(file).parent == Path.cwd())
