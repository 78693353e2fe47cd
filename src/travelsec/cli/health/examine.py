"""Examine everything that `doctor` reports."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from travelsec.cli.health import installation, packs, trips, window
from travelsec.cli.health.locations import location
from travelsec.cli.options import now
from travelsec.problems import UserError
from travelsec.results.doctor import SCHEMA, Doctor, Trouble


def examine(folders: Sequence[Path]) -> Doctor:
    """Return what is found; `folders` are packs to lay over those of TRAVELSEC_PACKS."""
    versions = installation.versions()
    in_force, troubles, pack = packs.packs(folders)
    for look in (
        lambda: installation.missing(versions),
        lambda: trips.troubles(pack),
        _wrong_moment,
    ):
        troubles += _troubles_found(look)
    program = location("program", Path(__file__).parents[2])
    return Doctor(
        schema=SCHEMA,
        well=not troubles,
        troubles=tuple(troubles),
        locations=(program, *packs.locations(), *trips.locations()),
        packs=tuple(in_force),
        versions=versions,
        terminal=window.window(),
        variables=tuple(window.variables()),
        completion=tuple(installation.completion()),
        extras=tuple(installation.extras()),
    )


def _troubles_found(look: Callable[[], Iterable[Trouble]]) -> list[Trouble]:
    """Return the troubles found; if looking fails, that is one."""
    try:
        return list(look())
    except Exception as error:
        # Its message may hold an answer.
        text = f"something cannot be examined ({type(error).__name__})"
        return [Trouble(text, trips.READERS, "Please report this.")]


def _wrong_moment() -> Iterator[Trouble]:
    try:
        now()
    except UserError:
        text = "SOURCE_DATE_EPOCH is not a number of seconds"
        yield Trouble(text, ("prepare", "export", "trips"), "Unset it.")
