"""`Site` → {output path: view}: a view is all that a template may read, and all that a page depends on."""

from .data import files
from .pages import Shelf, by_template, navigation, pages
from .pieces import Document, Download
from .shapes import BookView, LedgerView, View

__all__ = [
    "BookView",
    "Document",
    "Download",
    "LedgerView",
    "Shelf",
    "View",
    "by_template",
    "files",
    "navigation",
    "pages",
]
