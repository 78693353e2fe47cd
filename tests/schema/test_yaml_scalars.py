"""What editors make of the plain scalars of YAML."""

from __future__ import annotations

import re
from typing import Any

import pytest

from travelsec.schema.yaml_scalars import any_case, forms, names


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("laptop", ["laptop"]),
        ("no", ["no", False]),
        ("010", ["010", 10, 8]),
        ("0x1f", ["0x1f", 31]),
        ("1.5", ["1.5", 1.5]),
    ],
)
def test_a_word_has_all_forms_that_parsers_give_it(word: str, expected: list[Any]) -> None:
    """The word itself comes first."""
    assert forms(word) == expected


def test_a_name_is_written_as_a_parser_would_write_it() -> None:
    """Some parsers write a whole float without a point."""
    assert names("1.0") == ["1.0", "1"]
    assert names("on") == ["on", "true"]
    assert names("laptop") == ["laptop"]


def test_a_pattern_matches_a_word_in_any_case() -> None:
    """“ſ” counts as an s."""
    for word in ("yes", "YES", "yEſ"):
        assert re.fullmatch(any_case("yes"), word)
    assert not re.fullmatch(any_case("yes"), "ye")
