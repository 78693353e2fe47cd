"""Make PDF from HTML."""

from __future__ import annotations

import contextlib
import io
from importlib.util import find_spec
from typing import Any

from travelsec import extras
from travelsec.problems import UserError

_INSTEAD = "write HTML instead and print that from a browser"
_NO_LIBRARIES = (
    "no PDF can be made here: WeasyPrint lacks system libraries ({}). Install Pango as "
    f"https://doc.courtbouillon.org/weasyprint explains, or {_INSTEAD}"
)


def check() -> None:
    """Raise a `UserError` if WeasyPrint is not installed, without importing it."""
    if find_spec("weasyprint") is None:
        raise _not_installed()


def _not_installed() -> UserError:
    return UserError(f"no PDF can be made here: {extras.install_advice('pdf', _INSTEAD)}")


def convert(page: str) -> bytes:
    """Return an HTML page as a PDF that screen readers can follow.

    Raises:
        UserError: WeasyPrint or its system libraries are not installed.
    """
    return bytes(import_library()(string=page).write_pdf(pdf_variant="pdf/ua-1"))


def import_library() -> Any:
    """Import WeasyPrint, and return its class `HTML`.

    Raises:
        UserError: WeasyPrint or its system libraries are not installed.
    """
    try:
        # It prints advice about missing libraries to stdout, which is for the document.
        with contextlib.redirect_stdout(io.StringIO()):
            from weasyprint import HTML
    except ModuleNotFoundError as error:
        if error.name != "weasyprint":
            raise
        raise _not_installed() from None
    except OSError as error:
        if error.errno is not None:  # such as a full table of open files
            raise
        raise UserError(_NO_LIBRARIES.format(str(error).partition(":")[0])) from None
    return HTML
