"""What is offered for each argument and option."""

from __future__ import annotations

import contextlib
import datetime
import os
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from tests.cli.command import Outcome, run
from tests.pack.packs import OVER, write
from travelsec.cli.app import build_app
from travelsec.cli.command_list import COMMANDS
from travelsec.cli.completers import complete_setting
from travelsec.store import Store
from travelsec.trip.stored_trip import LastSeen

# These are the questions that shells ask at Tab.
pytestmark = pytest.mark.terminal

FREE = {"DATE", "DAYS", "N", "NEW_NAME", "TEXT"}
"""What nobody can offer: the words in the help that stand for it."""


def ask(folder: Path, *words: str, shell: str = "fish", **env: str) -> Outcome:
    """Ask for what can be typed next, as the script of a shell does."""
    done = run(*words, folder=folder, _TRAVELSEC_COMPLETE=shell, **env)
    assert (done.code, done.err) == (0, "")
    return done


def offered(folder: Path, *words: str) -> list[str]:
    """Return the candidates for the last word, or `[files]` or `[folders]`."""
    what, *lines = ask(folder, *words).out.splitlines()
    return [one.partition("\t")[0] for one in lines] if what == "words" else [f"[{what}]"]


def keep(folder: Path, *names: str) -> Path:
    """Keep trips of these names in a home; their ids are numbers. Return the database."""
    with Store(folder / "data" / "travelsec" / "trips.sqlite3") as store:
        for number, name in enumerate(names):
            begun = datetime.date(2026, 1, 1) + datetime.timedelta(days=number)
            trip = store.begin(f"{number:032}", name, LastSeen(begun, {}, {}), named=True)
            store.keep_seen(trip.id, trip.seen)
        return store.path


def values() -> Iterator[tuple[tuple[str, ...], Any]]:
    """Yield each argument, and each option that takes a value, with the words before it."""

    def within(command: Any, words: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Any]]:
        for name, inner in getattr(command, "commands", {}).items():
            yield from within(inner, (*words, name))
        before: tuple[str, ...] = ()
        for parameter in command.params:
            if parameter.param_type_name == "argument":
                yield (*words, *before), parameter
                before = (*before, "x")
            elif not parameter.is_flag:
                yield (*words, parameter.opts[0]), parameter

    for name in COMMANDS:
        yield from within(get_command(build_app([name])), ())


@pytest.mark.parametrize(
    ("words", "parameter"), [pytest.param(*one, id=" ".join(one[0])) for one in values()]
)
def test_every_value_completes(tmp_path: Path, words: tuple[str, ...], parameter: Any) -> None:
    """But for days, numbers and texts of one's own; paths as files or folders."""
    keep(tmp_path, "Lisbon 2026-12-01")
    found = offered(tmp_path, *words, "")
    if words[-1] == "--by" or parameter.metavar in FREE:
        assert found == []
    elif parameter.name in ("old", "new"):
        assert found == ["[folders]"]
    elif parameter.metavar in ("FILE", "OLD", "PATH...", "[REPORT]..."):
        assert found == ["[files]"]
    elif (parameter.metavar or "").strip("[].") in ("DIR", "DIR|NAME"):
        assert found == ["[folders]"]
    else:
        assert found
        assert not found[0].startswith("[")


@pytest.mark.parametrize(
    "words",
    [
        *(("prepare", "--no-input", "--format"), ("export", "report.json", "--format")),
        *(("card", "--format"), ("review", ".", "--format"), ("checklist", "list", "--format")),
        *(("checklist", "list", "--phase"), ("checklist", "list", "--level")),
        *(("checklist", "show", "--format"), ("checklist", "validate", "--format")),
        *(("checklist", "coverage", "--format"), ("checklist", "schema")),
        *(("guidance", "list", "--format"), ("guidance", "index", "x.md", "--format")),
        *(("guidance", "diff", "x.md", "--format"), ("completion",)),
    ],
    ids=" ".join,
)
def test_fixed_values_are_those_that_are_taken(tmp_path: Path, words: tuple[str, ...]) -> None:
    """The error for a wrong one names the same."""
    done = run(*words, "nonsense", folder=tmp_path)
    assert done.code == 2
    allowed = done.err.partition("(allowed: ")[2].partition(")")[0].partition(";")[0]
    assert sorted(offered(tmp_path, *words, "")) == sorted(allowed.split(", "))


def test_commands_options_and_names(tmp_path: Path) -> None:
    """Each where it belongs, and what follows `=` too."""
    keep(tmp_path, "Lisbon", "Rome 2026-12-01")
    assert offered(tmp_path, "p") == ["prepare"]
    assert offered(tmp_path, "trips", "") == ["list", "show", "rename", "forget"]
    assert offered(tmp_path, "prepare", "--answers-") == ["--answers-template"]
    assert offered(tmp_path, "trips", "show", "") == ["Rome 2026-12-01", "Lisbon"]
    assert offered(tmp_path, "prepare", "--trip", "Li") == ["Lisbon"]
    assert offered(tmp_path, "prepare", "--trip=Li") == ["--trip=Lisbon"]
    assert offered(tmp_path, "trips", "forget", "Lisbon", "Ro") == ["Rome 2026-12-01"]
    assert offered(tmp_path, "trips", "rename", "Ro") == ["Rome 2026-12-01"]
    assert offered(tmp_path, "trips", "show", "--", "Li") == ["Lisbon"]
    assert offered(tmp_path, "incident", "out") == ["out-of-sight"]
    assert offered(tmp_path, "contacts", "priv") == ["privacy"]
    assert "overseas.clear-files" in offered(tmp_path, "checklist", "show", "overseas.cl")
    assert offered(tmp_path, "guidance", "diff", "--page", "rem") == ["remote-working"]


def test_names_of_trips_in_any_case(tmp_path: Path) -> None:
    """What was typed stays; whatever is completed finds the trip."""
    keep(tmp_path, "Lisbon 1", "Zürich")
    assert offered(tmp_path, "trips", "show", "lIS") == ["lISbon 1"]
    assert offered(tmp_path, "prepare", "--trip=zÜ") == ["--trip=zÜrich"]
    assert offered(tmp_path, "export", "liss") == ["[files]"]
    for completed in ("lISbon 1", "zÜrich"):
        assert run("trips", "show", completed, folder=tmp_path).code == 0


def test_answers(tmp_path: Path) -> None:
    """Facts where only they count, items on return for a debrief, both to prepare."""
    for command in ("prepare --set", "contacts --set", "checklist list --for"):
        words = command.split()
        assert offered(tmp_path, *words, "abr") == ["abroad="]
        assert offered(tmp_path, *words, "abroad=") == ["abroad=true", "abroad=false"]
        assert offered(tmp_path, *words, "returns=") == ["returns=none"]
        assert offered(tmp_path, *words, "devices=lap") == ["devices=laptop"]
        further = offered(tmp_path, *words, "devices=laptop,phone,")
        assert "devices=laptop,phone,tablet" in further
        assert "devices=laptop,phone,phone" not in further
        assert offered(tmp_path, *words, "traveller=") == []
    assert offered(tmp_path, "contacts", "--set", "overseas.cl") == []
    prepare = ("prepare", "--set")
    assert offered(tmp_path, *prepare, "overseas.clear-f") == ["overseas.clear-files="]
    assert "overseas.clear-files=todo" in offered(tmp_path, *prepare, "overseas.clear-files=")
    assert offered(tmp_path, *prepare, "overseas.nothing=") == []
    on_return = offered(tmp_path, "debrief", "--set", "")
    assert on_return
    assert set(on_return) < set(offered(tmp_path, *prepare, ""))
    assert f"{on_return[-1]}done" in offered(tmp_path, "debrief", "--set", on_return[-1])
    assert offered(tmp_path, "debrief", "--set", "printed=") == ["printed=true", "printed=false"]


def test_a_trip_or_a_report(tmp_path: Path) -> None:
    """Trips that begin so, else files."""
    keep(tmp_path, "Lisbon")
    for command in ("export", "debrief"):
        assert offered(tmp_path, command, "") == ["Lisbon"]
        assert offered(tmp_path, command, "rep") == ["[files]"]


@pytest.mark.parametrize(
    "name",
    [
        "-x",
        "--help",
        "~root",
        "a`b`",
        "a\nb",
        "a\tb",
        "\x1b[31mred",
        "a\u202eb",
        "\u200bx",
        "r.json",
    ],
)
def test_a_name_that_would_be_taken_for_something_else(tmp_path: Path, name: str) -> None:
    """Its id is offered, and a description shows what is hidden in it."""
    keep(tmp_path, name)
    _, only = ask(tmp_path, "trips", "show", "").out.splitlines()
    trip_id, _, shown = only.partition("\t")
    assert trip_id == f"{0:032}"
    assert shown.isprintable()
    assert offered(tmp_path, "trips", "show", trip_id[:5]) == [trip_id]


def test_hidden_characters_of_a_pack_are_not_offered(tmp_path: Path) -> None:
    """Nor does its description reach the terminal as it is."""
    (tmp_path / "p").mkdir()
    (tmp_path / "p" / "p.yaml").write_text(
        "pack: {id: p, version: '1', title: P, covers: x, not_covered: x}\n"
        'questions: [{id: abroad, type: yes-no, ask: "a\\e[31mb\\u202e", override: true}]\n',
        encoding="utf-8",
    )
    said = ask(tmp_path, "prepare", "--set", "abr", TRAVELSEC_PACKS="p").out
    assert all(one.replace("\t", "").isprintable() for one in said.splitlines())


def test_optional_packs_are_offered_by_name(tmp_path: Path) -> None:
    """Where the beginning fits none, and before anything is typed, the shell offers folders."""
    assert offered(tmp_path, "prepare", "--pack", "moj-") == ["moj-approval"]
    assert offered(tmp_path, "checklist", "validate", "moj-") == ["moj-approval"]
    assert offered(tmp_path, "checklist", "diff", "moj-") == ["moj-approval"]
    assert offered(tmp_path, "checklist", "diff", "mine", "inst") == ["installed"]
    assert offered(tmp_path, "prepare", "--pack", "my") == ["[folders]"]
    assert offered(tmp_path, "prepare", "--pack", "") == ["[folders]"]


def test_nothing_is_made(tmp_path: Path) -> None:
    """An empty home stays empty."""
    assert offered(tmp_path, "trips", "show", "") == []
    assert offered(tmp_path, "export", "") == ["[files]"]
    assert list(tmp_path.iterdir()) == []


def test_a_locked_database_is_not_waited_for(tmp_path: Path) -> None:
    """Another process may have it for as long as it likes."""
    path = keep(tmp_path, "Lisbon")
    started = time.monotonic()
    assert offered(tmp_path, "trips", "show", "") == ["Lisbon"]
    free = time.monotonic() - started
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        started = time.monotonic()
        assert offered(tmp_path, "trips", "show", "") == []
        # A store that is opened to be used waits for 10 seconds.
        assert time.monotonic() - started < free + 5


@pytest.mark.parametrize("fault", ["garbage", "folder", "no text", "no table", "unreadable"])
def test_a_database_that_cannot_be_read(tmp_path: Path, fault: str) -> None:
    """Nothing is offered, and nothing said."""
    path = keep(tmp_path, "Lisbon")
    if fault == "garbage":
        path.write_bytes(b"x" * 5000)
    elif fault == "folder":
        path.unlink()
        path.mkdir()
    elif fault == "unreadable":
        path.parent.chmod(0)
    else:
        with contextlib.closing(sqlite3.connect(path)) as database:
            made = "UPDATE trips SET name = CAST(x'ff' AS TEXT)"
            database.execute(made if fault == "no text" else "DROP TABLE trips")
            database.commit()
    found = offered(tmp_path, "trips", "show", "")
    assert offered(tmp_path, "export", "x") == ["[files]"]
    path.parent.chmod(0o700)
    # Root and Windows can read it.
    can_read = os.name != "posix" or os.geteuid() == 0
    assert found == [] or (fault == "unreadable" and can_read)


def test_a_broken_pack_is_not_told(tmp_path: Path) -> None:
    """Nobody wants it amid a line."""
    assert ask(tmp_path, "prepare", "--set", "", TRAVELSEC_PACKS="missing").out == ""


def test_countries(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By the beginning of a name or a code, in any case; an alias too."""
    questions = "questions: [{id: through, ask: Which?, type: countries}]\n"
    over = write(tmp_path / "over", {"over": OVER + questions})
    monkeypatch.setenv("TRAVELSEC_PACKS", str(over))
    assert complete_setting("through=Turkey") == [("through=Turkey", "Türkiye")]
    assert complete_setting("through=TR,port") == [("through=TR,portugal", "Portugal")]
    assert ("through=TR", "Türkiye") in complete_setting("through=")
