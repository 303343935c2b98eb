"""`Site` → {output path: view}: a view is all that a template may read, and all that a page depends on."""

from .choice import by_template, dearest_first
from .data import files
from .pages import Shelf, navigation, pages
from .pieces import Document, Download, Link, Part
from .shapes import ArchiveView, BookView, EssayView, HomeView, LedgerView, PlaybookView, PlayView, View

__all__ = [
    "ArchiveView",
    "BookView",
    "Document",
    "Download",
    "EssayView",
    "HomeView",
    "LedgerView",
    "Link",
    "Part",
    "PlayView",
    "PlaybookView",
    "Shelf",
    "View",
    "by_template",
    "dearest_first",
    "files",
    "navigation",
    "pages",
]
