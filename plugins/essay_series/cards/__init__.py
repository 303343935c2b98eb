"""View → the PNG that other sites show beside a link to its page, 1200 by 630 pixels, in the site's fonts."""
