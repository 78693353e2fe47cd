"""Where travelsec keeps what it keeps."""

from __future__ import annotations

from pathlib import Path

from platformdirs import user_data_path


def data_folder() -> Path:
    """Return the user's data folder for trips and the log; it may not exist yet."""
    return user_data_path("travelsec", appauthor=False)


def trips_file() -> Path:
    """Return the database of trips; it may not exist yet."""
    return data_folder() / "trips.sqlite3"
