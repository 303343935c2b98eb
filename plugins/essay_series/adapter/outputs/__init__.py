"""Turns a site into the targets of a build: pages, feeds, books, copies, images, and the theme's files."""
