"""The schemas of reports and decisions fit what travelsec writes, and all that it reads."""

from __future__ import annotations

import copy
import datetime
import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, FormatChecker

from tests.report import samples
from tests.review.doctored import with_each_status
from tests.review.doctored.test_never_written import CASES, with_value
from tests.schema.changes import changed
from travelsec.pack.model import Pack
from travelsec.problems import UserError
from travelsec.report import json as report_json
from travelsec.report import read
from travelsec.report.model import PackRef
from travelsec.review import decision, jsonl
from travelsec.review import json as review_json
from travelsec.review.model import Decided, Difference, Reviewed, SetAside
from travelsec.review.priority import Totals
from travelsec.schema.json_files import json_file
from travelsec.schema.kinds import JSON_FILES


def whole_lines(schema: Any) -> Any:
    """Return a schema whose patterns end at the end: in Python `$` also is before a line break."""
    if isinstance(schema, list):
        return [whole_lines(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    return {
        key: value.replace("$", r"\Z")
        if key == "pattern" and isinstance(value, str)
        else whole_lines(value)
        for key, value in schema.items()
    }


FORMATS = FormatChecker(("date",))


def is_in_the_calendar(text: object) -> bool:
    """Return whether a moment is one: for a text that fits the pattern."""
    return not isinstance(text, str) or bool(datetime.datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ"))


FORMATS.checks("date-time", raises=ValueError)(is_in_the_calendar)
REPORT = Draft202012Validator(whole_lines(json_file("report")), format_checker=FORMATS)
DECISION = Draft202012Validator(whole_lines(json_file("decision")), format_checker=FORMATS)

ONLY_THE_READER = (
    "found a fraction",  # 1.0 is a whole number to a schema
    "the key appears twice",  # readers of JSON keep one of them
    "it is not JSON",  # NaN, half a character
    "it is not UTF-8 text",
    "nothing in it can be seen",  # the patterns of schemas do not know which characters show
)
"""What a schema cannot say, in the words of the reader. What facts mean only the packs know."""
CALENDAR = "-[0-9]{2}” is not as travelsec writes it"
"""The end of what the reader says of a day such as 2026-02-30."""
DECIDED = decision.Decision(
    schema=decision.SCHEMA,
    report=samples.REPORT_ID,
    trip=samples.TRIP_ID,
    digest="0" * 64,
    decision="approved",
    by="Jo Day",
    comment="",
    at="2026-11-25T10:00:00Z",
    as_of=datetime.date(2026, 11, 25),
    verdict="ready-with-actions",
    holds=True,
    open_must=(),
    waived=("overseas.hotel-safe",),
    musts=("overseas.clear-files", "overseas.hotel-safe"),
    packs=(PackRef("small", "2.1", "0" * 64),),
    note=decision.NOTE,
)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Return a report as plain data."""
    pack = samples.read_pack(tmp_path_factory.mktemp("pack"))
    return json.loads(report_json.render(with_each_status(pack)))


@pytest.fixture(scope="module")
def decided() -> Any:
    """Return a decision as plain data."""
    return json.loads(decision.decision_json(DECIDED))


def is_read(parse: Callable[[bytes], object], data: Any) -> bool:
    """Return whether the reader accepts the data as JSON."""
    try:
        parse(json.dumps(data).encode())
    except UserError:
        return False
    return True


JSON_SCALARS = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False, allow_infinity=False)
)


@st.composite
def changed_json(draw: st.DrawFn, tree: Any) -> Any:
    """Return the tree with a change, or with a value that is no text."""
    result = draw(changed(tree))
    if draw(st.booleans()):
        return result
    result = copy.deepcopy(tree)
    parent = result
    key = draw(st.sampled_from(list(parent)))
    while isinstance(parent[key], dict | list) and parent[key] and draw(st.integers(0, 3)):
        parent = parent[key]
        keys = list(parent) if isinstance(parent, dict) else range(len(parent))
        key = draw(st.sampled_from(list(keys)))
    parent[key] = draw(JSON_SCALARS)
    return result


@pytest.mark.parametrize("kind", JSON_FILES)
def test_each_schema_is_valid(kind: str) -> None:
    """It conforms to the draft that it names, and refuses what is not of its kind."""
    schema = json_file(kind)
    Draft202012Validator.check_schema(schema)
    assert not Draft202012Validator(schema).is_valid({"schema": "travelsec.other/1"})


def test_reports_fit(made: Any, pack: Pack) -> None:
    """That of a whole trip, and that of a trip about which little is known."""
    assert [error.message for error in REPORT.iter_errors(made)] == []
    bare = samples.make(pack, {"abroad": "no"}, {}, trip_id=None, report_id=None)
    assert REPORT.is_valid(json.loads(report_json.render(bare)))


def test_a_decision_fits(decided: Any) -> None:
    """As travelsec writes it."""
    assert [error.message for error in DECISION.iter_errors(decided)] == []


@given(data=st.data())
def test_what_the_schema_of_reports_rejects_the_reader_rejects(
    made: Any, data: st.DataObject
) -> None:
    """Whatever changes in a report, the schema is never stricter than the reader."""
    tree = data.draw(changed_json(made))
    if not REPORT.is_valid(tree):
        assert not is_read(read.parse_report, tree)


@given(data=st.data())
def test_what_the_schema_of_decisions_rejects_the_reader_rejects(
    decided: Any, data: st.DataObject
) -> None:
    """Whatever changes in a decision, the schema is never stricter than the reader."""
    tree = data.draw(changed_json(decided))
    if not DECISION.is_valid(tree):
        assert not is_read(decision.parse_decision, tree)


def refusal(parse: Callable[[bytes], object], data: Any) -> str:
    """Return why the reader refuses the data, or an empty text."""
    try:
        parse(json.dumps(data).encode())
    except UserError as error:
        return str(error)
    return ""


def is_only_the_readers(why: str) -> bool:
    """Return whether all that the reader says is among what a schema cannot say."""
    if not why:
        return True
    faults = why.partition(". travelsec writes no such")[0].split("; ")
    told = [one for one in faults if not re.search(CALENDAR, one)]
    return all(any(words in one for words in ONLY_THE_READER) for one in told)


@given(data=st.data())
def test_what_the_schema_of_reports_takes_the_reader_takes(made: Any, data: st.DataObject) -> None:
    """But for what a schema cannot say."""
    tree = data.draw(changed_json(made))
    if REPORT.is_valid(tree):
        why = refusal(read.parse_report, tree)
        assert is_only_the_readers(why), why


def test_counts_have_no_other_names(made: Any) -> None:
    """A status that travelsec does not have is refused by both."""
    tree = copy.deepcopy(made)
    counts = tree["readiness"]["counts"]
    counts["null"] = counts.pop("done")
    assert not REPORT.is_valid(tree)
    assert refusal(read.parse_report, tree)


@given(data=st.data())
def test_what_the_schema_of_decisions_takes_the_reader_takes(
    decided: Any, data: st.DataObject
) -> None:
    """But for what a schema cannot say."""
    tree = data.draw(changed_json(decided))
    if DECISION.is_valid(tree):
        why = refusal(decision.parse_decision, tree)
        assert is_only_the_readers(why), why


@pytest.mark.parametrize("case", [pytest.param(case, id=case[0]) for case in CASES])
def test_what_is_never_written_does_not_fit_the_schema(made: Any, case: Any) -> None:
    """Each doctored report is refused by both, or for a reason that no schema can have."""
    _, path, value, _ = case
    tree = json.loads(with_value(json.dumps(made).encode(), path, value))
    why = refusal(read.parse_report, tree)
    assert why
    assert not REPORT.is_valid(tree) or is_only_the_readers(why)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("schema",), "travelsec.report/2"),
        (("verdict",), "ready"),
        (("as_of",), "1 December 2026"),
        (("as_of",), None),
        (("items",), {}),
        (("items", 0, "level"), "Must"),
        (("items", 0, "status"), "agreed"),
        (("items", 0, "due"), ""),
        (("items", 0, "colour"), "red"),
        (("readiness", "verdict"), "nearly"),
        (("readiness", "counts", "done"), "3"),
        (("trip", "facts", "count"), 1.5),
        (("packs", 0, "version"), 2.1),
    ],
)
def test_mistakes_in_a_report_are_marked(made: Any, path: tuple[Any, ...], value: Any) -> None:
    """And the reader sees them too."""
    tree = copy.deepcopy(made)
    parent = tree
    for key in path[:-1]:
        parent = parent[key]
    parent[path[-1]] = value
    assert not REPORT.is_valid(tree)
    assert not is_read(read.parse_report, tree)


@pytest.mark.parametrize(
    ("fields", "is_written"),
    [
        ({"deadline": "2026-11-30", "ask": "The desk"}, True),
        ({"deadline": "2026-11-30"}, False),
        ({"ask": "The desk"}, False),
        ({"deadline": None, "ask": "The desk"}, False),
        ({"deadline": "2026-11-30", "ask": ""}, False),
        ({"deadline": "soon", "ask": "The desk"}, False),
        ({"deadline": "2026-11-30", "ask": "x" * 10_001}, False),
    ],
)
def test_a_deadline_has_somebody_to_ask(
    made: Any, fields: dict[str, Any], is_written: bool
) -> None:
    """The schema says what the reader does."""
    tree = copy.deepcopy(made)
    tree["items"][0] |= fields
    assert REPORT.is_valid(tree) is is_written
    assert is_read(read.parse_report, tree) is is_written


@pytest.mark.parametrize(
    "change", [{"decision": "approve"}, {"holds": "yes"}, {"musts": "all"}, {"signature": "x"}]
)
def test_mistakes_in_a_decision_are_marked(decided: Any, change: dict[str, Any]) -> None:
    """And the reader sees them too."""
    tree = {**decided, **change}
    assert not DECISION.is_valid(tree)
    assert not is_read(decision.parse_decision, tree)


ROWS = (
    Reviewed("unread.json", unread="it is empty"),
    Reviewed(
        "in/r.json",
        verdict="not-ready",
        open_must=("overseas.letter",),
        open=("overseas.letter",),
        waived=(SetAside("overseas.hotel-safe", "Use the safe", "No hotel"),),
        differs=(Difference("waived", "1 must item was waived.", ("x",)),),
        decision=Decided("approved", "Jo Day", "2026-11-25T10:00:00Z", "", False, ()),
    ),
)


def test_a_review_fits_its_schema() -> None:
    """Both the JSON document and each line of JSON Lines."""
    schema = json_file("review")
    document = review_json.results_json(DECIDED.as_of, Totals(2), ROWS, ["Visas."])
    Draft202012Validator(schema).validate(json.loads(document))
    line = Draft202012Validator({**schema["$defs"]["Reviewed"], "$defs": schema["$defs"]})
    for row in ROWS:
        line.validate(json.loads(jsonl.row_line(row)))
    assert not line.is_valid({**json.loads(jsonl.row_line(ROWS[1])), "holds": "yes"})
    told = {**schema["properties"], **schema["$defs"]["Reviewed"]["properties"]}
    assert told["unread"]["description"].startswith("Why it could not be read")
