"""Commands that start a site: a new one, its upgrade, and texts imported from another site."""
