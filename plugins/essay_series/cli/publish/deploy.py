"""Send the published site to its host: ``make deploy TARGET=rsync TO=host:/srv/site [APPLY=1] [TAKE_OVER=yes]``.

`TARGET` is ``github-pages`` (`TO` is a git remote or the address of a repository, by default ``origin``), ``rsync`` (a
folder on this machine or another) or ``s3`` (a bucket in rclone's form, ``remote:bucket``). Without `APPLY` the changes
are only printed. A target that does not hold an earlier deployment of this site is refused without ``TAKE_OVER=yes``;
files that are not part of the site are never changed.
"""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from ...adapter.reading.sources import open_manuscript
from ...build.output.mirror import files_below
from ...feeds.diff import snapshot
from ...publish.marker import MARKER, Marker, marker_from
from ...publish.own_files import GITHUB_FILES, OwnFiles
from ...sources.manuscript import Manuscript
from ..command import CommandError, Options, confirmed, is_on
from ..terminal import counted
from .git import git, head
from .github_pages import branch
from .publish import SETTINGS, foreign_files_note
from .rclone import bucket
from .record_check import marker_of, record_file, require_readable_record
from .rsync import folder
from .targets import Plan, Target

_OF_HOSTS = ".well-known/"
"""The folder for files of the host itself, such as certificate challenges (RFC 8615)."""
_TAKE_OVER = "To replace it all the same, add TAKE_OVER=yes."


def deployment(options: Options) -> str:
    """Deploy, or print what would be sent; return notes for the author."""
    site = open_manuscript(SETTINGS)
    live, apply = Path(site.config.output), is_on(options, "APPLY")
    take_over = confirmed(options, "TAKE_OVER")
    target = _target(options)
    require_published(site, live)
    existing = target.paths()
    if not take_over:
        require_earlier_deployment(site, target, existing)
    own = OwnFiles(site.record, site.config)
    published = sorted(files_below(live))
    send = [path for path in published if path in own]
    delete = sorted(path for path in {*existing} - {*send} if path in own)
    target.update(Plan(live, send, delete), apply=apply)
    notes = foreign_files_note([path for path in published if path not in own], live)
    others = sorted(path for path in existing if path not in own and path not in GITHUB_FILES)
    if others:
        notes.append(f"Not part of this site, left on the target: {counted(len(others), 'file')}, such as {others[0]}.")
    return "\n".join([*notes, "Sent." if apply else "Nothing was sent yet; add APPLY=1 to send."])


def _target(options: Options) -> Target:
    """Return the target that the options name; raise `CommandError` if it is missing or not suitable."""
    to = options.get("TO", "")
    match options.get("TARGET", ""):
        case "github-pages":
            return branch(to or "origin")
        case "rsync":
            return folder(to, Path.cwd())
        case "s3":
            return bucket(to)
        case _:
            raise CommandError("Give the kind of host: TARGET=github-pages, TARGET=rsync or TARGET=s3.")


def require_published(site: Manuscript, live: Path) -> None:
    """Raise `CommandError` unless the folder `live` is a publication of the present sources and record."""
    record = record_file(site)
    require_readable_record(site)
    if not (live.is_dir() and record.is_file()):
        raise CommandError(f"There is no {live}/ yet. Run make publish SITEURL=https://… first.")
    addresses = {f"/{place.url}" for place in site.addresses.values()}
    unrecorded = sorted(addresses - site.record.facts.keys())
    if unrecorded:
        raise CommandError(f"{unrecorded[0]} is not published yet. Run make publish SITEURL=https://… first.")
    published = max(record.stat().st_mtime, live.stat().st_mtime)
    sources = (Path(site.config.content, path) for path in sorted(site.files))
    newer = [file for file in sources if file != record and file.exists() and file.stat().st_mtime > published]
    if newer:
        raise CommandError(f"{newer[0]} has changed since the last make publish. Publish again first.")
    found = marker_of(live)
    if not found or found.record != site.record.digest:
        raise CommandError(f"{live}/ does not match the published record. Run make publish SITEURL=https://… first.")


def require_earlier_deployment(site: Manuscript, target: Target, existing: Collection[str]) -> None:
    """Raise `CommandError` unless `target`, with the `existing` files, is empty or an earlier deployment of `site`."""
    if all(path.startswith(_OF_HOSTS) for path in existing):
        return
    found = marker_from((target.read(MARKER) or b"").decode("utf-8", "replace")) if MARKER in existing else None
    if not found:
        _require_earlier_feed(site, target, existing)
    elif found.site != site.record.authority:
        raise CommandError(
            f"The target holds the site of {found.site}, but this is {site.record.authority}. {_TAKE_OVER}"
        )
    elif not site.record.follows(found.record) or _is_behind(found, Path(site.config.content)):
        raise CommandError(
            "The target is ahead of this checkout: it was published from another machine or branch. "
            "Pull first (in a shallow clone: git fetch --unshallow), then publish. If it is lost, add TAKE_OVER=yes."
        )


def _is_behind(found: Marker, content: Path) -> bool:
    """Tell whether the present commit is older than that of the marker `found`.

    A commit that this repository does not have was never pulled. One that is no ancestor and no descendant was
    rewritten, as by an amendment, and means nothing.
    """
    here = head(content)
    if not (here and found.commit) or here == found.commit:
        return False
    if git(content, "cat-file", "-e", f"{found.commit}^{{commit}}") is None:
        return True
    return git(content, "merge-base", "--is-ancestor", here, found.commit) is not None


def _require_earlier_feed(site: Manuscript, target: Target, existing: Collection[str]) -> None:
    """Raise `CommandError` unless the main feed on a target without a marker is this site's, and not newer.

    Early deployments had no marker.
    """
    path = site.config.routes.feed("all").path
    feed = snapshot(target.read(path) or b"") if path in existing else None
    if not feed or not feed.id or feed.id != site.record.ids.get(f"/{path}"):
        raise CommandError(
            f"The target has {counted(len(existing), 'file')}, such as {min(existing)}, and no marker of an earlier "
            f"deployment of this site. {_TAKE_OVER} Files that are not part of this site stay."
        )
    if unknown := feed.items.keys() - set(site.record.ids.values()):
        title = feed.items[min(unknown)].title
        raise CommandError(f'The target is ahead of this checkout: it contains "{title}". Pull first, and publish.')
