"""Options that several commands share, and what they mean."""

from __future__ import annotations

import datetime
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from travelsec.cli.completers import (
    complete_fact,
    complete_file,
    complete_pack,
    complete_trip,
    one_of,
)
from travelsec.pack.folder import overlays, pack_folder
from travelsec.problems import UserError

if TYPE_CHECKING:
    from travelsec.formats import Formats
    from travelsec.pack.model import Pack

MOST_AHEAD = datetime.timedelta(hours=14)
"""How far the clock of a traveller can be ahead: it may take local time for UTC."""

PackOption = Annotated[
    list[Path] | None,
    typer.Option(
        "--pack",
        metavar="DIR|NAME",
        autocompletion=complete_pack,
        parser=pack_folder,
        help="Lay a pack over the bundled one: its folder, or the name of an optional one. Can be "
        "given several times.",
    ),
]
TodayOption = Annotated[
    str | None,
    typer.Option("--today", metavar="DATE", help="Judge for this day instead of today."),
]


def format_option(formats: Formats, text: str = "", more: str = "") -> Any:
    """Return an option that names one of the formats.

    Its help says `text`, or else lists the names with the default marked; `more` ends it.
    """
    names = text or f"{formats.choices(formats.default)}."
    return typer.Option(
        "--format",
        metavar="FORMAT",
        help=f"{names} {more}".rstrip(),
        autocompletion=one_of(formats.names),
        show_default=False,
    )


def file_option(name: str, text: str, metavar: str = "FILE") -> Any:
    """Return an option that names a file, with its help."""
    return typer.Option(name, metavar=metavar, help=text, autocompletion=complete_file)


STDOUT = Path("-")
"""What `--output` takes for standard output."""


def output_option(text: str) -> Any:
    """Return the option `--output`, which is None for standard output."""
    return typer.Option(
        "--output",
        metavar="FILE",
        help=f"{text} - is stdout.",
        autocompletion=complete_file,
        callback=lambda path: None if path == STDOUT else path,
    )


OutputOption = Annotated[
    Path | None, output_option("Write it to this file; the ending names the format.")
]
ForceOption = Annotated[bool, typer.Option("--force", help="Replace files that exist.")]
PlainOption = Annotated[bool, typer.Option("--plain", help="No colour.")]
AccessibleOption = Annotated[
    bool,
    typer.Option(
        "--accessible", help="Ask line by line, for screen readers. Also with ACCESSIBLE=1."
    ),
]
TextOrJsonOption = Annotated[
    str,
    typer.Option(
        "--format",
        metavar="FORMAT",
        help="text (the default) or json.",
        autocompletion=one_of(("text", "json")),
        show_default=False,
    ),
]
"""For commands that make both themselves; written out, as `incident` has no time for `formats`."""


def wants_json(format_: str) -> bool:
    """Return whether the answer is for a program.

    Raises:
        UserError: there is no such format.
    """
    if format_ == "text":
        return False
    from travelsec.formats import TEXT_OR_JSON

    return TEXT_OR_JSON.find(format_).name == "json"


TripUnderWayOption = Annotated[
    str | None,
    typer.Option(
        "--trip",
        metavar="NAME",
        help="For this trip, if not the one under way.",
        autocompletion=complete_trip,
    ),
]


FactOption = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        metavar="FACT=VALUE",
        autocompletion=complete_fact,
        help="For someone with this fact, such as organisation=hmpps or abroad=true.",
    ),
]


def load_packs(folders: list[Path] | None) -> Pack:
    """Load the bundled pack, those of TRAVELSEC_PACKS, then these, each on top of the last."""
    from travelsec.pack.load import load

    return load(packs_in_force(folders))


def packs_in_force(folders: list[Path] | None) -> list[Path]:
    """Return the packs of TRAVELSEC_PACKS, then these; one that is named twice counts once."""
    return list(dict.fromkeys([*overlays(), *(folders or [])]))


def read_today(text: str | None) -> datetime.date:
    """Return the date given, or the date of this computer's clock.

    Raises:
        UserError: the text is not a date.
    """
    from travelsec.values import InvalidValue, read_date

    if text is None:
        return datetime.date.today()
    try:
        return read_date(text)
    except InvalidValue as wrong:
        raise UserError(f"--today: {wrong}") from None


def now() -> datetime.datetime:
    """Return the moment in SOURCE_DATE_EPOCH, or else the present, in UTC.

    Raises:
        UserError: SOURCE_DATE_EPOCH is not a moment.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if not epoch:
        return datetime.datetime.now(datetime.UTC)
    try:
        return datetime.datetime.fromtimestamp(int(epoch), datetime.UTC)
    except (ValueError, OverflowError, OSError):
        raise UserError(f"SOURCE_DATE_EPOCH is not a number of seconds: {epoch}") from None


def latest_moment(day: datetime.date) -> str:
    """Return the latest moment (UTC) at which a report or a decision can have been made.

    Args:
        day: what counts as today; on a day to come, any moment of it counts as past.
    """
    from travelsec.report.model import moment_text

    latest = now()
    if day > latest.date():
        latest = datetime.datetime.combine(day, datetime.time.max, datetime.UTC)
    latest = min(latest, datetime.datetime.max.replace(tzinfo=datetime.UTC) - MOST_AHEAD)
    return moment_text(latest + MOST_AHEAD)


def wants_accessible(option: bool) -> bool:
    """Return whether to ask line by line: asked for, or the terminal cannot be drawn on."""
    from travelsec.console import terminal, width_of

    in_environment = os.environ.get("ACCESSIBLE", "").casefold() not in ("", "0", "false", "no")
    dumb = os.environ.get("TERM") in ("dumb", "unknown")
    return option or in_environment or dumb or width_of(terminal() or sys.stderr) < 40
