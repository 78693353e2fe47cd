"""The schema of pack files marks mistakes, and nothing that the reader accepts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from tests.pack.packs import BASE
from tests.schema.changes import changed, plain
from tests.schema.readings import readings, written
from travelsec.pack import overlays, parse, references, yaml
from travelsec.schema.pack import pack

ROOT = Path(__file__).parent.parent.parent
SCHEMA = pack()
VALIDATOR = Draft202012Validator(SCHEMA)
TREES = {
    name: plain(yaml.parse(text.encode(), name))
    for name, text in {
        **BASE,
        "more": """
questions:
  - {id: seats, ask: Which?, type: choice, choices: {1: One, 1e3: Many, no: None, a: A}, default: a}
  - {id: nightly, ask: How many?, type: number,
     when: {any: [{seats: 1}, {all: [{seats: [no, a]}]}]}}
  - {id: late, ask: When?, type: text, help: 7, when: {nightly: {at_least: 3, at_most: 5}},
     required: false, override: false}
  - {id: through, ask: Which?, type: countries, default: [NO, Turkey],
     when: {devices: {other_than: [laptop]}}}
  - {id: not_no, ask: Which?, type: text, when: {through: {other_than: NO}}}
  - {id: due_on, ask: When?, type: date, when: {not: {departs: {at_least: 2026-12-01}}}}
checklist:
  id: 12
  title: 1.0
  sections:
    - id: 1e3
      title: yes
      phase: before
      items:
        - {id: 010, label: 1.5, do: NO, level: must, cites: [12], due: on return, phase: away}
situations:
  - {id: 7, title: 7.0, steps: [{do: 1, cites: [12]}], audience: manager, compromised: TRUE,
     note_down: [1, true], then: [7]}
contacts: [{id: 5, name: 5, cites: [12], tel: 0203, tel_from_abroad: +44, people: manager}]
guidance: [{id: 12, title: on, publisher: 1e3, expires: 2026-06-30}]
""",
    }.items()
}


def faults(changed_file: str, text: str) -> list[str]:
    """Return what the reader says about the base pack with one file replaced."""
    files = {name: written(tree) for name, tree in TREES.items()} | {changed_file: text}
    one = parse.parse_pack("pack", [(name, text.encode()) for name, text in files.items()])
    merged = overlays.merge([one])
    _, wrong = references.resolve(merged, ())
    return [str(problem) for problem in (*one.problems, *merged.problems, *wrong)]


def rejections(text: str) -> list[str]:
    """Return, for each reading of a text, what the schema has against it."""
    return [error.message for data in readings(text) for error in VALIDATOR.iter_errors(data)]


def test_the_schema_is_valid() -> None:
    """It conforms to the draft that it names."""
    Draft202012Validator.check_schema(SCHEMA)
    assert SCHEMA["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert SCHEMA["$id"] == "urn:travelsec:pack:1"


@pytest.mark.parametrize(
    "path",
    sorted(
        path
        for folder in ("checklists", "checklists-optional", "examples/agency")
        for path in (ROOT / folder).rglob("*.yaml")
    ),
    ids=lambda path: path.name,
)
def test_the_files_that_come_with_travelsec_fit(path: Path) -> None:
    """The bundled pack, the optional ones and the example overlay, in both versions of YAML."""
    text = path.read_text(encoding="utf-8")
    assert len(readings(text)) == 2
    assert rejections(text) == []


@pytest.mark.parametrize("name", TREES)
def test_what_only_looks_like_a_number_fits(name: str) -> None:
    """Ids, texts and versions that a parser takes for numbers or booleans are no mistakes."""
    text = written(TREES[name])
    assert faults(name, text) == []
    assert len(readings(text)) == 2
    assert rejections(text) == []


@given(st.data())
def test_what_the_schema_rejects_the_reader_rejects(data: st.DataObject) -> None:
    """Whatever changes in a file, the schema is never stricter than the reader."""
    name = data.draw(st.sampled_from(list(TREES)))
    text = written(data.draw(changed(TREES[name])))
    if rejections(text):
        assert faults(name, text), rejections(text)


ITEM = "{id: a, label: L, do: D, level: must, cites: [leaflet]}"
CONTACT = "{id: a, name: N, cites: [leaflet], tel: 1}"
MISTAKES = {
    "a misspelt key at the top": "situation: []",
    "an entry where a list is needed": "questions: {id: a, ask: A, type: text}",
    "a misspelt field": ITEM.replace("level", "levels"),
    "a wrong level": ITEM.replace("must", "Must"),
    "no citation": ITEM.replace(", cites: [leaflet]", ""),
    "an empty list of citations": ITEM.replace("[leaflet]", "[]"),
    "a text where a list is needed": ITEM.replace("[leaflet]", "leaflet"),
    "a list where a text is needed": ITEM.replace("do: D", "do: [D]"),
    "an empty text": ITEM.replace("do: D", "do: ''"),
    "nothing where a text is needed": ITEM.replace("do: D", "do: "),
    "an id with capitals": ITEM.replace("id: a", "id: Clear"),
    "an unknown phase": ITEM.replace("do: D", "do: D, phase: during"),
    "a due that nobody understands": ITEM.replace("do: D", "do: D, due: soon"),
    "a deadline that nobody understands": ITEM.replace("do: D", "do: D, deadline: soon"),
    "a nation that nobody knows": "pack: {id: p, version: '1', title: T, covers: C, "
    "not_covered: N, nation: wales}\n",
    "a condition that is a text": ITEM.replace("do: D", "do: D, when: abroad"),
    "an empty list in a condition": ITEM.replace("do: D", "do: D, when: {abroad: []}"),
    "an empty any": ITEM.replace("do: D", "do: D, when: {any: []}"),
    "a not that is a list": ITEM.replace("do: D", "do: D, when: {not: [{abroad: true}]}"),
    "an unknown bound": ITEM.replace("do: D", "do: D, when: {count: {min: 1}}"),
    "a fact with a hyphen": ITEM.replace("do: D", "do: D, when: {own-phone: true}"),
    "a page that expires some day": "guidance: [{id: a, title: T, publisher: P, expires: soon}]",
    "an unknown type of question": "questions: [{id: a, ask: A, type: boolean}]",
    "choices that are a list": "questions: [{id: a, ask: A, type: choice, choices: [b]}]",
    "a choice without choices": "questions: [{id: a, ask: A, type: choice}]",
    "choices of a text": "questions: [{id: a, ask: A, type: text, choices: {b: B}}]",
    "a text that can be none": "questions: [{id: a, ask: A, type: text, none: never}]",
    "a reserved fact": "questions: [{id: any, ask: A, type: text}]",
    "a fact that is derived": "questions: [{id: nights, ask: A, type: number}]",
    "required that is neither": "questions: [{id: a, ask: A, type: text, required: maybe}]",
    "a contact without a way": f"contacts: [{CONTACT.replace(', tel: 1', '')}]",
    "topics instead of for": f"contacts: [{CONTACT.replace('tel: 1', 'tel: 1, topics: [a]')}]",
    "a situation without steps": "situations: [{id: a, title: T}]",
    "a fingerprint that is too short": (
        "guidance: [{id: a, title: T, publisher: P, sections: [{id: b, title: B, "
        "statements: [{id: c, kind: duty, fingerprint: abc}]}]}]"
    ),
    "an added citation of nothing": "also_cites: [{id: a, cites: []}]",
    "an added citation with another field": "also_cites: [{id: a, cites: [b], tel: 1}]",
    "drop that is a text": "drop: a",
}


@pytest.mark.parametrize("text", MISTAKES.values(), ids=MISTAKES)
def test_typical_mistakes_are_marked(text: str) -> None:
    """In both versions of YAML; the reader finds them too."""
    if text.startswith("{"):
        text = f"checklist: {{id: c, title: T, sections: [{{id: s, title: S, items: [{text}]}}]}}"
    found = readings(text)
    assert len(found) == 2
    assert all(not VALIDATOR.is_valid(data) for data in found)
    assert faults("extra", text)


def test_the_examples_are_right_except_for_their_mistakes() -> None:
    """The entries fit without the mistakes."""
    assert not rejections(
        f"checklist: {{id: c, title: T, sections: [{{id: s, title: S, items: [{ITEM}]}}]}}"
    )
    assert not rejections(f"contacts: [{CONTACT}]")


def test_every_field_has_a_description() -> None:
    """Editors show it beside the name they complete."""
    silent = [
        f"{name}.{field}"
        for name, entry in {**SCHEMA["$defs"], "": SCHEMA}.items()
        for field, schema in entry.get("properties", {}).items()
        if not schema.get("description")
    ]
    assert silent == []


def test_editors_get_the_allowed_words() -> None:
    """Completion needs them as lists."""
    fields: dict[str, Any] = SCHEMA["$defs"]["Item"]["properties"]
    assert sorted(fields["level"]["enum"]) == ["consider", "must", "should"]
    assert sorted(fields["phase"]["anyOf"][0]["enum"]) == ["away", "back", "before"]
    assert "yes-no" in SCHEMA["$defs"]["Question"]["properties"]["type"]["enum"]
