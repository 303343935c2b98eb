"""Posts of another site, fitted into ours: names, dates, keys and links, and what a person has to look at."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import PurePosixPath

from ...checks.problem import short
from ...declare import names_in
from ...frontmatter import KEYS, read
from ...manuscript import Manuscript, manuscript
from ...model import PUBLISHED
from ...names import fold
from ...values import dataclass
from ..rewrite.edits import Edit
from .shipment import Post, Shipment, dated
from .ways import Ways

_OTHER_NAMES = {"series_index": "part"}


@dataclass(frozen=True, slots=True)
class Fitted:
    """A post as it will be here."""

    post: Post
    path: str
    """The new source, below the content folder."""
    header: Mapping[str, str]
    """Front matter, by the names of our keys."""
    body: str
    notes: tuple[str, ...]
    """What a person has to look at."""

    @property
    def text(self) -> str:
        """The source."""
        lines = (
            f"{name}: {self.header[name]}\n"
            for name in dict.fromkeys(key.name for key in KEYS)
            if self.header.get(name)
        )
        return f"{''.join(lines)}\n{self.body}\n"


def fitted(shipment: Shipment, ours: Manuscript) -> list[Fitted]:
    """Return the sources that the posts of `shipment` become; those that are here already are left out."""
    paths = dict(_new_paths(shipment.posts, ours))
    ways = Ways(shipment, paths)
    here = {path.casefold() for path in ours.files}
    fresh = [_fitted(post, paths[post.path], ways, ours) for post in shipment.posts]
    fresh = [each for each in fresh if each.path.casefold() not in here]
    addresses = joined(ours, fresh).addresses
    return [_with_alias(each, f"/{addresses[each.path].url}" if each.path in addresses else "") for each in fresh]


def here_already(shipment: Shipment, ours: Manuscript) -> list[str]:
    """Return the new paths of those posts and files that are here already."""
    here = {path.casefold() for path in ours.files}
    paths = [*dict(_new_paths(shipment.posts, ours)).values(), *Ways(shipment, {}).files.values()]
    return [path for path in paths if path.casefold() in here]


def joined(ours: Manuscript, fresh: Iterable[Fitted], files: Iterable[str] = ()) -> Manuscript:
    """Return the manuscript of our sources and the fresh ones together, with other `files` that come too."""
    sources = [read(each.path, each.post.kind, each.text.encode()) for each in fresh]
    both = manuscript(
        [*ours.sources, *sources], [*ours.files, *files, *(source.path for source in sources)], ours.config
    )
    return replace(both, record=ours.record, bad_record=ours.bad_record)


def edits_from(shipment: Shipment, fresh: Iterable[Fitted], ours: Manuscript) -> list[Edit]:
    """Return the files that are to come: sources, and the files that they show."""
    here = {path.casefold() for path in ours.files}
    edits = [Edit(each.path, each.path, None, each.text.encode()) for each in fresh]
    files = Ways(shipment, {}).files
    return edits + [Edit(to, to, None, shipment.files[p]) for p, to in files.items() if to.casefold() not in here]


def _new_paths(posts: Iterable[Post], ours: Manuscript) -> Iterator[tuple[str, str]]:
    """Yield the old and the new path of each post; no two get the same, and originals choose before translations."""
    taken: set[str] = set()
    for post in sorted(posts, key=lambda each: "Lang" in each.header):
        slug = _slug(post, ours)
        names = [
            slug,
            f"{slug}-{post.header.get('Lang', '').lower()}",
            *(f"{slug}-{n}" for n in range(2, len(taken) + 3)),
        ]
        paths = (f"{post.kind}s/{name}.md" for name in names if not name.endswith("-"))
        path = next(path for path in paths if path not in taken)
        taken.add(path)
        yield post.path, path


def _slug(post: Post, ours: Manuscript) -> str:
    slugify = ours.config.slugify
    return slugify(post.slug) or slugify(post.header.get("Title", "")) or post.kind


def _fitted(post: Post, path: str, ways: Ways, ours: Manuscript) -> Fitted:
    known = {key.name.lower(): key.name for key in KEYS if post.kind in key.kinds}
    written = {_OTHER_NAMES.get(key.lower(), key.lower()): " ".join(v.split()) for key, v in post.header.items()}
    header = {known[key]: value for key, value in written.items() if key in known and value}
    notes = [f'left out: "{short(f"{key}: {value}")}"' for key, value in written.items() if key not in known and value]
    if header.get("Status", "").lower() == PUBLISHED:
        del header["Status"]
    header |= {key: dated(header[key], ours.config) for key in ("Date", "Modified") if key in header}
    header |= _series_and_tags(header, ours)
    stem, slug = PurePosixPath(path).stem, _slug(post, ours)
    if stem != slug and "Lang" in header:
        header["Slug"] = slug
    elif stem != slug:
        notes.append(f'it is called "{stem}", since another is called "{slug}"')
    if "Summary" not in header:
        notes.append("it has no summary: write one sentence")
    body, left = ways.followed(post)
    return Fitted(post, path, header, body, (*notes, *left))


def _series_and_tags(header: Mapping[str, str], ours: Manuscript) -> dict[str, str]:
    """Return the tags but for one that is called like a series of ours, and that series."""
    tags = names_in(header.get("Tags", ""))
    series = next((tag for tag in tags if fold(tag) in ours.series_directory), None)
    if "Series" in header or series is None:
        return {}
    return {"Series": ours.series_directory[fold(series)], "Tags": ", ".join(tag for tag in tags if tag != series)}


def _with_alias(each: Fitted, now: str) -> Fitted:
    """Return the post with its former address, unless it has that one still."""
    then = each.post.address
    if not then or then == now:
        return each
    if re.search(r"[?,;:]", then):
        told = f"its former address {then} cannot be kept here: let the server redirect it to {now}"
        return replace(each, notes=(*each.notes, told))
    known = each.header.get("Aliases")
    return replace(each, header={**each.header, "Aliases": f"{known}, {then}" if known else then})
