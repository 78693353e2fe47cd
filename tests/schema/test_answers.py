"""The schema of answers files knows the packs, and is never stricter than the reader."""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from tests.pack.packs import OVER, base, load_over
from tests.schema.changes import changed, plain
from tests.schema.readings import Plain, readings, written
from travelsec.batch import jsonl
from travelsec.batch.starters import StarterReader
from travelsec.pack.load import load
from travelsec.pack.model import Pack
from travelsec.problems import InputError, Place
from travelsec.schema.answers import answers, starter
from travelsec.trip.answers import AnswersReader
from travelsec.trip.facts import Facts

ROOT = Path(__file__).parent.parent.parent
TODAY = datetime.date(2026, 11, 24)

ODD = """
questions:
  - {id: seats, ask: Which seat?, type: choice, choices: {1: One, 1e3: Many, no: None, 010: Eight}}
  - {id: through, ask: Which countries?, type: countries}
  - {id: sides, ask: Which sides?, type: choices, choices: {on: On, off: Off, 7: Seven}}
checklist:
  id: 1
  title: Odd
  sections:
    - id: one
      title: One
      phase: before
      items:
        - {id: 50, label: L, do: D, level: must, cites: [leaflet]}
        - {id: 1e3, label: L, do: D, level: should, cites: [leaflet], formerly: [2, 3-4]}
"""
TREE: dict[str, Any] = plain(
    {
        "trip": {
            "abroad": "yes",
            "devices": ["laptop", "phone"],
            "country": "NO",
            "departs": "2026-12-01",
            "returns": "2026-12-05",
            "count": "2",
            "manager": [{"name": "Ann Lee", "telephone": "02079460000"}, "No"],
            "seats": "010",
            "sides": ["on", "7"],
            "through": ["NO", "Turkey"],
        },
        "items": {
            "trip.clean-device": "done",
            "trip.charger": {"status": "declined", "reason": "0"},
            "trip.know-loss": {"status": "agreed", "note": "1.0"},
            "1.50": "todo",
            "1.2": {"status": "not-applicable", "reason": "no", "note": None},
        },
    }
)


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Pack:
    """Load a small pack whose ids look like other things."""
    return load_over(tmp_path_factory.mktemp("packs"), ODD)


@pytest.fixture(scope="module")
def validator(pack: Pack) -> Draft202012Validator:
    """Make the schema for it."""
    return Draft202012Validator(answers(pack))


def faults(pack: Pack, text: str) -> list[str]:
    """Return what the reader says about an answers file."""
    reader = AnswersReader(pack)
    reader.read_file(text.encode(), "a.yaml")
    try:
        reader.finish(Facts(pack, reader.answers.facts, TODAY))
    except InputError as error:
        return [str(problem) for problem in error.problems]
    return []


def rejections(validator: Draft202012Validator, text: str) -> list[str]:
    """Return, for each reading of a text, what the schema has against it."""
    return [error.message for data in readings(text) for error in validator.iter_errors(data)]


def test_the_schema_is_valid(validator: Draft202012Validator) -> None:
    """It conforms to the draft that it names."""
    Draft202012Validator.check_schema(validator.schema)
    assert validator.schema["$id"] == "urn:travelsec:answers:1"


def test_the_examples_fit() -> None:
    """The answers file and the batch in `examples` fit the bundled pack."""
    bundled = Draft202012Validator(answers(load()))
    text = (ROOT / "examples/lisbon.yaml").read_text(encoding="utf-8")
    assert len(readings(text)) == 2
    assert rejections(bundled, text) == []
    assert rejections(bundled, "trip: {departs: None, returns: none, service_desk: digital}") == []
    assert rejections(bundled, "trip: {devices: [laptop], departs: never}") != []
    lines = Draft202012Validator(starter(load()))
    for line in (ROOT / "examples/starters.jsonl").read_text(encoding="utf-8").splitlines():
        assert lines.is_valid(json.loads(line))


@pytest.mark.parametrize("key", ["a 1", " A1 ", 7, 1.5, True, "", " ", None, ["a"], {}])
def test_a_line_of_a_batch_may_have_a_key(key: Any, pack: Pack) -> None:
    """The reader takes the same keys as the schema. An answers file has none."""
    line = {"key": key, "trip": {"abroad": "yes", "devices": ["laptop"]}}
    assert not Draft202012Validator(answers(pack)).is_valid(line)
    reader = StarterReader(pack, "a.jsonl", (), False, TODAY)
    try:
        jsonl.read(json.dumps(line).encode(), Place("a.jsonl", 1, 1), reader)
        is_read = True
    except InputError:
        is_read = False
    assert Draft202012Validator(starter(pack)).is_valid(line) is is_read
    assert is_read is (isinstance(key, int | float) or bool(isinstance(key, str) and key.strip()))


def test_another_field_in_a_line_of_a_batch_is_marked(pack: Pack) -> None:
    """Such as a misspelt one; everything else is as in an answers file."""
    validator = Draft202012Validator(starter(pack))
    assert validator.schema["$id"] == "urn:travelsec:starter:1"
    assert validator.is_valid(TREE)
    assert not validator.is_valid({**TREE, "keys": "a"})


def test_what_only_looks_like_a_number_fits(pack: Pack, validator: Draft202012Validator) -> None:
    """Choices, names and reasons that a parser takes for other types are no mistakes."""
    text = written(TREE)
    assert faults(pack, text) == []
    assert len(readings(text)) == 2
    assert rejections(validator, text) == []


@given(data=st.data())
def test_what_the_schema_rejects_the_reader_rejects(
    pack: Pack, validator: Draft202012Validator, data: st.DataObject
) -> None:
    """Whatever changes in a file, the schema is never stricter than the reader."""
    text = written(data.draw(changed(TREE)))
    if rejections(validator, text):
        assert faults(pack, text), text


@pytest.mark.parametrize(
    ("fact", "value"),
    [
        *[("abroad", value) for value in ("true", "Yes", "NO", "'no '", "FALSE", "null", "~")],
        *[("devices", value) for value in ("[]", "laptop", "'laptop , phone,'", "none", "[phone]")],
        *[("country", value) for value in ("NO", "1e3", "12:30", "true", "2026-12-01", '"Null"')],
        *[("departs", value) for value in ("2026-12-01", "' 2026-12-01 '", '"2026-12-01"')],
        *[("count", value) for value in ("0", "007", "089", "'12 '", "999999")],
        *[("manager", value) for value in ("Ann", "No", "[{name: A}]", "{name: A, telephone: 02}")],
        *[("seats", value) for value in ("1", "'1'", "1e3", "no", "' no '", "010")],
        *[("sides", value) for value in ("[on, off]", "on", "7", "'7, off'", "[7, '7']")],
    ],
)
def test_every_way_of_writing_an_answer_fits(
    pack: Pack, validator: Draft202012Validator, fact: str, value: str
) -> None:
    """The reader accepts it, and so does the schema, in both versions of YAML."""
    text = f"trip: {{{fact}: {value}}}"
    assert faults(pack, text) == []
    assert len(readings(text)) == 2
    assert rejections(validator, text) == []


@pytest.mark.parametrize(
    "text",
    [
        "trips: {}",
        "trip: [abroad]",
        "trip: {abraod: true}",
        "trip: {abroad: maybe}",
        "trip: {abroad: 1}",
        "trip: {devices: [lap-top]}",
        "trip: {devices: lap-top}",
        "trip: {devices: {laptop: true}}",
        "trip: {country: [Norway]}",
        "trip: {country: ''}",
        "trip: {departs: 1 December}",
        "trip: {departs: 2026-12}",
        "trip: {count: two}",
        "trip: {count: -1}",
        "trip: {count: 1000000}",
        "trip: {count: 1.5}",
        "trip: {manager: [{name: Ann, phone: 12}]}",
        "trip: {manager: [{telephone: 12}]}",
        "trip: {seats: 2}",
        "trip: {trip.charger: done}",
        "items: {abroad: true}",
        "items: {trip.chargers: done}",
        "items: {charger: done}",
        "items: {trip.charger: yes}",
        "items: {trip.charger: Done}",
        "items: {trip.charger: [done]}",
        "items: {trip.charger: declined}",
        "items: {trip.charger: {status: declined}}",
        "items: {trip.charger: {status: declined, reason: ''}}",
        "items: {trip.charger: {status: declined, reason: null}}",
        "items: {trip.charger: {reason: None left}}",
        "items: {trip.charger: {status: done, comment: Good}}",
        "items: {trip.charger: {status: done, note: [Good]}}",
        f"items: {{trip.charger: {{status: done, note: {'x' * 1001}}}}}",
        "items: done",
    ],
)
def test_typical_mistakes_are_marked(
    pack: Pack, validator: Draft202012Validator, text: str
) -> None:
    """In both versions of YAML; the reader finds them too."""
    found = readings(text)
    assert len(found) == 2
    assert all(not validator.is_valid(data) for data in found)
    assert faults(pack, text)


def test_questions_and_items_of_an_overlay_are_in_it(tmp_path: Path) -> None:
    """Editors complete their names and show their texts."""
    bottom = answers(load(bundled=base(tmp_path)))
    (tmp_path / "over").mkdir()
    (tmp_path / "over/over.yaml").write_text(OVER + ODD, encoding="utf-8")
    both = answers(load([tmp_path / "over"], bundled=tmp_path / "base"))
    assert "seats" not in bottom["properties"]["trip"]["properties"]
    seats = both["properties"]["trip"]["properties"]["seats"]
    assert "Which seat?" in seats["description"]
    assert "1e3: Many" in seats["description"]
    assert seats["anyOf"][0]["enum"][:4] == ["1", "1e3", "no", "010"]
    items = both["properties"]["items"]["properties"]
    assert items["trip.charger"]["description"] == "should: Pack a charger."
    former = items["trip.clean-device"]
    assert former["deprecated"]
    assert former["description"].startswith("The former name of trip.clear-files.")


def test_a_status_is_offered_as_a_word() -> None:
    """Those that need a reason are offered only with one."""
    status = answers(load())["$defs"]["Status"]["anyOf"]
    assert status[0]["enum"] == ["done", "agreed", "todo", None]
    assert "if" not in status[0]


def test_the_tree_has_what_looks_like_other_things() -> None:
    """Otherwise the properties above would prove little."""
    first, second = readings(written(TREE))
    assert first["trip"]["abroad"] is True
    assert second["trip"]["seats"] == 10
    assert isinstance(TREE["trip"]["count"], Plain)


def test_a_date_that_must_be_one_cannot_be_none(validator: Draft202012Validator) -> None:
    """Its question does not say what that would mean."""
    assert rejections(validator, "trip: {departs: none}") != []
