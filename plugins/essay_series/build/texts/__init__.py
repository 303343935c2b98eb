"""Converts Markdown texts to typeset HTML; our extensions of Markdown."""
