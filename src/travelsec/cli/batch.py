"""`prepare --batch`: one report for each line of a file, in one process."""

from __future__ import annotations

import codecs
import errno
import os
import stat
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple

from travelsec import files
from travelsec.cli.build_report import make
from travelsec.cli.exit_codes import NO, READY, USAGE
from travelsec.cli.messages import warn
from travelsec.cli.options import load_packs
from travelsec.cli.prepare_options import PrepareOptions
from travelsec.cli.prompts import clean_stop
from travelsec.cli.streams import open_input, silence
from travelsec.formats import REPORT_FORMATS
from travelsec.pack.yaml import MAX_BYTES
from travelsec.problems import InputError, Place, Problem, UserError, brief
from travelsec.report.model import Report
from travelsec.safe_text import file_name, line
from travelsec.trip.batch import LineReader
from travelsec.trip.contacts import telephone_doubts
from travelsec.trip.facts import Facts
from travelsec.wording import count

MAX_FAULTS = 20
"""The most faults to print for a line."""

_PART_OF_NAME = 35  # a long name of a traveller leaves room for the destination
_NOT_MADE = "not made"
_TRAVELLER_WIDTH = 24


class _Row(NamedTuple):
    """The result of a line."""

    number: str
    verdict: str
    musts: str = ""
    waived: str = ""
    traveller: str = ""
    file: str = ""


_HEAD = _Row("Line", "Verdict", "Musts open", "Waived", "Traveller", "File")


def run(source: str | None, folder: Path | None, options: PrepareOptions) -> int:
    """Make the reports, print a row for each line as it is done, and return the worst exit code.

    Raises:
        UserError: an option is wrong, or it could not go on; then the text says what was made.
    """
    if source is None:
        raise UserError("--output-dir belongs to --batch: add --batch FILE, or use --output FILE")
    if folder is None:
        raise UserError("--batch needs a folder for the reports: add --output-dir DIR")
    _check_options(options)
    _check_folder(folder)
    with open_input(source) as stream:
        reader = LineReader(
            load_packs(options.packs),
            "stdin" if source == "-" else source,
            options.settings or [],
            defaults=options.defaults,
            today=options.today,
        )
        batch = _Batch(reader, folder, options)
        with clean_stop(batch.so_far):
            return _make_all(stream, batch)


def _check_options(options: PrepareOptions) -> None:
    others = {
        "--answers": options.answers is not None,
        "--answers-template": options.template,
        "--decision": options.decision is not None,
        "--output": options.output is not None,
        "--trip": options.trip is not None,
    }
    beside = [name for name, is_given in others.items() if is_given]
    if beside:
        raise UserError(
            f"--batch does not go with {', '.join(beside)}: each line has its own answers, and "
            "the reports go to --output-dir (--set answers for every line)"
        )
    REPORT_FORMATS.find(options.format or "json").check_installed()


def _make_all(stream: BinaryIO, batch: _Batch) -> int:
    batch.digits = max(batch.digits, _digits(stream))
    try:
        for number, data in _lines(stream):
            batch.make(number, data)
        if batch.counts:
            _print_total(batch.counts)
    except UserError as error:
        raise UserError(f"{error}\n{batch.so_far()}") from None
    except OSError as error:
        if error.errno == errno.EIO:
            # The terminal is gone: there is nobody to tell.
            raise
        text = f"the system refused: {error.strerror or error}"
        raise UserError(f"{text}\n{batch.so_far()}") from None
    finally:
        files.sync_folder(batch.folder)
    if not batch.counts:
        raise UserError(f"{batch.reader.file}: it has no lines; write one JSON object a line")
    if others := batch.others():
        warn(
            f"other reports in {batch.folder}, not made by this run: {others}. "
            "Remove those that no longer count."
        )
    return batch.code()


class _Batch:
    """Makes the reports, and counts them by verdict."""

    def __init__(self, reader: LineReader, folder: Path, options: PrepareOptions) -> None:
        self.reader = reader
        self.folder = folder
        self.format = REPORT_FORMATS.find(options.format or "json")
        self.options = options
        self.digits = 4
        """Of the number of a line."""
        self.counts: Counter[str] = Counter()
        self.named = 0
        """Lines whose report has a file, even an older one that was not replaced."""

    def make(self, number: int, data: bytes) -> None:
        """Make the report of a line; print its faults on standard error."""
        if not self.counts:
            # Not earlier: a file without lines must leave no folder behind.
            _make_folder(self.folder)
            _print_row(_HEAD, self.digits)
        try:
            facts, answers = self.reader.read(data, number)
            self._warn_of_numbers(facts, number)
            report = make(facts, answers, self.options.moment, given=answers)
            name = f"{_name(number, self.digits, report)}.{self.format.endings[0]}"
            self.named += 1
            self._write(number, report, name)
        except InputError as error:
            self.counts[_NOT_MADE] += 1
            _tell(error, number)
            row = _Row(str(number), _NOT_MADE)
        else:
            readiness = report.readiness
            self.counts[readiness.verdict] += 1
            musts, waived = str(readiness.counts["open-must"]), str(len(readiness.waived))
            traveller = _public(report, "traveller")
            row = _Row(str(number), readiness.verdict, musts, waived, traveller, name)
        _print_row(row, self.digits)

    def code(self) -> int:
        """Return the exit code of the worst line."""
        if self.counts[_NOT_MADE]:
            return USAGE
        return NO if self.counts["not-ready"] else READY

    def others(self) -> int:
        """Count the other reports of this format in the folder.

        For example, the report of a traveller who had another name in an earlier run.
        """
        # Imported only now: the start of a batch does not wait for it.
        from travelsec.review.decision import ENDING

        ending = f".{self.format.endings[0]}"
        with os.scandir(self.folder) as entries:
            names = (entry.name for entry in entries if not entry.name.startswith("."))
            found = sum(name.endswith(ending) and not name.endswith(ENDING) for name in names)
        return found - self.named

    def so_far(self) -> str:
        """Say what was made, if the batch cannot go on."""
        made = self.counts.total() - self.counts[_NOT_MADE]
        if not made:
            return "No report was made."
        reports = count(made, "report was", "reports were")
        return (
            f"{reports} made, each of them whole, in {self.folder}. "
            "Give the same command again with --force to make all of them."
        )

    def _warn_of_numbers(self, facts: Facts, number: int) -> None:
        """Warn of telephone numbers that may not be reached from abroad."""
        for name in facts.answers:
            for doubt in telephone_doubts(facts, name):
                warn(str(Problem(Place(self.reader.file, number, 1), f"{name}: {doubt}.")))

    def _write(self, number: int, report: Report, name: str) -> None:
        content = self.format.render(report)
        try:
            files.write(self.folder / name, content, force=self.options.force, in_bulk=True)
        except UserError as error:
            # What the system refuses now, such as room on the disk, it will refuse for every line.
            # What is in the way of this one file is a fault of this line.
            cause = error.__context__
            if isinstance(cause, OSError) and not isinstance(cause, FileExistsError):
                raise
            raise InputError.at(Place(self.reader.file, number, 1), str(error)) from None


def _print_row(row: _Row, digits: int) -> None:
    verdict = row.verdict.replace("-", " ")
    numbers = f"{row.number:>{digits}}  {verdict:18}  {row.musts:>10}  {row.waived:>6}"
    _print(f"{numbers}  {_fitted(row.traveller, _TRAVELLER_WIDTH)}  {row.file}".rstrip())


def _print_total(counts: Counter[str]) -> None:
    verdicts = ("ready", "ready-with-actions", "not-ready", _NOT_MADE)
    parts = (f"{counts[verdict]} {verdict.replace('-', ' ')}" for verdict in verdicts)
    _print(f"\n{count(counts.total(), 'line')}: {', '.join(parts)}")


def _print(text: str) -> None:
    try:
        print(text, flush=True)
    except BrokenPipeError:
        # Nobody reads the rows any more, but the reports are still wanted.
        silence(sys.stdout)


def _check_folder(folder: Path) -> None:
    files.check_name(folder)
    if folder.is_dir():
        return
    if os.path.lexists(folder):
        raise UserError(f"{folder}: this is no folder; name one to write the reports in")
    if not folder.parent.is_dir():
        raise UserError(f"{folder}: there is no folder {folder.parent}; make it first")


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise UserError(f"{folder}: cannot be made: {error.strerror}") from None
    files.remove_leftovers(folder)


def _digits(stream: BinaryIO) -> int:
    """Return how many digits the number of the last line has, or 0 for a pipe."""
    if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
        return 0
    start = stream.tell()
    last = max((number for number, _ in _lines(stream)), default=0)
    stream.seek(start)
    return len(str(last))


def _lines(stream: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """Yield the number and the bytes of each line that is not empty, however long it is."""
    # With room for a byte order mark and a line end. What is cut here is still too long to be read.
    limit = MAX_BYTES + 8
    for number, data in enumerate(iter(lambda: stream.readline(limit), b""), 1):
        rest = data if len(data) == limit else b""
        while rest and not rest.endswith(b"\n"):
            rest = stream.readline(limit)
        if number == 1:
            data = data.removeprefix(codecs.BOM_UTF8)
        if data.strip():
            yield number, data.rstrip(b"\r\n")


def _name(number: int, digits: int, report: Report) -> str:
    # The name of the file says only what the report says, too.
    parts = [_public(report, fact)[:_PART_OF_NAME] for fact in ("traveller", "destination")]
    return file_name(" ".join([str(number).zfill(digits), *parts]))


def _public(report: Report, fact: str) -> str:
    value = report.trip.facts.get(fact, "")
    return value if isinstance(value, str) else ""


def _tell(error: InputError, number: int) -> None:
    for problem in error.problems[:MAX_FAULTS]:
        print(line(str(problem)), file=sys.stderr)
    more = len(error.problems) - MAX_FAULTS
    if more > 0:
        print(f"… and {more} more faults in line {number}", file=sys.stderr)


def _fitted(text: str, width: int) -> str:
    """Return the text made safe, and cut or padded to this many columns."""
    shown = brief(line(text), width)
    while (columns := sum(map(_columns, shown))) > width:
        shown = f"{shown[:-2]}…"
    return shown + " " * (width - columns)


def _columns(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
