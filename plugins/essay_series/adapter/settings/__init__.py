"""Pelican's settings as typed values, with the plugin's own settings and their defaults."""
