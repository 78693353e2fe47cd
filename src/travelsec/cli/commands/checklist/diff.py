"""`travelsec checklist diff`: compare two packs, and find the trips that this matters for."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from travelsec import files
from travelsec.cli import options
from travelsec.cli.completers import INSTALLED, complete_file, complete_pack_or_installed
from travelsec.cli.exit_codes import NO, READY, USAGE
from travelsec.cli.output import print_text_or_blocks
from travelsec.formats import DIFF_FORMATS
from travelsec.pack.folder import no_such_folder, pack_folder
from travelsec.problems import InputError, Place, Problem, UserError

if TYPE_CHECKING:
    import datetime

    from travelsec.changes.model import Diff
    from travelsec.changes.trips import TripComparison
    from travelsec.pack.model import Pack


def diff(
    old: Annotated[
        str,
        typer.Argument(
            metavar="OLD",
            autocompletion=complete_pack_or_installed,
            help="The folder of the pack as it was, or “installed” for the packs in force.",
        ),
    ],
    new: Annotated[
        str,
        typer.Argument(
            metavar="NEW",
            autocompletion=complete_pack_or_installed,
            help="The folder of the pack as it is now, or “installed”.",
        ),
    ],
    reports: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[REPORT]...",
            autocompletion=complete_file,
            help="Reports, or folders of them: which trips must be gone through again?",
        ),
    ] = None,
    format_: Annotated[str, options.format_option(DIFF_FORMATS)] = DIFF_FORMATS.default,
    pack: options.PackOption = None,
    today: options.TodayOption = None,
    plain: options.PlainOption = False,
) -> int:
    """Compare two packs: what was added, dropped, renamed, raised, lowered, reworded or changed.

    A folder takes the place of the pack with the same id: the bundled one, or one of --pack and
    TRAVELSEC_PACKS. If none has its id, it goes on top. The order of entries does not count.

    Exit code 0: the packs do not differ, or with reports: no trip must be gone through again.
    1: they differ, or a trip must be gone through again. 2: a pack or a report could not be read.
    Trips that are over, and reports made with the new packs, do not count.
    """
    chosen = DIFF_FORMATS.find(format_)
    day = options.read_today(today)
    packs = _load(old, new, options.packs_in_force(pack))
    changes = _compare(old, new, packs, reports or [], day)
    print_text_or_blocks(chosen.load().render(changes), plain=plain)
    if changes.unread:
        return USAGE
    if changes.trips is None:
        return NO if changes.differs else READY
    return NO if any(trip.again for trip in changes.trips) else READY


def _load(old: str, new: str, folders: list[Path]) -> tuple[Pack, Pack]:
    """Load both packs.

    Raises:
        InputError: the faults of both.
    """
    loaded: list[Pack] = []
    problems: dict[Problem, None] = {}
    for name in (old, new):
        try:
            loaded.append(_load_one(name, folders))
        except InputError as error:
            problems |= dict.fromkeys(error.problems)
    if problems:
        raise InputError([*problems])
    return loaded[0], loaded[1]


def _load_one(name: str, folders: list[Path]) -> Pack:
    from travelsec.changes.load_version import load_with
    from travelsec.pack.load import load

    if name == INSTALLED:
        return load(folders)
    folder = pack_folder(name)
    if not files.exists(folder):
        raise InputError([Problem(Place(name), no_such_folder(folder, INSTALLED))])
    return load_with(folder, folders)


def _compare(
    old: str, new: str, packs: tuple[Pack, Pack], reports: list[str], day: datetime.date
) -> Diff:
    from travelsec.changes.compare import compare
    from travelsec.changes.model import SCHEMA, Diff

    entries = compare(*packs)
    changes = Diff(SCHEMA, old, new, bool(entries), entries)
    if not reports:
        return changes
    from travelsec.changes.trips import TripComparison

    return _with_trips(changes, TripComparison(*packs, entries, day), packs[0], reports, day)


def _with_trips(
    changes: Diff,
    comparison: TripComparison,
    old: Pack,
    reports: list[str],
    day: datetime.date,
) -> Diff:
    """Add what changes for the trips of reports, of which the newest of each trip counts."""
    from msgspec.structs import replace

    from travelsec.changes.model import UnreadReport
    from travelsec.cli.review_files import find_reports
    from travelsec.review.inbox import receive
    from travelsec.review.judge import Judge
    from travelsec.review.run import review_all

    trips, unread, replaced = [], [], 0
    judge = Judge(old, day, options.latest_moment(day))
    with find_reports(reports) as inbox:
        for row in review_all(inbox, judge):
            if row.unread:
                unread.append(UnreadReport(row.path, row.unread))
            elif not row.newest:
                replaced += 1
            else:
                # Read again: which are the newest is known only now, and all of them may be too
                # many to keep.
                try:
                    received = receive(row.path, inbox.stdin)
                    trips.append(comparison.compare(row.path, received))
                except UserError as error:
                    unread.append(UnreadReport(row.path, str(error)))
    return replace(changes, trips=tuple(trips), unread=tuple(unread), replaced=replaced)
