"""Commands that show the state of a site and change nothing."""
