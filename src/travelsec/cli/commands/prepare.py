"""`travelsec prepare`: ask about a trip and its items, and report how ready it is."""

from __future__ import annotations

import contextlib
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from travelsec.cli import options
from travelsec.cli.completers import complete_folder, complete_setting, complete_trip, one_of
from travelsec.cli.exit_codes import NO, READY
from travelsec.cli.messages import warn
from travelsec.cli.output import print_bytes, print_document, write_or_print
from travelsec.cli.prepare_options import BatchOptions, PrepareOptions
from travelsec.cli.streams import printing_beside
from travelsec.formats import REPORT_FORMATS, SUMMARY_FORMATS, TEMPLATE_FORMATS
from travelsec.problems import UserError

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterator

    from travelsec.cli.trip_session import TripSession
    from travelsec.interview.prompter import Prompter
    from travelsec.report.model import Report
    from travelsec.trip.answers import Answers


def prepare(
    answers: Annotated[
        str | None,
        options.file_option(
            "--answers", "Take answers from a YAML or JSON file, or from a report; - is stdin."
        ),
    ] = None,
    settings: Annotated[
        list[str] | None,
        typer.Option(
            "--set",
            metavar="NAME=VALUE",
            autocompletion=complete_setting,
            help="Answer one thing: FACT=VALUE or ITEM=STATUS[:REASON]. Can be given several "
            "times; several choices are separated by commas.",
        ),
    ] = None,
    defaults: Annotated[
        bool, typer.Option("--defaults", help="Take the defaults of questions without an answer.")
    ] = False,
    no_input: Annotated[
        bool, typer.Option("--no-input", help="Never ask. What has no answer stays unanswered.")
    ] = False,
    answers_template: Annotated[
        bool,
        typer.Option(
            "--answers-template",
            help="Print an answers file to fill in for these facts, and stop; with --format csv "
            "the first row for --batch.",
        ),
    ] = False,
    format_: Annotated[
        str | None,
        options.format_option(
            REPORT_FORMATS,
            f"Print the report as {REPORT_FORMATS.choices()}; with --batch the format of the "
            "files.",
        ),
    ] = None,
    output: Annotated[
        Path | None,
        options.file_option(
            "--output",
            f"Write the report too; its ending names the format: {REPORT_FORMATS.choices()}. "
            "- is stdout.",
        ),
    ] = None,
    batch: Annotated[
        str | None,
        options.file_option(
            "--batch",
            "Make a report of each line of a JSON Lines file, or of each row of a CSV file or a "
            "spreadsheet (.xlsx); - is stdin. Needs --output-dir.",
        ),
    ] = None,
    output_dir: Annotated[
        Path | None,
        typer.Option(
            "--output-dir",
            metavar="DIR",
            help="Where --batch writes the reports; made if missing.",
            autocompletion=complete_folder,
        ),
    ] = None,
    summary: Annotated[
        str | None,
        typer.Option(
            "--summary",
            metavar="FORMAT",
            help=f"What --batch prints: {SUMMARY_FORMATS.choices(SUMMARY_FORMATS.default)}.",
            autocompletion=one_of(SUMMARY_FORMATS.names),
        ),
    ] = None,
    force: options.ForceOption = False,
    trip: Annotated[
        str | None,
        typer.Option(
            "--trip",
            metavar="NAME",
            help="Continue the trip of this name, or begin it. A beginning of the name is enough.",
            autocompletion=complete_trip,
        ),
    ] = None,
    decision: Annotated[
        Path | None,
        options.file_option(
            "--decision",
            "Show what your line manager decided about a report, and go on with its trip.",
        ),
    ] = None,
    pack: options.PackOption = None,
    today: options.TodayOption = None,
    plain: options.PlainOption = False,
    accessible: options.AccessibleOption = False,
) -> int:
    """Prepare a trip: questions, the items that apply, a report.

    Exit code 0: ready, or ready with actions. 1: not ready. 2: something is wrong with the input.
    With --batch it is that of the worst line.
    """
    line_by_line = options.wants_accessible(accessible)
    wanted = PrepareOptions(
        answers=answers,
        settings=settings,
        defaults=defaults,
        no_input=no_input or answers == "-",
        template=answers_template,
        format=format_,
        output=output,
        force=force,
        trip=trip,
        decision=decision,
        packs=pack,
        today=options.read_today(today),
        moment=options.now(),
        plain=plain or line_by_line,
        line_by_line=line_by_line,
    )
    in_bulk = BatchOptions(batch, output_dir, summary)
    if any(option is not None for option in in_bulk):
        from travelsec.cli.batch import run

        return run(in_bulk, wanted)
    return _prepare_trip(wanted)


def _prepare_trip(wanted: PrepareOptions) -> int:
    """Check the options and answers, complete and store them, then show the report."""
    from travelsec.cli.answers_input import check_complete
    from travelsec.cli.prompts import can_ask, make_prompter

    if wanted.template:
        return _write_template(wanted)
    asking = not wanted.no_input and can_ask()
    prompter = make_prompter(accessible=wanted.line_by_line) if asking else None
    wanted = _check_output(wanted, asking=asking)
    if wanted.decision is not None and wanted.trip is None:
        wanted = _find_trip_of_decision(wanted, wanted.decision)
        if wanted.trip is None and not (wanted.answers or wanted.settings):
            return READY
    wanted = _name_trip(wanted, prompter)
    # Store nothing before every check has passed: a run that fails leaves no trace.
    draft, given = _draft(wanted)
    if prompter is None:
        check_complete(draft.facts(), draft.answers, no_input=wanted.no_input)
    with _session(wanted, draft, given, prompter) as session:
        if prompter is not None:
            _interview(session, prompter, wanted.packs)
        report = _report(session, given, wanted.moment)
        if wanted.output is not None:
            session.remember(wanted.output)
            data = REPORT_FORMATS.of_file(wanted.output).render(report)
            write_or_print(data, wanted.output, "report", force=wanted.force)
        session.close()
    is_read_on_screen = prompter is not None and session.store is not None
    if not is_read_on_screen or wanted.format is not None or not sys.stdout.isatty():
        _print(report, wanted)
    if prompter is not None:
        from travelsec.cli.end import show_end

        show_end(report, session, wanted)
    return NO if report.readiness.verdict == "not-ready" else READY


def _write_template(wanted: PrepareOptions) -> int:
    """Write the answers file to fill in for the facts given."""
    from travelsec.cli.prompts import check_output

    output = None if wanted.output == options.STDOUT else wanted.output
    chosen = TEMPLATE_FORMATS.choose(wanted.format, output, in_terminal=False)
    if output is not None:
        check_output(output, force=wanted.force, asking=False)
    draft, _ = _draft(_name_trip(wanted, None))
    content = chosen.load().template(draft.facts(), draft.answers.statuses).encode()
    write_or_print(content, output, "template", force=wanted.force)
    return READY


def _check_output(wanted: PrepareOptions, *, asking: bool) -> PrepareOptions:
    """Check where the report goes; return the options with `force` as the user wants it."""
    from travelsec.cli.prompts import check_output

    if wanted.output == options.STDOUT:
        wanted = wanted._replace(output=None, format=wanted.format or REPORT_FORMATS.default)
    if wanted.format is not None:
        chosen = REPORT_FORMATS.choose(wanted.format, None, in_terminal=sys.stdout.isatty())
        chosen.check_installed()
    if wanted.output is None:
        return wanted
    REPORT_FORMATS.of_file(wanted.output).check_installed()
    force = check_output(
        wanted.output, force=wanted.force, asking=asking, accessible=wanted.line_by_line
    )
    return wanted._replace(force=force)


def _name_trip(wanted: PrepareOptions, prompter: Prompter | None) -> PrepareOptions:
    """Return the options with the whole name of the trip."""
    from travelsec.cli.prompts import clean_stop
    from travelsec.cli.trip_session import name_to_prepare

    if wanted.trip is None:
        return wanted
    with clean_stop("No trip was begun."):
        # A decision is about a stored trip.
        name = name_to_prepare(wanted.trip, prompter, begin=wanted.decision is None)
    return wanted._replace(trip=name)


def _draft(wanted: PrepareOptions) -> tuple[TripSession, Answers]:
    """Return the trip with all its answers, unsaved, and the answers given now."""
    from travelsec.cli.answers_input import read_answers
    from travelsec.cli.trip_session import draft_session

    packs = options.load_packs(wanted.packs)
    # A decision is about a stored trip.
    begin = wanted.decision is None
    draft = draft_session(packs, wanted.today, wanted.trip, begin=begin)
    if wanted.decision is not None:
        _show_decision(wanted.decision, draft, plain=wanted.plain)
    given = read_answers(draft.facts(), wanted.settings, wanted.answers, defaults=wanted.defaults)
    draft.take(given)
    return draft, given


def _find_trip_of_decision(wanted: PrepareOptions, path: Path) -> PrepareOptions:
    """Return the options with the trip that the decision is about.

    If it is not stored here, show the decision, and return the options without it.
    """
    from travelsec.cli.trip_session import open_store
    from travelsec.console import print_blocks
    from travelsec.folders import trips_file
    from travelsec.review.decision import read_decision
    from travelsec.review.decision_message import decision_of_unknown_trip

    made = read_decision(path)
    if trips_file().exists():
        with open_store() as store:
            trip = store.find(made.trip)
        if trip is not None and trip.id == made.trip:
            return wanted._replace(trip=trip.name)
    warn("the trip of this decision is not stored on this computer.")
    # With answers, the report is what was asked for.
    stream = sys.stderr if wanted.answers or wanted.settings else sys.stdout
    blocks = decision_of_unknown_trip(made, options.load_packs(wanted.packs))
    print_blocks(blocks, stream, plain=wanted.plain)
    return wanted._replace(decision=None)


def _show_decision(path: Path, draft: TripSession, *, plain: bool) -> None:
    """Show what the line manager decided about the trip; the questions follow it."""
    from travelsec.console import print_blocks
    from travelsec.review.decision import read_decision
    from travelsec.review.decision_message import decision_message

    made = read_decision(path)
    try:
        blocks = list(decision_message(made, draft.trip.id, draft.facts()))
    except UserError as error:
        raise UserError(f"{path}: {error}") from None
    print_blocks(blocks, sys.stderr, plain=plain)
    print(file=sys.stderr)


@contextlib.contextmanager
def _session(
    wanted: PrepareOptions, draft: TripSession, given: Answers, prompter: Prompter | None
) -> Iterator[TripSession]:
    """Open the trip and store the answers given now; if nothing is stored, return the draft."""
    from travelsec.cli import trip_session
    from travelsec.cli.prompts import clean_stop

    name, packs, day = wanted.trip, draft.pack, draft.today
    if name is None and prompter is None:
        yield draft
        return
    try:
        store = trip_session.open_store()
    except UserError as error:
        # In a terminal, the checklist is worth having even if it cannot be kept.
        if name is not None:
            raise
        warn(f"{error} You can go on, but your answers will not be kept.")
        yield draft
        return
    with store:
        if name is None and prompter is not None:
            with clean_stop("No trip was begun."):
                name = trip_session.choose(store, packs, day, prompter)
        begin = name is None or wanted.trip is not None
        with trip_session.open_session(store, packs, day, name=name, begin=begin) as session:
            # Not the draft: another window may have changed the trip since it was read.
            session.take(given)
            yield session


def _interview(session: TripSession, prompter: Prompter, packs: list[Path] | None) -> None:
    """Ask for the missing answers; the session takes them."""
    from travelsec.cli.prompts import clean_stop
    from travelsec.document import Paragraph
    from travelsec.interview.flow import Interview

    with clean_stop(lambda: _how_to_go_on(session, packs)):
        interview = Interview(session, prompter)
        if session.answers.facts:
            prompter.tell(Paragraph(text, "attention") for text in session.welcome())
        else:
            prompter.tell(map(Paragraph, session.introduction(interview.length())))
        interview.run()


def _how_to_go_on(session: TripSession, packs: list[Path] | None) -> str:
    from travelsec.cli.shell import command

    if session.store is None or not session.answers.facts:
        return "No report was made."
    session.close()
    again = command("prepare", "--trip", session.name, packs=packs)
    return f"Your answers are kept. Go on with: {again}"


def _report(session: TripSession, given: Answers, moment: datetime.datetime) -> Report:
    """Make the report; warn of answers given now that make no difference to the trip."""
    from travelsec.cli.build_report import make
    from travelsec.report.model import ANSWER_IGNORED

    report = make(
        session.facts(),
        session.answers,
        moment,
        given=given,
        name=session.name,
        trip_id=session.trip.id,
    )
    for warning in report.warnings:
        if warning.code == ANSWER_IGNORED:
            warn(warning.message)
    return report


def _print(report: Report, wanted: PrepareOptions) -> None:
    """Print the report in the format asked for, or else for people."""
    if wanted.format is not None:
        print_bytes(REPORT_FORMATS.find(wanted.format).render(report))
        return
    from travelsec.report.outline import outline

    # With a file, what is printed is only an extra.
    beside = printing_beside if wanted.output is not None else contextlib.nullcontext
    with beside("The report is written."):
        print_document(outline(report), plain=wanted.plain)
