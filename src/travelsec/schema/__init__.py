"""JSON Schemas of the files that travelsec reads and writes, for editors and other programs.

A schema is never stricter than the code that reads the same file: what it rejects, that rejects
too. It checks less: it does not know which ids exist.
"""
