"""Send the published site to its host: ``make deploy TARGET=rsync TO=host:/srv/site``, then the same with ``APPLY=1``.

`TARGET` is ``github-pages`` (`TO` is a remote of git or its address, ``origin`` if left out), ``rsync`` (a folder, here
or on another machine) or ``s3`` (a bucket as rclone knows it, ``remote:bucket``). Without `APPLY` nothing is sent, and
it is printed what would be. A target that holds something else than an earlier deployment of this site is refused,
unless ``TAKE_OVER=yes`` says that it is meant; what is not the site's own stays there in any case.
"""

from __future__ import annotations

import sys
from collections.abc import Collection
from pathlib import Path

from ...adapter.reading.sources import open_manuscript
from ...build.output.mirror import files_below
from ...feeds.diff import snapshot
from ...publish.marker import MARKER, Marker, marker_from
from ...publish.ours import OF_GITHUB, Ours
from ...record.record import FILE
from ...sources.manuscript import Manuscript
from ..command import CommandError, Options, confirmed, is_on, run
from .github_pages import branch
from .history import git, head
from .publish import SETTINGS, told_of
from .rclone import bucket
from .rsync import folder
from .targets import Plan, Target
from .witnesses import demand_readable_record, marker_of

_OF_HOSTS = ".well-known/"
"""The folder in which hosts keep what is theirs, such as tokens of certificates."""
_MEANT = "If it is meant: TAKE_OVER=yes."


def deployment(options: Options) -> str:
    """Deploy, or tell what would be sent; return what is to be said at the end.

    Args:
        options: ``TARGET``, ``TO``, ``APPLY`` and ``TAKE_OVER``.

    Raises:
        CommandError: nothing was sent; or sending failed, as the command that failed has told.

    """
    site = open_manuscript(SETTINGS)
    live, apply = Path(site.config.output), is_on(options, "APPLY")
    take_over = confirmed(options, "TAKE_OVER")
    target = _target(options)
    demand_published(site, live)
    there = target.paths()
    if not take_over:
        demand_earlier(site, target, there)
    whose = Ours(site.record, site.config)
    published = sorted(files_below(live))
    send = [path for path in published if path in whose]
    target.bring(Plan(live, send, sorted(p for p in there if p in whose and p not in {*send})), apply=apply)
    said = told_of([path for path in published if path not in whose], live)
    others = sorted(path for path in there if path not in whose and path not in OF_GITHUB)
    said += [f"Not of this site, and left there: {len(others)} files, such as {others[0]}."] if others else []
    return "\n".join([*said, "Sent." if apply else "Nothing was sent yet; add APPLY=1 to send."])


def _target(options: Options) -> Target:
    """Return the target that the author means.

    Raises:
        CommandError: none is named, or it is no place for a site.

    """
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


def demand_published(site: Manuscript, live: Path) -> None:
    """Do nothing if `live` is the publication of the sources as they are.

    Raises:
        CommandError: there is none, or a source or the record has something newer.

    """
    record = Path(site.config.content, FILE)
    demand_readable_record(site)
    if not (live.is_dir() and record.is_file()):
        raise CommandError(f"There is no {live}/ yet. Run make publish SITEURL=https://… first.")
    addresses = {f"/{place.url}" for place in site.addresses.values()}
    unrecorded = sorted(addresses - site.record.facts.keys())
    if unrecorded:
        raise CommandError(f"{unrecorded[0]} is not published yet. Run make publish SITEURL=https://… first.")
    published = max(record.stat().st_mtime, live.stat().st_mtime)
    newer = [file for file in _sources(site) if file.stat().st_mtime > published and file != record]
    if newer:
        raise CommandError(f"{newer[0]} has changed since the last make publish. Publish again first.")
    found = marker_of(live)
    if not found or found.record != site.record.digest:
        raise CommandError(f"{live}/ does not match the published record. Run make publish SITEURL=https://… first.")


def demand_earlier(site: Manuscript, target: Target, there: Collection[str]) -> None:
    """Do nothing if `target`, where the files `there` lie, is empty or holds an earlier deployment of `site`.

    Raises:
        CommandError: it holds something else, or a later deployment.

    """
    if not any(not path.startswith(_OF_HOSTS) for path in there):
        return
    found = marker_from((target.read(MARKER) or b"").decode("utf-8", "replace")) if MARKER in there else None
    if not found:
        _demand_unmarked(site, target, there)
    elif found.site != site.record.authority:
        raise CommandError(f"The target holds the site of {found.site}, but this is {site.record.authority}. {_MEANT}")
    elif not site.record.follows(found.record) or _is_behind(found, Path(site.config.content)):
        raise CommandError(
            "The target is ahead of this checkout: it was published from another machine or branch. "
            "Pull first (in a shallow clone: git fetch --unshallow), then publish. If it is lost, add TAKE_OVER=yes."
        )


def _is_behind(found: Marker, content: Path) -> bool:
    """Tell whether the sources here are older than those that `found` was deployed from.

    A commit that is not known here was never pulled. One that is known and was rewritten since, as by an amendment,
    says nothing.
    """
    here = head(content)
    if not (here and found.commit) or here == found.commit:
        return False
    if git(content, "cat-file", "-e", f"{found.commit}^{{commit}}") is None:
        return True
    return git(content, "merge-base", "--is-ancestor", here, found.commit) is not None


def _demand_unmarked(site: Manuscript, target: Target, there: Collection[str]) -> None:
    """Do nothing if the target was deployed by an earlier version, which left no marker: its main feed tells.

    Raises:
        CommandError: it was not, or that deployment is ahead.

    """
    path = site.config.routes.feed("all").path
    feed = snapshot(target.read(path) or b"") if path in there else None
    if not feed or not feed.id or feed.id != site.record.ids.get(f"/{path}"):
        raise CommandError(
            f"The target is not empty ({len(there)} files, such as {min(there)}), and has no marker of an earlier "
            f"deployment of this site. {_MEANT} Files that are not part of this site stay."
        )
    if unknown := feed.items.keys() - set(site.record.ids.values()):
        title = feed.items[min(unknown)].title
        raise CommandError(f'The target is ahead of this checkout: it contains "{title}". Pull first, and publish.')


def _sources(site: Manuscript) -> list[Path]:
    content = Path(site.config.content)
    return [file for path in sorted(site.files) if (file := content / path).exists()]


if __name__ == "__main__":
    sys.exit(run(deployment))
