"""Every command that prints JSON names a schema in it, and can print that schema."""

from __future__ import annotations

import json
import re
import shlex
import shutil
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from scripts.make_manual import helps

from tests.cli.command import Outcome, run
from travelsec.cli.command_list import of_command
from travelsec.schema.kinds import JSON_FILES

EXAMPLES = Path(__file__).parents[2] / "examples"
OFFERED = [
    (each.name.removeprefix("travelsec "), term.split()[0])
    for each in helps()
    for section in each.sections
    for term, text in section.rows
    if re.match(r"--(format|summary)\b", term) and re.search(r"\bjson\b", text)
]
"""The commands with an option that offers JSON, and the option."""
PAGE = "# Remote Working\n\n## Before you go\n\nAlways:\n\n- lock the screen\n- close the lid\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with what the examples in the help speak of."""
    folder = tmp_path_factory.mktemp("examples")
    for name in ("my-pack", "old-pack"):
        shutil.copytree(EXAMPLES / "agency", folder / name)
    shutil.copy(EXAMPLES / "lisbon.yaml", folder / "trip.yaml")
    shutil.copy(EXAMPLES / "starters.jsonl", folder)
    for name in ("remote-working", "page"):
        (folder / f"{name}.md").write_text(PAGE, encoding="utf-8")
    (folder / "reports").mkdir()
    answers = ("--no-input", "--answers", "trip.yaml")
    for output in ("report.json", "reports/report.html"):
        done = run("prepare", "--trip", "Lisbon", *answers, "--output", output, folder=folder)
        assert done.code in (0, 1), done.err
    return folder


def with_json(line: str, option: str) -> list[str]:
    """Return the words of an example, which prints JSON instead of what it did."""
    words = shlex.split(line)
    for name in (option, "--output"):
        if name in words:
            del words[words.index(name) : words.index(name) + 2]
    return [*words, option, "json"]


def run_examples(command: str, option: str, folder: Path) -> list[Outcome]:
    """Run the examples of a command that work with the option; some need a terminal.

    What a batch prints goes by `--summary`; `--format` is for its reports.
    """
    lines = [example.line for example in of_command(command)]
    fitting = [line for line in lines if ("--batch" in line) == (option == "--summary")]
    done = [run(*with_json(line, option), folder=folder) for line in fitting]
    return [each for each in done if each.code in (0, 1)]


def schema(data: Any, command: str, folder: Path) -> Any:
    """Return the schema that a result names; a list has the name of its command."""
    if isinstance(data, dict):
        kind = re.fullmatch(r"travelsec\.([a-z-]+)/[0-9]+", data["schema"])
        assert kind
        return run("checklist", "schema", kind[1], folder=folder).json()
    name = command.replace(" ", "-")
    assert JSON_FILES[name].is_list
    return run("checklist", "schema", name, folder=folder).json()


@pytest.mark.parametrize(("command", "option"), OFFERED, ids=[" ".join(each) for each in OFFERED])
def test_a_result_names_its_schema(command: str, option: str, folder: Path) -> None:
    """A new command needs an example in the help."""
    results = run_examples(command, option, folder)
    assert results, f"no example of {command} works with {option} json"
    for result in results:
        data = json.loads(result.out)
        validator = Draft202012Validator(schema(data, command, folder))
        assert [error.message for error in validator.iter_errors(data)] == []


def test_every_command_that_offers_json_is_seen() -> None:
    """In groups too, and the summary of a batch."""
    assert {("trips show", "--format"), ("doctor", "--format"), ("prepare", "--summary")} <= {
        *OFFERED
    }
