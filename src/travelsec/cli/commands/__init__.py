"""One file per command: take the options, call the core, print the result, return a number."""
