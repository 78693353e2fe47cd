"""What the tests of batches share."""

from __future__ import annotations

from tests.trip.conftest import pack

__all__ = ["pack"]
