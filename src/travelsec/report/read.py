"""Read an untrusted report from JSON, or from HTML with the JSON embedded."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import NamedTuple

import msgspec

from travelsec import files
from travelsec.problems import UserError
from travelsec.report.diagnose import diagnose, is_page, misnamed, never_written
from travelsec.report.embedded_json import extract
from travelsec.report.model import SCHEMA, Report, canonical_content
from travelsec.report.strict import keys_twice, rule_faults

MAX_BYTES = 4 * 1024 * 1024
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_DECODER = msgspec.json.Decoder(Report)


class Received(NamedTuple):
    """A report as received.

    `computed` is the digest of its content; the report may state another. `page` is the HTML page
    it came in, if any, which may show something else than the report says.
    """

    report: Report
    computed: str
    page: bytes | None = None

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
        report = _DECODER.decode(content)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise _refusal(diagnose(content, SCHEMA, Report)) from None
    digested = canonical_content(report)
    length = len(digested) + (len(f',"digest":"{report.digest}"') if report.digest else 0)
    faults = [*rule_faults(report)]
    # Without white space, JSON is at least as long as msgspec writes what it read there, and
    # longer if it has a key twice. Looking for the key takes ten times as long as this.
    if len(msgspec.json.format(content, indent=-1)) != length:
        faults += keys_twice(content)
    if faults:
        raise _refusal(never_written(faults, SCHEMA))
    return Received(report, hashlib.sha256(digested).hexdigest(), page)


def check_readable(report: Report) -> None:
    """Make sure that a reader takes a report just made.

    None takes what the schema of reports does not allow, such as a text of a pack that is too long
    once the answers are filled in.

    Raises:
        UserError: a reader would refuse it; the text says why.
    """
    content = msgspec.json.encode(report)
    try:
        read = _DECODER.decode(content)
    except msgspec.ValidationError:
        raise _refusal(diagnose(content, SCHEMA, Report)) from None
    if faults := [*rule_faults(read)]:
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
    data = files.read_file(path, MAX_BYTES)
    try:
        return parse_report(data, path.name)
    except UserError as error:
        raise UserError(f"{path}: {error}") from None
