"""Reading a line of JSON, fast or with the places of its faults."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.examples import examples
from travelsec.pack import json_line
from travelsec.problems import InputError

SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8)
JSON = st.recursive(
    SCALARS | st.sampled_from(["NO", "null", "~", "2026-12-01"]),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=6,
)
JSON_CHARACTERS = '{}[]":,\\u1234eE+-.0 truefalsnNI\t\r\n'


@settings(max_examples=examples(120))
@given(JSON.map(json.dumps) | st.text(JSON_CHARACTERS, max_size=30))
def test_a_line_is_json_if_python_says_so(text: str) -> None:
    """And both ways of reading give the same."""

    def refuse(_: str) -> None:
        raise ValueError

    try:
        found = json_line.parse_line(text.encode(), "b.jsonl", 1)
    except InputError as error:
        if "this is not JSON: " in str(error) and "half a character" not in str(error):
            with pytest.raises(ValueError):  # noqa: PT011 - json gives many kinds
                json.loads(text, parse_constant=refuse)
        return
    if isinstance(found, dict):
        assert found == plain(json.loads(text, parse_int=str, parse_float=str))
        assert "\\ud" in text.lower() or json_line.decode_line(text.encode()) == found


def plain(value: Any) -> Any:
    """Turn true and false into texts, as both ways of reading do."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict):
        return {key: plain(one) for key, one in value.items()}
    return [plain(one) for one in value] if isinstance(value, list) else value
