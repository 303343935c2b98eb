"""Changes of sources: new slugs and a new order.

`slugs` and `order` make a plan from a `Manuscript`, with the help of `header` and `links`. `edits` turns a plan into
the new bytes of whole files and finds the problems that these would cause. `journal` writes all of the files or none,
even if it is interrupted. `command` shows a plan, and carries it out with ``APPLY=1``.
"""
