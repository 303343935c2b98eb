"""Advice on languages: what readers are told in English for want of a catalogue."""

from __future__ import annotations

from collections.abc import Iterator

from ...sources.manuscript import Manuscript
from ..problem import Flaw, at_value
from .adviser import advise


@advise
def advise_unspoken_language(manuscript: Manuscript) -> Iterator[Flaw]:
    """There is no catalogue for the language of a text, so that its page speaks English around it.

    Bad: ``Lang: tlh``, a language without a catalogue.
    Good: ``Lang: de``; or a catalogue of the site's own, in a folder that ``CATALOGUES`` names.
    """
    languages = manuscript.config.languages
    for source in manuscript.sources:
        lang = manuscript.text(source, "lang") if source.kind in ("essay", "page") else ""
        if lang and not languages.has(lang):
            told = f'there is no catalogue for "{lang}": the page speaks English around the text'
            yield at_value(source, "lang", told, "The guide says how to add a language.")
