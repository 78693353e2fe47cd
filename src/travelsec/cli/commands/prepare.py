"""`travelsec prepare`: ask about a trip and its items, and report how ready it is."""

# No `annotations` from `__future__`: typer would have to compile each of them at every start.

import contextlib
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from msgspec.structs import replace

from travelsec.cli import options
from travelsec.cli.completers import complete_folder, complete_setting, complete_trip, one_of
from travelsec.cli.exit_codes import NO, READY
from travelsec.cli.messages import tell_offers, warn
from travelsec.cli.output import print_bytes, print_document, write_or_print
from travelsec.cli.prepare_options import BatchOptions, PrepareOptions
from travelsec.cli.streams import printing_beside
from travelsec.formats import BATCH_FORMATS, REPORT_FORMATS, SUMMARY_FORMATS, TEMPLATE_FORMATS
from travelsec.problems import UserError

if TYPE_CHECKING:
    import datetime

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
            "times; several choices or countries are separated by commas.",
        ),
    ] = None,
    defaults: Annotated[
        bool, typer.Option("--defaults", help="Take the defaults of questions without an answer.")
    ] = False,
    no_input: Annotated[
        bool,
        typer.Option(
            "--no-input",
            help="Never ask; store nothing without --trip. What has no answer stays unanswered.",
        ),
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
            f"Make a report of each line or row of a file: {BATCH_FORMATS.kinds('or')}. "
            "- is stdin. Needs --output-dir.",
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
    """Exit code 0: ready, or ready with actions. 1: not ready. 2: something is wrong with the
    input. With --batch it is that of the worst line.
    """
    line_by_line = options.wants_accessible(accessible)
    request = PrepareOptions(
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
    batch_options = BatchOptions(batch, output_dir, summary)
    if batch_options != BatchOptions():
        from travelsec.cli.run_batch import run

        return run(batch_options, request)
    return _prepare_trip(request)


def _prepare_trip(request: PrepareOptions) -> int:
    """Check the options and answers, complete and store them, then show the report."""
    from travelsec.cli.prepare_session import open_trip
    from travelsec.cli.prompts import can_ask, make_prompter

    if request.template:
        return _write_template(request)
    asking = not request.no_input and can_ask()
    prompter = make_prompter(accessible=request.line_by_line) if asking else None
    request = _check_output(request, asking=asking)
    decision = decided_trip = None
    if request.decision is not None:
        # Imported only here, because it imports all of `review`.
        from travelsec.cli.show_decision import find_decision

        decision, decided_trip = find_decision(request, request.decision)
        if decision is None and not (request.answers or request.settings):
            return READY
    with contextlib.ExitStack() as stack:
        session, new_answers = open_trip(stack, request, decision, decided_trip, prompter)
        if prompter is not None:
            _interview(session, prompter, request.packs)
        report = _make_report(session, new_answers, request.moment)
        if _has_data(request):
            session.keep_report(report)
        if request.output is not None:
            session.keep_export(request.output)
            data = REPORT_FORMATS.of_file(request.output).render(report)
            write_or_print(data, request.output, "report", force=request.force)
        offers = session.offer()
        session.close()
    is_read_on_screen = prompter is not None and session.store is not None
    if not is_read_on_screen or request.format is not None or not sys.stdout.isatty():
        _print_report(report, request)
    if prompter is not None:
        from travelsec.cli.end import show_end

        show_end(report, session, request, offers)
    else:
        tell_offers(offers)
    return NO if report.readiness.verdict == "not-ready" else READY


def _write_template(request: PrepareOptions) -> int:
    """Write the answers file to fill in for the facts given."""
    from travelsec.cli.prompts import check_output

    if request.decision is not None:
        raise UserError("--answers-template shows no decision: leave out --decision")
    output = None if request.output == options.STDOUT else request.output
    chosen = TEMPLATE_FORMATS.choose(request.format, output, in_terminal=False)
    if output is not None:
        check_output(output, force=request.force, asking=False)
    draft = _make_draft(request)
    content = chosen.load().template(draft.facts(), draft.answers.statuses).encode()
    write_or_print(content, output, "template", force=request.force)
    return READY


def _check_output(request: PrepareOptions, *, asking: bool) -> PrepareOptions:
    """Check where the report goes; return the options with `force` as the user wants it."""
    from travelsec.cli.prompts import check_output

    if request.output == options.STDOUT:
        request = replace(request, output=None, format=request.format or REPORT_FORMATS.default)
    if request.format is not None:
        chosen = REPORT_FORMATS.choose(request.format, None, in_terminal=sys.stdout.isatty())
        chosen.check_installed()
    if request.output is None:
        return request
    REPORT_FORMATS.of_file(request.output).check_installed()
    force = check_output(
        request.output, force=request.force, asking=asking, accessible=request.line_by_line
    )
    return replace(request, force=force)


def _make_draft(request: PrepareOptions) -> "TripSession":
    """Return the trip with the answers given now, unsaved: it may be open in another window."""
    from travelsec.cli.answers_input import read_answers
    from travelsec.cli.choose_trip import find_or_name_trip
    from travelsec.cli.open_store import open_store
    from travelsec.cli.trip_session import unsaved_session_of_trip
    from travelsec.folders import trips_file

    trip = None
    if request.trip is not None and trips_file().exists():
        with open_store() as store:
            _, trip = find_or_name_trip(store, request.trip, None)
    draft = unsaved_session_of_trip(options.load_packs(request.packs), request.today, trip)
    answers = read_answers(
        draft.facts(), request.settings, request.answers, defaults=request.defaults
    )
    draft.take(answers)
    return draft


def _interview(session: "TripSession", prompter: "Prompter", packs: list[Path] | None) -> None:
    """Ask for the missing answers; the session takes them."""
    from travelsec.cli.prompts import clean_stop
    from travelsec.document import Paragraph
    from travelsec.interview.flow import Interview

    with clean_stop(lambda: _how_to_go_on(session, packs)):
        interview = Interview(session, prompter)
        if session.answers.facts:
            prompter.tell(map(Paragraph, session.welcome()))
        else:
            prompter.tell(map(Paragraph, session.introduction(interview.length())))
        interview.run()


def _how_to_go_on(session: "TripSession", packs: list[Path] | None) -> str:
    from travelsec.cli.shell import command

    if session.store is None or not session.answers.facts:
        return "No report was made."
    session.close()
    again = command("prepare", "--trip", session.name, packs=packs)
    return f"Your answers are kept. Go on with:\n{again}"


def _make_report(
    session: "TripSession", new_answers: "Answers", moment: "datetime.datetime"
) -> "Report":
    """Make the report; warn of answers given now that make no difference to the trip."""
    from travelsec.cli.build_report import make
    from travelsec.report.model import ANSWER_IGNORED

    report = make(
        session.facts(),
        session.answers,
        moment,
        given=new_answers,
        name=session.name,
        trip_id=session.trip.id,
    )
    for warning in report.warnings:
        if warning.code == ANSWER_IGNORED:
            warn(warning.message)
    return report


def _has_data(request: PrepareOptions) -> bool:
    """Return whether a report that can be decided on is written or printed."""
    is_written = request.output is not None and REPORT_FORMATS.of_file(request.output).has_data
    is_printed = request.format is not None and REPORT_FORMATS.find(request.format).has_data
    return is_written or is_printed


def _print_report(report: "Report", request: PrepareOptions) -> None:
    """Print the report in the format asked for, or else for people."""
    if request.format is not None:
        print_bytes(REPORT_FORMATS.find(request.format).render(report))
        return
    from travelsec.report.outline import outline

    # With a file, what is printed is only an extra.
    output_context = printing_beside if request.output is not None else contextlib.nullcontext
    with output_context("The report is written."):
        print_document(outline(report), plain=request.plain)
