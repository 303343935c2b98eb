"""Import the texts of another site: ``make import FROM=path``.

The command shows a plan, and what a person has to check; with ``APPLY=1`` it writes. No existing file is overwritten.
`verbs` explains the other options.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console

from ...build.progress import Progress
from ...extras import require
from ...importer.addresses import host_of
from ...importer.detect import USAGE, read
from ...importer.item import Export, ImportRefusedError, ReadOptions, decoded
from ...importer.plan import ImportOptions, Plan, plan, site_of
from ...importer.report import report, rows
from ...importer.series import rules_from, sides_from, table_of
from ...sources.manuscript import Manuscript
from ..check.outside.http_client import HttpClient, user_agent
from ..command import CommandError, Options, is_on, option, required
from ..terminal import counted
from ..write.rewrite.command import opened
from ..write.rewrite.edits import Edit
from ..write.rewrite.journal import carry_out
from . import import_images


def import_site(options: Options) -> str:
    """Import the export ``FROM``, or only plan to without ``APPLY``; return a report."""
    path = Path(required(options, "FROM", "the export to import", USAGE)).expanduser()
    types = tuple(option(options, "TYPES").replace(",", " ").split())
    try:
        export = read(path, ReadOptions(option(options, "KIND"), is_on(options, "PARTIAL"), types))
        return _imported(options, export, opened(), _choices(options))
    except ImportRefusedError as refusal:
        raise CommandError(str(refusal)) from refusal


def _imported(options: Options, export: Export, ours: Manuscript, choices: ImportOptions) -> str:
    apply, progress = is_on(options, "APPLY"), Progress(Console(stderr=True))
    fetched = import_images.Fetched()
    try:
        if is_on(options, "IMAGES") and apply:
            fetched = _fetched(export, ours, choices, progress)
            choices = replace(choices, fetched=fetched.paths)
        found = plan(export, ours, choices, datetime.now(UTC), progress.step)
    finally:
        progress.end()
    lines = [*report(export, found, choices, ours.config.content)]
    lines += [f"Not fetched: {address}: {why}" for address, why in fetched.failed.items()]
    lines += _tables(options, export, found)
    edits = [*_edits(found, export), *_images(found, fetched)]
    if apply and edits:
        carry_out(Path(ours.config.content), edits)
    count = counted(len(edits), "file")
    lines.append(f"Wrote {count}." if apply else f"Nothing is written yet; add APPLY=1 to write {count}.")
    return "\n".join(lines)


def _choices(options: Options) -> ImportOptions:
    file = option(options, "SIDES")
    sides: Mapping[str, Mapping[str, str]] = {}
    if file and Path(file).is_file():
        sides = sides_from(decoded(Path(file).read_bytes(), file), file)
    site = option(options, "SITE").rstrip("/")
    if site and not host_of(site):
        raise CommandError(f'"{site}" is not an address; write it like https://old.example.')
    return ImportOptions(
        rules_from(option(options, "SERIES")), sides, is_on(options, "PLAYS"), option(options, "PERMALINK"), site
    )


def _fetched(export: Export, ours: Manuscript, choices: ImportOptions, progress: Progress) -> import_images.Fetched:
    require("images", "Images of an import")
    site = choices.site or site_of(export)
    hosts = {host for host in (*export.hosts, *export.image_hosts, host_of(site)) if host}
    addresses = import_images.wanted(export, site, hosts)
    agent = user_agent(ours.config.name, ours.config.root)
    client = HttpClient(agent, loopback=is_on(os.environ, "LOOPBACK"), pause=0.2)
    return import_images.fetch_all(
        addresses, hosts, client, taken=ours.files, done=lambda number: progress.step("images", number, len(addresses))
    )


def _edits(found: Plan, export: Export) -> list[Edit]:
    edits = [Edit(each.path, each.path, None, each.text.encode()) for each in found.sources]
    edits += [Edit(path, path, None, text.encode()) for path, text in found.declarations.items()]
    files = found.files.items() if export.files else ()
    return edits + [Edit(to, to, None, export.files.read(name)) for to, name in files if export.files]


def _images(found: Plan, fetched: import_images.Fetched) -> list[Edit]:
    """Return the edits that write the fetched images, but for those that no imported text shows."""
    texts = "".join(each.body for each in found.sources)
    return [Edit(path, path, None, file.read_bytes()) for path, file in fetched.data.items() if f"/{path}" in texts]


def _tables(options: Options, export: Export, found: Plan) -> list[str]:
    """Write the tables that the author asked for and that do not exist; return a line on each."""
    lines = []
    sides, comments = option(options, "SIDES"), option(options, "COMMENTS")
    if sides and not Path(sides).exists():
        Path(sides).write_text(table_of(rows(found)), encoding="utf-8")
        lines.append(f"{sides} has a row for each part of a series: fill in the sides and entries, and import again.")
    if comments and not Path(comments).exists():
        Path(comments).write_text(json.dumps(export.comments, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        lines.append(f"{comments} holds {counted(len(export.comments), 'comment')} by readers.")
    return lines
