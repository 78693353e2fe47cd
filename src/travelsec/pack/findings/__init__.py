"""Findings of `checklist validate`, with one module for each format."""
