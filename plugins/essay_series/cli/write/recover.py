"""Finish a change of the sources that was interrupted: ``make recover``."""

from __future__ import annotations

import sys

from ..command import run
from .rewrite.command import recovered

if __name__ == "__main__":
    sys.exit(run(recovered))
