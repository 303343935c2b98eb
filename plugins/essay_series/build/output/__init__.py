"""The output folder: which files builds made, how they changed, and how a new output replaces the old one."""
