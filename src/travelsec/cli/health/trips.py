"""Look at where trips are kept, and at what keeps them from being read or written."""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from travelsec.cli.crash_log import LOG
from travelsec.cli.current_trip import MAX_WAIT, is_absent
from travelsec.cli.health.locations import location, may_exist
from travelsec.cli.health.masks import mask
from travelsec.cli.options import read_today
from travelsec.folders import DATA_DIR, data_folder, trips_file
from travelsec.pack.model import Pack
from travelsec.problems import UserError
from travelsec.results.doctor import Location, Trouble

READERS = ("incident", "card", "contacts", "export")
WRITERS = ("prepare", "debrief", "trips")
MIN_ROOM = 1024 * 1024
"""Bytes on the disk, without which an answer may not be kept."""


def locations() -> Iterator[Location]:
    """Yield where trips and the log are."""
    try:
        folder: Path | None = data_folder()
    except UserError:
        folder = None
    set_by = DATA_DIR if os.environ.get(DATA_DIR) else ""
    yield location("data", folder, set_by)
    yield location("trips", folder and trips_file(), set_by)
    yield location("log", folder and folder / LOG, set_by)


def troubles(pack: Pack | None) -> Iterator[Trouble]:
    """Yield what keeps trips from being read or written; nothing is changed.

    `pack` is what trips are read with, if there is any.
    """
    try:
        path = trips_file()
        if is_absent(path):
            folder = next(place for place in path.parents if may_exist(place))
            yield from _unwritable(folder)
            yield from _full(folder)
            return
    except UserError as error:
        yield _trouble(error)
        return
    except OSError as error:
        yield _trouble(UserError(f"{path}: cannot be read: {error.strerror}"))
        return
    unreadable = [*_unreadable(path, pack)]
    yield from unreadable
    if not unreadable:
        yield from _unwritable(path, path.parent)
        yield from _locked(path.parent)
        yield from _full(path.parent)


def _unreadable(path: Path, pack: Pack | None) -> Iterator[Trouble]:
    from travelsec.store import Damaged, Store
    from travelsec.trip.stored_trip import restore_trip

    if _has_journal(path):
        # A crash left it. The next command that opens the file rolls it back: not ours to do.
        return
    try:
        with Store(path, wait=MAX_WAIT, read_only=True) as store:
            for trip in store.trips():
                if pack is not None:
                    restore_trip(trip, pack, read_today(None))
    except Damaged:
        # Its message may hold an answer.
        yield Trouble(
            mask(f"{path}: the file is damaged"),
            (*READERS, *WRITERS),
            f"Put a copy of yours in its place, or rename it to {path.name}.damaged and start "
            "afresh.",
        )
    except UserError as error:
        yield _trouble(error)


def _has_journal(path: Path) -> bool:
    from travelsec.store import peek

    try:
        peek(path)
    except sqlite3.Error as error:
        return getattr(error, "sqlite_errorcode", 0) == sqlite3.SQLITE_READONLY_ROLLBACK
    return False


def _unwritable(*paths: Path) -> Iterator[Trouble]:
    for path in paths:
        if not os.access(path, os.W_OK):
            yield Trouble(
                mask(f"{path}: you may not write here, so no trip can be kept"),
                WRITERS,
                f"Change who may write there, or set {DATA_DIR} to another folder.",
            )
            return


def _full(folder: Path) -> Iterator[Trouble]:
    with contextlib.suppress(OSError):
        if shutil.disk_usage(folder).free < MIN_ROOM:
            yield Trouble(
                mask(f"{folder}: the disk is full, so nothing new can be kept"),
                (*WRITERS, "incident --note"),
                "Make room.",
            )


def _locked(folder: Path) -> Iterator[Trouble]:
    """Yield a trouble if another user holds a lock; no one else gets it if that process died."""
    if not hasattr(os, "geteuid"):
        return
    with contextlib.suppress(OSError):
        owners = {path.lstat().st_uid for path in folder.glob("*.lock")}
        if owners - {os.geteuid()}:
            yield Trouble(
                mask(f"{folder}: a trip is locked by another user"),
                WRITERS,
                "If travelsec does not run there, remove the files that end in .lock.",
            )


def _trouble(error: UserError) -> Trouble:
    """Return the trouble that an error tells of: its first sentence, then what to do."""
    text, _, advice = str(error).partition(". ")
    instead = f"See what is there and who owns it, or set {DATA_DIR} to another folder."
    return Trouble(mask(text), (*READERS, *WRITERS), mask(advice) or instead)
