"""What templates may read: one frozen value for each kind of page."""
