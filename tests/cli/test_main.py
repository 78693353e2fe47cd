"""Errors become exit codes, and one message each."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.command import run


def test_a_wrong_command_is_told(tmp_path: Path) -> None:
    """With the nearest match, exit code 2."""
    done = run("prepar", folder=tmp_path)
    assert done.code == 2
    assert "prepare" in done.err


@pytest.mark.parametrize("argument", ["--\u202e.json", "\u202ereview", "--set\x9b=x"])
def test_an_option_with_hidden_characters_is_spelled_out(tmp_path: Path, argument: str) -> None:
    """`*` in a folder of strangers can make one of a file's name."""
    done = run(argument, folder=tmp_path)
    assert done.code == 2
    assert "there is no command or option" in done.err
    assert not {"\u202e", "\x9b"} & set(done.err)


def test_one_fault_has_no_heading_and_many_are_counted_and_cut(tmp_path: Path) -> None:
    """So that the first line says how much is wrong, and the screen does not run away."""
    arguments = ("prepare", "--answers", "-")
    for number, head, last in (
        (1, "Error: stdin:1:11: there is no fact “fact0”", "fact0"),
        (3, "Error: 3 faults:", "fact2"),
        (500, "Error: 500 faults:", "… and 301 more"),
    ):
        answers = {"trip": {f"fact{one}": 1 for one in range(number)}}
        done = run(*arguments, folder=tmp_path, stdin=json.dumps(answers))
        lines = done.err.splitlines()
        assert (done.code, done.out) == (2, "")
        assert lines[0].startswith(head)
        assert last in lines[-1]
        assert len(lines) == min(number + (number > 1), 201)
