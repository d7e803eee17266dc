"""What people read of a comparison: text and JSON (report), one plain page (page), /banding/ (files)."""
