"""What the tests of schemas share with those of reports."""

from tests.report.conftest import pack

__all__ = ["pack"]
