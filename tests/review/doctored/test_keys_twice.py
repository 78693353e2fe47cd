"""No object of a report, a decision or answers has a key twice."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.report import samples
from tests.review.reports import as_json, as_page, codes
from travelsec.batch import jsonl
from travelsec.batch.starters import StarterReader
from travelsec.pack.model import Pack
from travelsec.problems import InputError, Place, UserError
from travelsec.report.embedded_json import CLOSING, OPENING, extract
from travelsec.report.model import Report
from travelsec.report.read import parse_report
from travelsec.review.decision import parse_decision
from travelsec.review.model import Reviewed
from travelsec.trip.answers import AnswersReader

Review = Callable[..., Reviewed]
Path = tuple[str | int, ...]

PLACES: dict[str, tuple[Path, str, Any]] = {
    "the schema": ((), "schema", "travelsec.report/1"),
    "the id": ((), "id", "1" * 32),
    "the moment": ((), "created", "2026-11-24T08:30:06Z"),
    "the day": ((), "as_of", "2026-11-25"),
    "the tool": ((), "tool", {"name": "travelsec", "version": "9.9"}),
    "the version of the tool": (("tool",), "version", "9.9"),
    "the packs": ((), "packs", []),
    "the version of a pack": (("packs", 0), "version", "9"),
    "the digest of a pack": (("packs", 0), "digest", "1" * 64),
    "the titles": ((), "titles", {}),
    "a title": (("titles",), "overseas", "Nothing"),
    "the trip": ((), "trip", None),
    "the id of the trip": (("trip",), "id", "1" * 32),
    "the name of the trip": (("trip",), "name", "Paris"),
    "the facts": (("trip",), "facts", {}),
    "a fact": (("trip", "facts"), "traveller", "B. Jones"),
    "a fact that decides": (("trip", "facts"), "abroad", False),
    "the answers": (("trip",), "answers", []),
    "an answer": (("trip", "answers", 0), "answer", "B. Jones"),
    "how an answer was given": (("trip", "answers", 0), "how", "script"),
    "the items": ((), "items", []),
    "the id of an item": (("items", 0), "id", "overseas.other"),
    "the status of an item": (("items", 0), "status", "declined"),
    "the level of an item": (("items", 2), "level", "consider"),
    "the reason of an item": (("items", 2), "reason", "Another."),
    "the day of an item": (("items", 2), "due", None),
    "the last item": (("items", -1), "note", "Later."),
    "the readiness": ((), "readiness", {"verdict": "ready"}),
    "the verdict": (("readiness",), "verdict", "ready"),
    "the counts": (("readiness",), "counts", {}),
    "a count": (("readiness", "counts"), "open-must", 0),
    "the list of what is open": (("readiness",), "open", []),
    "the steps at a call": ((), "on_call", []),
    "the warnings": ((), "warnings", []),
    "a warning": (("warnings", 0), "message", "All is well."),
    "the digest": ((), "digest", "1" * 64),
}


def twice(data: bytes, path: Path, key: str, value: Any, *, first: bool) -> bytes:
    """Return JSON with a key twice in the object at a path, the new one first or last."""

    def write(part: Any, here: Path | None) -> str:
        if isinstance(part, list):
            inner = [write(one, step(here, n, len(part))) for n, one in enumerate(part)]
            return f"[{','.join(inner)}]"
        if not isinstance(part, dict):
            return json.dumps(part)
        pairs = [f"{json.dumps(k)}: {write(v, step(here, k, 0))}" for k, v in part.items()]
        if here == ():
            pairs.insert(0 if first else len(pairs), f"{json.dumps(key)}: {json.dumps(value)}")
        return f"{{{','.join(pairs)}}}"

    def step(here: Path | None, name: str | int, length: int) -> Path | None:
        wanted = here[0] if here else None
        if isinstance(wanted, int) and wanted < 0:
            wanted += length
        return here[1:] if here and wanted == name else None

    return write(json.loads(data), path).encode()


def in_page(page: bytes, data: bytes) -> bytes:
    """Return a page with other data in it."""
    return page.replace(extract(page), data.replace(b"<", b"\\u003c"))


@pytest.mark.parametrize("first", [True, False], ids=["before", "after"])
@pytest.mark.parametrize("name", PLACES)
def test_a_key_twice_in_a_report_is_refused(
    report: Report, review: Review, name: str, first: bool
) -> None:
    """At every depth, whichever of the two is the true one, as JSON and in a page."""
    data = twice(as_json(report), *PLACES[name], first=first)
    for file, doctored in (("r.json", data), ("r.html", in_page(as_page(report), data))):
        row = review(file, doctored)
        assert f"{PLACES[name][1]}: the key appears twice" in row.unread
        assert row.verdict == ""


def spelled(data: bytes, old: bytes, new: bytes) -> bytes:
    assert old in data
    return data.replace(old, new, 1)


@pytest.mark.parametrize(
    "doctor",
    [
        pytest.param(lambda d: spelled(d, b'"id": ', b'"\\u0069d": "x", "id": '), id="escaped"),
        pytest.param(lambda d: spelled(d, b'"id": ', b'"id" : "x", "id": '), id="with a space"),
        pytest.param(lambda d: spelled(d, b'"id": ', b'"id"\n:"x", "id": '), id="with a line"),
        pytest.param(
            lambda d: spelled(d, b'"id": ', b'"id": "' + b"9" * 32 + b'", "id": '), id="the same"
        ),
        pytest.param(
            lambda d: spelled(d, b'"tool": {', b'"tool": {"words": 1, "words": 2,'), id="tool"
        ),
        pytest.param(
            lambda d: (
                spelled(d, b'"links": []', b'"links": [], "links": []')
                if b'"links"' in d
                else spelled(d, b'"warnings": [', b'"links": [], "links": [], "warnings": [')
            ),
            id="a field that is left out",
        ),
    ],
)
def test_a_key_twice_is_found_however_it_is_spelled(
    report: Report, doctor: Callable[[bytes], bytes]
) -> None:
    """With escapes, with white space, with the same value, where the field is not written."""
    with pytest.raises(UserError, match="this is not a travelsec report"):
        parse_report(doctor(as_json(report)))


@given(data=st.data(), first=st.booleans(), ascii_only=st.booleans())
def test_a_key_twice_is_found_anywhere(
    pack: Pack, data: st.DataObject, first: bool, ascii_only: bool
) -> None:
    """In any object of a report, with the value that it has there already."""
    whole = json.loads(as_json(samples.make(pack, {**samples.TRIP, "traveller": "José <&>"})))
    objects: list[tuple[Path, dict[str, Any]]] = [((), whole)]
    for path, part in objects:
        for key, value in part.items():
            parts = enumerate(value) if isinstance(value, list) else [(None, value)]
            for number, inner in parts:
                if isinstance(inner, dict) and inner:
                    here = (*path, key) if number is None else (*path, key, number)
                    objects.append((here, inner))
    path, part = data.draw(st.sampled_from(objects))
    key = data.draw(st.sampled_from(list(part)))
    doctored = twice(json.dumps(whole).encode(), path, key, part[key], first=first)
    if not ascii_only:
        doctored = doctored.replace(b"\\u00e9", "é".encode())
    with pytest.raises(UserError, match=f"{key}: the key appears twice"):
        parse_report(doctored)


BLOCK = f"{OPENING}{{}}{CLOSING}".encode()

PAGES: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "two blocks": (lambda page: page.replace(b"<main", BLOCK + b"<main"), "more than one"),
    "a block after it": (lambda page: page.replace(b"</body>", BLOCK + b"</body>"), "more than"),
    "another in a comment": (
        lambda page: page.replace(b"</body>", b"<!-- " + BLOCK + b" --></body>"),
        "more than one",
    ),
    "its block in a comment": (
        lambda page: page.replace(OPENING.encode(), b"<!-- " + OPENING.encode()),
        "in a comment",
    ),
    "its block in a comment that ends": (
        lambda page: page.replace(OPENING.encode(), b"<!--x--><!-- " + OPENING.encode()).replace(
            b"</body>", b"--></body>"
        ),
        "in a comment",
    ),
    "a script": (lambda page: page.replace(b"</body>", b"<script>1</script></body>"), "a script"),
    "a script from elsewhere": (
        lambda page: page.replace(b"</head>", b"<SCRIPT src=x></SCRIPT></head>"),
        "a script",
    ),
    "a script in a picture": (
        lambda page: page.replace(b"</body>", b"<svg><script>1</script></svg></body>"),
        "a script",
    ),
    "a block of another kind": (
        lambda page: page.replace(b'type="application/json"', b'type="text/plain"'),
        "holds no travelsec report",
    ),
    "a block of another name": (
        lambda page: page.replace(b'id="travelsec-report"', b'id="report"'),
        "holds no travelsec report",
    ),
    "no block": (
        lambda page: page.replace(OPENING.encode() + extract(page) + CLOSING.encode(), b""),
        "holds no travelsec report",
    ),
}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_has_one_block_that_counts(report: Report, review: Review, name: str) -> None:
    """It stands open in the page, and there is no other script."""
    doctor, expected = PAGES[name]
    assert expected in review("r.html", doctor(as_page(report))).unread


HONEST_PAGES: dict[str, Callable[[bytes], bytes]] = {
    "with a comment of a browser": lambda page: page.replace(
        b"<html", b"<!-- saved from url=(0014)about:internet -->\n<html", 1
    ),
    "with a comment after the block": lambda page: page + b"<!-- saved -->",
    "with its tags in capitals": lambda page: page.replace(b"<body>", b"<BODY>"),
}


@pytest.mark.parametrize("name", HONEST_PAGES)
def test_a_page_that_a_browser_saved_is_read(report: Report, review: Review, name: str) -> None:
    """Its page is compared with its data: it was saved again, or edited in more than that."""
    row = review("r.html", HONEST_PAGES[name](as_page(report)))
    assert row.unread == ""
    assert codes(row) <= {"page-edited", "page-saved", "waived", "by-script", "verdict"}


DECISIONS: dict[str, tuple[Path, str, Any]] = {
    "the word": ((), "decision", "approved"),
    "who decided": ((), "by", "The director"),
    "the digest": ((), "digest", "1" * 64),
    "the report": ((), "report", "1" * 32),
    "the moment": ((), "at", "2026-11-25T00:00:00Z"),
    "the verdict": ((), "verdict", "ready"),
    "whether it holds": ((), "holds", True),
    "what was open": ((), "open_must", []),
    "the musts": ((), "musts", []),
    "the version of a pack": (("packs", 0), "version", "9"),
    "the note": ((), "note", "Signed."),
}


@pytest.mark.parametrize("first", [True, False], ids=["before", "after"])
@pytest.mark.parametrize("name", DECISIONS)
def test_a_key_twice_in_a_decision_is_refused(
    report: Report, review: Review, decided: bytes, name: str, first: bool
) -> None:
    """Returned and approved at once is neither."""
    data = twice(decided, *DECISIONS[name], first=first)
    with pytest.raises(UserError, match=f"{DECISIONS[name][1]}: the key appears twice"):
        parse_decision(data)
    row = review("r.json", as_json(report), data)
    assert row.decision is None
    assert "decision-unread" in codes(row)


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b'{"trip": {}, "trip": {"abroad": true}}', id="the trip"),
        pytest.param(b'{"trip": {"abroad": true, "abroad": false}}', id="a fact"),
        pytest.param(b'{"items": {}, "items": {}}', id="the items"),
        pytest.param(
            b'{"items": {"overseas.wifi": "done", "overseas.wifi": "todo"}}', id="an item"
        ),
        pytest.param(
            b'{"items": {"overseas.wifi": {"status": "todo", "status": "done"}}}', id="a status"
        ),
        pytest.param(
            b'{"trip": {"hosts": [{"name": "Ann", "name": "Bo", "telephone": ""}]}}', id="a name"
        ),
        pytest.param(b'{"trip": {"abroad": true, "\\u0061broad": false}}', id="an escaped key"),
    ],
)
def test_a_key_twice_in_answers_is_refused(pack: Pack, data: bytes) -> None:
    """In a file, and in a line of many trips."""
    reader = AnswersReader(pack)
    reader.read_file(data, "a.json")
    assert [problem.place.file for problem in reader.problems][:1] == ["a.json"]
    lines = StarterReader(pack, "a.jsonl", (), False, samples.TODAY)
    with pytest.raises(InputError, match=r"a\.jsonl:1:"):
        jsonl.read(data, Place("a.jsonl", 1), lines)


HONEST: dict[str, Callable[[bytes], bytes]] = {
    "as written": lambda data: data,
    "with its keys in another order": lambda data: json.dumps(
        dict(reversed(json.loads(data).items()))
    ).encode(),
    "with its keys sorted": lambda data: json.dumps(json.loads(data), sort_keys=True).encode(),
    "in ASCII": lambda data: json.dumps(json.loads(data)).encode(),
    "with an escaped key": lambda data: data.replace(b'"id"', b'"\\u0069d"'),
    "with escaped texts": lambda data: data.replace(b"Smith", b"\\u0053mith"),
    "with spaces before colons": lambda data: data.replace(b'": ', b'" : '),
    "with escaped slashes": lambda data: data.replace(
        b"travelsec.report/1", b"travelsec.report\\/1"
    ),
    "with tabs": lambda data: data.replace(b"  ", b"\t"),
}


@pytest.mark.parametrize("name", HONEST)
def test_honest_json_is_not_accused(report: Report, review: Review, name: str) -> None:
    """Each key once, in any order and with any white space."""
    row = review("r.json", HONEST[name](as_json(report)))
    assert (row.unread, row.report, row.holds) == ("", report.id, True)
    assert parse_report(HONEST[name](as_json(report))).report == report
