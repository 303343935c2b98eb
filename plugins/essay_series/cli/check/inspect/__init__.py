"""Checks of the built site, for problems that cannot be seen in the sources."""

from . import typography  # noqa: F401 - registers its checks
from .pages import inspect

__all__ = ["inspect"]
