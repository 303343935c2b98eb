"""Commands that look for mistakes: in sources, in the built site, and in external links."""
