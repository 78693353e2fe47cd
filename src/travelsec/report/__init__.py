"""Reports: a trip's readiness, frozen when it was made, and its formats."""
