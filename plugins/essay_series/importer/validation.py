"""Make an import plan buildable: free aliases, links that lead somewhere, and no text that the checks reject."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import unquote

from ..checks.problem import Problem, new_problems
from ..routes import file_at
from ..sources.frontmatter import read
from ..sources.keys import Kind
from ..sources.manuscript import Manuscript, manuscript
from ..sources.published import Published
from .addresses import alias_of, aliases_text
from .item import ImportRefusedError

if TYPE_CHECKING:
    from .plan import NewSource, Plan

_LINKED = re.compile(r"\{filename\}/([^)\s\"'#<>]+)")
_FRAGMENT = re.compile(r"\{filename\}/(?P<path>[^)\s\"'#<>]+)#(?P<place>[^)\s\"'<>]+)")
_LABEL = r"(?:\\.|!\[[^\]]*\]\([^)]*\)|[^\[\]\\]|\[[^\[\]]*\])*"
"""The text of a link in Markdown, which may contain an image."""
MOST_ROUNDS = 6


class Validation:
    """Changes a plan until the site that it would make has no new problem."""

    def __init__(
        self, plan: Plan, ours: Manuscript, anchors: Mapping[str, Collection[str]], fetched: Iterable[str]
    ) -> None:
        """Prepare to validate `plan`.

        Args:
            plan: what would be imported.
            ours: the sources of this site.
            anchors: the ids in each new page that links point to, by the path of its source.
            fetched: the paths of images that were downloaded.

        """
        self.plan, self.ours, self.anchors, self.fetched = plan, ours, anchors, fetched

    def run(self) -> None:
        """Mend what can be mended, and skip the texts that would still stop a build."""
        for each in self.plan.sources:
            each.body = _FRAGMENT.sub(partial(self._link, each), each.body)
        self._unlink()
        self._give_aliases()
        for _ in range(MOST_ROUNDS):
            problems = new_problems(self.ours, self._joined())
            if not problems:
                return
            self._skip(problems)
            self._unlink()
        raise ImportRefusedError(f"The import would stop a build: {problems[0]}")

    def _link(self, source: NewSource, found: re.Match[str]) -> str:
        """Return a link, without its fragment if that page has no such id."""
        path, place = found["path"], unquote(found["place"])
        if path not in self.anchors or place in self.anchors[path]:
            return found[0]
        source.notes.append(f"a link to #{place} in {path} leads to its top, because that place is gone")
        return f"{{filename}}/{path}"

    def _unlink(self) -> None:
        """Replace links by their text: those to texts that are not imported, and those from public texts to others."""
        plan = self.plan
        exist = {each.path for each in plan.sources} | self.ours.files | {*plan.declarations}
        private = {each.path for each in plan.sources if not each.is_public}
        for each in plan.sources:
            links_to_private = each.header.get("Status", "hidden") != "hidden"
            for target in sorted(set(_LINKED.findall(each.body))):
                if target not in exist or (target in private and not links_to_private):
                    each.body = without_links(each.body, target)
                    each.notes.append(f"a link to {target}, which is not public, was replaced by its text")

    def _joined(self) -> Manuscript:
        """Return the sources of this site together with the new ones."""
        folders = self.ours.config.folders
        sources = [read(each.path, each.item.kind, each.text.encode()) for each in self.plan.sources]
        for path, text in self.plan.declarations.items():
            kind: Kind = "series" if path.startswith(f"{folders['series']}/") else "play"
            sources.append(read(path, kind, text.encode()))
        files = [*self.ours.files, *self.plan.files, *self.fetched, *(source.path for source in sources)]
        both = manuscript([*self.ours.sources, *sources], files, self.ours.config)
        return replace(both, record=self.ours.record, bad_record=self.ours.bad_record)

    def _skip(self, problems: Iterable[Problem]) -> None:
        first: dict[str, Problem] = {}
        for problem in problems:
            first.setdefault(problem.path, problem)
        skipped = [each for each in self.plan.sources if each.path in first]
        if not skipped:
            raise ImportRefusedError(f"The import would stop a build: {next(iter(first.values()))}")
        self.plan.skipped += [(each.item.label, f"it would stop a build: {first[each.path]}") for each in skipped]
        self.plan.sources = [each for each in self.plan.sources if each.path not in first]

    def _give_aliases(self) -> None:
        """Give each public text its old addresses, except those that are taken or that no file can redirect."""
        both = self._joined()
        published = Published.of(both)
        taken = {file_at(f"/{place.url}") for place in published.places}
        taken |= {file_at(move.then) for move in published.moves}
        queries = 0
        for each in self.plan.sources:
            addresses = each.item.addresses if each.header.get("Status", "hidden") == "hidden" else ()
            now = both.addresses.get(each.path)
            found = [alias for alias in (each.header.get("Aliases") or "").split(", ") if alias]
            for number, address in enumerate(addresses):
                alias = alias_of(address)
                if not alias and number:
                    queries += 1
                elif not alias:
                    each.notes.append(_cannot_redirect(address, now.url if now else ""))
                elif now and file_at(alias) == file_at(f"/{now.url}"):
                    continue
                elif file_at(alias) in taken:
                    each.notes.append(f"another page has its old address {alias}")
                else:
                    taken.add(file_at(alias))
                    found.append(alias)
            each.header["Aliases"] = aliases_text(found)
        if queries:
            self.plan.notes.append(
                f"Links to {queries} old addresses such as /?p=10 were updated; only a server can redirect visitors"
            )


def _cannot_redirect(address: str, now: str) -> str:
    shown = re.sub(r"^https?://[^/]+", "", address) or "/"
    return f"its old address {shown} cannot be an alias: let the server redirect it to /{now}"


def without_links(body: str, target: str) -> str:
    """Return the Markdown `body` with every link to the source `target` replaced by its text."""
    place = rf"\{{filename\}}/{re.escape(target)}(?:#[^)\s\"'<>]*)?"
    body = re.sub(rf"(?<!!)\[({_LABEL})\]\({place}(?:\s+\"[^\"]*\")?\)", r"\1", body)
    body = re.sub(rf"<a\b[^>]*href=[\"']{place}[\"'][^>]*>(.*?)</a>", r"\1", body, flags=re.DOTALL)
    return re.sub(rf"^ {{0,3}}\[[^\]]+\]:\s*{place}.*$", "", body, flags=re.MULTILINE)
