"""`prepare --batch`: one report for each line of a file, in one process."""

from __future__ import annotations

import errno
import os
import stat
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, Literal

from travelsec import files
from travelsec.batch.recognise import recognise
from travelsec.batch.rerun import compare_with_last
from travelsec.batch.starters import (
    FaultyLine,
    StarterLine,
    StarterReader,
    name_of_key,
    trip_of_key,
)
from travelsec.batch.summary.results import NOT_MADE, BatchCounts, LineResult, Summary
from travelsec.batch.table import known_names
from travelsec.cli.build_report import make
from travelsec.cli.exit_codes import NO, READY, USAGE
from travelsec.cli.messages import tell_offers, warn
from travelsec.cli.options import STDOUT, load_packs
from travelsec.cli.prepare_options import BatchOptions, PrepareOptions
from travelsec.cli.prompts import clean_stop
from travelsec.cli.streams import open_input, silence
from travelsec.console import width_of
from travelsec.formats import REPORT_FORMATS, SUMMARY_FORMATS, Format
from travelsec.pack.folder import offers
from travelsec.pack.model import Pack, PackInfo
from travelsec.problems import InputError, Place, Problem, UserError
from travelsec.report.model import Report
from travelsec.report.shared_parts import SharedParts
from travelsec.safe_text import file_name, line
from travelsec.trip.contacts import telephone_doubts
from travelsec.trip.facts import Facts
from travelsec.wording import count

MAX_FAULTS = 20
"""The most faults to print for a line."""

_PART_OF_NAME = 35  # a long name of a traveller leaves room for the destination
_MIN_DIGITS = 4


def run(wanted: BatchOptions, options: PrepareOptions) -> int:
    """Make the reports, print a row for each line as it is done, and return the worst exit code.

    Raises:
        UserError: an option is wrong, or it could not go on; then the text says what was made.
    """
    if wanted.file is None:
        if wanted.folder is None:
            raise UserError("--summary belongs to --batch: add --batch FILE, or use --format json")
        raise UserError("--output-dir belongs to --batch: add --batch FILE, or use --output FILE")
    if wanted.folder is None:
        raise UserError("--batch needs a folder for the reports: add --output-dir DIR")
    _check_options(options)
    report_format = REPORT_FORMATS.find(options.format or "json")
    report_format.check_installed()
    summary_format = SUMMARY_FORMATS.find(wanted.summary or SUMMARY_FORMATS.default)
    _check_folder(wanted.folder)
    with open_input(wanted.file) as stream:
        reader = StarterReader(
            load_packs(options.packs),
            "stdin" if wanted.file == "-" else wanted.file,
            options.settings or [],
            defaults=options.defaults,
            today=options.today,
        )
        with clean_stop("No report was made."):
            # Peek at what has arrived; it is read again from the beginning.
            start = stream.peek(1)  # type: ignore[attr-defined]  # every input is buffered
            format_ = recognise(reader.file, start, known_names(reader))
            format_.check_installed()
            lines, last = _starter_lines(stream, format_, reader)
        digits = max(_MIN_DIGITS, len(str(last)))
        width = width_of(sys.stdout) if sys.stdout.isatty() else None
        summary = summary_format.load().summary(digits, width)
        batch = _Batch(wanted.folder, report_format, options, summary, digits, reader.pack)
        with clean_stop(batch.so_far):
            return _make_all(lines, batch, reader.file)


def _check_options(options: PrepareOptions) -> None:
    of_one_trip = {
        "--answers": options.answers is not None,
        "--answers-template": options.template,
        "--decision": options.decision is not None,
        "--output": options.output is not None,
        "--trip": options.trip is not None,
    }
    given = [name for name, is_given in of_one_trip.items() if is_given]
    if given:
        raise UserError(
            f"--batch does not go with {', '.join(given)}: each line has its own answers, and "
            "the reports go to --output-dir (--set answers for every line)"
        )


def _starter_lines(
    stream: BinaryIO, format_: Format, reader: StarterReader
) -> tuple[Iterable[StarterLine], int]:
    """Return the lines, and the number of the last; 0 if a pipe does not tell.

    Raises:
        UserError: the file is not in its format, or its header has faults.
    """
    read = format_.load().lines
    if not format_.streamed:
        lines = list(read(stream, reader))
        return lines, lines[-1].place.line if lines else 0
    if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
        return read(stream, reader), 0
    start = stream.tell()
    last = max((starter_line.place.line for starter_line in read(stream, reader)), default=0)
    stream.seek(start)
    return read(stream, reader), last


def _make_all(lines: Iterable[StarterLine], batch: _Batch, file: str) -> int:
    try:
        for starter_line in lines:
            batch.make(starter_line)
        if batch.counts:
            _print_at_once(batch.summary.end(batch.counts))
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
        raise UserError(
            f"{file}: it has no lines; write one JSON object a line, or a row for each trip below "
            "a row of names"
        )
    tell_offers(offers(batch.coverable.values()))
    if others := batch.others():
        warn(
            f"other reports in {batch.folder}, not made by this run: {others}. "
            "Remove those that no longer count."
        )
    return batch.counts.exit_code


def _print_at_once(text: str) -> None:
    """Print a text if there is one, as long as someone reads it."""
    if not text:
        return
    try:
        print(text, flush=True)
    except BrokenPipeError:
        # Nobody reads the rows any more, but the reports are still wanted.
        silence(sys.stdout)


class _Batch:
    """Makes the reports, and counts them by verdict."""

    def __init__(
        self,
        folder: Path,
        format_: Format,
        options: PrepareOptions,
        summary: Summary,
        digits: int,
        pack: Pack,
    ) -> None:
        self.folder = folder
        self.format = format_
        self.options = options
        self.summary = summary
        self.digits = digits
        self.shared = SharedParts(pack)
        self.counts = BatchCounts()
        self.named = 0
        """Lines whose report has a file, even an older one that was not replaced."""
        self.keyed: bool | None = None
        """Whether the lines have keys, once one of them was read."""
        self.files: dict[str, int] = {}
        """The line of each file that is named after a key."""
        self.coverable: dict[str, PackInfo] = {}
        """The packs that an optional pack would complete for one of the trips, by its name."""

    def make(self, starter_line: StarterLine) -> None:
        """Make the report of a line; print its faults on standard error."""
        if not self.counts:
            # Not earlier: a file without lines must leave no folder behind.
            _make_folder(self.folder)
        number, key = starter_line.place.line, ""
        try:
            facts, answers, key = starter_line.read()
            self._claim(key, starter_line.place)
            self._warn_of_numbers(facts, starter_line.place)
            trip = trip_of_key(key) if key else None
            report = make(
                facts,
                answers,
                self.options.moment,
                given=answers,
                trip_id=trip,
                shared=self.shared,
            )
            result = self._keep(report, key, starter_line.place)
            coverable = facts.pack.can_be_covered(facts.state)
            self.coverable |= {info.covered_by: info for info in coverable}
        except InputError as error:
            if isinstance(error, FaultyLine):
                key = error.key
                self._claim_of_faulty(key, number)
            faults = tuple(_fault_lines(error, number))
            for text in faults:
                print(text, file=sys.stderr)
            result = LineResult(number, key, NOT_MADE, USAGE, faults=faults)
        self.counts.add(result)
        _print_at_once(self.summary.row(result))

    def others(self) -> int:
        """Count the other reports of this format in the folder.

        For example, the report of a traveller who had another name in an earlier run.
        """
        # Imported only now: the start of a batch does not wait for it.
        from travelsec.review.decision import ENDING

        ending = f".{self.format.endings[0]}"
        with os.scandir(self.folder) as entries:
            names = (entry.name for entry in entries if not entry.name.startswith("."))
            reports = sum(name.endswith(ending) and not name.endswith(ENDING) for name in names)
        return reports - self.named

    def so_far(self) -> str:
        """Say what was made, if the batch cannot go on."""
        made = self.counts.lines - self.counts[NOT_MADE]
        if not made:
            return "No report was made."
        reports = count(made, "whole report was", "whole reports were")
        again = "" if self.keyed else " with --force"
        return (
            f"{reports} made in {self.folder}. "
            f"Give the same command again{again} to make all of them."
        )

    def _claim(self, key: str, place: Place) -> None:
        """Keep the file of a key for this line.

        Raises:
            InputError: an earlier line has it, or either all lines so far had keys or none.
        """
        if self.keyed is None:
            self.keyed = bool(key)
        if self.keyed != bool(key):
            before = "have one" if self.keyed else "have none"
            this = "has a key" if key else "has no key"
            text = f"this line {this}, and those before {before}: give a key to all lines or none"
            raise InputError.at(place, text)
        if key and (first := self.files.setdefault(name_of_key(key), place.line)) != place.line:
            text = f"the key “{line(key)}” is already in line {first}"
            raise InputError.at(place, text)

    def _claim_of_faulty(self, key: str, number: int) -> None:
        """Count the report that an earlier run made of a line which has faults now."""
        name = name_of_key(key) if key else ""
        if name and self.files.setdefault(name, number) == number:
            self.named += files.exists(self.folder / f"{name}.{self.format.endings[0]}")

    def _warn_of_numbers(self, facts: Facts, place: Place) -> None:
        """Warn of telephone numbers that may not be reached from abroad."""
        for name in facts.answers:
            for doubt in telephone_doubts(facts, name):
                warn(str(Problem(place, f"{name}: {doubt}.")))

    def _keep(self, report: Report, key: str, place: Place) -> LineResult:
        """Write the report of a line, unless an earlier run has made the same."""
        stem = name_of_key(key) if key else _file_stem(place.line, self.digits, report)
        name = f"{stem}.{self.format.endings[0]}"
        self.named += 1
        path = self.folder / name
        force = self.options.force
        standing = self._compare(path, report, place) if key and not force else "unknown"
        if standing != "unchanged":
            self._write(path, report, place, force=force or standing == "changed")
        readiness = report.readiness
        return LineResult(
            place.line,
            key,
            readiness.verdict,
            NO if readiness.verdict == "not-ready" else READY,
            str(path),
            unchanged=standing == "unchanged",
            musts=str(readiness.counts["open-must"]),
            waived=str(len(readiness.waived)),
            traveller=report.trip.text("traveller"),
        )

    def _compare(
        self, path: Path, report: Report, place: Place
    ) -> Literal["unchanged", "changed", "unknown"]:
        try:
            return compare_with_last(path, report, self.format)
        except UserError as error:
            raise InputError.at(place, str(error)) from None

    def _write(self, path: Path, report: Report, place: Place, *, force: bool) -> None:
        content = self.format.render(report)
        try:
            files.write_file(path, content, force=force, in_bulk=True)
        except UserError as error:
            # What the system refuses now, such as room on the disk, it will refuse for every line.
            # What is in the way of this one file is a fault of this line.
            cause = error.__context__
            if isinstance(cause, OSError) and not isinstance(cause, FileExistsError):
                raise
            raise InputError.at(place, str(error)) from None


def _check_folder(folder: Path) -> None:
    if folder == STDOUT:
        raise UserError("--output-dir - is no folder: name one to write the reports in")
    files.check_name(folder)
    if folder.is_dir():
        return
    if os.path.lexists(folder):
        raise UserError(f"{folder}: this is not a folder; name one to write the reports in")
    if not folder.parent.is_dir():
        raise UserError(f"{folder}: there is no folder {folder.parent}; make it first")


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise UserError(f"{folder}: cannot be made: {error.strerror}") from None
    files.remove_leftovers(folder)


def _file_stem(number: int, digits: int, report: Report) -> str:
    # The name of the file says only what the report says, too.
    parts = [report.trip.text(fact)[:_PART_OF_NAME] for fact in ("traveller", "destination")]
    return file_name(" ".join([str(number).zfill(digits), *parts]))


def _fault_lines(error: InputError, number: int) -> Iterator[str]:
    for problem in error.problems[:MAX_FAULTS]:
        yield line(str(problem))
    more = len(error.problems) - MAX_FAULTS
    if more > 0:
        yield f"… and {more} more faults in line {number}"
