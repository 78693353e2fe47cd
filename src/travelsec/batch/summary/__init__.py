"""Sum up what a batch has made in one of several formats."""
