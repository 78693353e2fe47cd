"""A fault of travelsec itself: one line for the user, the rest in a log."""

from __future__ import annotations

import datetime
import os
import sys
import traceback

from travelsec import __version__
from travelsec.folders import data_folder


def report(error: Exception) -> None:
    """Append where it happened to the log in the data folder, and say where the log is."""
    what = f"travelsec failed ({type(error).__name__}); this is a fault of travelsec, not yours."
    try:
        path = data_folder() / "fault.log"
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600), "a") as log:
            moment = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
            log.write(f"\n{moment} travelsec {__version__}\n{_where(error)}")
    except OSError:
        print(f"{what} No log could be written.", file=sys.stderr)
        return
    print(f"{what} Please report it, with the log at {path}", file=sys.stderr)


def _where(error: Exception) -> str:
    """Describe the fault without the exception's own words: they can hold an answer."""
    frames = traceback.format_tb(error.__traceback__)
    cause = error.__cause__ or error.__context__
    because = f"because of {type(cause).__name__}\n" if cause else ""
    return f"{type(error).__name__}\n{because}{''.join(frames)}"
