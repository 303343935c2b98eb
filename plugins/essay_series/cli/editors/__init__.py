"""Support for editors: what they can offer in front matter."""
