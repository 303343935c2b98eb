"""Advice: what is no error and stops no build, and what a careful author still wants to know."""
