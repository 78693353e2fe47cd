"""How a trip stands after the return: what is left to do, and what is left to report."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from tests.pack.packs import load_over
from travelsec.document import Block, Heading, ListItem, Paragraph
from travelsec.pack.model import Pack
from travelsec.question_types import Value
from travelsec.trip.debrief import Debrief, outline
from travelsec.trip.facts import Facts
from travelsec.trip.statuses import Status
from travelsec.trip.stored_trip import Event

TODAY = datetime.date(2026, 12, 8)
RETURNS = datetime.date(2026, 12, 5)
MUST, SHOULD = "home.change-pin", "home.tell-a-friend"
LOST = Event("2026-12-02T10:00:00+01:00", "loss", reported=True, note={"where": "Oslo"})
UNREPORTED = Event("2026-12-02T10:00:00+01:00", "loss", reported=False, note={})


@pytest.fixture(scope="module")
def returning(tmp_path_factory: pytest.TempPathFactory) -> Pack:
    """The small pack, with two items to do on return."""
    folder: Path = tmp_path_factory.mktemp("returning")
    return load_over(
        folder,
        "checklist:\n"
        "  id: home\n"
        "  title: Home\n"
        "  sections:\n"
        "    - id: again\n"
        "      title: Home again\n"
        "      phase: back\n"
        "      items:\n"
        "        - {id: change-pin, label: Change the PIN, do: Change it., level: must,"
        " due: 1 day after return, cites: [leaflet]}\n"
        "        - {id: tell-a-friend, label: Tell a friend, do: Tell one., level: should,"
        " due: 1 week after return, cites: [leaflet]}\n",
    )


def debrief(pack: Pack, must: Status, should: Status, *events: Event) -> Debrief:
    """Debrief a trip abroad with these statuses and events."""
    facts = Facts(pack, {"abroad": True, "returns": RETURNS}, TODAY)
    return Debrief(facts, {MUST: must, SHOULD: should}, events)


DAY, A_DAY = datetime.date(2026, 12, 3), datetime.timedelta(days=1)
NOT_BEGUN = "This trip has not begun yet: it begins on Sat 5 December 2026."
NOT_OVER = "This trip is not over yet: it ends on Fri 4 December 2026."
DONE, TODO = Status("done"), Status("todo")


@pytest.mark.parametrize(
    ("must", "should", "events", "verdict"),
    [
        (DONE, DONE, (), ["CLOSED. Nothing is left to do."]),
        (DONE, DONE, (LOST,), ["CLOSED. Nothing is left to do."]),
        (DONE, TODO, (), ["CLOSED, WITH ACTIONS. 1 still open."]),
        (TODO, TODO, (), ["NOT CLOSED. On return, 1 must still be done."]),
        (
            DONE,
            DONE,
            (UNREPORTED,),
            ["REPORT IT NOW. 1 thing that happened is not reported."],
        ),
        (
            TODO,
            DONE,
            (UNREPORTED, UNREPORTED, LOST),
            [
                "REPORT IT NOW. 2 things that happened are not reported.",
                "NOT CLOSED. On return, 1 must still be done.",
            ],
        ),
    ],
)
def test_the_verdict_comes_first(
    returning: Pack, must: Status, should: Status, events: tuple[Event, ...], verdict: list[str]
) -> None:
    """A trip is closed once every must is done and everything that happened is reported."""
    found = debrief(returning, must, should, *events)
    blocks = list(outline("Oslo", found))
    first = blocks[1 : blocks.index(Heading(2, "What happened"))]
    assert [block.text for block in first if isinstance(block, Paragraph)] == verdict
    assert found.is_closed is verdict[0].startswith("CLOSED")


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        ({"departs": DAY + 2 * A_DAY, "returns": DAY + 9 * A_DAY}, NOT_BEGUN),
        ({"departs": DAY - A_DAY, "returns": DAY + A_DAY}, NOT_OVER),
        ({"returns": DAY + A_DAY}, NOT_OVER),
        ({"departs": DAY - A_DAY, "returns": DAY}, ""),
        ({"departs": DAY - A_DAY}, ""),
        ({}, ""),
    ],
)
def test_a_trip_that_is_not_over_is_not_closed(
    returning: Pack, facts: dict[str, Value], told: str
) -> None:
    """The trip is named first, then that it is too early; the day of return is not."""
    found = Debrief(Facts(returning, facts, DAY), {MUST: DONE, SHOULD: DONE}, ())
    first, *rest = outline("Oslo", found)
    assert first == Heading(1, "Debrief: Oslo")
    texts = [block.text for block in rest[:2] if isinstance(block, Paragraph)]
    if told:
        assert texts[0] == told
        assert texts[1].startswith("NOT CLOSED YET")
    else:
        assert texts[0] == "CLOSED. Nothing is left to do."


def test_what_is_not_reported_is_never_beside_closed(returning: Pack) -> None:
    found = debrief(returning, DONE, TODO, UNREPORTED)
    shown = [block.text for block in outline("Oslo", found) if isinstance(block, Paragraph)]
    assert shown == ["REPORT IT NOW. 1 thing that happened is not reported."]


def test_an_item_says_how_it_stands_and_by_when(returning: Pack) -> None:
    """An open item whose day is past is to be done now; one that is settled has no day."""
    waived = Status("not-applicable", "No PIN")
    late = debrief(returning, Status("unanswered"), TODO)
    settled = debrief(returning, waived, DONE)
    assert [block for block in outline("Oslo", late) if isinstance(block, ListItem)] == [
        ListItem(False, "Change the PIN – no answer yet – do this now", "bad", ("Change it.",)),
        ListItem(
            False,
            "Tell a friend – to do",
            "attention",
            ("Suggested by Sat 12 December 2026.", "Tell one."),
        ),
    ]
    assert [block for block in outline("Oslo", settled) if isinstance(block, ListItem)] == [
        ListItem(False, "Change the PIN – does not apply: No PIN", "plain", ("Change it.",)),
        ListItem(True, "Tell a friend – done", "plain", ("Tell one.",)),
    ]


def test_an_event_says_whether_it_was_reported(returning: Pack) -> None:
    """And how to report it; of a situation that is gone, at least the id is known."""
    gone = Event(UNREPORTED.moment, "gone", reported=False, note={"where": "", "seen": "Smoke"})
    events = [
        block
        for block in outline("Oslo", debrief(returning, DONE, DONE, LOST, gone))
        if isinstance(block, ListItem)
    ][:2]
    assert events == [
        ListItem(True, "Something is lost – reported", "plain", ("Oslo",)),
        ListItem(False, "gone – NOT REPORTED: travelsec incident gone", "bad", ("Smoke",)),
    ]


def test_a_missed_deadline_stands_first_with_who_to_ask(tmp_path: Path) -> None:
    """It is no deadline any more once the item is done."""
    pack = load_over(
        tmp_path,
        "checklist:\n  id: home\n  title: Home\n  sections:\n"
        "    - id: again\n      title: Again\n      phase: back\n      items:\n"
        "        - {id: rest, label: Rest, do: Rest., level: must, cites: [leaflet]}\n"
        "        - {id: tell, label: Tell, do: Tell them., level: should, cites: [page/general/"
        "remove-files], due: on return, deadline: 1 working day after return}\n",
    )

    def told(day: int, tell: Status) -> list[Block]:
        facts = Facts(pack, {"abroad": True, "returns": RETURNS}, datetime.date(2026, 12, day))
        return list(outline("T", Debrief(facts, {"home.tell": tell}, ())))[-2:]

    # Saturday 5 December is the return.
    early, late, done = told(7, TODO), told(8, TODO), told(8, DONE)
    latest = "At the latest by Mon 7 December 2026."
    assert early[1] == ListItem(
        False, "Tell – to do – do this now", "attention", (latest, "Tell them.")
    )
    missed = "missed: it was due by Mon 7 December 2026; ask The desk, 020 7946 0000"
    assert late[0] == ListItem(False, f"Tell – to do – {missed}", "attention", ("Tell them.",))
    assert done[1] == ListItem(True, "Tell – done", "plain", ("Tell them.",))
