"""Read an untrusted report from JSON, from HTML with the JSON embedded, or from an email."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import NamedTuple

import msgspec

from travelsec import files
from travelsec.formats import MAIL_ENDING
from travelsec.problems import UserError, brief
from travelsec.report import read_json
from travelsec.report.diagnose import (
    diagnose,
    is_page,
    looks_like_mail,
    misnamed,
    never_written,
)
from travelsec.report.embedded_json import extract
from travelsec.report.model import SCHEMA, Days, Report, ReportItem
from travelsec.report.strict import faults_around_items, keys_twice
from travelsec.wording import join_words

MAX_REPORT_BYTES = 4 * 1024 * 1024
MAX_MAIL_BYTES = 16 * 1024 * 1024
"""Room for a report as a page and as JSON, both encoded for transport, and other attachments."""
BYTE_ORDER_MARK = b"\xef\xbb\xbf"


class Received(NamedTuple):
    """A report as received.

    `plain` are its items without their statuses and `days`. `computed` is the digest of its
    content; the report may state another. `page` is the HTML page it came in, if any, which may
    show something else than the report says. `unread` says why other pages, JSON files and
    documents in the email it came in are not reports.
    """

    report: Report
    plain: tuple[ReportItem, ...]
    days: tuple[Days, ...]
    computed: str
    page: bytes | None = None
    unread: tuple[str, ...] = ()

    @property
    def fits(self) -> bool:
        """Whether the report's digest matches its content."""
        return self.computed == self.report.digest


def parse_report(data: bytes, name: str = "") -> Received:
    """Read a report from the bytes of a JSON file or an HTML page.

    Nothing that the report says about itself is trusted: a review selects its items again.

    Args:
        data: the bytes of the file.
        name: its name, whose ending says what it is. Without one, the bytes tell.

    Raises:
        UserError: it is not a report as travelsec writes them; the text says why.
    """
    if why := misnamed(data.removeprefix(BYTE_ORDER_MARK), name):
        raise _refusal(why)
    content, page = json_of(data)
    try:
        report, plain, days, digested, item_faults, shortest = read_json.decode(content)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise _refusal(diagnose(content, SCHEMA, Report)) from None
    length = len(digested) + (len(f',"digest":"{report.digest}"') if report.digest else 0)
    faults = [*faults_around_items(report), *item_faults]
    # Without white space, JSON is at least as long as msgspec writes what it read there, and
    # longer if it has a key twice. Looking for the key takes ten times as long as this.
    if shortest != length:
        faults += keys_twice(content)
    if faults:
        raise _refusal(never_written(faults, SCHEMA))
    return Received(report, plain, days, hashlib.sha256(digested).hexdigest(), page)


def check_readable(report: Report) -> None:
    """Make sure that a reader accepts a report just made; `write_json.is_readable` is faster.

    No reader accepts what the schema does not allow, such as a text of a pack that is too long
    once the answers are filled in.

    Raises:
        UserError: a reader would refuse it; the text says why.
    """
    content = msgspec.json.encode(report)
    try:
        read, *_, item_faults, _ = read_json.decode(content)
    except msgspec.ValidationError:
        raise _refusal(diagnose(content, SCHEMA, Report)) from None
    if faults := [*faults_around_items(read), *item_faults]:
        raise _refusal(never_written(faults, SCHEMA))


def _refusal(why: str) -> UserError:
    return UserError(f"this is not a travelsec report: {why}")


def json_of(data: bytes) -> tuple[bytes, bytes | None]:
    """Return the JSON in the bytes of a file, and the HTML page around it, if any.

    Raises:
        UserError: it is a page without data.
    """
    content = data.removeprefix(BYTE_ORDER_MARK)
    if not is_page(content):
        return content, None
    return extract(content), content


def read_report(path: Path) -> Received:
    """Read a report from a file.

    Raises:
        UserError: it cannot be read, or is not a report of this version; the text names the file.
    """
    data = files.read_file(path, max_bytes(path.name))
    try:
        return parse_file(data, path.name)
    except UserError as error:
        raise UserError(f"{path}: {error}") from None


def max_bytes(name: str) -> int:
    """Return the most bytes that a file of this name may have."""
    return MAX_MAIL_BYTES if is_mail(b"", name) else MAX_REPORT_BYTES


def is_mail(data: bytes, name: str) -> bool:
    """Return whether a file is an email: by its name, or by its bytes if it has none."""
    if name:
        return name.lower().endswith(MAIL_ENDING)
    return looks_like_mail(data)


def parse_file(data: bytes, name: str) -> Received:
    """Read a report from the bytes of a JSON file, an HTML page, or an email with either attached.

    Args:
        data: the bytes of the file.
        name: its name; standard input has none.

    Raises:
        UserError: there is not exactly one report, of this version, in it; the text says why.
    """
    return _parse_mail(data) if is_mail(data, name) else parse_report(data, name)


def _parse_mail(data: bytes) -> Received:
    """Read the report attached to an email; if it is there as a page too, that counts."""
    # Most reports do not come in emails.
    from travelsec.report.mail import read_mail

    reports: list[tuple[str, Received]] = []
    faults: list[str] = []
    mail = read_mail(data)
    for name, content in mail.attached("report"):
        source = f"“{brief(name)}”" if name else "its text"
        try:
            if len(content) > MAX_REPORT_BYTES:
                raise UserError(f"it is larger than {MAX_REPORT_BYTES // 1024 // 1024} MiB")
            reports.append((source, parse_report(content, name)))
        except UserError as error:
            faults.append(f"{source} in this email: {error}")
            # Left out, it could show people another report than the one that is judged.
            if b"travelsec" in content:
                raise UserError(faults[-1]) from None
    if not reports:
        raise UserError(faults[0])
    pages = {received.page: received for _, received in reports if received.page is not None}
    if len(pages) > 1 or len({received.computed for _, received in reports}) > 1:
        names = join_words(dict.fromkeys(source for source, _ in reports))
        raise UserError(
            f"several reports are attached to this email, {names}: save them, and name their files"
        )
    chosen = next(iter(pages.values()), reports[0][1])
    faults += mail.unread
    faults += [
        f"“{brief(name)}” in this email: a decision counts only beside the file of its report"
        for name in mail.decisions
    ]
    return chosen._replace(unread=tuple(faults))
