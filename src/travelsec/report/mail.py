"""Find the reports and decisions attached to an email (.eml) from a stranger.

An email that mail programs may show in different ways is refused: a person could then see another
attachment than the one that is read here.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from contextlib import suppress
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.parser import BytesParser
from email.utils import collapse_rfc2231_value
from typing import Any, Literal, NamedTuple

from travelsec.formats import MAIL_ENDING, REPORT_FORMATS
from travelsec.problems import UserError, brief
from travelsec.report.embedded_json import OPENING
from travelsec.wording import join_words

MAX_MAIL_LINES = 500_000
MAX_MAIL_PARTS = 1000
MAX_MAIL_DEPTH = 12
"""How deep parts and forwarded emails may be nested: each level makes every line slower to read."""
MAX_HEADER = 4096
"""Characters of a header that says how to read a part. Longer ones take too long to read."""
MAX_PARAMETERS = 50
"""The most parameters of such a header: reading time grows with the square of their number."""

_STRUCTURE = ("content-type", "content-transfer-encoding", "content-disposition")
_UNENCODED = ("", "7bit", "8bit", "binary")
_ENDING_OF_TYPE = {
    format_.media_type: f".{format_.readable[0]}"
    for format_ in REPORT_FORMATS
    if format_.media_type
} | {"application/xhtml+xml": ".xhtml"}
_KINDS_BY_TYPE = {"htm": "html", "json": "json", "rfc822": "eml"}
"""The kinds of files that are read here, by a word in the types that say so."""
_KINDS = frozenset(_KINDS_BY_TYPE.values())
_SEALED = {
    "multipart/encrypted": "an encrypted part, which travelsec cannot open",
    "application/pkcs7-mime": "a part encrypted or signed with S/MIME, which travelsec cannot open",
    "application/x-pkcs7-mime": "a part encrypted or signed with S/MIME, which travelsec cannot "
    "open",
    "application/ms-tnef": "winmail.dat, which only Outlook can open",
}
_USUAL = (
    *(".png", ".jpg", ".jpeg", ".gif", ".bmp", ".webp", ".heic"),
    *(".p7s", ".asc", ".sig", ".vcf", ".ics"),
)
"""Endings of what comes with many emails: pictures, signatures, business cards, invitations."""
_BOUNDARY = re.compile(r"(?i);\s*boundary[*\d]*\s*=")
# Python knows codecs that take for ever, and some that are not for text.
_CHARSET = re.compile(r"(?i)(iso-?8859-\d{1,2}|windows-125\d|utf-16(le|be)?)")
# Character sets in which ASCII can stand for other letters, such as those of a tag.
_OTHER_LETTERS = re.compile(r"(?i)utf-?7|unicode-\d-\d-utf-7|^hz")
_DECISION = re.compile(r"(?i)\.decision(?: ?\([0-9]{1,3}\))?\.json\Z")
"""The end of a decision's name; browsers number a file that is saved twice."""
# With limits, as a stranger may write a line of any length.
_MAILBOX_LINE = (
    rb"From [^\r\n]{0,300}[0-9]{2}:[0-9]{2}:[0-9]{2}[^\r\n]{0,50}\r?\n"
    # Headers follow.
    rb"[A-Za-z][A-Za-z0-9-]{0,50}:[ \t]"
)
_SEVERAL_MAILS = re.compile(_MAILBOX_LINE + rb"(?s:.*?)\n\r?\n" + _MAILBOX_LINE)
"""A line such as “From a@b Tue Nov 24 09:00:00 2026” begins each email of a mailbox."""
_ADDRESS = r"[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63})+"
_SENDER = re.compile(rf'({_ADDRESS})|(?:"[^"<>@]*"\s*|[^"<>@(),;:]*)<({_ADDRESS})>', re.ASCII)
_MESSAGE_ID = re.compile("(<[!-;=?-~]{1,250}>)")


class Attached(NamedTuple):
    """A file attached to an email, with its name; a page that is the text of an email has none."""

    name: str
    data: bytes


class Unread(NamedTuple):
    """The name of an attached file that can be neither a report nor a decision."""

    name: str

    def __str__(self) -> str:
        return f"“{brief(self.name)}”"


class Mail(NamedTuple):
    """What is in an email.

    `files` can be reports or decisions, and `others` says what else there is; `unread` says why
    those of the others are not read in which people could read a report. `sender` is the address
    that the email claims to be from, `message_id` its id; either is empty if it is not plain.
    """

    files: tuple[Attached, ...]
    others: tuple[str, ...]
    unread: tuple[str, ...]
    sender: str
    message_id: str

    @property
    def decisions(self) -> tuple[str, ...]:
        """The names of the files that can be decisions."""
        return tuple(file.name for file in self.files if _is_decision(file))

    def attached(self, noun: Literal["report", "decision"]) -> list[Attached]:
        """Return the files that can be reports, or decisions, by their names.

        Raises:
            UserError: there is none.
        """
        is_wanted = noun == "decision"
        wanted = [file for file in self.files if _is_decision(file) == is_wanted]
        if not wanted:
            other = "" if is_wanted else "the decision "
            others = [*self.others, *(f"{other}“{brief(file.name)}”" for file in self.files)]
            only = f", only {join_words(dict.fromkeys(others[:5]))}" if others else ""
            is_sealed = any(other in _SEALED.values() for other in self.others)
            way = (
                f": save the {noun} with your mail program, and name its file" if is_sealed else ""
            )
            raise UserError(f"no {noun} is attached to this email{only}{way}")
        return wanted


def _is_decision(file: Attached) -> bool:
    return bool(_DECISION.search(file.name))


class _Part(Message):
    """A part of an email; refused if it is nested too deeply, or can be read in several ways."""

    depth = 0

    def attach(self, payload: Any) -> None:
        payload.depth = self.depth + 1
        if payload.depth > MAX_MAIL_DEPTH:
            raise UserError("the parts of this email are nested too deeply")
        super().attach(payload)

    def set_raw(self, name: str, value: str) -> None:
        if name.lower() in _STRUCTURE:
            if name in self:
                raise UserError(
                    f"a part of this email has two headers “{name}”, so that mail programs may "
                    "show something else"
                )
            if len(value) > MAX_HEADER or value.count(";") > MAX_PARAMETERS:
                raise UserError(f"a part of this email has a header “{name}” that is too long")
            if len(_BOUNDARY.findall(value)) > 1:
                raise UserError(
                    "a part of this email has two boundaries, so that mail programs may show "
                    "something else"
                )
        super().set_raw(name, value)
        if name.lower() in _STRUCTURE:
            try:
                self.get_params(header=name)
            except TypeError:
                # Python cannot put a parameter together that is given whole and in pieces.
                raise UserError(
                    f"a part of this email has a header “{name}” that mail programs may read in "
                    "different ways"
                ) from None

    @property
    def encoding(self) -> str:
        """How its content is encoded for transport, as it says."""
        return str(self.get("Content-Transfer-Encoding", "")).strip().lower()

    @property
    def file_names(self) -> list[str]:
        """Its file names without folders. Mail programs differ in which of several they take."""
        given = [
            _plain_name(value)
            for header, wanted in (("content-disposition", "filename"), ("content-type", "name"))
            for parameter, value in self.get_params([], header)
            if parameter == wanted
        ]
        return [*filter(None, given)]

    def check_kind(self) -> None:
        """Make sure that its names and its type do not say that it is different kinds of files.

        Raises:
            UserError: they do, and one of the kinds is read here.
        """
        names = {_kind_of_name(name): name for name in self.file_names}
        names.pop("", None)
        if len(names) > 1 and names.keys() & _KINDS:
            named = join_words(f"“{brief(name)}”" for name in names.values())
            raise UserError(
                f"a part of this email has the names {named}, so that mail programs may show "
                "something else"
            )
        # Many mail programs are more lenient than Python about what a type looks like.
        media_type = str(self.get("Content-Type", "")).partition(";")[0].strip().lower()
        kinds = {kind for word, kind in _KINDS_BY_TYPE.items() if word in media_type}
        if len(kinds | (names.keys() & _KINDS)) > 1:
            named = "".join(f"“{brief(name)}” in " for name in names.values())
            raise UserError(
                f"{named}this email has the type “{brief(media_type)}”, so that mail programs may "
                "show something else"
            )

    def check_charset(self) -> None:
        """Make sure that what is ASCII in it is that for mail programs, too.

        Raises:
            UserError: it has a character set in which other letters can be written so.
        """
        value = self.get_param("charset", "")
        charset = value if isinstance(value, str) else value[2]
        if _OTHER_LETTERS.search(charset):
            raise UserError(
                f"a part of this email has the character set “{brief(charset)}”, so that mail "
                "programs may show something else"
            )


def _plain_name(value: str | tuple[str | None, str | None, str]) -> str:
    """Return the name of a file without folders, decoded if that is possible."""
    name = value if isinstance(value, str) else value[2]
    with suppress(LookupError, ValueError, MessageError):
        name = collapse_rfc2231_value(value)
        # Most mail programs write RFC 2047 instead of RFC 2231.
        name = str(make_header(decode_header(name)))
    # Windows leaves out full stops at the end.
    return name.replace("\\", "/").rpartition("/")[2].strip().rstrip(". ")


def _kind_of_name(name: str) -> str:
    """Return the ending that says what a file is, the same for all pages; empty without one."""
    _, dot, ending = name.lower().rpartition(".")
    if dot and "htm" in ending:
        # Browsers also show .xhtml and .shtml as pages.
        return "html"
    # What follows “A.” in “A. Smith”, or “1.” in “Version 1.2”, says nothing.
    return ending if dot and ending.isalnum() and not ending.isdecimal() else ""


def read_mail(data: bytes) -> Mail:
    """Read an email.

    Raises:
        UserError: it is not one, is damaged, or can be read in several ways.
    """
    reader = _Reader()
    mail = reader.parse(data, 0)
    contents = list(reader.find(mail))
    return Mail(
        tuple(file for file in contents if isinstance(file, Attached)),
        tuple(str(other) for other in contents if not isinstance(other, Attached)),
        tuple(filter(None, map(_why_unread, contents))),
        _header_match(mail, "From", _SENDER),
        _header_match(mail, "Message-ID", _MESSAGE_ID),
    )


def _why_unread(content: Attached | Unread | str) -> str:
    """Say why a part is not read in which people could read a report; empty for other parts."""
    if isinstance(content, Unread):
        is_usual = content.name.lower().endswith(_USUAL)
        return "" if is_usual else f"{content} in this email: it is neither JSON nor HTML"
    return f"in this email, {content}" if isinstance(content, str) else ""


class _Reader:
    """Reads an email and the emails in it, up to a number of lines and parts in all."""

    def __init__(self) -> None:
        self._lines = 0
        self._parts = 0

    def parse(self, data: bytes, depth: int) -> _Part:
        if _SEVERAL_MAILS.match(data):
            raise UserError(
                "this is a mailbox with several emails: save each as a file of its own, ending in "
                f"{MAIL_ENDING}"
            )
        self._lines += data.count(b"\n") + data.count(b"\r")
        if self._lines > MAX_MAIL_LINES:
            raise UserError("this email has too many lines")

        def make() -> _Part:
            self._parts += 1
            if self._parts > MAX_MAIL_PARTS:
                raise UserError("this email has too many parts")
            part = _Part()
            part.depth = depth
            return part

        mail = BytesParser(make).parsebytes(data.removeprefix(b"\xef\xbb\xbf"))
        if not mail.keys():
            raise UserError("this is not an email: it has no headers")
        return mail

    def find(self, mail: _Part) -> Iterator[Attached | Unread | str]:
        """Yield the files that can be reports or decisions, and descriptions of what else is in."""
        for part in mail.walk():
            assert isinstance(part, _Part)
            if part.defects:
                raise UserError("this email is damaged or cut off: save it, or the report, again")
            part.check_kind()
            kind, name = part.get_content_type(), next(iter(part.file_names), "")
            if name == "winmail.dat":
                yield _SEALED["application/ms-tnef"]
            elif kind in _SEALED:
                yield _SEALED[kind]
            elif part.is_multipart():
                if part.encoding not in _UNENCODED:
                    raise UserError("the email in this email is encoded: save the report in it")
            elif name.lower().endswith(MAIL_ENDING):
                # Some mail programs forward an email as an ordinary file.
                if part.depth >= MAX_MAIL_DEPTH:
                    raise UserError("the emails in this email are nested too deeply")
                yield from self.find(self.parse(_decoded_content(part, name), part.depth + 1))
            elif (
                kind == "text/html" and not name and part.get_content_disposition() != "attachment"
            ):
                yield from _page_in_body(part)
            elif kind in _ENDING_OF_TYPE or _is_named_as_report(name):
                if not _is_named_as_report(name):
                    # The type alone says what it is, as mail programs that save it go by that.
                    name = f"{name or 'report'}{_ENDING_OF_TYPE[kind]}"
                part.check_charset()
                yield Attached(name, _decoded_content(part, name))
            elif name:
                yield Unread(name)


def _is_named_as_report(name: str) -> bool:
    return _kind_of_name(name) in ("html", "json")


def _page_in_body(part: _Part) -> Iterator[Attached]:
    """Yield the text of an email if it is the page of a report."""
    try:
        data = _decoded_content(part, "")
    except UserError:
        return
    if OPENING.encode() in data:
        part.check_charset()
        yield Attached("", data)


def _decoded_content(part: _Part, name: str) -> bytes:
    """Decode the content of a part; raise `UserError` if it is damaged."""
    if part.encoding == "base64":
        try:
            text = "".join(str(part.get_payload()).split())
            data = base64.b64decode(text, validate=True)
        except ValueError:
            raise UserError(f"“{brief(name)}” was damaged on the way: ask for it again") from None
    elif part.encoding in (*_UNENCODED, "quoted-printable"):
        decoded = part.get_payload(decode=True)
        assert isinstance(decoded, bytes)
        data = decoded
    else:
        raise UserError(f"“{brief(name)}” is encoded as “{brief(part.encoding)}”: save it first")
    return _as_utf8(data, part) if part.get_content_maintype() == "text" else data


def _as_utf8(data: bytes, part: _Part) -> bytes:
    """Return a text in UTF-8 if a mail program has put it into another character set."""
    charset = part.get_param("charset", "")
    try:
        data.decode()
        return data
    except UnicodeDecodeError:
        if not isinstance(charset, str) or not _CHARSET.fullmatch(charset):
            return data
    try:
        return data.decode(charset).encode()
    except (LookupError, UnicodeError):
        return data


def _header_match(mail: _Part, header: str, pattern: re.Pattern[str]) -> str:
    """Return what the pattern finds in a header; empty unless it is there once, and plain."""
    values = [str(value) for value in mail.get_all(header, [])]
    match = pattern.fullmatch(values[0][:MAX_HEADER].strip()) if len(values) == 1 else None
    return next(filter(None, match.groups()), "") if match else ""
