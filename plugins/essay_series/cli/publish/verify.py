"""Check that builds are reproducible: ``make verify``.

The project is built from nothing. A copy of it is built twice: first with an extra line in every third text, then with
the original texts, incrementally. The copy is in another folder, its files were created in another order, and time
zone, locale, hash seed, home, user and umask differ. The two outputs must have the same bytes.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from ...publish.changed import files_in
from ..command import BUILD, Options, pelican_arguments

SOURCES = ("content", "theme", "plugins", "pelicanconf.py", "publishconf.py")
"""The inputs of a site; a project may lack some, such as a theme of its own."""
HERE = {"TZ": "UTC", "LC_ALL": "C", "PYTHONHASHSEED": "0"}
ELSEWHERE = {"TZ": "Pacific/Kiritimati", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "42", "USER": "somebody"}
FROM_NOTHING = {"PYTHONDONTWRITEBYTECODE": "1"}
"""Neither build reads bytecode that was compiled before."""
UMASK = 0o077
EXTRA_LINE = b"\n\nOne line more.\n"


def differences_in(project: Path) -> list[str]:
    """Build `project` in both ways, and return a line for each file that differs.

    Raises:
        subprocess.CalledProcessError: a build failed; it has printed why.

    """
    with TemporaryDirectory() as one, TemporaryDirectory() as other:
        copy = Path(other, "copy")
        copy.mkdir()
        for name in (name for name in reversed(SOURCES) if (project / name).exists()):
            _copy_backwards(project / name, copy / name)
        _build(project, Path(one), HERE, umask=-1)
        elsewhere = {**ELSEWHERE, "HOME": other}
        texts = {text: text.read_bytes() for text in sorted(copy.glob("content/**/*.md"))[::3]}
        for text, content in texts.items():
            text.write_bytes(content + EXTRA_LINE)
        _build(copy, Path(other), elsewhere, umask=UMASK)
        for text, content in texts.items():
            text.write_bytes(content)
        _build(copy, Path(other), elsewhere, umask=UMASK)
        return differences(files_in(Path(one, "site")), files_in(Path(other, "site")))


def differences(one: Mapping[str, bytes], other: Mapping[str, bytes]) -> list[str]:
    """Return a line for each path at which `one` and `other`, contents by path, differ."""
    lines = [f"{path}: only in the first build" for path in one.keys() - other.keys()]
    lines += [f"{path}: only in the second build" for path in other.keys() - one.keys()]
    lines += [f"{path}: {_first_difference(one[path], other[path])}" for path in one.keys() & other.keys()]
    return sorted(line for line in lines if not line.endswith(": "))


def _first_difference(one: bytes, other: bytes) -> str:
    if one == other:
        return ""
    at = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return f"differs at byte {at}: {one[at : at + 30]!r} and {other[at : at + 30]!r}"


def _copy_backwards(source: Path, target: Path) -> None:
    """Copy a file or a folder, last name first, so that the file system lists them in another order."""
    if source.is_file():
        shutil.copyfile(source, target)
        return
    target.mkdir()
    for each in sorted(source.iterdir(), reverse=True):
        if each.name != "__pycache__":
            _copy_backwards(each, target / each.name)


def _build(project: Path, into: Path, conditions: Mapping[str, str], umask: int) -> None:
    subprocess.run(
        [*BUILD, *pelican_arguments("publishconf.py", into / "site", CACHE_PATH=f"{into}/cache")],
        cwd=project,
        env={**os.environ, "SITEURL": "https://verify.example", **FROM_NOTHING, **conditions},
        check=True,
        stdout=subprocess.DEVNULL,
        umask=umask,
    )


def verify(_: Options) -> int:
    """Print the differences; return the exit code, 0 if there are none."""
    try:
        found = differences_in(Path.cwd())
    except subprocess.CalledProcessError:
        return 1
    print("\n".join(found) or "Two builds, one from nothing and one incremental, gave the same bytes.")
    return int(bool(found))
