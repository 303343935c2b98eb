"""The built site, looked at page by page: what no source can show and every reader would meet."""

from . import typography
from .pages import Page, inspect

__all__ = ["Page", "inspect", "typography"]
