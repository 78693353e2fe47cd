"""`prepare --batch`: one report for each line of a file, in one process."""

from __future__ import annotations

import contextlib
import errno
import itertools
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
from travelsec.cli.streams import silence
from travelsec.formats import REPORT_FORMATS
from travelsec.pack.yaml import MAX_BYTES
from travelsec.problems import InputError, Place, Problem, UserError, brief
from travelsec.report.model import Report
from travelsec.safe_text import file_name, line
from travelsec.trip.batch import LineReader
from travelsec.wording import count

MAX_FAULTS = 20
"""Faults of one line that are told; whoever has more than that mends some first."""

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_PART_OF_NAME = 35  # so that a long name of a traveller leaves room for the destination
_NOT_MADE = "not made"
_VERDICT_WIDTH = len("ready with actions")
_TRAVELLER_WIDTH = 24


class _Row(NamedTuple):
    """What came of a line."""

    number: str
    verdict: str
    musts: str = ""
    waived: str = ""
    traveller: str = ""
    file: str = ""


_HEAD = _Row("Line", "Verdict", "Musts open", "Waived", "Traveller", "File")


def run(source: str | None, folder: Path | None, options: PrepareOptions) -> int:
    """Make the reports, and print a row for each line as it is done.

    Args:
        source: the file to read, `-` for standard input.
        folder: where the reports go.
        options: how they are made; the settings win over every line.

    Returns:
        The exit code of the worst line.

    Raises:
        UserError: an option is wrong, or it could not go on; then the text says what was made.
    """
    if source is None:
        raise UserError("--output-dir belongs to --batch: add --batch FILE, or use --output FILE")
    if folder is None:
        raise UserError("--batch needs a folder for the reports: add --output-dir DIR")
    _check_options(options)
    _check_folder(folder)
    with _opened(source) as stream:
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
    table = _Table(max(4, _digits(stream)))
    try:
        for number, data in _lines(stream):
            batch.make(number, data, table)
        if batch.counts:
            table.total(batch.counts)
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
            f"other reports in {batch.folder}, which this run did not make: {others}. "
            "Take out those that no longer count."
        )
    return batch.code()


class _Batch:
    """Makes one report after the other, and counts them by verdict."""

    def __init__(self, reader: LineReader, folder: Path, options: PrepareOptions) -> None:
        self.reader = reader
        self.folder = folder
        self.format = REPORT_FORMATS.find(options.format or "json")
        self.options = options
        self.counts: Counter[str] = Counter()
        self.named = 0
        """Lines whose report has a file, be it an older one that was not replaced."""

    def make(self, number: int, data: bytes, table: _Table) -> None:
        """Make the report of a line; its faults are told on standard error."""
        if not self.counts:
            # Only now: a file without lines leaves no folder behind.
            _make_folder(self.folder)
            table.put(_HEAD)
        try:
            report = self._report(number, data)
            name = f"{_name(number, table.digits, report)}.{self.format.endings[0]}"
            self.named += 1
            self._write(number, report, name)
        except InputError as error:
            self.counts[_NOT_MADE] += 1
            _tell(error, number)
            table.put(_Row(str(number), _NOT_MADE))
            return
        readiness = report.readiness
        self.counts[readiness.verdict] += 1
        musts, waived = str(readiness.counts["open-must"]), str(len(readiness.waived))
        traveller = _public(report, "traveller")
        table.put(_Row(str(number), readiness.verdict, musts, waived, traveller, name))

    def code(self) -> int:
        """Return the exit code of the worst line."""
        if self.counts[_NOT_MADE]:
            return USAGE
        return NO if self.counts["not-ready"] else READY

    def others(self) -> int:
        """Return how many reports of the same format stand beside those of this batch.

        Such as that of a traveller who had another name in an earlier run.
        """
        # Only now: whoever starts a batch does not wait for what reads reports.
        from travelsec.review.decision import ENDING

        ending = f".{self.format.endings[0]}"
        with os.scandir(self.folder) as entries:
            names = (entry.name for entry in entries if not entry.name.startswith("."))
            there = sum(name.endswith(ending) and not name.endswith(ENDING) for name in names)
        return there - self.named

    def so_far(self) -> str:
        """Say what is there when it cannot go on."""
        made = self.counts.total() - self.counts[_NOT_MADE]
        if not made:
            return "No report was made."
        reports = count(made, "report was", "reports were")
        return (
            f"{reports} made, each of them whole, in {self.folder}. "
            "Give the same command again with --force to make all of them."
        )

    def _report(self, number: int, data: bytes) -> Report:
        facts, answers = self.reader.read(data, number)
        return make(facts, answers, self.options.moment, given=answers)

    def _write(self, number: int, report: Report, name: str) -> None:
        content = self.format.render(report)
        try:
            files.write(self.folder / name, content, force=self.options.force, in_bulk=True)
        except UserError as error:
            # What the system refuses now, such as room on the disk, it will refuse every line.
            # What stands in the way of this one file is a fault of this line.
            cause = error.__context__
            if isinstance(cause, OSError) and not isinstance(cause, FileExistsError):
                raise
            place = Place(self.reader.file, number, 1)
            raise InputError([Problem(place, str(error))]) from None


class _Table:
    """The rows on standard output, aligned; lines are numbered with so many digits."""

    def __init__(self, digits: int) -> None:
        self.digits = digits

    def put(self, row: _Row) -> None:
        """Print a row."""
        cells = (
            row.number.rjust(self.digits),
            row.verdict.replace("-", " ").ljust(_VERDICT_WIDTH),
            row.musts.rjust(len(_HEAD.musts)),
            row.waived.rjust(len(_HEAD.waived)),
            _fitted(row.traveller, _TRAVELLER_WIDTH),
            row.file,
        )
        self._say("  ".join(cells).rstrip())

    def total(self, counts: Counter[str]) -> None:
        """Print how many lines came to what."""
        verdicts = ("ready", "ready-with-actions", "not-ready", _NOT_MADE)
        parts = (f"{counts[verdict]} {verdict.replace('-', ' ')}" for verdict in verdicts)
        self._say(f"\n{count(counts.total(), 'line')}: {', '.join(parts)}")

    def _say(self, text: str) -> None:
        try:
            print(text, flush=True)
        except BrokenPipeError:
            # Whoever read the rows has had enough of them. The reports are wanted all the same.
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


@contextlib.contextmanager
def _opened(source: str) -> Iterator[BinaryIO]:
    if source == "-":
        yield sys.stdin.buffer
        return
    path = Path(source)
    files.check_name(path)
    if path.is_dir():
        raise UserError(f"{source}: this is a folder; name a file with one JSON object a line")
    try:
        stream = path.open("rb")
    except FileNotFoundError:
        raise UserError(f"{source}: there is no such file") from None
    except OSError as error:
        raise UserError(f"{source}: cannot be read: {error.strerror}") from None
    with stream:
        yield stream


def _digits(stream: BinaryIO) -> int:
    """Return how many digits the number of the last line has; of a pipe nobody knows it: 0."""
    if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
        return 0
    start, lines, last = stream.tell(), 0, b"\n"
    while block := stream.read(1 << 20):
        lines += block.count(b"\n")
        last = block[-1:]
    stream.seek(start)
    return len(str(lines + (last != b"\n")))


def _lines(stream: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """Yield the number and the bytes of each line that is not empty, however long it is."""
    for number in itertools.count(1):
        # With room for a mark before the line and an end behind it.
        limit = MAX_BYTES + 8
        data = stream.readline(limit)
        if not data:
            return
        is_cut = len(data) == limit
        rest = data
        while is_cut and rest and not rest.endswith(b"\n"):
            rest = stream.readline(limit)
        if number == 1:
            data = data.removeprefix(_BYTE_ORDER_MARK)
        if is_cut:
            # Still longer than what is read: that is its fault.
            yield number, data
        elif data.strip():
            yield number, data.rstrip(b"\r\n")


def _name(number: int, digits: int, report: Report) -> str:
    # Only what the report tells anyhow may stand in the name of its file.
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
    """Return the text made safe, cut and filled up to so many columns."""
    shown = brief(line(text), width)
    while (columns := sum(map(_columns, shown))) > width:
        shown = f"{shown[:-2]}…"
    return shown + " " * (width - columns)


def _columns(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
