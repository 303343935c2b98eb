"""The formats of exports, one module each: each reads into an `Export`, and counts independently."""
