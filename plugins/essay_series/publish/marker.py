"""The marker file in a published folder: the site that it holds, and the record and commit that it was made from."""

from __future__ import annotations

import json
import re
from dataclasses import asdict

from ..record.record import Record
from ..values import dataclass

MARKER = ".essay-series.json"
"""The name of the marker file, at the top of the published folder."""
_COMMIT = re.compile("[0-9a-f]{40,64}")


@dataclass(frozen=True, slots=True)
class Marker:
    """The content of a marker file."""

    site: str
    """The authority of the site's record."""
    record: str
    """The digest of the record of that publication."""
    commit: str = ""
    """The full hash of the commit of the sources; empty if they are in no repository."""

    def text(self) -> str:
        """Return the text of the file, in JSON."""
        return json.dumps(asdict(self), indent=1) + "\n"

    def is_of(self, record: Record) -> bool:
        """Tell whether the marker names `record` or an earlier version of it."""
        return self.site == record.authority and record.follows(self.record)


def marker_from(text: str) -> Marker | None:
    """Return the marker in `text`; None if there is none."""
    try:
        found = json.loads(text)
        commit = str(found.get("commit", ""))
        return Marker(str(found["site"]), str(found["record"]), commit if _COMMIT.fullmatch(commit) else "")
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
