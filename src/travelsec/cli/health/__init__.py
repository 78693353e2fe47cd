"""What `doctor` looks at, without changing anything."""
