"""The suggested reply asks for what the report leaves open, and for nothing else."""

from __future__ import annotations

import datetime

import msgspec
import pytest

from tests.report import samples
from tests.report.samples import EVERYTHING
from travelsec.pack.model import Pack
from travelsec.report.model import Report
from travelsec.report.reply import reply as paragraphs
from travelsec.trip.statuses import Status

OPENING = ("Dear A. Smith,", "Thank you for your travel security checklist, “Lisbon 2026-12-01”.")
NOT_COVERED = (
    "The checklist does not cover everything. Please make sure that you have arranged what you "
    "need of this as well:",
    "- Visas and vaccinations: ask the travel desk.",
)
NOT_READY = "You are not ready yet: some required items are still open."
CLOSING = "Kind regards"
DO = "Please do the following before you leave:"
AGREE = "Please agree to the following for the trip, or tell me why you cannot:"
DECLINED = "You declined the following. What will you do instead?"
WAIVED = (
    "You say that the following do not apply to you. They are normally required, so please tell "
    "me a little more:"
)
ADVICE = "Please also follow this advice where you can:"


def reply(report: Report) -> tuple[str, ...]:
    """Return all paragraphs of the reply."""
    return tuple(paragraphs(report))


def all_done(pack: Pack, **others: Status) -> Report:
    """Make a report in which all is done except these items, named with underscores."""
    statuses = {f"overseas.{name}": Status("done") for name in EVERYTHING}
    given = {f"overseas.{name.replace('_', '-')}": one for name, one in others.items()}
    return samples.make(pack, statuses={**statuses, **given})


def test_with_nothing_open_it_thanks_and_is_content(pack: Pack) -> None:
    """It also reminds the traveller of what the checklist leaves out."""
    content = "Nothing is open. On that basis I am content with your preparation."
    assert reply(all_done(pack)) == (*OPENING, content, *NOT_COVERED, CLOSING)


def test_it_asks_for_what_must_be_done_before(pack: Pack) -> None:
    """After the verdict, by date, with “now” for what is past; then it asks for a new report."""
    report = all_done(
        pack, letter=Status("todo"), clear_files=Status("unanswered"), passwords=Status("todo")
    )
    late = msgspec.structs.replace(report, as_of=datetime.date(2026, 11, 28))
    assert reply(late) == (
        *OPENING,
        NOT_READY,
        DO,
        "- Carry a letter of introduction (do this now)",
        "- Clear unneeded files (suggested by Sun 29 November 2026)",
        "- Keep passwords apart",
        *NOT_COVERED,
        "Please send me a new report once you have done or agreed to what is open.",
        CLOSING,
    )


def test_it_quotes_an_undertaking_in_full(pack: Pack) -> None:
    """The traveller must agree to the sentence, not to its label."""
    found = reply(all_done(pack, unattended=Status("todo")))
    assert found[2:5] == (
        *(NOT_READY, AGREE),
        "- “I never leave a device unattended, not even for a moment.”",
    )


def test_undertakings_that_are_all_open_are_one_sentence(pack: Pack) -> None:
    """The traveller has not come to them yet; a list of all would hide what is to be done."""
    undertakings = dict.fromkeys(("unattended", "hotel_safe", "wifi"), Status("unanswered"))
    report = all_done(pack, letter=Status("todo"), **undertakings)
    assert reply(report)[2:6] == (
        *(NOT_READY, DO),
        "- Carry a letter of introduction (do this now)",
        "You have agreed to none of the 3 undertakings for the trip. Please go through them, and "
        "agree to each or tell me why you cannot.",
    )
    assert ADVICE not in reply(report)
    # With one settled, each of the others is named.
    assert AGREE in reply(all_done(pack, **{**undertakings, "wifi": Status("done")}))
    assert AGREE in reply(all_done(pack, **{**undertakings, "wifi": Status("declined", "R.")}))


def test_it_asks_about_what_is_declined(pack: Pack) -> None:
    """With the reason; it is not content, and does not just order what was refused.

    Only who declined a `must` is not ready.
    """
    found = reply(all_done(pack, letter=Status("declined", reason="No time.")))
    assert found == (
        *OPENING,
        NOT_READY,
        DECLINED,
        "- Carry a letter of introduction. You say: “No time.”",
        *NOT_COVERED,
        "Please send me a new report once we have settled my questions.",
        CLOSING,
    )
    found = reply(all_done(pack, wifi=Status("declined", reason="No time.")))
    assert found[:4] == (*OPENING, DECLINED, "- Avoid public wifi. You say: “No time.”")


def test_it_asks_about_what_is_waived(pack: Pack) -> None:
    """Only if it is a `must`; without a reason, there are no empty quotation marks."""
    report = all_done(
        pack, hotel_safe=Status("not-applicable"), insured=Status("not-applicable", reason="Old.")
    )
    assert reply(report) == (
        *OPENING,
        WAIVED,
        "- Use the hotel safe",
        *NOT_COVERED,
        "Please send me a new report once we have settled my questions.",
        CLOSING,
    )


def test_advice_that_is_open_is_no_obstacle(pack: Pack) -> None:
    """The reply asks for it, and the manager may be content anyway."""
    found = reply(all_done(pack, wifi=Status("todo"), consider_bag=Status("unanswered")))
    assert found[2:6] == (
        ADVICE,
        "- Avoid public wifi",
        "- A bag that locks",
        "No required items are open. On that basis I am content with your preparation.",
    )


def test_the_most_important_list_comes_first(report: Report) -> None:
    """What to do, what is declined, what is waived, then advice; then the request."""
    found = reply(report)
    assert [text for text in found if not text.startswith("- ")] == [
        *OPENING,
        NOT_READY,
        DO,
        DECLINED,
        WAIVED,
        ADVICE,
        NOT_COVERED[0],
        "Please send me a new report once you have done or agreed to what is open and we have "
        "settled my questions.",
        CLOSING,
    ]


def test_what_is_for_the_return_is_not_asked_for(pack: Pack) -> None:
    """Nobody can do it yet."""
    left = {name: Status("todo") for name in ("report_it", "check_seals", "give_back")}
    assert reply(all_done(pack, **left)) == reply(all_done(pack))


@pytest.mark.parametrize("traveller", [None, "", 7, ["A"]])
def test_without_a_name_it_greets_all_the_same(report: Report, traveller: object) -> None:
    """A report is untrusted: its facts may be missing or of the wrong type."""
    facts = {**report.trip.facts, "traveller": traveller}
    trip = msgspec.structs.replace(report.trip, facts=facts)
    assert reply(msgspec.structs.replace(report, trip=trip))[0] == "Hello,"


def test_it_asks_for_what_the_report_does_not_list_as_open(report: Report) -> None:
    """The list can have been emptied; the items still show it."""
    readiness = msgspec.structs.replace(report.readiness, verdict="ready", open=(), waived=())
    forged = msgspec.structs.replace(report, readiness=readiness)
    assert reply(forged) == reply(report)
    assert "- Clear unneeded files (suggested by Sun 29 November 2026)" in reply(forged)
