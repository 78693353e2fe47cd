"""What commands print as JSON for other programs: one model for each result."""
