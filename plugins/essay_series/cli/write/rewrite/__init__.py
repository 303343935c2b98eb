"""Rewriting of sources: a wish becomes a plan, a plan becomes edits of whole files, and edits are all done or none.

`slugs` and `order` plan, with the help of `header` and `links`, and look at a `Manuscript` alone. `edits` turns a plan
into the bytes of files and proves that they make no new problem. `journal` writes them so that no interruption leaves
half of them behind. `command` is what the verbs share: it shows the plan, and carries it out when it is asked to.
"""
