"""Tests of what one version of a pack changes against another."""
