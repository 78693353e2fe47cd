"""Packs: from YAML files to a typed model."""
