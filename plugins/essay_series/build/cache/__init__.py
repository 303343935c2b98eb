"""What builds keep: results by digest, and whether anything has changed at all."""
