"""The kinds of JSON that travelsec writes."""

from __future__ import annotations

from typing import Literal, get_type_hints

import pytest

from travelsec.schema.kinds import JSON_FILES


@pytest.mark.parametrize("kind", JSON_FILES)
def test_every_model_names_its_kind(kind: str) -> None:
    """In its field `schema`, unless a file is a list of it."""
    written = JSON_FILES[kind]
    named = get_type_hints(written.load()).get("schema")
    assert named == (None if written.is_list else Literal[f"travelsec.{kind}/1"])
