"""An amendment from its beginning to its end: two trees are made alike while this process learns what to amend."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from .crew import Crew
from .laps import LAPS
from .litter import LITTER
from .stage import BusyError, Stage, begin
from .unchanged import Since, is_of, note


def amend(cache: Path | str, output: Path | str, since: Since) -> int | None:
    """Put other words in the place of the old ones, and return in how many files; None if that is not all.

    Args:
        cache: the folder of what builds remember.
        output: the output folder.
        since: what has changed since the last build.

    """
    LITTER.begin()
    try:
        with begin(Path(output)) as stage:
            files = _put_in_place(Path(cache), stage, since)
    except (BusyError, OSError, LookupError, TypeError, ValueError):  # a whole build finds out, and says why
        return None
    LAPS.lap("remember for the next build")
    return files


def _put_in_place(cache: Path, stage: Stage, since: Since) -> int | None:
    """Put the amended files in place, and return how many there are; None if that is not all."""
    texts = {path: Path(since.inputs.content, path).read_bytes() for path in since.changed}
    with (
        Crew([texts], partial(_converted, cache, stage.live), worth=1) as converter,
        Crew([stage], Stage.make_ready, worth=1) as other,
    ):
        files = _amended(cache, stage.live, texts, lambda path: converter.result(0)[path])
        if files is None:
            return None
        for path, data in files.items():
            file = stage.folder / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)
        there = other.result(0)
    stage.put_in_place(since.made, since.made)
    LAPS.lap("put the new output in place")
    known = {path: state for path, state in since.made.items() if path not in files and is_of(state, there.get(path))}
    note(cache, stage.live, since.inputs, since.made, since.due, known=known)
    return len(files)


def _converted(cache: Path, live: Path, texts: Mapping[str, bytes]) -> dict[str, str]:
    """Return the HTML of `texts`."""
    from .conversion import converted  # noqa: PLC0415 - what each process needs, it loads while the others do likewise
    from .store import store_of  # noqa: PLC0415 - likewise

    return converted(store_of(cache, live), texts)


def _amended(
    cache: Path, live: Path, texts: Mapping[str, bytes], html_of: Callable[[str], str]
) -> Mapping[str, bytes] | None:
    """Return the files that other words change, by output path; None if that is not all."""
    from sqlite3 import Error as DamagedError  # noqa: PLC0415 - as in `_converted`

    from .amend import amended  # noqa: PLC0415 - likewise
    from .store import store_of  # noqa: PLC0415 - likewise

    LAPS.lap("load what an amendment needs")
    try:
        files = amended(store_of(cache, live), live, texts, html_of)
    except DamagedError:
        return None
    LAPS.lap("amend words")
    return files
