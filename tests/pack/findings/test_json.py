"""Findings as JSON."""

from __future__ import annotations

import json

from jsonschema import Draft202012Validator

from travelsec.pack.findings import json as format_
from travelsec.pack.lint.subject import Finding
from travelsec.problems import Place, Problem
from travelsec.schema.json_files import json_file


def test_a_finding_has_a_place_and_a_code() -> None:
    """A fault of a whole file has line 0."""
    findings = [
        Finding("long-label", Problem(Place("a.yaml", 7, 29), "too long", "warning")),
        Finding("error", Problem(Place("ü.yaml"), "cannot be read")),
    ]
    shown = json.loads(format_.render(findings, []))
    assert shown == [
        {
            "file": "a.yaml",
            "line": 7,
            "column": 29,
            "severity": "warning",
            "code": "long-label",
            "text": "too long",
        },
        {
            "file": "ü.yaml",
            "line": 0,
            "column": 0,
            "severity": "error",
            "code": "error",
            "text": "cannot be read",
        },
    ]
    schema = json_file("checklist-validate")
    assert schema["$id"] == "urn:travelsec:checklist-validate:1"
    assert Draft202012Validator(schema).is_valid(shown)
    for name in shown[0]:
        without = {key: value for key, value in shown[0].items() if key != name}
        assert not Draft202012Validator(schema).is_valid([without])
    assert not Draft202012Validator(schema).is_valid([{**shown[0], "unheard_of": 1}])


def test_the_output_is_ascii_and_an_empty_list_without_findings() -> None:
    """Programs need not know the encoding."""
    assert format_.render([], []) == "[]\n"
    assert format_.render([Finding("error", Problem(Place("ü.yaml"), "“x”"))], []).isascii()
