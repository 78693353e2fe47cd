"""What `doctor` finds: as JSON, and laid out for people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, TypeAlias

from msgspec import Struct

from travelsec.document import Block, Heading, ListItem, Pairs, Paragraph
from travelsec.wording import count, join_words

SCHEMA: Literal["travelsec.doctor/1"] = "travelsec.doctor/1"


class Trouble(Struct, frozen=True, forbid_unknown_fields=True):
    """Something that keeps commands from working fully, and what to do about it."""

    message: str
    affects: tuple[str, ...]
    next: str


class Versions(Struct, frozen=True, forbid_unknown_fields=True):
    """What runs; a library that is missing has an empty version."""

    travelsec: str
    python: str
    sqlite: str
    system: str
    administrator: bool
    libraries: dict[str, str]


LocationName: TypeAlias = Literal["program", "checklists", "cache", "data", "trips", "log"]


class Location(Struct, frozen=True, forbid_unknown_fields=True):
    """Where something is, or will be; the path is empty if it has no place."""

    name: LocationName
    path: str
    present: bool
    set_by: str


class PackInForce(Struct, frozen=True, forbid_unknown_fields=True):
    """A pack that is used; `set_by` is the option or variable, empty for the bundled one."""

    id: str
    version: str
    title: str
    path: str
    set_by: str


class Stream(Struct, frozen=True, forbid_unknown_fields=True):
    """A standard stream."""

    name: Literal["stdin", "stdout", "stderr"]
    terminal: bool
    encoding: str


class Window(Struct, frozen=True, forbid_unknown_fields=True):
    """What the terminal can do. `questions` says how commands would ask here."""

    streams: tuple[Stream, ...]
    width: int
    height: int
    colour: bool
    unicode: bool
    questions: Literal["drawn", "line-by-line", "none"]


class Variable(Struct, frozen=True, forbid_unknown_fields=True):
    """An environment variable that is set, and its effect."""

    name: str
    effect: str


class Completion(Struct, frozen=True, forbid_unknown_fields=True):
    """Whether `--install-completion` has put the script for a shell in its place.

    For PowerShell that is unknown: only PowerShell can tell the place.
    """

    shell: str
    installed: bool | None


class Extra(Struct, frozen=True, forbid_unknown_fields=True):
    """An extra; `reason` says why it cannot be used."""

    name: str
    usable: bool
    reason: str


class Doctor(Struct, frozen=True, forbid_unknown_fields=True):
    """Everything that `doctor` finds. Nothing in it is private: no trip, answer or user name."""

    schema: Literal["travelsec.doctor/1"]
    well: bool
    troubles: tuple[Trouble, ...]
    locations: tuple[Location, ...]
    packs: tuple[PackInForce, ...]
    versions: Versions
    terminal: Window
    variables: tuple[Variable, ...]
    completion: tuple[Completion, ...]
    extras: tuple[Extra, ...]


def outline(doctor: Doctor) -> Iterator[Block]:
    """Yield what would fail, then what there is."""
    yield from _blocks_of_troubles(doctor.troubles)
    yield Heading(2, "Where everything is")
    yield Pairs(
        tuple((place.name.capitalize(), _describe_location(place)) for place in doctor.locations)
    )
    yield Heading(2, "Packs in force")
    for pack in doctor.packs:
        by = f", {pack.path}, by {pack.set_by}" if pack.set_by else ", which comes with travelsec"
        yield ListItem(None, f"{pack.title} ({pack.id} {pack.version}){by}", "plain")
    yield Heading(2, "Versions")
    yield Pairs((*_rows_of_versions(doctor.versions),))
    yield Heading(2, "The terminal")
    yield Pairs((*_rows_of_window(doctor.terminal),))
    if doctor.variables:
        yield Heading(2, "Variables that are set")
        yield Pairs(tuple((variable.name, variable.effect) for variable in doctor.variables))
    yield Heading(2, "Completion and extras")
    yield Pairs((*_rows_of_installed(doctor.completion, doctor.extras),))


def _blocks_of_troubles(troubles: Sequence[Trouble]) -> Iterator[Block]:
    if not troubles:
        yield Paragraph("All is well: nothing here keeps travelsec from working.", "good")
        return
    yield Paragraph(f"{count(len(troubles), 'thing')} would fail.", "bad")
    for trouble in troubles:
        affects = f"Affects travelsec {join_words(trouble.affects)}."
        yield ListItem(None, trouble.message, "bad", (affects, trouble.next))


def _describe_location(place: Location) -> str:
    if not place.path:
        return "nowhere"
    notes = [
        *([] if place.present else ["not there yet"]),
        *([place.set_by] if place.set_by else []),
    ]
    return f"{place.path} ({', '.join(notes)})" if notes else place.path


def _rows_of_versions(versions: Versions) -> Iterator[tuple[str, str]]:
    yield "travelsec", versions.travelsec
    yield "Python", f"{versions.python}, with SQLite {versions.sqlite}"
    administrator = ", as the administrator" if versions.administrator else ""
    yield "System", f"{versions.system}{administrator}"
    libraries = versions.libraries.items()
    yield "Libraries", ", ".join(f"{name} {version or '(missing)'}" for name, version in libraries)


def _rows_of_window(window: Window) -> Iterator[tuple[str, str]]:
    for stream in window.streams:
        kind = "a terminal" if stream.terminal else "no terminal"
        yield stream.name, f"{kind}, {stream.encoding}"
    yield "Size", f"{window.width} × {window.height}"
    yield "Colour", "yes" if window.colour else "no"
    yield "Unicode", "yes" if window.unicode else "no; what cannot be shown is written as <U+…>"
    yield "Questions", window.questions.replace("-", " ")


def _rows_of_installed(
    completion: Iterable[Completion], extras: Iterable[Extra]
) -> Iterator[tuple[str, str]]:
    words = {True: "installed", False: "not installed", None: "unknown"}
    for shell in completion:
        yield f"Completion in {shell.shell}", words[shell.installed]
    for extra in extras:
        yield f"Extra {extra.name}", "usable" if extra.usable else extra.reason
