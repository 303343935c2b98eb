"""Checks of one text: links, images, notes, embeds."""
