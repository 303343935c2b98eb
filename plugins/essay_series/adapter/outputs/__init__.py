"""From a site to the targets of a build: pages, feeds, books, copies and files of the theme."""
