"""Build the site as ``make html`` does, and print where the time goes: ``make profile``."""

from __future__ import annotations

import sys

from ..adapter.command import build
from ..build.laps import LAPS


def main() -> int:
    """Build, print the seconds of each phase, and return the build's exit code."""
    code = build(["content", "--settings", "pelicanconf.py", "--fatal=errors"])
    print(LAPS.table())
    return code


if __name__ == "__main__":
    sys.exit(main())
