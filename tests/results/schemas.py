"""Compare what a command prints as JSON with the schema that travelsec prints for it."""

from __future__ import annotations

import re
from typing import Any

from jsonschema import Draft202012Validator

from travelsec.schema.json_files import json_file


def assert_fits(data: Any) -> None:
    """Assert that the data has what its schema says, all of it, and nothing else."""
    named = re.fullmatch(r"travelsec\.([a-z-]+)/1", data["schema"])
    assert named is not None
    schema = json_file(named[1])
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema)
    assert [f"{list(error.path)}: {error.message}" for error in validator.iter_errors(data)] == []
    assert not validator.is_valid({**data, "unheard_of": 1})
    assert [name for name in data if validator.is_valid({**data, name: object})] == []
    for name in data:
        assert not validator.is_valid({key: data[key] for key in data if key != name}), name
    for name, model in {"": schema, **schema["$defs"]}.items():
        assert "properties" not in model or model["additionalProperties"] is False, name
