"""`Site` → {output path: view}: a view is all that a template may read, and all that a page depends on."""

from .choice import by_importance
from .context import PageContext
from .kinds.data import files
from .navigation import navigation
from .pages import pages
from .pieces import Document, Download, Link, Part, Row
from .shapes.base import View
from .shapes.pages import KINDS, ArchiveView, BookView, EssayView, HomeView, LedgerView
from .shapes.plays import PlaybookView, PlayView, WorksheetView
from .shapes.service import SearchView

__all__ = [
    "KINDS",
    "ArchiveView",
    "BookView",
    "Document",
    "Download",
    "EssayView",
    "HomeView",
    "LedgerView",
    "Link",
    "PageContext",
    "Part",
    "PlayView",
    "PlaybookView",
    "Row",
    "SearchView",
    "View",
    "WorksheetView",
    "by_importance",
    "files",
    "navigation",
    "pages",
]
