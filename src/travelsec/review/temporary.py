"""A database on disk for what a review finds: memory does not grow with the number of reports."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator

from travelsec.problems import UserError


def connect() -> sqlite3.Connection:
    """Open a new database, which disappears when it is closed."""
    # An empty name makes SQLite open a temporary database: on disk, in no folder listing, and
    # deleted when it is closed. A journal would only slow it down.
    database = sqlite3.connect("", isolation_level=None)
    database.execute("PRAGMA journal_mode = OFF")
    # In KiB, a quarter of the usual: it is all that grows with the number of reports.
    database.execute("PRAGMA cache_size = -512")
    return database


@contextlib.contextmanager
def room_explained() -> Iterator[None]:
    """Say what to do if such a database cannot be written during the block.

    Raises:
        UserError: there is no room for it.
    """
    try:
        yield
    except sqlite3.OperationalError as error:
        raise UserError(
            f"there is no room for the temporary file that a review needs ({error}). Free some "
            "space on the disk for temporary files, or set SQLITE_TMPDIR to a folder on another "
            "disk."
        ) from error
