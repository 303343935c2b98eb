"""Send the published site to its host: ``make deploy TARGET=rsync TO=host:/srv/site``, then the same with ``APPLY=1``.

`TARGET` is ``github-pages`` (`TO` is a remote of git or its address, ``origin`` if left out), ``rsync`` (a folder, here
or on another machine) or ``s3`` (a bucket as rclone knows it, ``remote:bucket``). Without `APPLY` nothing is sent, and
it is printed what would be.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from ..adapter.sources import open_manuscript
from ..manuscript import Manuscript
from ..published import Published
from ..record import FILE
from .command import RefusedError, Words, run
from .github_pages import send
from .publish import SETTINGS

RSYNC = (
    *("rsync", "--recursive", "--checksum", "--delete-delay", "--delay-updates", "--chmod=D755,F644"),
    *("--filter=protect /.well-known/", "--itemize-changes"),
)
RCLONE = ("rclone", "sync", "--checksum", "--delete-after", "--verbose", "--stats-one-line")
CURES = {
    "git": "Install it, with your system's packages or from git-scm.com.",
    "rsync": "Install it: apt install rsync, or brew install rsync.",
    "rclone": "Install it: apt install rclone, or brew install rclone; then name your store by rclone config.",
}
_FOLDER = re.compile(r"(?:[\w.@-]+:|rsync://[\w.@:-]+/)?(?P<path>[^:]*)")
_BUCKET = re.compile(r"(?!-)[\w.@ +-]+(?:,[^:]*)?:/?[^/:\s][^:]*")


def deployment(words: Words) -> str:
    """Deploy, or tell what would be sent; return what is to be said at the end.

    Args:
        words: what the author gave: ``TARGET``, ``TO`` and ``APPLY``.

    Raises:
        RefusedError: nothing was sent; or sending failed, as the command that failed has told.

    """
    site = open_manuscript(SETTINGS)
    live, apply = Path(site.config.output), bool(words.get("APPLY"))
    target, to = words.get("TARGET", ""), words.get("TO", "")
    demand_published(site, live)
    if target == "github-pages":
        demand_command("git")
        print(send(live, to or "origin", apply=apply))
    elif target in ("rsync", "s3"):
        command = rsync(live, to, apply=apply) if target == "rsync" else rclone(live, to, apply=apply)
        demand_command(command[0])
        _call(command)
    else:
        raise RefusedError("Say how to send it: TARGET=github-pages, TARGET=rsync or TARGET=s3.")
    return "Sent." if apply else "Nothing was sent yet. To send this, add APPLY=1."


def rsync(live: Path, to: str, *, apply: bool) -> list[str]:
    """Return the command that makes the folder `to` the same as `live`.

    Raises:
        RefusedError: `to` is no folder of its own, so that too much could be deleted.

    """
    match = _FOLDER.fullmatch(to)
    path = match["path"].strip("/") if match and not to.startswith("-") else ""
    if not path or path in (".", "~") or ".." in path.split("/"):
        raise RefusedError("Say where the site lies, in a folder of its own: TO=host:/srv/site or TO=/srv/site.")
    return [*RSYNC, *([] if apply else ["--dry-run"]), "--", f"{live}/", f"{to.rstrip('/')}/"]


def rclone(live: Path, to: str, *, apply: bool) -> list[str]:
    """Return the command that makes the bucket or folder `to` the same as `live`.

    Raises:
        RefusedError: `to` names no bucket.

    """
    if not _BUCKET.fullmatch(to) or ".." in to:
        raise RefusedError("Say which bucket, as rclone knows it: TO=remote:bucket or TO=remote:bucket/folder.")
    return [*RCLONE, *([] if apply else ["--dry-run"]), "--", str(live), to]


def demand_published(site: Manuscript, live: Path) -> None:
    """Do nothing if `live` is the publication of the sources as they are.

    Raises:
        RefusedError: there is none, or a source or the record has something newer.

    """
    record = Path(site.config.content, FILE)
    if not (live.is_dir() and record.is_file()):
        raise RefusedError(f"{live}/ is not there yet: make publish SITEURL=https://… first.")
    unrecorded = sorted(Published.of(site).addresses - site.record.facts.keys())
    if unrecorded:
        raise RefusedError(f"{unrecorded[0]} is not published yet: make publish SITEURL=https://… first.")
    published = max(record.stat().st_mtime, live.stat().st_mtime)
    newer = [file for file in _sources(site) if file.stat().st_mtime > published and file != record]
    if newer:
        raise RefusedError(f"{newer[0]} was changed since the last make publish: publish it first.")


def demand_command(name: str) -> None:
    """Do nothing if the command `name` is installed.

    Raises:
        RefusedError: it is not; the text says how to get it.

    """
    if not shutil.which(name):
        raise RefusedError(f"{name} is not installed. {CURES[name]}")


def _sources(site: Manuscript) -> list[Path]:
    folder = Path(site.config.content)
    return [file for path in sorted(site.files) if (file := folder / path).exists()]


def _call(command: Sequence[str]) -> None:
    if subprocess.run(command, check=False).returncode:
        raise RefusedError(f"{command[0]} failed, as it says above; what was sent may be a part. Try it again.")


if __name__ == "__main__":
    sys.exit(run(deployment))
