"""The examples of the commands; `tests/test_documented_commands.py` runs each of them."""

from __future__ import annotations

from tests.cli.test_app import CALLBACKS
from travelsec.cli.command_list import COMMANDS, EXAMPLES, of_command


def test_every_command_has_an_example() -> None:
    """Also every command below one."""
    assert [path for path in CALLBACKS if not of_command(path)] == []


def test_every_example_is_of_a_command() -> None:
    """None is there twice, and none is too long for its line in the help."""
    lines = [one.line for one in EXAMPLES]
    assert sorted(set(lines)) == sorted(lines)
    assert {line.split()[0] for line in lines} == set(COMMANDS)
    assert [line for line in lines if len(f"  travelsec {line}") > 80] == []


def test_examples_are_found_by_whole_words() -> None:
    """Those of a group are those of all its commands."""
    lists = [one.line for one in of_command("trips list")]
    assert lists == ["trips list", "trips list --format json"]
    assert set(lists) < {one.line for one in of_command("trips")}
    assert of_command("trip") == []
