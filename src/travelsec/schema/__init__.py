"""JSON Schemas of the files that travelsec reads and writes, for editors and other programs.

A schema is never stricter than the reader of the same file: what it rejects, the reader rejects.
It says less: whether an id leads somewhere, only the reader can tell.
"""
