"""The typed content of packs."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from tests.pack.packs import OVER, base, load_over, write
from travelsec.pack import load
from travelsec.question_types import Value
from travelsec.trip.facts import Facts


def test_fields_are_read_by_their_types(tmp_path: Path) -> None:
    """Fields that are left out have their defaults."""
    pack = load_over(tmp_path)
    assert pack.questions["abroad"].required is True
    assert pack.questions["country"].required is False
    assert pack.guidance["leaflet"].expires == datetime.date(2030, 12, 31)
    assert [item.phase for item in pack.checklists[0].sections[0].items] == ["before", "before"]
    assert pack.contacts["desk"].topics == ("loss",)


def test_a_pack_can_replace_what_those_below_do_not_cover(tmp_path: Path) -> None:
    """Otherwise reports would list what the pack on top covers."""
    bottom = base(tmp_path)
    folder = write(
        tmp_path / "over", {"over": OVER.replace("}", ", not_covered_instead_of: [base]}")}
    )
    for pack, sentence in (
        (load.load(bundled=bottom), "All else."),
        (load.load([folder], bundled=bottom), "Little."),
    ):
        # Nothing is known of the trip.
        assert pack.not_covered(Facts(pack, {}, datetime.date(2026, 11, 24)).state) == (sentence,)


@pytest.mark.parametrize(("abroad", "matters"), [(True, True), (False, False), (None, False)])
def test_what_an_optional_pack_covers_matters_once_it_is_known_to(
    tmp_path: Path, abroad: bool | None, matters: bool
) -> None:
    """While an answer is missing, reports say that it is not covered, and nothing is offered."""
    bottom = base(tmp_path)
    more = ", not_covered_when: {abroad: true}, covered_by: moj-approval}"
    folder = write(tmp_path / "over", {"over": OVER.replace("}", more)})
    pack = load.load([folder], bundled=bottom)
    answers: dict[str, Value] = {} if abroad is None else {"abroad": abroad}
    state = Facts(pack, answers, datetime.date(2026, 11, 24)).state
    assert [info.id for info in pack.can_be_covered(state)] == ["over"] * matters
    assert ("Little." in pack.not_covered(state)) is (abroad is not False)
