"""What is kept of a report, to compare a decision with."""

from __future__ import annotations

import msgspec

from tests.report import samples
from tests.review.reports import done
from travelsec.pack.model import Pack
from travelsec.report.kept_for_decision import made_report
from travelsec.trip.statuses import Status


def test_the_judgement_and_the_origin_of_a_report_are_kept(pack: Pack) -> None:
    statuses = done(
        letter=Status("todo", how="terminal"),
        hotel_safe=Status("not-applicable", "With family.", how="terminal"),
    )
    report = samples.make(pack, statuses=statuses)
    made = made_report(report)
    assert (made.digest, made.id, made.created) == (report.digest, report.id, report.created)
    assert made.packs == tuple((ref.id, ref.version, ref.digest) for ref in report.packs)
    assert (made.verdict, made.open_must, made.waived) == (
        *("not-ready", ("overseas.letter",)),
        ("overseas.hotel-safe",),
    )
    assert {*made.open_must, *made.waived} <= {*made.musts}


def test_no_fact_is_kept(pack: Pack) -> None:
    """Nor a reason, nor a note."""
    secret = "Zanzibar"
    facts = {**samples.TRIP, "traveller": secret, "destination": secret}
    statuses = {"overseas.hotel-safe": Status("not-applicable", secret, secret, "terminal")}
    report = samples.make(pack, facts, statuses)
    assert secret in msgspec.json.encode(report).decode()
    assert secret not in msgspec.json.encode(made_report(report)).decode()
