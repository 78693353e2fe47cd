"""Make a report for each line of a file, and print what was made in one of several formats."""
