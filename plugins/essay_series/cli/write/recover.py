"""Finish a rewriting of the sources that was interrupted: ``make recover``."""

from __future__ import annotations

import sys

from .rewrite.command import recover

if __name__ == "__main__":
    sys.exit(recover())
