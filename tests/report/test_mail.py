"""What is read from an email itself: its sender and its id, if they are plain, and its files."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.emails import HEAD, PLAIN, attachment, mail, multipart
from tests.hostile import texts
from travelsec.problems import UserError
from travelsec.report.mail import read_mail


@pytest.mark.parametrize(
    ("header", "to"),
    [
        ("a.smith@example.org", "a.smith@example.org"),
        ("A. Smith <a.smith@example.org>", "a.smith@example.org"),
        ('"Smith, Ana (HMPPS)" <a.smith+x@mail.example.org>', "a.smith+x@mail.example.org"),
        ("=?utf-8?Q?Ana_Sm=C3=ADth?=\n <a.smith@example.org>", "a.smith@example.org"),
        ("<a.smith@example.org>", "a.smith@example.org"),
        ("a@example.org, b@example.org", ""),
        ("a@example.org <b@evil.example>", ""),
        ('"a@example.org" <b@evil.example>', ""),
        ("a@example.org(<b@evil.example>)", ""),
        ("Team: a@example.org;", ""),
        ("a@localhost", ""),
        ('"a b"@example.org', ""),
        ("a@example.org\n Bcc: b@evil.example", ""),
        ("ä@example.org", ""),
        ("a@exämple.org", ""),
        ("A. Smith", ""),
        ("a@example.org\nFrom: b@evil.example", ""),
        ("", ""),
    ],
)
def test_a_sender_is_known_if_it_is_plain(header: str, to: str) -> None:
    assert read_mail(mail(PLAIN, f"From: {header}\nMIME-Version: 1.0\n")).sender == to


@pytest.mark.parametrize(
    ("header", "id_"),
    [
        ("<CAK7a9=1+x@mail.example.org>", "<CAK7a9=1+x@mail.example.org>"),
        ("\n <1@example.org>", "<1@example.org>"),
        ("1@example.org", ""),
        ("<1@example.org>\n Bcc: <b@evil.example>", ""),
        ("<a b@example.org>", ""),
        (f"<{'x' * 300}@example.org>", ""),
        ("<ä@example.org>", ""),
    ],
)
def test_an_id_is_known_if_it_is_plain(header: str, id_: str) -> None:
    assert read_mail(mail(PLAIN, f"Message-ID: {header}\nMIME-Version: 1.0\n")).message_id == id_


def test_the_sample_mail_is_known() -> None:
    found = read_mail(mail(PLAIN, HEAD))
    assert found.sender == "ana.smith@example.org"
    assert found.message_id == "<CAK7a9=1+x@mail.example.org>"


def test_decisions_and_reports_are_told_apart() -> None:
    """By their names; what is neither is only named."""
    decisions = ["r.html.decision.json", "R.Decision (1).json", "r.decision(12).json"]
    names = ("r.html", *decisions, "R.JSON", "notes.txt", "page.HTM")
    parts = [attachment(name, name.encode(), "application/octet-stream") for name in names]
    found = read_mail(mail(multipart("mixed", PLAIN, *parts)))
    assert [file.name for file in found.attached("report")] == ["r.html", "R.JSON", "page.HTM"]
    assert [file.data.decode() for file in found.attached("decision")] == decisions
    assert found.others == ("“notes.txt”",)


PIECES = (
    *(b"Content-Type: ", b"multipart/mixed", b"message/rfc822", b"text/html", b"; boundary=b"),
    *(
        b"\n--b\n",
        b"\n--b--\n",
        b"\n\n",
        b"\n",
        b"\r",
        b" ",
        b"\x00",
        b"\xff",
        b"=",
        b"=?utf-8?q?=FF?=",
    ),
    *(b"Content-Transfer-Encoding: ", b"base64", b"quoted-printable", b"; name*0*=x''%FF.html"),
    *(
        b"Content-Disposition: attachment",
        b'; filename="r.json"',
        b"; charset=idna",
        b"From: a@b.c",
    ),
)


@given(data=st.lists(st.sampled_from(PIECES), max_size=40).map(b"".join))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    with contextlib.suppress(UserError):
        read_mail(b"MIME-Version: 1.0\n" + data)


@given(name=texts())
def test_any_name_is_read(name: str) -> None:
    """A line break in it may end the header, and the name with it."""
    part = attachment(name.encode(errors="replace").decode(), b"{}", "application/json")
    with contextlib.suppress(UserError):
        assert len(read_mail(mail(multipart("mixed", PLAIN, part))).files) <= 1
