"""Advice for authors: what is no mistake and stops no build. Importing this package registers all of it.

`general` and `dialect` are for any site; `essay_style` and `series_style` apply the rules in ``HOUSE_STYLE``.
"""

from ..problem import ADVICE, advice
from . import dialect, essay_style, general, series_style  # noqa: F401 - importing registers their advice

__all__ = ["ADVICE", "advice"]
