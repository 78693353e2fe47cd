"""Review of untrusted reports: judge them again, compare them, record a decision."""
