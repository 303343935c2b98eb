"""The preview: a local server that rebuilds on each save."""
