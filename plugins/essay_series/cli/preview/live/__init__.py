"""The preview's server: the built files, and a channel by which open pages learn of changes."""

from .channel import Channel, News
from .server import NoPortError, server

__all__ = ["Channel", "News", "NoPortError", "server"]
