"""A report as a draft email: two readers that share no code find the same in it."""

from __future__ import annotations

import email
import email.policy
import re
import unicodedata
from email.message import EmailMessage
from pathlib import Path

import fast_mail_parser
import msgspec
import pytest
from hypothesis import given

from tests.hostile import ATTACKS, texts
from tests.report import samples
from travelsec.pack.model import Pack
from travelsec.report import eml, html
from travelsec.report.model import Report
from travelsec.report.read import parse_file

FIELDS = ["Content-Type", "MIME-Version", "X-Unsent", "Subject"]
put = msgspec.structs.replace


def read(data: bytes) -> EmailMessage:
    """Read an email as the newest programs do."""
    return email.message_from_bytes(data, policy=email.policy.default)


def text_of(data: bytes) -> str:
    """Return the text that people read."""
    body = read(data).get_body(("plain",))
    assert body is not None
    return str(body.get_content()).replace("\r\n", "\n")


def hostile(report: Report, text: str) -> Report:
    """Put a text wherever a stranger can put one that reaches the email."""
    facts = report.trip.facts | {"traveller": text, "destination": text, "departs": text}
    items = tuple(put(item, label=text, do=text, reason=text) for item in report.items)
    trip = put(report.trip, name=text, facts=facts)
    readiness = put(report.readiness, not_covered=(text,))
    return put(report, trip=trip, items=items, readiness=readiness)


def test_the_draft_is_unsent_and_says_whose_trip_it_is_about(report: Report) -> None:
    """Nobody is named as who sends it or gets it: the mail program knows."""
    data = eml.render(report)
    mail = read(data)
    assert mail["X-Unsent"] == "1"
    assert mail["Subject"] == (
        "Travel readiness report: A. Smith, Lisbon, 1 to 5 Dec 2026 – NOT READY"
    )
    assert mail.keys() == FIELDS
    assert not list(mail.defects)
    assert data == eml.render(report)


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"returns": "2026-12-01"}, "A. Smith, Lisbon, 1 Dec 2026"),
        ({"departs": "2026-11-28"}, "A. Smith, Lisbon, 28 Nov to 5 Dec 2026"),
        ({"returns": "2027-01-03"}, "A. Smith, Lisbon, 1 Dec 2026 to 3 Jan 2027"),
        ({"returns": "none"}, "A. Smith, Lisbon, from 1 Dec 2026"),
        ({"returns": None}, "A. Smith, Lisbon, 1 Dec 2026"),
        ({"departs": None, "traveller": None}, "Lisbon"),
        ({"departs": None, "traveller": None, "destination": None}, "Lisbon 2026-12-01"),
    ],
)
def test_the_subject_says_what_is_known(
    report: Report, facts: dict[str, str | None], words: str
) -> None:
    known = {k: v for k, v in (report.trip.facts | facts).items() if v is not None}
    changed = put(report, trip=put(report.trip, facts=known))
    assert read(eml.render(changed))["Subject"] == f"Travel readiness report: {words} – NOT READY"


def test_the_text_says_what_is_open_and_what_is_not_covered(report: Report) -> None:
    text = text_of(eml.render(report))
    assert "NOT READY. 2 must items are open, 5 items in all." in text
    assert "  - Clear unneeded files (must, suggested by Sun 29 November 2026)\n" in text
    assert "1 must item was waived." in text
    assert "Not covered here: Visas and vaccinations: ask the travel desk." in text
    # A page that a browser saved again, unchanged, still holds.
    assert "pass the attachment on as it is. Once it is changed, it no" in text.replace("\n", " ")
    assert text.endswith("Kind regards\nA. Smith\n")
    assert max(map(len, text.splitlines())) <= 72


def test_many_open_items_are_counted(report: Report) -> None:
    items = tuple(put(item, status="todo", reason="") for item in report.items) * 3
    text = text_of(eml.render(put(report, items=items)))
    assert "  - and 15 more, which the report names\n" in text


def test_the_attached_page_is_the_report(report: Report) -> None:
    """Byte for byte, for both readers; travelsec reads it as it reads the page."""
    data, page = eml.render(report), html.render(report).encode()
    (attached,) = read(data).iter_attachments()
    assert (attached.get_filename(), attached.get_content_type()) == (
        "lisbon-2026-12-01.html",
        "text/html",
    )
    assert attached.get_payload(decode=True) == page
    parsed = fast_mail_parser.parse_email(data)
    (other,) = parsed.attachments
    assert (other.filename, bytes(other.content)) == ("lisbon-2026-12-01.html", page)
    assert parsed.subject == read(data)["Subject"]
    assert "".join(parsed.text_plain).replace("\r\n", "\n") == text_of(data)
    assert parse_file(data, "draft.eml").page == page


def assert_harmless(data: bytes, report: Report) -> None:
    """Check that a text from a stranger is only a text."""
    mail = read(data)
    assert mail.keys() == FIELDS
    assert [part.get_content_type() for part in mail.walk()] == [
        "multipart/mixed",
        "text/plain",
        "text/html",
    ]
    shown = f"{mail['Subject']}{text_of(data)}".replace("\n", "")
    assert not {unicodedata.category(letter) for letter in shown} & {"Cc", "Cf", "Cs", "Co", "Zl"}
    assert mail["Subject"].startswith("Travel readiness report: ")
    assert data.isascii()
    lines = data.split(b"\r\n")
    assert max(map(len, lines)) <= 998
    assert not re.search(rb"[\r\n]", b"".join(lines))
    parsed = fast_mail_parser.parse_email(data)
    (attached,) = parsed.attachments
    assert bytes(attached.content) == html.render(report).encode("utf-8", "replace")
    assert parsed.subject == mail["Subject"]


INJECTIONS = (
    "x\r\nBcc: evil@evil.example",
    "x\nBcc: evil@evil.example\n\nbody",
    "x\rBcc: evil@evil.example",
    "=?utf-8?Q?x=0D=0ABcc:_evil@evil.example?=",
    "=?utf-8?B?DQpCY2M6IGV2aWxAZXZpbC5leGFtcGxl?=",
    "=?utf-8?q?a?= =?utf-8?q?b?=",
    "x\x00\x0b\x0c\x85\u2028\u2029Bcc: evil@evil.example",
    "\u202egnp.exe\u2066",
    "From me\n.\nQUIT\n",
    "--=_travelsec_0\n\nContent-Type: text/html\n",
    "Ångström 中文 😀 " * 300,
    "x" * 3000,
    " " * 3000,
    "",
    '"; filename="evil.exe',
    "\ud800\udfff",
)


@pytest.mark.parametrize("text", [*INJECTIONS, *ATTACKS])
def test_hostile_texts_add_no_header_and_no_part(report: Report, text: str) -> None:
    text = text.encode(errors="replace").decode() if "\ud800" in text else text
    changed = hostile(report, text)
    assert_harmless(eml.render(changed), changed)


@given(text=texts())
def test_no_text_adds_a_header_or_a_part(
    text: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    text = text.encode(errors="replace").decode()
    changed = hostile(_sample(tmp_path_factory), text)
    assert_harmless(eml.render(changed), changed)


_made: list[Report] = []


def _sample(factory: pytest.TempPathFactory) -> Report:
    if not _made:
        folder: Path = factory.mktemp("pack")
        pack: Pack = samples.read_pack(folder)
        _made.append(samples.make(pack))
    return _made[0]
