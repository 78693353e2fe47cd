"""A decision as the traveller reads it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.report import samples
from tests.review.reports import NEW_ITEM, judge, put, read_pack, received
from travelsec.document import lines
from travelsec.pack.model import Pack
from travelsec.problems import UserError
from travelsec.report.restore import restore_facts
from travelsec.review import decision
from travelsec.review.decision import Decision
from travelsec.review.decision_message import decision_message
from travelsec.trip.facts import Facts

LATEST = "2026-11-26T00:00:00Z"


@pytest.fixture
def approved(pack: Pack) -> Decision:
    """Approve a report with everything open."""
    came, judging = received(samples.make(pack)), judge(pack)
    return decision.decide(
        "approved",
        came,
        judging,
        by="Jo Day",
        comment="Go!",
        at=samples.CREATED,
        reviewed=judging.judge("report.json", came),
    )


def message(made: Decision, pack: Pack) -> list[str]:
    """Return the lines the traveller reads, with this pack."""
    answers, _ = restore_facts(samples.make(pack), pack)
    blocks = decision_message(made, made.trip, Facts(pack, answers, samples.TODAY), LATEST)
    return [text.strip() for text, _ in lines(blocks, 100) if text.strip()]


def test_the_decision_and_its_comment_come_last(approved: Decision, pack: Pack) -> None:
    *_, decided, comment = message(approved, pack)
    assert decided.startswith("Approved by Jo Day on ")
    assert comment == "Comment: Go!"
    assert message(put(approved, comment=""), pack)[-1] == decided


def test_the_musts_that_were_open_are_named(approved: Decision, pack: Pack) -> None:
    told = message(approved, pack)
    start = told.index(f"Open at the time ({len(approved.open_must)}):")
    labels = {name: item.label for name, _, _, item in pack.items()}
    named = [line.removeprefix("- ") for line in told[start + 1 :][: len(approved.open_must)]]
    assert named == [labels[name] for name in approved.open_must]


def test_musts_that_are_new_since_then_are_named(
    approved: Decision, pack: Pack, tmp_path: Path
) -> None:
    told = message(approved, read_pack(tmp_path, NEW_ITEM))
    assert told[told.index("New must items since then (1):") + 1] == "- Lock the bag"
    assert not [line for line in message(approved, pack) if "new since then" in line]


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ({"at": "2026-12-24T08:00:00Z"}, "in the future"),
        ({"at": "yesterday"}, "not a date and time"),
        ({"by": " \u200b"}, "does not say who"),
        ({"by": "a.  SMITH"}, "names the traveller"),
        ({"verdict": "ready"}, "contradict each other"),
    ],
)
def test_what_is_doubtful_is_told(
    approved: Decision, pack: Pack, fields: dict[str, str], text: str
) -> None:
    """As `review` tells the manager."""
    assert text in " ".join(message(put(approved, **fields), pack))
    assert text not in " ".join(message(approved, pack))


def test_a_decision_about_another_trip_is_refused(approved: Decision, pack: Pack) -> None:
    with pytest.raises(UserError, match="about another trip"):
        next(decision_message(approved, "8" * 32, Facts(pack, {}, samples.TODAY), LATEST))
