"""The interview: what to ask next, and two ways of asking it."""
