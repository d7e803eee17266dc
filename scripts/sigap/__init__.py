"""Sigap: validate, publish and compare a crisis-response curriculum kept as Markdown."""
