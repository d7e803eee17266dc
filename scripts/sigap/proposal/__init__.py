"""A proposal before it is merged: what it changes (data), as a comment, and as a site to look at (preview)."""
