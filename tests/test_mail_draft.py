"""A draft has the headers and parts that were meant, whatever the texts in it."""

from __future__ import annotations

import email
import email.policy

import fast_mail_parser
import pytest
from hypothesis import given

from tests.hostile import texts
from travelsec.document import Paragraph
from travelsec.mail_draft import Attachment, ReplyTo, draft
from travelsec.safe_text import line

FILE = Attachment("a.json", "application/json", b"{}\n")


@given(text=texts())
def test_a_subject_is_read_as_it_was_meant(text: str) -> None:
    """By both readers, but for spaces at its end; encoded words in it are not decoded."""
    subject = f"About {text}!"
    data = draft(subject, [[Paragraph(text)]], FILE)
    mail = email.message_from_bytes(data, policy=email.policy.default)
    assert mail.keys() == ["Content-Type", "MIME-Version", "X-Unsent", "Subject"]
    shown = " ".join(line(subject).split())
    assert " ".join(mail["Subject"].split()) == shown
    assert " ".join(fast_mail_parser.parse_email(data).subject.split()) == shown


@pytest.mark.parametrize("content", [b"", b"\r\n", bytes(range(256)), b"--=_travelsec_" * 99])
def test_a_file_is_attached_as_it_is(content: bytes) -> None:
    data = draft("x", [], FILE._replace(data=content))
    (attached,) = fast_mail_parser.parse_email(data).attachments
    assert (attached.filename, bytes(attached.content)) == ("a.json", content)


def test_a_draft_can_be_a_reply() -> None:
    data = draft("x", [], FILE, ReplyTo("a@example.org", "<1@example.org>"))
    mail = email.message_from_bytes(data, policy=email.policy.default)
    assert mail["To"] == "a@example.org"
    assert mail["In-Reply-To"] == mail["References"] == "<1@example.org>"


def test_sections_have_an_empty_line_between_them() -> None:
    data = draft("x", [[Paragraph("a"), Paragraph("b")], [], [Paragraph("c")]], FILE)
    assert b"\r\n\r\na\r\nb\r\n\r\nc\r\n\r\n--" in data
