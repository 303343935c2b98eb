"""View → the picture by which a link to its page is shown elsewhere, 1200 by 630 pixels, in the site's own letters."""

from .card import HEIGHT, WIDTH, Card, alt_of, card_of
from .look import Look, look_from

__all__ = ["HEIGHT", "WIDTH", "Card", "Look", "alt_of", "card_of", "look_from"]
