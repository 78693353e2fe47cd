"""The JSON of `incident`."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.command import run
from tests.results.schemas import assert_fits
from tests.terminal import SECONDS, environment
from travelsec.pack.load import load

JSON = ("--format", "json")
SITUATIONS = [one.id for one in load().situations.values() if one.audience == "traveller"]


@pytest.mark.parametrize("name", SITUATIONS)
def test_each_situation_is_what_the_text_says(name: str, tmp_path: Path) -> None:
    """The steps in their order, who to call, and what to note down."""
    words = " ".join(run("incident", name, folder=tmp_path).out.split())
    data = run("incident", name, *JSON, folder=tmp_path).json()
    assert_fits(data)
    found = data["situation"]
    assert (found["id"], data["description"], data["trip"]) == (name, name, None)
    assert found["title"] in words
    for number, step in enumerate(found["steps"], 1):
        assert f"{number}. {step['do']}" in words
        assert step["why"] in words
    for contact in [*found["contacts"], *found["links"]]:
        assert contact["name"] in words
    for text in found["note_down"]:
        assert text in words
    assert [one["id"] for one in found["then"] if f"incident {one['id']}" not in words] == []


@pytest.mark.parametrize("words", [(), ("xyzzy",)])
def test_words_that_fit_nothing_get_all_situations(words: tuple[str, ...], tmp_path: Path) -> None:
    """And who to call whichever it is."""
    done = run("incident", *words, *JSON, folder=tmp_path)
    assert done.code == 0
    data = done.json()
    assert_fits(data)
    assert data["situation"] is None
    assert [one["id"] for one in data["others"]] == SITUATIONS
    assert data["contacts"]


def test_words_that_fit_one_best_name_the_others_too(tmp_path: Path) -> None:
    """As the text does at its end."""
    data = run("incident", "phone", "stolen", *JSON, folder=tmp_path).json()
    assert_fits(data)
    assert data["description"] == "phone stolen"
    assert data["situation"]["id"] not in [one["id"] for one in data["others"]]
    assert len(data["others"]) == len(SITUATIONS) - 1


def test_nothing_keeps_it_from_its_answer(tmp_path: Path) -> None:
    """Wrong facts, packs, trips, dates and formats are warnings, and the JSON stays JSON."""
    path = tmp_path / "data" / "travelsec" / "trips.sqlite3"
    path.parent.mkdir(parents=True)
    path.write_bytes(b"no database")
    wrong = ("--set", "abroad=perhaps", "--pack", "nowhere", "--trip", "Rome", "--today", "soon")
    done = run("incident", SITUATIONS[0], *wrong, *JSON, folder=tmp_path)
    assert done.code == 0
    assert_fits(done.json())
    assert done.err.count("travelsec: ") == 4
    done = run("incident", SITUATIONS[0], "--format", "xml", folder=tmp_path)
    assert done.code == 0
    assert done.out == run("incident", SITUATIONS[0], folder=tmp_path).out
    assert "there is no format “xml” (allowed: text, json" in done.err


def test_a_note_is_written_beside_the_json(tmp_path: Path) -> None:
    """Nothing but the JSON is on standard output."""
    done = run("incident", SITUATIONS[0], "--note", "note.txt", *JSON, folder=tmp_path)
    assert done.code == 0
    assert_fits(done.json())
    assert (tmp_path / "note.txt").is_file()


@pytest.mark.skipif(os.name != "posix", reason="only there can a name be no text")
def test_words_that_are_no_text_are_escaped(tmp_path: Path) -> None:
    """The output is ASCII."""
    done = run("incident", "\udcff\x1b[31mé", *JSON, folder=tmp_path)
    assert done.code == 0
    assert done.out.isascii()
    assert "\x1b" not in done.out
    assert_fits(done.json())


def test_the_text_imports_nothing_for_the_json(tmp_path: Path) -> None:
    """Every start of `incident` would pay for it."""
    text, data = (_imported(tmp_path, *more) for more in ((), JSON))
    needed = {"travelsec.cli.output", "travelsec.formats", "travelsec.results.incident"}
    assert needed <= data
    assert not needed & text


def _imported(folder: Path, *more: str) -> set[str]:
    """Return the modules that `incident` imports."""
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "travelsec", "incident", SITUATIONS[0], *more],
        cwd=folder,
        env=environment(folder),
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=True,
    )
    return {line.rpartition("|")[2].strip() for line in done.stderr.splitlines() if "|" in line}
