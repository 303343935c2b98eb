"""Advice: what is no error and stops no build, and what a careful author still wants to know.

Each module is a field of advice: any site, its Markdown, its languages, and the house style for essays and for series.
"""

from . import dialect, essay_style, general, series_style, speaking
from .adviser import ADVICE, advice

__all__ = ["ADVICE", "advice", "dialect", "essay_style", "general", "series_style", "speaking"]
