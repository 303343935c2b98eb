"""External links: which there are, requests to their hosts, and a cache of the answers."""
