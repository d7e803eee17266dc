"""Comparing two curricula and two texts. Knows nothing of git, mkdocs or files."""
