"""What carries each statement: every kind of entry, and the document made of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.guidance import fidelity_page
from tests.pack.packs import load_over
from travelsec.guidance.fidelity import Carrier, describe, explain
from travelsec.pack.folder import optional_packs
from travelsec.pack.load import load

PAGE = """\
guidance:
  - id: new
    title: New
    publisher: Us
    sections:
      - id: s
        title: S
        statements:
          - {id: call, kind: duty, level: must, fingerprint: "0123456789abcdef", note: Joined.}
          - {id: rest, kind: background, fingerprint: "0123456789abcdee"}
questions:
  - {id: sure, ask: Are you sure?, type: yes-no, cites: [new/s/call]}
situations:
  - id: fire
    title: Fire
    steps: [{do: Run., cites: [leaflet]}, {do: Call., cites: [new/s/call]}]
contacts: [{id: c, name: C, note: N, cites: [new/s/call]}]
withdrawn: [{value: x@y.org, reason: Old., cites: [new/s/call]}]
checklist:
  id: trip
  sections:
    - id: packing
      items: [{id: new, label: New, do: Do it., level: should, cites: [new/s/call]}]
"""


def test_every_kind_of_entry_that_cites_a_statement(tmp_path: Path) -> None:
    """Items with their level, steps with their number; a statement that nothing cites too."""
    page = next(page for page in explain(load_over(tmp_path, PAGE)) if page.id == "new")
    call, rest = page.sections[0].statements
    assert (call.level, call.note) == ("must", "Joined.")
    assert call.carried_by == (
        Carrier("item", "trip.new", level="should"),
        Carrier("situation", "fire", step=2),
        Carrier("question", "sure"),
        Carrier("contact", "c"),
        Carrier("withdrawn", "x@y.org"),
    )
    assert describe(call)[:2] == ("item trip.new (should)", "step 2 of fire")
    assert describe(rest) == ("nothing cites it",)


@pytest.mark.parametrize("packs", [(), *((folder,) for folder in optional_packs().values())])
def test_every_statement_of_the_pages_is_carried_or_explained(packs: tuple[Path, ...]) -> None:
    """Each duty has a level, too."""
    statements = [
        statement
        for page in explain(load(packs))
        for section in page.sections
        for statement in section.statements
    ]
    assert len(statements) > 100
    assert [one.id for one in statements if not (one.carried_by or one.note)] == []
    assert [one.id for one in statements if (one.kind == "duty") != (one.level is not None)] == []


def test_the_document_is_what_the_packs_say(golden: Callable[[Path, str], str]) -> None:
    """It is made of what `travelsec checklist coverage --explain` prints."""
    made = fidelity_page.document()
    assert made == golden(fidelity_page.DOCUMENT, made)
