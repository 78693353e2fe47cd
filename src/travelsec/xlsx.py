"""The extra `xlsx`: spreadsheets."""

from __future__ import annotations

from importlib.util import find_spec

from travelsec import extras
from travelsec.problems import UserError


def check() -> None:
    """Raise a `UserError` if openpyxl is not installed, without importing it."""
    if find_spec("openpyxl") is None:
        advice = extras.install_advice("xlsx", "use CSV instead")
        raise UserError(f"spreadsheets cannot be used here: {advice}")


def import_library() -> None:
    """Import openpyxl.

    Raises:
        UserError: it is not installed.
    """
    check()
    import openpyxl  # noqa: F401
