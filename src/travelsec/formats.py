"""The registry of formats: what each kind of document can be written in.

A new format is a module and a line here. Help, errors, completion and the tests follow.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

from travelsec.problems import UserError, allowed
from travelsec.wording import join_words


class Format(NamedTuple):
    """A format. Its module is named, not imported: those who want JSON need not wait for PDF."""

    name: str
    module: str = ""
    endings: tuple[str, ...] = ()
    """Of its files; travelsec gives the first to those it names itself."""
    binary: bool = False
    """Not text, so a terminal cannot show it."""
    extra: str = ""
    """The extra it needs. The module `travelsec.EXTRA` then converts what was rendered."""
    streamed: bool = False
    """Of a review: each row is written as soon as its report is judged."""

    def load(self) -> Any:
        """Return the module that makes it."""
        return import_module(self.module)

    def check_installed(self) -> None:
        """Make sure that what the format needs is installed.

        Raises:
            UserError: it is not.
        """
        if self.extra:
            self._converter().check()

    def render(self, subject: Any) -> bytes:
        """Return a report or a card in this format; text is UTF-8.

        Raises:
            UserError: what the format needs is not installed.
        """
        made: str | bytes = self.load().render(subject)
        if self.extra:
            made = self._converter().convert(made)
        return made if isinstance(made, bytes) else made.encode()

    def _converter(self) -> Any:
        return import_module(f"travelsec.{self.extra}")


class Formats:
    """The formats of one kind of document, and which one is taken if none is asked for."""

    def __init__(self, *formats: Format, default: str = "text") -> None:
        self._formats = {format_.name: format_ for format_ in formats}
        self._endings = dict.fromkeys(ending for format_ in formats for ending in format_.endings)
        self.default = default

    @property
    def names(self) -> tuple[str, ...]:
        """The names, as help and errors list them."""
        return tuple(self._formats)

    def choices(self, default: str = "") -> str:
        """Return the names as a list in a sentence, with the default marked if it is given."""
        words = [f"{name} (the default)" if name == default else name for name in self._formats]
        return join_words(words, "or")

    def find(self, name: str) -> Format:
        """Return the format of this name.

        Raises:
            UserError: there is none.
        """
        if name not in self._formats:
            raise UserError(f"there is no format “{name}”{allowed(self._formats, name)}")
        return self._formats[name]

    def check_printable(self, name: str, *, in_terminal: bool) -> Format:
        """Return the format of this name if it can be printed.

        Raises:
            UserError: there is none, or a terminal cannot show it.
        """
        format_ = self.find(name)
        if format_.binary and in_terminal:
            file = f"FILE.{format_.endings[0]}"
            raise UserError(f"a terminal cannot show {name.upper()}: add --output {file}")
        return format_

    def of_file(self, path: Path) -> Format:
        """Return the format that the file's ending asks for: the first, if several have it.

        Raises:
            UserError: no format has this ending.
        """
        ending = _ending(path)
        for format_ in self._formats.values():
            if ending in format_.endings:
                return format_
        known = allowed(self._endings, ending or None)
        raise UserError(f"{path}: the ending of the file names no format{known}")

    def choose(self, name: str | None, output: Path | None, *, in_terminal: bool) -> Format:
        """Return the format: the one named, else that of the file's ending, else the default.

        Raises:
            UserError: there is no such format, the name contradicts the ending, or a terminal
                cannot show it.
        """
        if output is None:
            return self.check_printable(name or self.default, in_terminal=in_terminal)
        if name is None:
            return self.of_file(output)
        format_ = self.find(name)
        if _ending(output) in self._endings.keys() - format_.endings:
            # A program that goes by the ending would show the source of the file, or nothing.
            raise UserError(
                f"--format says {name}, and the ending of {output} says another: "
                "leave --format out, or give the file another ending"
            )
        return format_


def _ending(path: Path) -> str:
    return path.suffix.lower().removeprefix(".")


def names_a_report(text: str) -> bool:
    """Tell whether an argument is the file of a report, and not the name of a trip."""
    return _ending(Path(text)) in ("json", "html", "htm")


REPORT_FORMATS = Formats(
    Format("json", "travelsec.report.json", ("json",)),
    Format("md", "travelsec.report.markdown", ("md",)),
    Format("html", "travelsec.report.html", ("html",)),
    Format("pdf", "travelsec.report.html", ("pdf",), binary=True, extra="pdf"),
    Format("csv", "travelsec.report.csv", ("csv",)),
    Format("ics", "travelsec.report.ics", ("ics",)),
    Format("txt", "travelsec.report.text", ("txt",)),
    default="txt",
)
"""Each has `render(report) -> str | bytes`."""

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
    Format("jsonl", "travelsec.review.jsonl", ("jsonl",), streamed=True),
    Format("csv", "travelsec.review.csv", ("csv",), streamed=True),
    Format("html", "travelsec.review.html", ("html",)),
    default="table",
)
"""Each has `write(output, sink)`, where the output is a `review.output.Output`."""

FINDING_FORMATS = Formats(
    Format("text", "travelsec.pack.findings.text"),
    Format("json", "travelsec.pack.findings.json"),
    Format("github", "travelsec.pack.findings.github"),
)
"""What `checklist validate` found. Each has `render(findings) -> str`."""

GUIDANCE_FORMATS = Formats(
    Format("text", "travelsec.guidance.outline"),
    Format("json", "travelsec.guidance.data"),
)
"""Each has `pages(pages)` and `changes(revision, citations)`, which give text or blocks."""

INDEX_FORMATS = Formats(
    Format("text", "travelsec.guidance.outline"),
    Format("yaml", "travelsec.guidance.index_file"),
    Format("json", "travelsec.guidance.data"),
)
"""Each has `index(page)`, which gives text or blocks."""

TEXT_OR_JSON = Formats(Format("text"), Format("json"))
"""Of commands that make both themselves."""
