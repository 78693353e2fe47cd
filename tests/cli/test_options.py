"""Options that several commands share."""

from __future__ import annotations

import datetime
import os
from pathlib import Path

import pytest

from tests.cli.command import run
from tests.terminal import Terminal
from travelsec.cli.options import (
    latest_moment,
    load_packs,
    now,
    read_today,
    wants_accessible,
)
from travelsec.problems import UserError

BARE = ("prepare", "--no-input", "--set", "abroad=true", "--set", "devices=laptop")
TODAY = ("--today", "2026-11-22")
PACK = "pack: {{id: {0}, version: '1', title: {0}, covers: x, not_covered: x}}\n"


@pytest.mark.slow
def test_colour_only_where_it_is_shown(tmp_path: Path) -> None:
    """A terminal has it; NO_COLOR, --plain and a pipe have none."""
    coloured = Terminal(*BARE, *TODAY, folder=tmp_path)
    coloured.finish()
    assert b"\x1b[" in coloured.raw
    for arguments, env in (((), {"NO_COLOR": "1"}), (("--plain",), {}), ((), {"TERM": "dumb"})):
        plain = Terminal(*BARE, *TODAY, *arguments, folder=tmp_path, env=env)
        plain.finish()
        assert b"\x1b" not in plain.raw
    assert "\x1b" not in run(*BARE, *TODAY, folder=tmp_path).out


def test_the_day_can_be_given() -> None:
    """Without one, it is that of the clock."""
    assert read_today("2026-12-05") == datetime.date(2026, 12, 5)
    before = datetime.date.today()
    assert before <= read_today(None) <= datetime.date.today()
    with pytest.raises(UserError, match="--today: “x” is not a date"):
        read_today("x")


def test_the_moment_can_be_set(monkeypatch: pytest.MonkeyPatch) -> None:
    """For reports that are the same bytes again."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795000000")
    assert now() == datetime.datetime(2026, 11, 18, 11, 6, 40, tzinfo=datetime.UTC)
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    assert abs(datetime.datetime.now(datetime.UTC) - now()) < datetime.timedelta(hours=1)


@pytest.mark.parametrize("epoch", ["x", "1e9", "9" * 30])
def test_a_moment_that_is_none_is_told(monkeypatch: pytest.MonkeyPatch, epoch: str) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    with pytest.raises(UserError, match=f"not a number of seconds: {epoch}"):
        now()


@pytest.mark.parametrize(
    ("day", "latest"),
    [
        ("2026-11-17", "2026-11-19T01:06:40Z"),
        ("2026-11-18", "2026-11-19T01:06:40Z"),
        ("2026-11-20", "2026-11-21T13:59:59Z"),
        ("9999-12-31", "9999-12-31T23:59:59Z"),
    ],
)
def test_a_clock_can_be_ahead_by_as_much_as_a_time_zone(
    monkeypatch: pytest.MonkeyPatch, day: str, latest: str
) -> None:
    """Of the present, or of the end of a day to come."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795000000")
    assert latest_moment(datetime.date.fromisoformat(day)) == latest


def test_packs_lie_over_one_another_in_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """First the bundled one, then those of TRAVELSEC_PACKS, then those of --pack."""
    folders = [tmp_path / name for name in ("one", "two", "three")]
    for folder in folders:
        folder.mkdir()
        (folder / "pack.yaml").write_text(PACK.format(folder.name), encoding="utf-8")
    monkeypatch.setenv("TRAVELSEC_PACKS", os.pathsep.join(map(str, folders[:2])))
    loaded = load_packs(folders[2:])
    assert [source.info.id for source in loaded.sources][1:] == ["one", "two", "three"]


def test_a_pack_that_is_named_twice_counts_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Someone may have it in force already."""
    (tmp_path / "pack.yaml").write_text(PACK.format("one"), encoding="utf-8")
    monkeypatch.setenv("TRAVELSEC_PACKS", str(tmp_path))
    assert len(load_packs([tmp_path, tmp_path]).sources) == 2


@pytest.mark.parametrize(
    ("env", "wanted"),
    [
        ({}, False),
        ({"ACCESSIBLE": "1"}, True),
        ({"ACCESSIBLE": "no"}, False),
        ({"TERM": "dumb"}, True),
        ({"COLUMNS": "39"}, True),
        ({"COLUMNS": "40"}, False),
    ],
)
def test_a_window_that_cannot_be_drawn_on_is_asked_line_by_line(
    monkeypatch: pytest.MonkeyPatch, env: dict[str, str], wanted: bool
) -> None:
    """So is whoever asks for it."""
    for name, value in {"ACCESSIBLE": "", "TERM": "xterm", "COLUMNS": "80", **env}.items():
        monkeypatch.setenv(name, value)
    assert wants_accessible(False) == wanted
    assert wants_accessible(True)


@pytest.mark.parametrize(
    "command",
    [
        ("prepare", "--no-input", "--set", "abroad=no", "--set", "devices=none"),
        ("prepare", "--set", "abroad=no", "--answers-template"),
        ("card",),
        ("checklist", "schema"),
        ("export", "r.json"),
        ("review", "r.json"),
    ],
    ids=lambda command: " ".join(command[:2]),
)
def test_a_dash_is_standard_output(tmp_path: Path, command: tuple[str, ...]) -> None:
    """For every `--output`: it prints what it prints without, and writes no file."""
    sample = ("prepare", "--no-input", "--set", "abroad=no", "--set", "devices=none")
    run(*sample, "--output", "r.json", folder=tmp_path)
    before = sorted(tmp_path.iterdir())
    same = {"SOURCE_DATE_EPOCH": "1795000000"}
    today = () if command[0] == "checklist" else ("--today", "2026-11-22")
    plain = run(*command, *today, folder=tmp_path, **same)
    done = run(*command, *today, "--output", "-", folder=tmp_path, **same)
    assert (done.code, done.out) == (plain.code, plain.out)
    assert done.out
    assert sorted(tmp_path.iterdir()) == before


def test_a_dash_takes_the_format_that_is_named(tmp_path: Path) -> None:
    """As there is no ending to name one."""
    sample = ("prepare", "--no-input", "--set", "abroad=no", "--set", "devices=none")
    assert run(*sample, "--output", "-", "--format", "json", folder=tmp_path).json()["items"]


@pytest.mark.parametrize(
    "command",
    ["trips list", "trips show", "contacts", "incident", "debrief", "doctor", "guidance list"],
)
def test_the_formats_of_results_are_completed(command: str, tmp_path: Path) -> None:
    """Both of them, in every command that has them."""
    words = (*command.split(), "--format", "")
    offered = run(*words, folder=tmp_path, _TRAVELSEC_COMPLETE="fish").out.splitlines()
    assert offered[1:] == ["text", "json"]
