"""The wheel of this package, of the version that runs, so that a site can install it without a package index."""

from __future__ import annotations

import base64
import os
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from hashlib import sha256
from importlib import metadata
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from ...package import DISTRIBUTION, VERSION
from ..command import CommandError

NAME = f"{DISTRIBUTION.replace('-', '_')}-{VERSION}-py3-none-any.whl"
_EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The time of every file in the wheel, the earliest of the format, so that the same package gives the same bytes."""
_BY_INSTALLERS = ("INSTALLER", "RECORD", "REQUESTED", "direct_url.json")
"""Files in ``.dist-info`` that an installer adds, which are not in a wheel."""


def wheel() -> tuple[str, bytes]:
    """Return the file name and the bytes of the wheel of this package."""
    installed = dict(_installed())
    if installed:
        return NAME, _packed(installed)
    return _built(Path(__file__).parents[4])


def _installed() -> Iterator[tuple[str, bytes]]:
    """Yield the path in the wheel and the content of each installed file; nothing if this is a checkout."""
    try:
        files = metadata.distribution(DISTRIBUTION).files or []
    except metadata.PackageNotFoundError:
        return
    here = Path(__file__).resolve()
    if not any(Path(str(file.locate())).resolve() == here for file in files):
        return  # an editable installation
    for file in files:
        path = file.as_posix()
        if path.startswith("..") or path.endswith(".pyc") or Path(path).name in _BY_INSTALLERS:
            continue
        yield path, Path(str(file.locate())).read_bytes()


def _packed(files: dict[str, bytes]) -> bytes:
    """Return a wheel that holds `files`, with their digests in ``RECORD`` (binary distribution format, PEP 427)."""
    record = f"{next(path for path in files if '.dist-info/' in path).partition('/')[0]}/RECORD"
    lines = [f"{path},sha256={_digest(data)},{len(data)}" for path, data in sorted(files.items())]
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, data in [*sorted(files.items()), (record, "\n".join([*lines, f"{record},,", ""]).encode())]:
            entry = zipfile.ZipInfo(path, _EARLIEST)
            entry.external_attr, entry.compress_type = 0o644 << 16, zipfile.ZIP_DEFLATED
            archive.writestr(entry, data)
    return packed.getvalue()


def _digest(data: bytes) -> str:
    return base64.urlsafe_b64encode(sha256(data).digest()).rstrip(b"=").decode()


def _built(checkout: Path) -> tuple[str, bytes]:
    """Return the name and the bytes of the wheel that pip builds from a checkout."""
    with TemporaryDirectory() as folder:
        offline = ["--no-build-isolation"] if find_spec("hatchling") else []
        pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet", "wheel", "--no-deps", *offline]
        done = subprocess.run(
            [*pip, "--wheel-dir", folder, str(checkout)],
            env={**os.environ, "SOURCE_DATE_EPOCH": "315532800"},
            capture_output=True,
            text=True,
            check=False,
        )
        found = sorted(Path(folder).glob("*.whl"))
        if done.returncode or not found:
            said = done.stderr.strip().splitlines()[-1:] or ["pip gave no reason"]
            raise CommandError(
                f"The plugin's wheel cannot be built from {checkout}: {said[0]}\n"
                "That needs a network, or hatchling: pip install hatchling."
            )
        return found[0].name, found[0].read_bytes()
