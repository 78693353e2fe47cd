"""Read the starters of a batch: one file per format, each line one trip."""
