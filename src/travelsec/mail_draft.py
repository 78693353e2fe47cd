"""Make an email as a draft, for a person to look at in a mail program and send.

travelsec sends nothing itself.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from email.charset import QP, Charset
from email.encoders import encode_base64
from email.header import Header
from email.message import Message
from email.mime.multipart import MIMEMultipart
from email.mime.nonmultipart import MIMENonMultipart
from email.policy import compat32
from typing import Any, NamedTuple

from travelsec.document import Block, text_lines
from travelsec.safe_text import line

MAIL_WIDTH = 72
_POLICY = compat32.clone(linesep="\r\n", mangle_from_=False)


class Attachment(NamedTuple):
    """A file to attach; the name is one that `safe_text.file_name` makes, with an ending."""

    name: str
    kind: str
    data: bytes


class ReplyTo(NamedTuple):
    """The email that a draft replies to: who sent it, and its id; each may be empty."""

    sender: str = ""
    message_id: str = ""


NO_MAIL = ReplyTo()


def draft(
    subject: str,
    sections: Iterable[Iterable[Block]],
    attachment: Attachment,
    reply_to: ReplyTo = NO_MAIL,
) -> bytes:
    """Return a draft; the same input gives the same bytes.

    Without a sender and a date: the mail program adds both. Texts may come from a stranger.

    Args:
        subject: what the email is about.
        sections: its text; an empty line stands between two sections.
        attachment: the file to attach.
        reply_to: the email that it replies to, as `report.mail` reads it.
    """
    # The content is encoded so that this cannot occur in it.
    boundary = f"=_travelsec_{hashlib.sha256(attachment.data).hexdigest()[:32]}"
    mail: Message[Any, Any] = MIMEMultipart("mixed", boundary)
    mail["X-Unsent"] = "1"
    mail["Subject"] = _header(subject)
    if reply_to.sender:
        mail["To"] = reply_to.sender
    if reply_to.message_id:
        mail["In-Reply-To"] = mail["References"] = reply_to.message_id
    utf8 = Charset("utf-8")
    utf8.body_encoding = QP
    text = MIMENonMultipart("text", "plain", charset="utf-8")
    text.set_payload(_text_of(sections), utf8)
    mail.attach(text)
    mail.attach(_mime_part(attachment))
    return mail.as_bytes(policy=_POLICY)


def _header(text: str) -> Header:
    safe = line(text)
    # A text that looks encoded would be decoded.
    charset = "us-ascii" if safe.isascii() and "=?" not in safe else "utf-8"
    return Header(safe, charset, header_name="Subject")


def _text_of(sections: Iterable[Iterable[Block]]) -> str:
    texts = ("\n".join(text for text, _ in text_lines(blocks, MAIL_WIDTH)) for blocks in sections)
    return "\n\n".join(filter(None, texts)) + "\n"


def _mime_part(attachment: Attachment) -> MIMENonMultipart:
    main, _, sub = attachment.kind.partition("/")
    part = MIMENonMultipart(main, sub, charset="utf-8", name=attachment.name)
    part.add_header("Content-Disposition", "attachment", filename=attachment.name)
    part.set_payload(attachment.data)
    encode_base64(part)
    return part
