"""`travelsec checklist schema`: what it prints, for which packs, and where it puts it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from tests.cli.command import run
from tests.pack.packs import OVER, write
from travelsec.cli.commands.checklist.schema import KINDS

QUESTION = "questions: [{id: seat, ask: Which seat?, type: text}]\n"


@pytest.mark.parametrize("kind", KINDS)
def test_a_schema_goes_to_standard_output(kind: str, tmp_path: Path) -> None:
    """Indented, with its id and its title; it is a schema."""
    done = run("checklist", "schema", kind, folder=tmp_path)
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith('{\n  "$schema": "https://json-schema.org/draft/2020-12/schema",')
    assert done.json()["$id"] == f"urn:travelsec:{kind}:1"
    assert "travelsec" in done.json()["title"]
    Draft202012Validator.check_schema(done.json())


def test_without_a_kind_it_is_that_of_packs(tmp_path: Path) -> None:
    """The command is for those who own one."""
    done = run("checklist", "schema", folder=tmp_path)
    assert done.code == 0
    assert done.out == run("checklist", "schema", "pack", folder=tmp_path).out


def test_an_unknown_kind_is_told_with_those_there_are(tmp_path: Path) -> None:
    """And with the one that was probably meant."""
    done = run("checklist", "schema", "reports", folder=tmp_path)
    assert (done.code, done.out) == (2, "")
    assert f"(allowed: {', '.join(KINDS)}; did you mean report?)" in done.err


def test_answers_are_those_to_the_questions_of_the_packs(tmp_path: Path) -> None:
    """Whether an option names the pack or the environment."""
    folder = write(tmp_path / "over", {"over": OVER + QUESTION})
    arguments = ("checklist", "schema", "answers")
    bundled = run(*arguments, folder=tmp_path)
    given = run(*arguments, "--pack", "over", folder=tmp_path)
    named = run(*arguments, folder=tmp_path, TRAVELSEC_PACKS=str(folder))
    assert "seat" not in bundled.json()["properties"]["trip"]["properties"]
    assert "seat" in given.json()["properties"]["trip"]["properties"]
    assert given.out == named.out


def test_what_a_pack_says_does_nothing_to_a_terminal(tmp_path: Path) -> None:
    """Hidden characters are escaped; they are the same for whoever reads the JSON."""
    text = OVER + QUESTION.replace("Which seat?", '"Which\\x1b[31m \\u202eseat?"')
    write(tmp_path / "over", {"over": text})
    done = run("checklist", "schema", "answers", "--pack", "over", folder=tmp_path)
    assert "\x1b" not in done.out
    assert "\u202e" not in done.out
    seat = done.json()["properties"]["trip"]["properties"]["seat"]
    assert seat["description"].startswith("Which\x1b[31m \u202eseat?")


def test_a_schema_is_written_to_a_file_once(tmp_path: Path) -> None:
    """A file that exists is replaced only with --force."""
    arguments = ("checklist", "schema", "report", "--output", "report.schema.json")
    done = run(*arguments, folder=tmp_path)
    assert (done.code, done.out) == (0, "")
    file = tmp_path / "report.schema.json"
    assert json.loads(file.read_text(encoding="utf-8"))["$id"] == "urn:travelsec:report:1"
    file.write_text("mine", encoding="utf-8")
    refused = run(*arguments, folder=tmp_path)
    assert refused.code == 2
    assert file.read_text(encoding="utf-8") == "mine"
    assert run(*arguments, "--force", folder=tmp_path).code == 0
    assert file.read_text(encoding="utf-8") != "mine"
