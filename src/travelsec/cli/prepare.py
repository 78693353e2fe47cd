"""`travelsec prepare`: ask about the trip and its items, and report how ready it is."""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from travelsec.cli.exits import INTERRUPTED, NO, READY, Terminated
from travelsec.cli.options import (
    AccessibleOption,
    PackOption,
    PlainOption,
    TodayOption,
    is_reproducible,
    load_packs,
    now,
    read_today,
    wants_accessible,
    warn,
)

if TYPE_CHECKING:
    import datetime

    from travelsec.pack.model import Pack
    from travelsec.report.model import Report
    from travelsec.trip.answers import Answers
    from travelsec.trip.facts import Facts


def prepare(
    answers: Annotated[
        str | None,
        typer.Option(
            "--answers", metavar="FILE", help="Take answers from a YAML or JSON file; - is stdin."
        ),
    ] = None,
    settings: Annotated[
        list[str] | None,
        typer.Option(
            "--set",
            metavar="NAME=VALUE",
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
        typer.Option("--format", metavar="FORMAT", help="Print the report as json, md or txt."),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", metavar="FILE", help="Write the report too; its ending names the format."
        ),
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Replace the output file if it exists.")
    ] = False,
    pack: PackOption = None,
    today: TodayOption = None,
    plain: PlainOption = False,
    accessible: AccessibleOption = False,
) -> None:
    """Prepare a trip: answer a few questions, go through the items, get a readiness report.

    Exit code 0: ready, or ready with actions. 1: not ready. 2: something is wrong with the input.
    """
    from travelsec.cli import given
    from travelsec.report import formats
    from travelsec.trip.completeness import take_defaults
    from travelsec.trip.facts import Facts
    from travelsec.trip.template import template

    day, moment = read_today(today), now()
    if format_ is not None:
        formats.check(format_)
    asking = not (no_input or answers_template or answers == "-") and sys.stdin.isatty()
    if output is not None:
        formats.of_file(output)
        force = _check_output(output, force=force, asking=asking)
    packs = load_packs(pack)
    said = given.read(packs, answers, settings or [], day)
    facts = Facts(packs, said.facts, day)
    if defaults:
        facts = take_defaults(facts, said)
    if answers_template:
        print(template(facts, said.statuses), end="")
        raise typer.Exit(READY)
    if asking:
        _interview(packs, said, day, accessible=wants_accessible(accessible))
        facts = Facts(packs, said.facts, day)
    else:
        given.check_complete(facts, said, no_input=no_input or answers == "-")
    report = _report(facts, said, moment)
    if output is not None:
        _write(report, output, force=force)
    _print(report, format_, plain=plain or wants_accessible(accessible))
    raise typer.Exit(NO if report.readiness.verdict == "not-ready" else READY)


def _check_output(output: Path, *, force: bool, asking: bool) -> bool:
    """Make sure the file can be written; return whether one that exists may be replaced."""
    from travelsec import files

    if asking and not force and output.is_file():
        force = typer.confirm(f"{output} exists. Replace it?", err=True)
    files.check_writable(output, force=force)
    return force


def _interview(packs: Pack, said: Answers, day: datetime.date, *, accessible: bool) -> None:
    """Ask for what is missing; the answers are completed in place."""
    from travelsec.interview.conduct import Interview
    from travelsec.interview.prompter import Prompter, Stopped

    prompter: Prompter
    if accessible:
        from travelsec.interview.accessible import AccessiblePrompter

        prompter = AccessiblePrompter()
    else:
        from travelsec.interview.drawn import DrawnPrompter

        prompter = DrawnPrompter()
    try:
        Interview(packs, prompter, said, day).run()
    except (Stopped, KeyboardInterrupt, EOFError):
        code = INTERRUPTED
    except Terminated as signal:
        code = 128 + signal.number
    else:
        return
    # The terminal may be gone: then there is nobody to tell.
    with contextlib.suppress(OSError):
        print("Stopped. No report was made.", file=sys.stderr)
    raise typer.Exit(code)


def _report(facts: Facts, said: Answers, moment: datetime.datetime) -> Report:
    from travelsec.report.build import build
    from travelsec.report.model import Warning
    from travelsec.trip.completeness import ignored

    warnings = [Warning("answer-ignored", f"{text}.") for text in ignored(facts, said)]
    for warning in warnings:
        warn(warning.message)
    random = not is_reproducible()
    return build(
        facts,
        said.statuses,
        how=said.how,
        created=moment,
        trip_id=os.urandom(16).hex() if random else None,
        report_id=os.urandom(16).hex() if random else None,
        warnings=warnings,
    )


def _write(report: Report, output: Path, *, force: bool) -> None:
    from travelsec import files
    from travelsec.report import formats

    text = formats.render(formats.of_file(output), report)
    files.write(output, text.encode(), force=force)
    print(f"The report is in {output}", file=sys.stderr)


def _print(report: Report, format_: str | None, *, plain: bool) -> None:
    from travelsec.report import formats

    if format_ is None:
        from travelsec.console import print_blocks
        from travelsec.report.outline import outline

        print_blocks(outline(report), sys.stdout, plain=plain)
        return
    # Bytes, so that every system gives the same UTF-8 and the same line ends.
    sys.stdout.buffer.write(formats.render(format_, report).encode())
