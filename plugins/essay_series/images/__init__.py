"""Responsive images: their dimensions, their files in several widths and formats, and their HTML.

`picture` describes an image, `sizes` makes its files, `cache` keeps these between builds, and `markup` rewrites the
images in a text.
"""
