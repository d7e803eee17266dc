"""A text with its insertions, deletions and moves marked.

The law: accepting gives the new text, rejecting the old one. Knows HTML and words; nothing of the curriculum.
"""
