"""Coverage: what carries each duty, and the duties that nothing carries."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.pack.packs import base, load_over
from travelsec.guidance.coverage import coverage, uncarried, without_index
from travelsec.pack.load import load


def test_every_duty_of_the_bundled_pages_is_carried() -> None:
    """Both pages, section by section."""
    pages = coverage(load())
    assert [page.id for page in pages] == ["remote-working", "taking-equipment-overseas"]
    assert uncarried(pages) == []
    for page in pages:
        assert page.carried == len(page.duties) == sum(len(one.duties) for one in page.sections)
        assert page.carried > 20


def test_an_overlay_can_leave_a_duty_uncarried(tmp_path: Path) -> None:
    """It drops the only item that cites the duty."""
    assert uncarried(coverage(load_over(tmp_path, ""))) == []
    (tmp_path / "two").mkdir()
    base(tmp_path / "two")
    page = coverage(load_over(tmp_path / "two", "drop: [trip.charger]\n"))[0]
    assert [duty.path for duty in uncarried([page])] == ["page/general/take-charger"]
    assert (page.carried, len(page.duties)) == (1, 2)


def test_guessed_kinds_are_counted_until_confirmed(tmp_path: Path) -> None:
    """The bundled ones are confirmed; a page cited as a whole has no duties to count."""
    assert [page.unconfirmed for page in coverage(load())] == [0, 0]
    pack = load_over(
        tmp_path,
        "guidance:\n  - {id: whole, title: W, publisher: P}\n"
        "  - {id: new, title: N, publisher: P, sections: [{id: s, title: S, statements: ["
        '{id: a, kind: background, guessed: true, fingerprint: "0123456789abcdef"}, '
        '{id: b, kind: background, fingerprint: "1123456789abcdef"}]}]}\n',
    )
    assert coverage(pack)[-1].unconfirmed == 1
    assert [page.id for page in without_index(pack)][-1] == "whole"


def test_a_contact_alone_carries_no_duty(tmp_path: Path) -> None:
    """It is listed among what cites the duty anyway."""
    pack = load_over(
        tmp_path,
        "guidance: [{id: new, title: N, publisher: P, sections: [{id: s, title: S, statements: "
        '[{id: call, kind: duty, fingerprint: "0123456789abcdef"}]}]}]\n'
        "contacts: [{id: c, name: C, note: N, cites: [new/s/call]}]\n",
    )
    (duty,) = uncarried(coverage(pack))
    assert duty.path == "new/s/call"
    assert [(one.kind, one.id) for one in duty.cited_by] == [("contact", "c")]


DUTY = (
    "guidance: [{id: new, title: N, publisher: P, sections: [{id: s, title: S, statements: "
    '[{id: ask, kind: duty, fingerprint: "0123456789abcdef"}]}]}]\n'
    "questions: [{id: bag, ask: Bag?, type: choice, choices: {red: Red, blue: Blue}, CITES}]\n"
)
BLUE_ITEM = (
    "checklist: {id: trip, sections: [{id: packing, items: [{id: blue, label: Blue, do: Pack it., "
    "level: must, when: {bag: blue}, cites: [leaflet]}]}]}\n"
)


@pytest.mark.parametrize("cites", ["cites: [new/s/ask]", "choice_cites: {blue: [new/s/ask]}"])
def test_a_question_carries_a_duty_if_an_item_depends_on_its_answer(
    tmp_path: Path, cites: str
) -> None:
    """An answer that decides about no item has nobody do anything."""
    duty = DUTY.replace("CITES", cites)
    assert uncarried(coverage(load_over(tmp_path, duty + BLUE_ITEM))) == []
    (tmp_path / "two").mkdir()
    (left,) = uncarried(coverage(load_over(tmp_path / "two", duty)))
    assert left.path == "new/s/ask"
    assert [(one.kind, one.id) for one in left.cited_by] == [("question", "bag")]


def test_a_question_carries_a_duty_through_a_derived_fact(tmp_path: Path) -> None:
    """The nights of a trip follow from its days."""
    day = "{id: returns, ask: When?, type: date, override: true, cites: [new/s/ask]}"
    text = f"{DUTY.partition('questions:')[0]}questions: [{day}]\n"
    pack = load_over(tmp_path, text + BLUE_ITEM.replace("bag: blue", "nights: {at_least: 3}"))
    assert uncarried(coverage(pack)) == []
