"""The progress of this process' builds, on the console that Pelican writes to."""

from __future__ import annotations

from pelican.log import console

from ..build.progress import Progress

PROGRESS = Progress(console)
