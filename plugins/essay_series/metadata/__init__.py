"""View → metadata for search engines, libraries and social networks, citations, Markdown copies, and indexes."""

from .cite import bibtex, csl
from .copies import markdown
from .described import described
from .fragments import text_fragment
from .graph import graph
from .index import index_json, llms_txt
from .publication import Publication
from .tags import Tag, card_for, tags

__all__ = [
    "Publication",
    "Tag",
    "bibtex",
    "card_for",
    "csl",
    "described",
    "graph",
    "index_json",
    "llms_txt",
    "markdown",
    "tags",
    "text_fragment",
]
