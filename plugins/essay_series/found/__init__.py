"""What machines are told of a page, be they search engines, libraries, or whoever shares a link: a part of its head."""

from .described import described
from .graph import graph
from .publication import Publication
from .tags import Tag, tags

__all__ = ["Publication", "Tag", "described", "graph", "tags"]
