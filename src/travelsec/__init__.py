"""A pre-travel security checklist for the command line."""

__version__ = "0.2.0"
