"""A decision as a draft email to the traveller: two readers find the same in it."""

from __future__ import annotations

import unicodedata

import fast_mail_parser
import pytest

from tests.hostile import ATTACKS
from tests.report import samples
from tests.report.test_eml import INJECTIONS, hostile, read, text_of
from tests.review.reports import as_json, done, judge, put
from travelsec.mail_draft import NO_MAIL, ReplyTo
from travelsec.pack.model import Pack
from travelsec.report.model import Report
from travelsec.report.read import parse_report
from travelsec.review import decision
from travelsec.review.decision import Decision, Word
from travelsec.review.decision_mail import decision_mail
from travelsec.review.output import labels

FIELDS = ["Content-Type", "MIME-Version", "X-Unsent", "Subject"]


def decide(report: Report, pack: Pack, word: Word, comment: str = "") -> Decision:
    """Return a decision on a report."""
    received, judging = parse_report(as_json(report)), judge(pack)
    return decision.make_decision(
        word,
        received,
        judging,
        by="C. Jones",
        comment=comment,
        at=samples.CREATED,
        reviewed=judging.judge("r.json", received),
    )


def test_it_tells_the_traveller_the_decision_and_how_to_read_it(report: Report, pack: Pack) -> None:
    record = decide(report, pack, "approved", "Take a spare envelope.")
    data = decision_mail(record, report, labels(pack), NO_MAIL)
    found = read(data)
    assert found.keys() == FIELDS
    assert found["Subject"] == (
        "Travel readiness report approved: A. Smith, Lisbon, 1 to 5 Dec 2026"
    )
    text = text_of(data)
    assert text.startswith(
        "Dear A. Smith,\n\nI have approved your travel security report of Tue 24"
    )
    assert "\n\nTake a spare envelope.\n\n" in text
    assert "travelsec prepare --decision lisbon-2026-12-01.decision.json\n" in text
    assert text.endswith("Kind regards\nC. Jones\n")
    (attached,) = fast_mail_parser.parse_email(data).attachments
    assert decision.parse_decision(bytes(attached.content)) == record
    assert data == decision_mail(record, report, labels(pack), NO_MAIL)


def test_the_command_of_a_trip_with_a_long_name_stands_in_one_line(
    report: Report, pack: Pack
) -> None:
    """It is copied, with the name of the file that is attached."""
    long = put(report, trip=put(report.trip, name=f"{'Ulaanbaatar ' * 6}2026-12-01"))
    data = decision_mail(decide(long, pack, "approved"), long, labels(pack), NO_MAIL)
    (attached,) = fast_mail_parser.parse_email(data).attachments
    assert attached.filename.endswith(decision.ENDING)
    assert f"\ntravelsec prepare --decision {attached.filename}\n" in text_of(data)


def test_a_report_that_is_returned_has_what_is_open(pack: Pack) -> None:
    report = samples.make(pack, statuses=done(letter=samples.STATUSES["overseas.clear-files"]))
    text = text_of(decision_mail(decide(report, pack, "returned"), report, labels(pack), NO_MAIL))
    assert "I return your travel security report of" in text
    assert "These required items were open:\n  - Carry a letter of introduction\n" in text


@pytest.mark.parametrize("text", [*INJECTIONS, *ATTACKS])
def test_hostile_texts_add_no_header_and_no_part(report: Report, pack: Pack, text: str) -> None:
    """In the report, the comment and the name of who decides."""
    record = put(decide(report, pack, "returned"), by=text, comment=text, open_must=(text,))
    text = text.encode(errors="replace").decode()
    record = put(record, by=text, comment=text, open_must=(text,))
    data = decision_mail(record, hostile(report, text), {}, NO_MAIL)
    found = read(data)
    assert found.keys() == FIELDS
    assert len(list(found.walk())) == 3
    shown = f"{found['Subject']}{text_of(data)}".replace("\n", "")
    assert not {unicodedata.category(letter) for letter in shown} & {"Cc", "Cf", "Cs", "Co", "Zl"}
    assert fast_mail_parser.parse_email(data).subject == found["Subject"]


@pytest.mark.parametrize(
    "reply_to",
    [
        NO_MAIL,
        ReplyTo("a.smith@example.org"),
        ReplyTo("", "<1@example.org>"),
        ReplyTo("a.smith@example.org", "<1@example.org>"),
    ],
)
def test_it_is_a_reply_to_the_mail_that_the_report_came_in(
    report: Report, pack: Pack, reply_to: ReplyTo
) -> None:
    found = read(decision_mail(decide(report, pack, "approved"), report, labels(pack), reply_to))
    assert found["To"] == (reply_to.sender or None)
    assert found["In-Reply-To"] == found["References"] == (reply_to.message_id or None)
