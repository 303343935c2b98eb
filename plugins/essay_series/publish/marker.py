"""The marker in a published folder: whose site it is, and of which record and commit."""

from __future__ import annotations

import json
import re
from dataclasses import asdict

from ..record.record import Record
from ..values import dataclass
from .ours import MARKER

_COMMIT = re.compile("[0-9a-f]{40,64}")

__all__ = ["MARKER", "Marker", "marker_from"]


@dataclass(frozen=True, slots=True)
class Marker:
    """What a published folder says of itself."""

    site: str
    """The authority of the site's record."""
    record: str
    """The digest of the record that was written with it."""
    commit: str = ""
    """The commit of the sources; empty where they are in no repository."""

    def text(self) -> str:
        """Return the marker as the text of its file."""
        return json.dumps(asdict(self), indent=1) + "\n"

    def is_of(self, record: Record) -> bool:
        """Tell whether `record`, or one that it follows, is what this says."""
        return self.site == record.authority and record.follows(self.record)


def marker_from(text: str) -> Marker | None:
    """Read the text of a marker; None if it is none."""
    try:
        found = json.loads(text)
        commit = str(found.get("commit", ""))
        return Marker(str(found["site"]), str(found["record"]), commit if _COMMIT.fullmatch(commit) else "")
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
