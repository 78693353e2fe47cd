"""Guidance pages: cut into statements, compared with their indexes, indexed again."""
