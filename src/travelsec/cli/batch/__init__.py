"""Make a report for each line of a file."""
