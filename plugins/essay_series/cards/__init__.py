"""View → the PNG that other sites show beside a link to its page, 1200 by 630 pixels, in the site's fonts."""

from .card import HEIGHT, WIDTH, Card, alt_of, card_of
from .look import Look, look_from

__all__ = ["HEIGHT", "WIDTH", "Card", "Look", "alt_of", "card_of", "look_from"]
