"""What one version of a pack changes against another, and for which trips it matters."""
