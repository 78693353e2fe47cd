"""The JSON of a batch."""

from __future__ import annotations

import json
from pathlib import Path

from jsonschema import Draft202012Validator

from tests.cli.command import run
from tests.results.schemas import assert_fits
from travelsec.schema.json_files import json_file

BATCH = ("prepare", "--batch", "people.jsonl", "--output-dir", "out", "--today", "2026-11-22")


def test_each_line_fits(tmp_path: Path) -> None:
    """With a report, unchanged, and without one; a line of JSON Lines is one of the list."""
    people = ('{"trip": {"abroad": false, "devices": []}}', '{"trip": {"abroadd": true}}')
    (tmp_path / "people.jsonl").write_text("\n".join(people), encoding="utf-8")
    done = run(*BATCH, "--summary", "json", folder=tmp_path)
    assert done.code == done.json()["exit_code"] == 2
    assert_fits(done.json())
    made, faulty = done.json()["lines"]
    assert (made["file"], made["faults"]) == ("out/0001.json", [])
    assert (faulty["file"], faulty["verdict"], len(faulty["faults"])) == (None, None, 1)
    again = run(*BATCH, "--summary", "jsonl", folder=tmp_path)
    schema = json_file("batch")
    line = Draft202012Validator({"$ref": "#/$defs/BatchLine", "$defs": schema["$defs"]})
    for text in again.out.splitlines():
        line.validate(json.loads(text))
    assert len(again.out.splitlines()) == 2
