"""A key makes a line the same trip on every run."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given, settings

from tests.examples import examples
from tests.hostile import texts
from travelsec import safe_text
from travelsec.batch.starters import name_of_key, read_key, trip_of_key
from travelsec.values import InvalidValue


def test_the_id_of_a_key_never_changes() -> None:
    """Another id would make every trip another one; this one is for ever."""
    assert trip_of_key("1001") == "5e148caf5216121bd1bd76295d946f02"
    assert re.fullmatch("[0-9a-f]{32}", trip_of_key("Zoë"))


@pytest.mark.parametrize(
    "others", [(" 1001\u00a0", "1001"), ("Zo\u00eb  A", "Zoe\u0308\u00a0A"), ("a-17", "A-17")]
)
def test_the_same_key_written_otherwise(others: tuple[str, str]) -> None:
    """Spaces around it, letters put together, upper case: people see no difference."""
    first, second = map(read_key, others)
    assert trip_of_key(first) == trip_of_key(second)
    assert name_of_key(first) == name_of_key(second)


@pytest.mark.parametrize(
    "raw", ["", " ", None, [], "a\nb", "x" * 201, "1\u200b", "\x1b[2J", "\ud800"]
)
def test_what_is_no_key(raw: object) -> None:
    """It is refused."""
    with pytest.raises(InvalidValue):
        read_key(raw)


def test_the_name_of_a_file_is_its_key() -> None:
    """Where a file can have that name; no two keys share one."""
    assert name_of_key("e-1001") == "e-1001"
    assert name_of_key("E-1001") == "e-1001"
    others = ["a/1", "a-1", "a 1", "a.1", "../a-1", "con", "Å-1", "å1", "中", "文"]
    assert len({name_of_key(key) for key in others}) == len(others)


@settings(max_examples=examples(100))
@given(texts())
@example("x" * 59 + "/y")
def test_any_text_is_refused_or_names_a_file(raw: str) -> None:
    """In the folder, of a length that every system takes."""
    try:
        key = read_key(raw)
    except InvalidValue:
        return
    assert read_key(key) == key
    name = name_of_key(key)
    assert safe_text.file_name(name) == name
    assert len(name) <= 80
