"""What the terminal can do, and which variables have an effect."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from tests.cli.command import run
from tests.terminal import Terminal


def seen(folder: Path, **env: str) -> Any:
    return run("doctor", "--format", "json", folder=folder, **env).json()


def test_a_pipe_is_no_terminal(tmp_path: Path) -> None:
    """80 columns, no colour, and nobody to ask."""
    found = seen(tmp_path)["terminal"]
    assert [stream["terminal"] for stream in found["streams"]] == [False, False, False]
    assert (found["width"], found["height"], found["colour"]) == (80, 24, False)
    assert (found["unicode"], found["questions"]) == (True, "none")


@pytest.mark.parametrize(
    ("env", "colour", "questions"),
    [
        ({}, "yes", "drawn"),
        ({"NO_COLOR": "1"}, "no", "drawn"),
        ({"TERM": "dumb"}, "no", "line by line"),
        ({"ACCESSIBLE": "1"}, "yes", "line by line"),
        ({"ACCESSIBLE": "0"}, "yes", "drawn"),
    ],
)
def test_a_terminal_has_a_size_and_ways(
    env: dict[str, str], colour: str, questions: str, tmp_path: Path
) -> None:
    """They follow from the window and from the variables."""
    terminal = Terminal("doctor", folder=tmp_path, rows=70, columns=91, env=env)
    assert terminal.finish() == 0
    words = " ".join(terminal.text().split())
    assert re.findall(r"std\w+:? a terminal", words)
    assert re.search(r"Size:? 91 × 70", words)
    assert re.search(rf"Colour:? {colour} ", words)
    assert re.search(rf"Questions:? {questions} ", words)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "value", "effect"),
    [
        ("NO_COLOR", "Xanthippe", "no colour"),
        ("NO_COLOR", "", "none: this value changes nothing"),
        ("TERM", "dumb", "no colour, and questions line by line"),
        ("TERM", "xanthippe", "names the terminal"),
        ("ACCESSIBLE", "1", "questions line by line, for screen readers"),
        ("ACCESSIBLE", "no", "none: this value changes nothing"),
        ("COLUMNS", "120", "lines are 120 columns wide"),
        ("COLUMNS", "wide", "none: this value changes nothing"),
        ("TRAVELSEC_DEBUG", "1", "a failure of travelsec prints a traceback"),
    ],
)
def test_a_variable_says_its_effect_and_not_its_value(
    name: str, value: str, effect: str, tmp_path: Path
) -> None:
    """A value can hold anything."""
    found = seen(tmp_path, **{name: value})["variables"]
    effects = {one["name"]: one["effect"] for one in found}
    assert effects[name].startswith(effect)
    assert "anthippe" not in str(found)


def test_a_variable_that_is_not_set_is_not_told(tmp_path: Path) -> None:
    """Only TERM is, in a test."""
    assert [one["name"] for one in seen(tmp_path)["variables"]] == ["TERM"]
