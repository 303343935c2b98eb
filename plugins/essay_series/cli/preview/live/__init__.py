"""The web server of the preview: the built files, and a stream of events for open pages."""

from .channel import Channel, News
from .server import NoPortError, server

__all__ = ["Channel", "News", "NoPortError", "server"]
