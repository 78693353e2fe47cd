"""Report a crash of travelsec: a line for the user, and the traceback in a log."""

from __future__ import annotations

import contextlib
import datetime
import os
import sys
import traceback
from pathlib import Path

from travelsec import __version__
from travelsec.folders import data_folder
from travelsec.safe_text import line

DEBUG = "TRAVELSEC_DEBUG"
"""The environment variable that shows the traceback too: for developers, as it can hold answers."""

LOG = "fault.log"
"""The name of the log in the data folder."""


def record(error: Exception) -> None:
    """Append the traceback to a log, and say where the log is."""
    summary = f"travelsec failed ({type(error).__name__}); this is a fault of travelsec, not yours."
    message = f"{summary} No log could be written."
    for open_log in (_in_data_folder, _in_temporary_folder):
        # If the log cannot be written, the crash itself must still be reported.
        with contextlib.suppress(Exception):
            path, handle = open_log()
            with os.fdopen(handle, "a", encoding="utf-8", errors="backslashreplace") as log:
                log.write(_entry(error))
            message = f"{summary} Please report it, with the log at {line(str(path))}"
            break
    with contextlib.suppress(OSError):
        if os.environ.get(DEBUG):
            traceback.print_exception(error)
        print(message, file=sys.stderr)


def _in_data_folder() -> tuple[Path, int]:
    path = data_folder() / LOG
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    # Opening a pipe put in its place would otherwise block for ever.
    flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | getattr(os, "O_NONBLOCK", 0)
    return path, os.open(path, flags, 0o600)


def _in_temporary_folder() -> tuple[Path, int]:
    import tempfile

    # Others can write there too, so the file is new, private and has an unpredictable name.
    handle, path = tempfile.mkstemp(prefix="travelsec-fault-", suffix=".log")
    return Path(path), handle


def _entry(error: Exception) -> str:
    """Describe the crash without the exception's message, which can hold an answer."""
    moment = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
    frames = traceback.format_tb(error.__traceback__)
    cause = error.__cause__ or error.__context__
    because = f"because of {type(cause).__name__}\n" if cause else ""
    return f"\n{moment} travelsec {__version__}\n{type(error).__name__}\n{because}{''.join(frames)}"
