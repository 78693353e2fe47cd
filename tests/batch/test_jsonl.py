"""A line of JSON is read as an answers file is; every fault at its line and column."""

from __future__ import annotations

import datetime
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.examples import examples
from tests.hostile import texts
from travelsec.batch import jsonl
from travelsec.batch.starters import Starter, StarterReader
from travelsec.pack.model import Pack
from travelsec.problems import InputError, Place, Problem
from travelsec.trip.answers import Answers, AnswersReader
from travelsec.trip.facts import Facts

TODAY = datetime.date(2026, 11, 1)
REQUIRED = {"abroad": True, "devices": ["laptop"]}


def reader(pack: Pack, *options: str, defaults: bool = False) -> StarterReader:
    """Return a reader of lines of `b.jsonl`."""
    return StarterReader(pack, "b.jsonl", options, defaults=defaults, today=TODAY)


def read(reader: StarterReader, data: bytes, number: int = 7) -> Starter:
    """Read a line of it."""
    return jsonl.read(data, Place(reader.file, number, 1), reader)


def faults(pack: Pack, line: str | bytes, *options: str) -> list[str]:
    """Return the faults of line 7, which has some."""
    data = line.encode("utf-8", "surrogatepass") if isinstance(line, str) else line
    with pytest.raises(InputError) as caught:
        read(reader(pack, *options), data)
    return list(map(str, caught.value.problems))


def test_a_line_gives_facts_and_statuses(pack: Pack) -> None:
    """Numbers, booleans and null are JSON's own; the settings win."""
    line = (
        '{"trip": {"abroad": true, "devices": ["phone"], "count": 2, "country": null}, '
        '"items": {"trip.charger": {"status": "declined", "reason": "\\ud83d\\ude00"}}}'
    )
    facts, answers, _ = read(reader(pack, "count=3", "trip.know-loss=agreed"), line.encode())
    assert answers.facts == {"abroad": True, "devices": ("phone",), "count": 3}
    assert answers.statuses["trip.charger"].reason == "😀"
    assert answers.statuses["trip.know-loss"].status == "done"
    assert facts.value("count") == 3


ONE_FAULT = [
    # What is no JSON.
    ("", "b.jsonl:7:1: this is not JSON: it ends too early"),
    ("nope", "b.jsonl:7:1: this is not JSON: “nope” is not a value"),
    ('{"trip": NaN}', "b.jsonl:7:1: this is not JSON: NaN is not a number"),
    ('{"trip": -Infinity}', "b.jsonl:7:1: this is not JSON: -Infinity is not a number"),
    ("{'trip': {}}", "b.jsonl:7:2: this is not JSON: “'trip': {}}” needs double quotation marks"),
    ('{"trip" {}}', "b.jsonl:7:9: this is not JSON: “{}}” cannot follow; a comma, a colon"),
    ('{"trip": {}', "b.jsonl:7:12: this is not JSON: it ends too early"),
    ('{"trip": [1 2]}', "b.jsonl:7:13: this is not JSON: “2]}” cannot follow"),
    ("{} {}", "b.jsonl:7:4: this is not JSON: “{}” cannot follow"),
    ('{"trip": "x', 'b.jsonl:7:10: this is not JSON: the text “"x” has no closing quotation mark'),
    ('{"trip": "\t"}', "b.jsonl:7:11: this is not JSON: a text has the character U+0009 in it"),
    ('{"trip": "\\x"}', 'b.jsonl:7:11: this is not JSON: “\\x"}” is not an escape; write \\\\'),
    (b'{"trip": "\xff"}', "b.jsonl:7:11: this is not UTF-8 text"),
    ('{"é": "\ud800"}'.encode("utf-8", "surrogatepass"), "b.jsonl:7:8: this is not UTF-8 text"),
    ('{"trip": "\x7f"}', "b.jsonl:7:11: the character U+007F is not allowed: remove it"),
    # What JSON may hold, and answers may not.
    ('{"trip": {"count": 1e400}}', "b.jsonl:7:11: count: “1e400” is not a whole number"),
    ('{"trip": {"count": 1.0}}', "b.jsonl:7:11: count: “1.0” is not a whole number"),
    ('{"é": "\\ud800"}', "b.jsonl:7:1: this is not JSON: a text has half a character in it"),
    ('{"trip": {}, "trip": {}}', "b.jsonl:7:14: “trip” appears twice here"),
    *(
        (line, f"b.jsonl:7:{column}: nested deeper than 20")
        for levels in (21, 999, 1_001, 5_000, 200_000)
        for line, column in (
            ("[" * levels, 21),
            ("[" * levels + "]" * levels, 21),
            ('{"a":' * levels, 101),
            ('{"a":' * levels + "1" + "}" * levels, 101),
            ('{"trip": {"count": ' + "[" * levels + "]" * levels + "}}", 38),
        )
    ),
    ('{"a":' * 20 + "1" + "}" * 20, "b.jsonl:7:2: unknown field “a”"),
    (" " * (4 << 20) + "{}", "b.jsonl:7:1: the line is longer than 4 MiB"),
    # What is no answer.
    ("[]", 'b.jsonl:7:1: a line must be an object: {"trip": {…}, "items": {…}}'),
    ("12", 'b.jsonl:7:1: a line must be an object: {"trip": {…}, "items": {…}}'),
    (
        '{"trips": {}}',
        "b.jsonl:7:2: unknown field “trips” (allowed: key, trip, items; did you mean ",
    ),
    ('{"trip": []}', "b.jsonl:7:10: “trip” maps names to answers: name: answer"),
    ('{"trip": {"depart": 1}}', "b.jsonl:7:11: there is no fact “depart” (allowed: "),
    ('{"items": {"charger": "done"}}', "b.jsonl:7:12: there is no item “charger” (allowed: "),
    ('{"trip": {"count": -1}}', "b.jsonl:7:11: count: “-1” is not a whole number from 0 to 999999"),
    ('{"trip": {"count": true}}', "b.jsonl:7:11: count: “true” is not a whole number"),
    ('{"trip": {"devices": [true]}}', "b.jsonl:7:11: devices: “true” is not a choice"),
    ('{"trip": {"count": 1' + "0" * 5000 + "}}", "b.jsonl:7:11: count: “1000"),
    (
        '{"trip": {"departs": "2026-12-05", "returns": "2026-12-01"}}',
        "b.jsonl:7:36: the return (Tue 1 December 2026) is before the departure",
    ),
]


@pytest.mark.parametrize(("line", "expected"), ONE_FAULT)
def test_a_fault_says_what_is_wrong_and_where(pack: Pack, line: str | bytes, expected: str) -> None:
    """One fault, at its line and column, with what would be right."""
    (fault,) = faults(pack, line)
    assert fault.startswith(expected)
    assert len(fault) < 500


@pytest.mark.parametrize("line", ['{"trip": {},}', '{"trip": ["a",]}', '{"a":1,,"b":1}', '{"a":}'])
def test_a_comma_too_many_is_told(pack: Pack, line: str) -> None:
    """Python 3.13 points at the comma before a bracket, others behind it."""
    (fault,) = faults(pack, line)
    assert fault.endswith(": this is not JSON: there is a comma too many, or a value is missing")


def test_of_a_key_that_stands_twice_no_other_line_is_named(pack: Pack) -> None:
    """Where it stands first is in this line, which is not line 1 of the file."""
    assert faults(pack, '{"trip": {}, "trip": {}}') == ["b.jsonl:7:14: “trip” appears twice here"]


def test_all_faults_of_a_line_are_told(pack: Pack) -> None:
    """Each at its own column."""
    line = '{"trip": {"abroad": "x", "count": [ ]}, "items": {"trip.charger": "don"}, "x": 1}'
    assert [fault.split(": ")[0] for fault in faults(pack, line)] == [
        f"b.jsonl:7:{column}" for column in (11, 26, 51, 75)
    ]


def test_what_is_required_is_a_fault_of_the_line(pack: Pack) -> None:
    """Every such fact, with how to give it; defaults and settings can give it too."""
    found = faults(pack, '{"trip": {}}')
    assert found
    assert all(fault.startswith("b.jsonl:7:1: there is no answer to “") for fault in found)
    assert any("for every line with --set abroad=true (true or false)" in one for one in found)
    assert read(reader(pack, "abroad=no", "devices=none"), b"{}").answers.facts


def test_a_contradiction_with_a_setting_is_a_fault_of_the_line(pack: Pack) -> None:
    """It names the line and the option."""
    (fault,) = faults(pack, '{"trip": {"departs": "2026-12-05"}}', "returns=2026-12-01")
    assert fault.startswith("b.jsonl:7:1: --set returns=2026-12-01: the return ")


def test_wrong_settings_are_told_once(pack: Pack) -> None:
    """Before any line is read."""
    with pytest.raises(InputError, match="--set abroad=x: abroad"):
        reader(pack, "abroad=x")


@pytest.mark.slow
def test_very_many_faults_take_no_minutes(pack: Pack) -> None:
    """A line of 4 MiB of unknown names is refused in seconds."""
    names = ",".join(f'"fact{number}":1' for number in range(20_000))
    assert len(faults(pack, f'{{"trip": {{{names}}}}}')) == 20_000
    (fault,) = faults(pack, f'{{"trip": {{"devices": [{"1," * 250_000}1]}}}}')
    assert fault.endswith("a file may have at most 250000 values")


# The two ways of reading JSON, and that of answers files

NAMES = [
    *("abroad", "devices", "country", "departs", "returns", "count", "manager", "name"),
    *("trip.charger", "trip.clean-device", "trip.clear-files", "status", "reason", "note", "x"),
]
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.sampled_from(["laptop", "2026-12-01", "done", "declined", "null", "~", "NO", "02", ""]),
    # YAML takes these for the ends of lines.
    texts().map(lambda text: "".join(one for one in text if one not in "\x85\u2028\u2029")),
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=3)
    ),
    max_leaves=6,
)
PARTS = st.dictionaries(st.sampled_from(NAMES), VALUES, max_size=5)
LINES = st.fixed_dictionaries({"trip": PARTS, "items": PARTS}) | VALUES
STYLES = st.sampled_from(
    [
        {},
        {"ensure_ascii": False},
        {"separators": (",", ":")},
        {"ensure_ascii": False, "separators": (" , ", " : ")},
    ]
)


def answers_or_faults(pack: Pack, data: bytes) -> Answers | list[str]:
    """Read an answers file as `--answers` does."""
    one = AnswersReader(pack)
    one.read_file(data, "b.jsonl")
    try:
        return one.finish(Facts(pack, one.answers.facts, TODAY))
    except InputError as error:
        return list(map(str, error.problems))


@settings(max_examples=examples(120))
@given(LINES, STYLES)
def test_a_line_and_an_answers_file_hold_the_same(
    pack: Pack, value: Any, style: dict[str, Any]
) -> None:
    """The same answers, or the same faults at the same columns; whatever is written how."""
    if isinstance(value, dict) and isinstance(value.get("trip"), dict):
        value = {**value, "trip": {**REQUIRED, **value["trip"]}}
    data = json.dumps(value, **style).encode("utf-8", "surrogatepass")
    expected = answers_or_faults(pack, data)
    try:
        found: Answers | list[str] = read(reader(pack), data, 1).answers
    except InputError as error:
        # A line can have one field more.
        found = [
            str(one).replace("(allowed: key, trip", "(allowed: trip") for one in error.problems
        ]
    if isinstance(expected, Answers):
        # A line must bring all that is required; a file may leave it to options.
        if isinstance(found, list):
            assert all("there is no answer to" in one for one in found)
        else:
            assert found == expected
    elif any(text in expected[0] for text in ("mapping with", "not YAML")):
        # The same is refused, in words that fit the kind of file.
        assert isinstance(found, list)
    elif b"\\ud" in data:
        # Reading YAML joins such halves of characters first, and counts columns then.
        assert isinstance(found, list)
        assert len(found) == len(expected)
    else:
        assert found == expected


@settings(max_examples=examples(120))
@given(st.one_of(st.binary(max_size=60), LINES.map(lambda one: json.dumps(one).encode())))
def test_anything_gives_a_trip_or_faults_of_its_line(pack: Pack, data: bytes) -> None:
    """Each fault with the file, the number of the line, and a column that is in the line."""
    problems: tuple[Problem, ...] | None = None
    try:
        read(reader(pack), data, 12)
    except InputError as error:
        problems = error.problems
    assert problems is None or problems
    for problem in problems or ():
        assert problem.place[:2] == ("b.jsonl", 12)
        assert 1 <= problem.place.column <= len(data) + 1
