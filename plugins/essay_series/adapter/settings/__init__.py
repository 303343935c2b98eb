"""The settings of a site, read from Pelican's into values of ours."""
