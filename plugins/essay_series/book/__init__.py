"""A series as a book: one page, an EPUB and a PDF, all made of the same bound texts.

`binding` makes one text of many: ids that are unique, notes that are numbered through, links between parts that stay
inside. `epub` and `pdf` make files of what the templates say of it; their libraries are loaded only for that.
"""

from .binding import Binding, Text, bound, note_count, part_id, play_id
from .facts import Facts

__all__ = ["Binding", "Facts", "Text", "bound", "note_count", "part_id", "play_id"]
