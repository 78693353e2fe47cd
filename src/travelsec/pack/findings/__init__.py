"""What `checklist validate` finds, in one module for each format."""
