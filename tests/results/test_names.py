"""What is the same in several results has the same name, and the same form."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from travelsec.schema.json_files import json_file
from travelsec.schema.kinds import JSON_FILES


def models() -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield every model of every result that has fields, with its name."""
    for kind in JSON_FILES:
        schema = json_file(kind)
        yield kind, schema
        yield from schema["$defs"].items()


def enums(schema: Any) -> Iterator[str]:
    """Yield each word that a schema has in a list of those allowed."""
    if isinstance(schema, dict):
        yield from (word for word in schema.get("enum", ()) if isinstance(word, str))
        for part in schema.values():
            yield from enums(part)
    elif isinstance(schema, list):
        for part in schema:
            yield from enums(part)


@pytest.mark.parametrize("kind", JSON_FILES)
def test_a_value_of_a_few_is_in_lower_case_with_hyphens(kind: str) -> None:
    """Programs compare it; the text may say it in another way."""
    values = set(enums(json_file(kind)))
    odd = {value for value in values if not re.fullmatch(r"[a-z-]*|travelsec\.[a-z-]+/1", value)}
    assert odd == set()


@pytest.mark.parametrize(
    ("field", "form"),
    [
        ("open_must", "array"),
        ("code", "string"),
        ("message", "string"),
        ("for", "string"),
        ("unread", "string"),
    ],
)
def test_a_field_of_this_name_has_one_form(field: str, form: str) -> None:
    """But for counts: totals, and the list of what was not read."""
    found = {
        name: model["properties"][field].get("type")
        for name, model in models()
        if field in model.get("properties", {}) and name not in ("Totals", "checklist-diff")
    }
    assert len(found) > 1
    assert set(found.values()) == {form}, found


@pytest.mark.parametrize(
    ("model", "names"),
    [
        ("TripSummary", {"dates"}),  # `when` is a condition
        ("EntryChange", {"for"}),  # `audience` is the traveller or the manager
        ("UnreadReport", {"unread"}),  # `why` is the reason that the guidance gives
        ("Trouble", {"message"}),  # as warnings have it
    ],
)
def test_no_other_thing_has_that_name(model: str, names: set[str]) -> None:
    """A name that already means something is not used for something else."""
    found = dict(models())[model]["properties"]
    assert names <= found.keys()
    assert not {"when", "audience", "why", "text"} & found.keys()
