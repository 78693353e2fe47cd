"""Schemas made from the models."""

from __future__ import annotations

import datetime
from typing import Literal

from msgspec import Struct

from travelsec.schema.models import definitions, document


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
