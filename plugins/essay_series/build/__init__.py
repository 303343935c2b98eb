"""What a build made, so that the next one can take away what is no longer made, and nothing else."""
