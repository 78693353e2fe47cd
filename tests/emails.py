"""Emails with attachments, laid out as well-known mail programs lay them out."""

from __future__ import annotations

import base64
import quopri
from collections.abc import Callable
from typing import NamedTuple

HEAD = (
    "From: =?utf-8?Q?Ana_Smith?= <ana.smith@example.org>\n"
    "To: Chris Jones <chris.jones@example.org>\n"
    "Subject: =?utf-8?B?TXkgdHJpcCB0byBMaXNib24g4oCTIHJlcG9ydA==?=\n"
    "Message-ID: <CAK7a9=1+x@mail.example.org>\n"
    "MIME-Version: 1.0\n"
)


class Part(NamedTuple):
    """A part of an email: its headers, and its body as it is in the email."""

    headers: str
    body: bytes

    def bytes(self) -> bytes:
        """Return the part as it is in the email."""
        return f"{self.headers}\n".encode() + self.body


def encoded(data: bytes, encoding: str = "base64") -> bytes:
    """Encode the content of a part for transport."""
    if encoding == "base64":
        return base64.encodebytes(data)
    return quopri.encodestring(data) if encoding == "quoted-printable" else data


def part(kind: str, body: bytes, encoding: str = "7bit", disposition: str = "") -> Part:
    """Return a part with this Content-Type and content."""
    more = f"Content-Disposition: {disposition}\n" if disposition else ""
    headers = f"Content-Type: {kind}\nContent-Transfer-Encoding: {encoding}\n{more}"
    return Part(headers, encoded(body, encoding))


def type_of(name: str) -> str:
    """Return the type that mail programs give a report of this name."""
    return "application/json" if name.endswith(".json") else "text/html"


def attachment(name: str, data: bytes, kind: str = "", encoding: str = "base64") -> Part:
    """Return a part with a file attached to it, by default with the type that its name says."""
    return part(
        f'{kind or type_of(name)}; name="{name}"', data, encoding, f'attachment; filename="{name}"'
    )


def multipart(kind: str, *parts: Part, boundary: str = "") -> Part:
    """Put parts together; the boundary differs for each depth."""
    boundary = boundary or f"=_{kind.partition(';')[0].replace('/', '_')}_{len(parts)}"
    mark = f"--{boundary}".encode()
    inside = b"".join(mark + b"\n" + one.bytes().removesuffix(b"\n") + b"\n" for one in parts)
    return Part(
        f'Content-Type: multipart/{kind};\n boundary="{boundary}"\n',
        b"This is a message in MIME format.\n\n" + inside + mark + b"--\n",
    )


def mail(content: Part, head: str = HEAD, *, line_end: bytes = b"\r\n") -> bytes:
    """Return the email as it is saved."""
    return (head.encode() + content.bytes()).replace(b"\r\n", b"\n").replace(b"\n", line_end)


PLAIN = part('text/plain; charset="UTF-8"', b"Hello Chris, my report is attached.\n")
HTML = part('text/html; charset="UTF-8"', b"<p>Hello Chris,</p><p>my report.</p>", "base64")
BODY = multipart("alternative", PLAIN, HTML)


def gmail(name: str, data: bytes) -> bytes:
    """An attachment is in base64, and its character set a guess."""
    report = Part(
        f'Content-Type: {type_of(name)}; charset="US-ASCII"; name="{name}"\n'
        f'Content-Disposition: attachment; filename="{name}"\n'
        "Content-Transfer-Encoding: base64\nContent-ID: <f_lx1>\nX-Attachment-Id: f_lx1\n",
        encoded(data),
    )
    return mail(multipart("mixed", BODY, report))


def outlook(name: str, data: bytes) -> bytes:
    """The text has pictures of its own, and a file has dates and a description."""
    logo = Part(
        'Content-Type: image/png; name="image001.png"\nContent-Description: image001.png\n'
        'Content-Disposition: inline; filename="image001.png"; size=4;\n'
        '\tcreation-date="Tue, 24 Nov 2026 09:00:00 GMT"\n'
        "Content-ID: <image001.png@01DC>\nContent-Transfer-Encoding: base64\n",
        encoded(b"\x89PNG"),
    )
    text = multipart('related; type="multipart/alternative"', BODY, logo, boundary="_004_related_")
    report = Part(
        f'Content-Type: {type_of(name)}; name="{name}"\nContent-Description: {name}\n'
        f'Content-Disposition: attachment; filename="{name}"; size={len(data)};\n'
        '\tcreation-date="Tue, 24 Nov 2026 09:00:00 GMT";\n'
        '\tmodification-date="Tue, 24 Nov 2026 09:00:00 GMT"\n'
        "Content-Transfer-Encoding: base64\n",
        encoded(data),
    )
    head = f"Received: from a by b\nThread-Topic: x\n{HEAD}X-MS-Has-Attach: yes\n"
    return mail(multipart("mixed", text, report, boundary="_005_mixed_"), head)


def apple_mail(name: str, data: bytes) -> bytes:
    """A page is shown inside the text, in quoted-printable, and may be followed by more text."""
    report = Part(
        f"Content-Disposition: inline;\n\tfilename={name}\n"
        f'Content-Type: {type_of(name)};\n\tx-unix-mode=0600;\n\tname="{name}"\n'
        "Content-Transfer-Encoding: quoted-printable\n",
        encoded(data, "quoted-printable"),
    )
    after = part("text/html; charset=us-ascii", b"<html><body><br></body></html>")
    mixed = multipart("mixed", part("text/html; charset=us-ascii", b"<p>Hi</p>"), report, after)
    return mail(multipart("alternative", PLAIN, mixed), line_end=b"\n")


def thunderbird(name: str, data: bytes) -> bytes:
    """A mailbox has a line before the first header."""
    report = attachment(name, data, f"{type_of(name)}; charset=UTF-8")
    head = f"From - Tue Nov 24 09:00:00 2026\nX-Mozilla-Status: 0001\n{HEAD}"
    return mail(multipart("mixed", PLAIN, report, boundary="------------0a"), head)


def eight_bit(name: str, data: bytes) -> bytes:
    """A program that sends what it has."""
    kind = f"{type_of(name)}; charset=utf-8"
    return mail(multipart("mixed", PLAIN, attachment(name, data, kind, "8bit")))


def octet_stream(name: str, data: bytes) -> bytes:
    """A webmail that does not know what a page is."""
    report = attachment(name, data, "application/octet-stream")
    return mail(multipart("mixed", PLAIN, report))


def signed(name: str, data: bytes) -> bytes:
    """With S/MIME, in the open."""
    signature = attachment("smime.p7s", b"\x30\x80", "application/pkcs7-signature")
    mixed = multipart("mixed", BODY, attachment(name, data))
    return mail(multipart('signed; protocol="application/pkcs7-signature"', mixed, signature))


def forwarded(name: str, data: bytes) -> bytes:
    """An assistant forwards the email as an attachment."""
    inner = gmail(name, data).replace(b"\r\n", b"\n")
    nested = Part("Content-Type: message/rfc822\nContent-Disposition: attachment\n", inner)
    return mail(multipart("mixed", PLAIN, nested, boundary="outer"))


def forwarded_as_file(name: str, data: bytes) -> bytes:
    """A webmail forwards the email as a file."""
    nested = attachment("Fwd.eml", outlook(name, data), "application/octet-stream")
    return mail(multipart("mixed", PLAIN, nested, boundary="outer"))


def only_the_file(name: str, data: bytes) -> bytes:
    """A script sends the page, and nothing else."""
    return mail(attachment(name, data))


def as_body(_name: str, data: bytes) -> bytes:
    """A script sends the page as the text of the email."""
    return mail(part("text/html; charset=utf-8", data, "quoted-printable"))


LAYOUTS: tuple[Callable[[str, bytes], bytes], ...] = (
    *(gmail, outlook, apple_mail, thunderbird, eight_bit, octet_stream),
    *(signed, forwarded, forwarded_as_file, only_the_file, as_body),
)
