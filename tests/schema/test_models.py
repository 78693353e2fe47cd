"""Schemas made from the models."""

from __future__ import annotations

import datetime
from typing import Literal

import pytest
from msgspec import Struct

from travelsec.schema import json_files, pack
from travelsec.schema.models import ANY_MODEL, Schema, definitions, document


class Stay(Struct):
    """A stay,
    anywhere.
    """

    place: str
    day: datetime.date
    kind: Literal["hotel", "home"] = "hotel"
    note: str = ""


def test_a_model_becomes_a_schema_with_its_descriptions() -> None:
    """Dates get a pattern; defaults stay only if people may write them."""
    schema = definitions([Stay], {"Stay": {"place": "Where it is."}})["Stay"]
    fields = schema["properties"]
    assert schema["description"] == "A stay, anywhere."
    assert schema["required"] == ["place", "day"]
    assert fields["place"]["description"] == "Where it is."
    assert fields["day"]["pattern"] == "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
    assert fields["kind"]["default"] == "hotel"
    assert "default" not in fields["note"]


def test_a_whole_schema_has_its_own_title() -> None:
    """It replaces that of its content."""
    whole = document("stay", "A stay", {"title": "Stay", "type": "object"}, {})
    assert (whole["$id"], whole["title"], whole["type"]) == (
        "urn:travelsec:stay:1",
        "A stay",
        "object",
    )


FILES = [json_files.json_file(kind) for kind in json_files.MODELS]


@pytest.mark.parametrize(
    ("fields", "printed"),
    [(pack.FIELDS, [pack.pack()]), (json_files.FIELDS, FILES)],
    ids=["pack", "json-files"],
)
def test_every_described_field_exists(
    fields: dict[str, dict[str, str]], printed: list[Schema]
) -> None:
    """Otherwise the description of a field that was renamed would be lost without a word."""
    models: dict[str, Schema] = {}
    for schema in printed:
        # The model of the whole file stands at the top, under the title of the file.
        kind = schema["$id"].split(":")[2]
        name = json_files.MODELS[kind][1].__name__ if kind in json_files.MODELS else "Pack"
        models |= {name: schema, **schema["$defs"]}
    known = {name: set(model.get("properties", {})) for name, model in models.items()}
    known[ANY_MODEL] = set().union(*known.values())
    described = {name: set(texts) for name, texts in fields.items()}
    assert {name: left for name in described if (left := described[name] - known[name])} == {}
