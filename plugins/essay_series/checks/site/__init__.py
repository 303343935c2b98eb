"""Checks of all essays together: addresses, series, pairs, translations, the published record."""
