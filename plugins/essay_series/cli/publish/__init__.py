"""Commands that publish: the build for readers, its checks, deployment, and the published record."""
