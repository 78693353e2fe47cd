"""Find the user's folders."""

from __future__ import annotations

import os
from pathlib import Path

from travelsec.problems import UserError

DATA_DIR = "TRAVELSEC_DATA_DIR"
"""The environment variable that names the data folder itself."""
PACKS = "TRAVELSEC_PACKS"
"""The environment variable that names packs, as `--pack` does."""


def data_folder() -> Path:
    """Return the user's data folder, for trips and the log; it may not exist yet.

    Raises:
        UserError: the user has no home folder, and `DATA_DIR` names no folder.
    """
    if named := os.environ.get(DATA_DIR):
        try:
            return Path(named).absolute()
        except OSError:
            raise UserError(
                f"{DATA_DIR}={named}: the working folder is gone; give the whole path"
            ) from None
    from platformdirs import user_data_path

    try:
        folder = user_data_path("travelsec", appauthor=False)
    except Exception:  # systems differ in what they raise
        folder = Path("~")
    # Older versions of platformdirs return a path that begins with `~`.
    if not folder.is_absolute():
        raise UserError(
            "there is no home folder to keep trips in. Set the environment variable "
            f"{DATA_DIR} to the folder that should hold them."
        )
    return folder


def trips_file() -> Path:
    """Return the path of the trip database; it may not exist yet."""
    return data_folder() / "trips.sqlite3"
