"""Open the store of the user's trips, and lock a trip in it."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import TYPE_CHECKING

from travelsec.folders import trips_file
from travelsec.problems import UserError

if TYPE_CHECKING:
    from travelsec.store import Store
    from travelsec.trip.stored_trip import StoredTrip


def open_store(*, wait: float = 10) -> Store:
    """Open the user's own trips; wait up to `wait` seconds while another process writes."""
    # Imported here, as many commands of scripts store nothing, and SQLite takes time to load.
    from travelsec.store import Store

    return Store(trips_file(), wait=wait)


@contextlib.contextmanager
def locked(store: Store, trip: StoredTrip) -> Iterator[None]:
    """Lock a trip during the block. The system releases the lock of a process that dies.

    Raises:
        UserError: another process holds the lock, or its file cannot be written.
    """
    from travelsec import locks

    # Killed processes leave lock files behind. A folder that the user named may hold other locks.
    for leftover in store.path.parent.glob(f"{'[0-9a-f]' * 32}.lock"):
        locks.remove_unless_held(leftover)
    path = store.path.with_name(f"{trip.id}.lock")
    try:
        handle = locks.hold(path)
    except OSError as error:
        raise UserError(f"{path}: cannot be written: {error.strerror}") from None
    if handle is None:
        raise UserError(
            f"The trip “{trip.name}” is open in another window. Finish or stop there "
            "first; nothing was changed here."
        )
    try:
        yield
    finally:
        locks.drop(path, handle)
