"""Mistakes of authors and in templates, reported with file and line instead of a traceback."""

from __future__ import annotations

import logging
import os
from types import TracebackType

from jinja2 import TemplateError, TemplateNotFound, TemplateSyntaxError

from ..config import AuthorError


def without_traceback(record: logging.LogRecord) -> bool:
    """Drop the traceback that Pelican logs, if the exception is a mistake of the author's; a filter for loggers."""
    if record.exc_info and isinstance(record.exc_info[1], AuthorError):
        record.exc_info = None
    return True


def template_error(error: Exception) -> str | None:
    """Return where a template is wrong, why, and the cure; None if the error does not come from a template.

    An undefined name or a missing file is always the template's own. Any other exception, such as the TypeError of
    ``1 + "a"``, is only if it was raised by an expression of the template itself and not by code that it calls.
    """
    if isinstance(error, TemplateSyntaxError):
        return _told(error.filename or error.name or "", error.lineno, error.message or "it cannot be parsed")
    place = _place(error.__traceback__, innermost=not isinstance(error, TemplateError))
    if place is None:
        return None
    why = f"there is no template {error.name}" if isinstance(error, TemplateNotFound) else str(error)
    return _told(*place, why)


def _told(file: str, line: int, why: str) -> str:
    shown = os.path.relpath(file) if os.path.isabs(file) else file  # noqa: PTH117 - Jinja has names as texts
    return f"{shown}:{line}: {why}. Correct the template. Nothing was written; your last build is unchanged."


def _place(traceback: TracebackType | None, *, innermost: bool) -> tuple[str, int] | None:
    """Return the file and line of the innermost frame of a template, if there is one.

    With `innermost`, only if no other code was called from there. Jinja replaces the frames of compiled templates by
    frames that have the places of their sources, and marks those in their globals.
    """
    place = None
    while traceback is not None:
        is_template = "__jinja_exception__" in traceback.tb_frame.f_globals
        if is_template:
            place = traceback.tb_frame.f_code.co_filename, traceback.tb_lineno
        elif innermost:
            place = None
        traceback = traceback.tb_next
    return place
