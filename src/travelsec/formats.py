"""The registry of formats for each kind of document.

A new format is a module and a line here. Help, errors, completion and tests follow from it.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from msgspec import Struct

from travelsec.problems import UserError, allowed
from travelsec.wording import join_words

if TYPE_CHECKING:
    import datetime


class Format(Struct, frozen=True):
    """A format. Its module is named, not imported, so that JSON does not wait for PDF."""

    name: str
    module: str = ""
    endings: tuple[str, ...] = ()
    """The endings of its files; files that travelsec names itself get the first."""
    readable: tuple[str, ...] = ()
    """The endings of files that are read as a report again; other programs write some of them."""
    media_type: str = ""
    """The type by which an email names such a file when it is attached."""
    binary: bool = False
    """It is not text, so a terminal cannot show it."""
    extra: str = ""
    """The extra it needs. The module `travelsec.EXTRA` converts what was rendered."""
    dated: bool = False
    """It depends on the day it is made, which its `render` takes after the report."""
    streamed: bool = False
    """Each row is read by itself, however many there are."""
    kind: str = ""
    """What people call such a file, if not by the name of the format."""

    @property
    def has_data(self) -> bool:
        """Whether it carries the data of a report, which can be reviewed and decided on."""
        return bool(self.readable)

    def load(self) -> Any:
        """Return the module that makes this format."""
        return import_module(self.module)

    def check_installed(self) -> None:
        """Make sure that the extra is installed.

        Raises:
            UserError: it is not.
        """
        if self.extra:
            import_module(f"travelsec.{self.extra}").check()

    def render(self, subject: Any, today: datetime.date | None = None) -> bytes:
        """Return a report or a card in this format; text is UTF-8.

        `today` is needed where the report may have been made on another day.

        Raises:
            UserError: the extra is not installed.
        """
        render = self.load().render
        made: str | bytes = render(subject, today) if self.dated else render(subject)
        if self.extra:
            made = import_module(f"travelsec.{self.extra}").convert(made)
        return made if isinstance(made, bytes) else made.encode()


class Formats:
    """The formats of one kind of document, and the one to use if none is asked for."""

    def __init__(self, *formats: Format, default: str = "text") -> None:
        self._formats = {format_.name: format_ for format_ in formats}
        self._endings = dict.fromkeys(ending for format_ in formats for ending in format_.endings)
        self.names = tuple(self._formats)
        self.default = default

    def __iter__(self) -> Iterator[Format]:
        return iter(self._formats.values())

    @property
    def readable(self) -> tuple[str, ...]:
        """The endings of files that are read as a report again, with their dots."""
        return tuple(f".{ending}" for format_ in self for ending in format_.readable)

    def list_readable(self, conjunction: Literal["and", "or"]) -> str:
        """List the files that are read again in a sentence, each format by its first ending."""
        return join_words(
            [f".{format_.readable[0]}" for format_ in self if format_.readable], conjunction
        )

    def kinds(self, conjunction: Literal["and", "or"]) -> str:
        """List the formats in a sentence as people call their files."""
        return join_words([format_.kind or format_.name for format_ in self], conjunction)

    def choices(self, default: str = "") -> str:
        """Return the names as a list in a sentence, with the default marked if it is given."""
        words = [f"{name} (the default)" if name == default else name for name in self.names]
        return join_words(words, "or")

    def find(self, name: str) -> Format:
        """Return the format with this name.

        Raises:
            UserError: there is none.
        """
        if name not in self._formats:
            raise UserError(f"there is no format “{name}”{allowed(self._formats, name)}")
        return self._formats[name]

    def with_ending(self, path: Path) -> Format | None:
        """Return the format with the ending of the file; if several have it, the first."""
        ending = _ending(path)
        return next((format_ for format_ in self if ending in format_.endings), None)

    def of_file(self, path: Path) -> Format:
        """Return the format with the ending of the file; if several have it, the first.

        Raises:
            UserError: no format has this ending.
        """
        if format_ := self.with_ending(path):
            return format_
        endings = allowed(self._endings, _ending(path) or None)
        raise UserError(f"{path}: the ending of the file names no format{endings}")

    def choose(self, name: str | None, output: Path | None, *, in_terminal: bool) -> Format:
        """Return the format that is named, or else that of the file's ending, or the default.

        Raises:
            UserError: there is no such format, the name contradicts the ending, or a terminal
                cannot show it.
        """
        if output is None:
            format_ = self.find(name or self.default)
            if format_.binary and in_terminal:
                format_name, ending = format_.name.upper(), format_.endings[0]
                raise UserError(f"a terminal cannot show {format_name}: add --output FILE.{ending}")
            return format_
        if name is None:
            return self.of_file(output)
        format_ = self.find(name)
        if _ending(output) in self._endings.keys() - format_.endings:
            # Programs go by the ending, and would show the source of the file, or nothing.
            raise UserError(
                f"--format says {name}, but the ending of {output} says another: "
                "leave --format out, or give the file another ending"
            )
        return format_


def _ending(path: Path) -> str:
    return path.suffix.lower().removeprefix(".")


def names_a_report(text: str) -> bool:
    """Return whether an argument names the file of a report rather than a trip."""
    return Path(text).suffix.lower() in REPORT_FORMATS.readable


REPORT_FORMATS = Formats(
    Format("json", "travelsec.report.json", ("json",), ("json",), "application/json"),
    Format("md", "travelsec.report.markdown", ("md",)),
    Format("html", "travelsec.report.html", ("html",), ("html", "htm"), "text/html"),
    Format("pdf", "travelsec.report.paper", ("pdf",), binary=True, extra="pdf"),
    Format("csv", "travelsec.report.csv", ("csv",)),
    Format("ics", "travelsec.report.ics", ("ics",), dated=True),
    Format("txt", "travelsec.report.text", ("txt",)),
    Format("eml", "travelsec.report.eml", ("eml",), ("eml",)),
    default="txt",
)
"""Each has `render(report) -> str | bytes`."""

MAIL_ENDING = ".eml"
"""The ending of an email, which is read for what is attached to it."""

BATCH_FORMATS = Formats(
    Format("jsonl", "travelsec.batch.jsonl", ("jsonl", "ndjson"), streamed=True, kind="JSON Lines"),
    Format("csv", "travelsec.batch.csv", ("csv",), streamed=True, kind="CSV"),
    Format(
        "xlsx",
        "travelsec.batch.xlsx",
        ("xlsx",),
        binary=True,
        extra="xlsx",
        kind="a spreadsheet (.xlsx)",
    ),
    default="jsonl",
)
"""Files of starters. Each has `lines(stream, reader)`, which yields `StarterLine`s.

By the beginning of a file, `recognises(start, column_names)` tells whether it is one, and
`refusal(start)` why a file with its ending cannot be one; empty if it can.
"""

TEMPLATE_FORMATS = Formats(
    Format("yaml", "travelsec.trip.template", ("yaml", "yml")),
    Format("csv", "travelsec.batch.csv", ("csv",)),
    default="yaml",
)
"""For `--answers-template`. Each has `template(facts, statuses) -> str`."""

CARD_FORMATS = Formats(
    Format("html", "travelsec.card.html", ("html",)),
    Format("md", "travelsec.card.markdown", ("md",)),
    Format("txt", "travelsec.card.text", ("txt",)),
    Format("pdf", "travelsec.card.html", ("pdf",), binary=True, extra="pdf"),
    default="txt",
)
"""Each has `render(card) -> str | bytes`."""

REVIEW_FORMATS = Formats(
    Format("table", "travelsec.review.table", ("txt",)),
    Format("json", "travelsec.review.json", ("json",)),
    Format("jsonl", "travelsec.review.jsonl", ("jsonl",)),
    Format("csv", "travelsec.review.csv", ("csv",)),
    Format("html", "travelsec.review.html", ("html",)),
    Format("xlsx", "travelsec.review.xlsx", ("xlsx",), binary=True, extra="xlsx"),
    Format("junit", "travelsec.review.junit", ("xml",)),
    default="table",
)
"""Each has `write(output, sink)`, where the output is a `review.output.Output`."""

FINDING_FORMATS = Formats(
    Format("text", "travelsec.pack.findings.text"),
    Format("json", "travelsec.pack.findings.json"),
    Format("github", "travelsec.pack.findings.github"),
    Format("junit", "travelsec.pack.findings.junit"),
)
"""For `checklist validate`. Each has `render(findings, files) -> str`."""

COVERAGE_FORMATS = Formats(
    Format("text", "travelsec.guidance.outline"),
    Format("json", "travelsec.guidance.data"),
    Format("junit", "travelsec.guidance.junit"),
)
"""For `checklist coverage`. Each has `coverage(pages, wholes)`: text or blocks.

Those of `TEXT_OR_JSON` also have `fidelity(explained)`, for `--explain`.
"""

GUIDANCE_FORMATS = Formats(
    Format("text", "travelsec.guidance.outline"),
    Format("json", "travelsec.guidance.data"),
)
"""Each has `pages(pages)` and `changes(revision)`, which return text or blocks."""

DIFF_FORMATS = Formats(
    Format("text", "travelsec.changes.outline"),
    Format("json", "travelsec.changes.json"),
)
"""For `checklist diff`. Each has `render(changes)`, which returns text or blocks."""

INDEX_FORMATS = Formats(
    Format("text", "travelsec.guidance.outline"),
    Format("yaml", "travelsec.guidance.index_file"),
    Format("json", "travelsec.guidance.data"),
)
"""Each has `index(page)`, which returns text or blocks."""

SUMMARY_FORMATS = Formats(
    Format("text", "travelsec.batch.summary.text"),
    Format("json", "travelsec.batch.summary.json"),
    Format("jsonl", "travelsec.batch.summary.jsonl"),
)
"""For what a batch has made. Each has `summary(digits, width) -> Summary`."""

TEXT_OR_JSON = Formats(Format("text"), Format("json"))
"""For commands that make both themselves."""

_ALL = (
    *(REPORT_FORMATS, BATCH_FORMATS, TEMPLATE_FORMATS, CARD_FORMATS, REVIEW_FORMATS),
    *(FINDING_FORMATS, COVERAGE_FORMATS, GUIDANCE_FORMATS, DIFF_FORMATS, INDEX_FORMATS),
    *(SUMMARY_FORMATS, TEXT_OR_JSON),
)
EXTRAS = tuple(
    dict.fromkeys(format_.extra for formats in _ALL for format_ in formats if format_.extra)
)
"""The extras that some format needs."""
