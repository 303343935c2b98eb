"""What a plan would do to the site: aliases that are free, links that lead somewhere, no mistake."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import unquote

from .. import checks
from ..checks.problem import Problem
from ..routes import file_at
from ..sources.frontmatter import Kind, Source, read
from ..sources.manuscript import Manuscript, manuscript
from ..sources.markup import Reference, references
from ..sources.published import Published
from .item import ImportRefusedError
from .places import alias_of, aliases_text

if TYPE_CHECKING:
    from .plan import Fresh, Plan

_PLACE = re.compile(r"\{filename\}/(?P<path>[^)\s\"'#<>]+)#(?P<place>[^)\s\"'<>]+)")
_WORDS = r"(?:\\.|!\[[^\]]*\]\([^)]*\)|[^\[\]\\]|\[[^\[\]]*\])*"
"""What may stand between the brackets of a link."""
MOST_ROUNDS = 6


class Gate:
    """Lets through what can be built."""

    def __init__(
        self, plan: Plan, ours: Manuscript, anchors: Mapping[str, Collection[str]], fetched: Mapping[str, str]
    ) -> None:
        """Prepare to look at `plan`, whose pages have the `anchors` that were asked for, by path."""
        self.plan, self.ours, self.anchors, self.fetched = plan, ours, anchors, fetched
        self.links: dict[tuple[str, int, int], Sequence[Reference]] = {}
        self.before = {(each.path, each.code, each.message) for each in checks.run(ours)}

    def pass_all(self) -> None:
        """Mend what can be mended in the plan, and keep back the texts that would stop a build."""
        dropped: dict[str, set[str]] = {}
        for each in self.plan.fresh:
            each.body = _PLACE.sub(partial(self._place, each, dropped), each.body)
        self._unlink()
        self._give_aliases()
        for _ in range(MOST_ROUNDS):
            problems = list(self._problems())
            if not problems:
                return
            self._keep_back(problems)
            self._unlink()
        raise ImportRefusedError(f"What is to come would stop a build: {next(self._problems())}")

    def _place(self, each: Fresh, dropped: dict[str, set[str]], found: re.Match[str]) -> str:
        """Return a link without a place that is gone."""
        path, place = found["path"], unquote(found["place"])
        if path not in self.anchors or place in self.anchors[path]:
            return found[0]
        if place not in dropped.setdefault(each.path, set()):
            dropped[each.path].add(place)
            each.notes.append(f"a link to #{place} in {path} leads to its top, since that place is gone")
        return f"{{filename}}/{path}"

    def _unlink(self) -> None:
        """Make words of the links to texts that do not come, and of those in public texts to texts that are not."""
        plan = self.plan
        coming = {each.path for each in plan.fresh} | self.ours.files | {*plan.declared}
        drafts = {each.path for each in plan.fresh if not each.is_public}
        for each in plan.fresh:
            targets = {found for found in re.findall(r"\{filename\}/([^)\s\"'#<>]+)", each.body) if found not in coming}
            if not each.header.get("Status") or each.header["Status"] == "hidden":
                targets |= {
                    found for found in re.findall(r"\{filename\}/([^)\s\"'#<>]+)", each.body) if found in drafts
                }
            for target in sorted(targets):
                each.body = without_links(each.body, target)
                each.notes.append(f"a link to {target}, which readers will not find, is words now")

    def _joined(self) -> Manuscript:
        folders = self.ours.config.folders
        sources = [read(each.path, each.item.kind, each.text.encode()) for each in self.plan.fresh]
        for path, text in self.plan.declared.items():
            kind: Kind = "series" if path.startswith(f"{folders['series']}/") else "play"
            sources.append(read(path, kind, text.encode()))
        known = {source.path: self._references(source) for source in sources}
        files = [*self.ours.files, *self.plan.files, *self.fetched.values(), *(source.path for source in sources)]
        both = manuscript([*self.ours.sources, *sources], files, self.ours.config)
        return replace(both, record=self.ours.record, bad_record=self.ours.bad_record, prefetched=known)

    def _references(self, source: Source) -> Sequence[Reference]:
        """Return the links of a source, which are looked for once as long as its text stays as it is."""
        key = (source.path, source.body_line, hash(source.body))
        if key not in self.links:
            self.links[key] = references(source.body, source.body_line)
        return self.links[key]

    def _problems(self) -> Iterator[Problem]:
        for each in checks.run(self._joined()):
            if (each.path, each.code, each.message) not in self.before:
                yield each

    def _keep_back(self, problems: Iterable[Problem]) -> None:
        first: dict[str, Problem] = {}
        for problem in problems:
            first.setdefault(problem.path, problem)
        paths = {each.path for each in self.plan.fresh}
        if not paths & first.keys():
            raise ImportRefusedError(f"What is to come would stop a build: {next(iter(first.values()))}")
        for each in self.plan.fresh:
            if each.path in first:
                self.plan.kept.append((each.item.called, f"it would stop a build: {first[each.path]}"))
        self.plan.fresh = [each for each in self.plan.fresh if each.path not in first]

    def _give_aliases(self) -> None:
        """Give each public text its former addresses, but for those that are taken or that no file can stand for."""
        both = self._joined()
        taken = {file_at(f"/{place.url}") for place in Published.of(both).places}
        taken |= {file_at(move.then) for move in Published.of(both).moves}
        queries = 0
        for each in self.plan.fresh:
            own = each.item.addresses if each.header.get("Status", "hidden") == "hidden" else ()
            now = both.addresses.get(each.path)
            found = []
            for number, address in enumerate(own):
                alias = alias_of(address)
                if not alias:
                    queries += number > 0
                    each.notes += [_cannot(address, now.url if now else "")] if not number else []
                elif now and file_at(alias) == file_at(f"/{now.url}"):
                    continue
                elif file_at(alias) in taken:
                    each.notes.append(f"another page has its former address {alias}")
                else:
                    taken.add(file_at(alias))
                    found.append(alias)
            given = [alias for alias in (each.header.get("Aliases") or "").split(", ") if alias]
            each.header["Aliases"] = aliases_text([*given, *found])
        if queries:
            self.plan.told.append(
                f"{queries} former addresses such as /?p=10 are followed in links; only a server can redirect them"
            )


def _cannot(address: str, now: str) -> str:
    shown = re.sub(r"^https?://[^/]+", "", address) or "/"
    return f"its former address {shown} cannot be kept here: let the server redirect it to /{now}"


def without_links(body: str, target: str) -> str:
    """Return the Markdown `body` with the words of its links to the source `target` alone."""
    place = rf"\{{filename\}}/{re.escape(target)}(?:#[^)\s\"'<>]*)?"
    body = re.sub(rf"(?<!!)\[({_WORDS})\]\({place}(?:\s+\"[^\"]*\")?\)", r"\1", body)
    body = re.sub(rf"<a\b[^>]*href=[\"']{place}[\"'][^>]*>(.*?)</a>", r"\1", body, flags=re.DOTALL)
    return re.sub(rf"^ {{0,3}}\[[^\]]+\]:\s*{place}.*$", "", body, flags=re.MULTILINE)
