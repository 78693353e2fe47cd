"""The differences as JSON."""

from __future__ import annotations

import json

from jsonschema import Draft202012Validator

from tests.changes.samples import sample
from tests.hostile import FRAGMENTS
from travelsec.changes.json import render
from travelsec.changes.model import SCHEMA, Diff
from travelsec.schema.json_files import json_file


def test_it_is_as_the_schema_says() -> None:
    """With reports and without."""
    schema = Draft202012Validator(json_file("checklist-diff"))
    for diff in (sample(), Diff(SCHEMA, "installed", "my-pack", False, ())):
        data = json.loads(render(diff))
        schema.validate(data)
        assert data["schema"] == "travelsec.checklist-diff/1"
    assert data["trips"] is None


def test_it_is_plain_ascii() -> None:
    """Nothing in it can act on a terminal."""
    assert render(sample("".join(FRAGMENTS))).isascii()
