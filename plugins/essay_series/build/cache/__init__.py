"""The caches of builds: results by digest, and the check whether anything has changed since the last build."""
