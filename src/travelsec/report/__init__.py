"""Reports: snapshots of a trip's readiness, and their formats."""
