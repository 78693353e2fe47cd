"""`travelsec prepare`: ask about the trip and its items, and report how ready it is."""

from __future__ import annotations

import contextlib
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from travelsec.cli.completers import (
    complete_file,
    complete_folder,
    complete_report_format,
    complete_setting,
    complete_trip,
)
from travelsec.cli.exit_codes import NO, READY
from travelsec.cli.messages import inform, warn
from travelsec.cli.options import (
    AccessibleOption,
    PackOption,
    PlainOption,
    TodayOption,
    load_packs,
    now,
    read_today,
    wants_accessible,
)
from travelsec.cli.streams import printing_beside

if TYPE_CHECKING:
    import datetime

    from travelsec.cli.trip_session import TripSession
    from travelsec.interview.prompter import Prompter
    from travelsec.pack.model import Pack
    from travelsec.report.model import Report
    from travelsec.trip.answers import Answers
    from travelsec.trip.facts import Facts


def prepare(
    answers: Annotated[
        str | None,
        typer.Option(
            "--answers",
            metavar="FILE",
            help="Take answers from a YAML or JSON file; - is stdin.",
            autocompletion=complete_file,
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
            "--answers-template", help="Print an answers file to fill in for these facts, and stop."
        ),
    ] = False,
    format_: Annotated[
        str | None,
        typer.Option(
            "--format",
            metavar="FORMAT",
            autocompletion=complete_report_format,
            help="Print the report as json, md, html, pdf, csv, ics or txt; with --batch the "
            "format of the files.",
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            metavar="FILE",
            autocompletion=complete_file,
            help="Write the report too; its ending names the format: json, md, html, pdf, csv, "
            "ics or txt.",
        ),
    ] = None,
    batch: Annotated[
        str | None,
        typer.Option(
            "--batch",
            metavar="FILE",
            autocompletion=complete_file,
            help="Make a report of each line of a JSON Lines file, a line like an answers file; "
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
    force: Annotated[bool, typer.Option("--force", help="Replace files that exist.")] = False,
    trip: Annotated[
        str | None,
        typer.Option(
            "--trip",
            metavar="NAME",
            help="Go on with the trip of this name, or begin it.",
            autocompletion=complete_trip,
        ),
    ] = None,
    decision: Annotated[
        Path | None,
        typer.Option(
            "--decision",
            metavar="FILE",
            autocompletion=complete_file,
            help="Show what your line manager decided about the report of --trip.",
        ),
    ] = None,
    pack: PackOption = None,
    today: TodayOption = None,
    plain: PlainOption = False,
    accessible: AccessibleOption = False,
) -> int:
    """Prepare a trip: questions, the items that apply, a report.

    Exit code 0: ready, or ready with actions. 1: not ready. 2: something is wrong with the input.
    With --batch it is that of the worst line.
    """
    if batch is not None or output_dir is not None:
        from travelsec.cli.batch import run

        others = {
            "--answers": answers is not None,
            "--answers-template": answers_template,
            "--decision": decision is not None,
            "--output": output is not None,
            "--trip": trip is not None,
        }
        return run(
            batch,
            output_dir,
            beside=[name for name, is_given in others.items() if is_given],
            settings=settings or [],
            defaults=defaults,
            format_=format_ or "json",
            force=force,
            packs=pack,
            today=today,
        )
    from travelsec.cli import answers_input
    from travelsec.cli.prompts import can_ask, check_output, make_prompter
    from travelsec.report.formats import FORMATS
    from travelsec.trip.facts import Facts
    from travelsec.trip.template import template

    day, moment = read_today(today), now()
    if format_ is not None:
        FORMATS.check_printable(format_, in_terminal=sys.stdout.isatty())
    asking = not (no_input or answers_template or answers == "-") and can_ask()
    line_by_line = wants_accessible(accessible)
    prompter = make_prompter(accessible=line_by_line) if asking else None
    if output is not None:
        FORMATS.of_file(output)
        force = check_output(output, force=force, asking=asking, accessible=line_by_line)
    packs = load_packs(pack)
    if decision is not None:
        from travelsec.cli.show_decision import show_decision

        show_decision(decision, packs, day, trip, plain=plain or line_by_line)
    # All is checked on what would be kept before any of it is: a run that fails leaves no trace.
    whole = _kept(packs, trip)
    given = answers_input.read_answers(packs, answers, settings or [], day, whole)
    whole.take(given)
    facts = answers_input.with_defaults(
        Facts(packs, whole.facts, day), whole, given, defaults=defaults
    )
    if answers_template:
        print(template(facts, whole.statuses), end="")
        return READY
    if prompter is None:
        answers_input.check_complete(facts, whole, no_input=no_input or answers == "-")
    with contextlib.ExitStack() as stack:
        keeper = _keeper(stack, packs, day, trip, prompter)
        if keeper is not None:
            # Only what was given now: another window may have gone on with the trip meanwhile.
            keeper.take(given)
            whole = keeper.answers
            facts = keeper.facts()
        if prompter is not None:
            facts = _interview(facts, whole, prompter, keeper, pack)
        report = _report(facts, whole, given, moment, keeper)
        if output is not None:
            if keeper is not None:
                keeper.remember(output)
            _write(report, output, force=force)
        if keeper is not None:
            keeper.close()
    with contextlib.ExitStack() as stack:
        # A format is asked for on standard output, whatever is written besides.
        if output is not None and format_ is None:
            stack.enter_context(printing_beside("The report is written."))
        _print(report, format_, plain=plain or line_by_line)
    if prompter is not None:
        _say_what_next(report, output, keeper, pack)
    return NO if report.readiness.verdict == "not-ready" else READY


def _kept(packs: Pack, trip: str | None) -> Answers:
    """Return what is kept of the trip; without one nothing is imported to look for it."""
    from travelsec.trip.answers import Answers

    if trip is None:
        return Answers()
    from travelsec.cli.trip_session import stored_answers

    return stored_answers(packs, trip)


def _keeper(
    stack: contextlib.ExitStack,
    packs: Pack,
    day: datetime.date,
    name: str | None,
    prompter: Prompter | None,
) -> TripSession | None:
    """Open the trip to keep answers in; None where nothing is to be kept."""
    if name is None and prompter is None:
        return None
    from travelsec.cli import trip_session
    from travelsec.cli.prompts import clean_stop
    from travelsec.problems import UserError

    try:
        store = stack.enter_context(trip_session.open_store())
    except UserError as error:
        # With a terminal the checklist is worth having even if it cannot be kept.
        if name is not None or prompter is None:
            raise
        warn(f"{error} You can go on, but your answers will not be kept.")
        return None
    if name is None and prompter is not None:
        with clean_stop("No trip was begun."):
            chosen = trip_session.choose(store, packs, day, prompter)
        return stack.enter_context(
            trip_session.open_session(store, packs, day, name=chosen, begin=chosen is None)
        )
    return stack.enter_context(trip_session.open_session(store, packs, day, name=name))


def _interview(
    facts: Facts,
    given: Answers,
    prompter: Prompter,
    keeper: TripSession | None,
    packs: list[Path] | None,
) -> Facts:
    """Ask for what is missing; the answers are completed in place. Return the facts then."""
    from travelsec.cli.prompts import clean_stop
    from travelsec.document import Paragraph
    from travelsec.interview.flow import Interview
    from travelsec.trip.facts import Facts

    with clean_stop(lambda: _how_to_go_on(keeper, packs)):
        if keeper is not None:
            prompter.tell(Paragraph(text, "attention") for text in keeper.welcome())
        Interview(facts.pack, prompter, given, facts.today, keeper).run()
    return Facts(facts.pack, given.facts, facts.today)


def _how_to_go_on(keeper: TripSession | None, packs: list[Path] | None) -> str:
    from travelsec.cli.shell import command

    if keeper is None or not keeper.answers.facts:
        return "No report was made."
    keeper.close()
    again = command("prepare", "--trip", keeper.name, packs=packs)
    return f"Your answers are kept. Go on with: {again}"


def _report(
    facts: Facts,
    whole: Answers,
    given: Answers,
    moment: datetime.datetime,
    keeper: TripSession | None,
) -> Report:
    """Make the report; what a script gave now and does not matter is told."""
    from travelsec.cli.build_report import make
    from travelsec.report.model import ANSWER_IGNORED

    name, trip_id = (keeper.name, keeper.trip.id) if keeper else (None, None)
    report = make(facts, whole, given, moment, name=name, trip_id=trip_id)
    for warning in report.warnings:
        if warning.code == ANSWER_IGNORED:
            warn(warning.message)
    return report


def _write(report: Report, output: Path, *, force: bool) -> None:
    from travelsec import files
    from travelsec.report.formats import FORMATS

    files.write(output, FORMATS.render(FORMATS.of_file(output), report), force=force)
    inform(f"The report is in {output}")


def _print(report: Report, format_: str | None, *, plain: bool) -> None:
    from travelsec.report.formats import FORMATS

    if format_ is None:
        from travelsec.console import print_blocks
        from travelsec.report.outline import outline

        print_blocks(outline(report), sys.stdout, plain=plain)
        return
    # Bytes, so that every system gives the same UTF-8 and the same line ends.
    sys.stdout.buffer.write(FORMATS.render(format_, report))


def _say_what_next(
    report: Report, output: Path | None, keeper: TripSession | None, packs: list[Path] | None
) -> None:
    """Say the verdict again, and what to do with the report: a long one has scrolled away."""
    from travelsec.cli.shell import command
    from travelsec.report.outline import verdict

    inform("")
    inform(verdict(report).text)
    if output is not None:
        inform(f"Send {output} to your line manager.")
    elif keeper is not None:
        export = command("export", "--output", "report.html", packs=packs, name=keeper.name)
        inform("For a file to send to your line manager:")
        inform(f"  {export}")
    if keeper is not None and report.readiness.open:
        again = command("prepare", "--trip", keeper.name, packs=packs)
        inform("When more is done, go on with:")
        inform(f"  {again}")
