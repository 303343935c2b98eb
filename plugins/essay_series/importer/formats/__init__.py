"""The formats of exports, one module each: its `read` turns files or bytes into an `Export`."""
