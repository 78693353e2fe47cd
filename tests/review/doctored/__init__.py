"""What someone altered, by kind, with honest files in each kind that must not be accused."""
