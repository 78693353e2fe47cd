"""Read an untrusted report from JSON, or from HTML with the JSON embedded."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import msgspec

from travelsec import files
from travelsec.problems import UserError
from travelsec.report.diagnose import diagnose
from travelsec.report.embedded_json import extract
from travelsec.report.model import SCHEMA, Report, digest

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


def parse_report(data: bytes) -> Received:
    """Read a report from the bytes of a JSON file or an HTML page.

    Nothing that the report says about itself is trusted: a review selects its items again.

    Raises:
        UserError: it is not a report of this version; the text says why.
    """
    content, page = json_of(data)
    try:
        report = _DECODER.decode(content)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        why = diagnose(content, SCHEMA, error)
        raise UserError(f"this is not a travelsec report: {why}") from None
    return Received(report, digest(report), page)


def json_of(data: bytes) -> tuple[bytes, bytes | None]:
    """Return the JSON in the bytes of a file, and the HTML page around it, if any.

    Raises:
        UserError: it is a page without data.
    """
    content = data.removeprefix(BYTE_ORDER_MARK)
    if content.lstrip()[:1] != b"<":
        return content, None
    return extract(content), content


def read_report(path: Path) -> Received:
    """Read a report from a file.

    Raises:
        UserError: it cannot be read, or is not a report of this version; the text names the file.
    """
    data = files.read_file(path, MAX_BYTES)
    try:
        return parse_report(data)
    except UserError as error:
        raise UserError(f"{path}: {error}") from None
