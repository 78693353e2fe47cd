"""`travelsec review`: let line managers judge reports and record a decision."""

# No `annotations` from `__future__`: typer would have to compile each of them at every start.

import sys
from collections.abc import Generator
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from travelsec.cli import options, review_files
from travelsec.cli.completers import complete_file
from travelsec.cli.exit_codes import NO, READY, USAGE
from travelsec.cli.messages import inform
from travelsec.cli.next_step import name_next_step
from travelsec.formats import REPORT_FORMATS, REVIEW_FORMATS
from travelsec.problems import UserError
from travelsec.review.decision import Word
from travelsec.review.inbox import Inbox
from travelsec.review.judge import Judge
from travelsec.review.model import Reviewed
from travelsec.review.output import DEFAULT_LIMIT, Output, labels
from travelsec.review.priority import Filter, Totals
from travelsec.review.run import Progress, review_all


def review(
    paths: Annotated[
        list[str],
        typer.Argument(
            metavar="PATH...",
            help=f"Reports ({REPORT_FORMATS.list_readable('or')}), folders of them, or - for "
            "stdin.",
            autocompletion=complete_file,
        ),
    ],
    show: Annotated[
        bool, typer.Option("--show", help="Show the one report in full, after the findings.")
    ] = False,
    format_: Annotated[str | None, options.format_option(REVIEW_FORMATS)] = None,
    output: options.OutputOption = None,
    not_ready: Annotated[
        bool,
        typer.Option("--not-ready", help="Only reports that are not ready or may not hold."),
    ] = False,
    undecided: Annotated[
        bool,
        typer.Option("--undecided", help="Only reports that nobody has decided on yet."),
    ] = False,
    departing_within: Annotated[
        int | None,
        typer.Option(
            "--departing-within",
            metavar="DAYS",
            min=0,
            help="Only trips that begin within so many days, have begun, or give no date. "
            "Reports that do not hold stay.",
        ),
    ] = None,
    limit: Annotated[
        int | None,
        typer.Option(
            "--limit",
            metavar="N",
            min=1,
            help=f"Only the N that most need attention. The table and HTML show {DEFAULT_LIMIT}.",
        ),
    ] = None,
    approve: Annotated[
        bool, typer.Option("--approve", help="Record that you approve the one report.")
    ] = False,
    return_: Annotated[
        bool, typer.Option("--return", help="Record that you return it to the traveller.")
    ] = False,
    by: Annotated[str | None, typer.Option("--by", metavar="NAME", help="Who decides.")] = None,
    comment: Annotated[
        str, typer.Option("--comment", metavar="TEXT", help="What to tell the traveller.")
    ] = "",
    mail: Annotated[
        Path | None,
        options.file_option(
            "--mail", "Also write a draft email to the traveller, with the decision attached."
        ),
    ] = None,
    force: options.ForceOption = False,
    pack: options.PackOption = None,
    today: options.TodayOption = None,
    plain: options.PlainOption = False,
    accessible: options.AccessibleOption = False,
) -> int:
    """They are judged by your own packs, not by what the files say about themselves.

    With --approve or --return a record of your decision is written beside the report, as
    FILE.decision.json. It is not a signature. --mail makes an email of it; travelsec sends nothing.

    Exit code 0: all are ready and hold, or the decision is recorded. 1: one is not ready, does
    not hold or could not be checked. 2: one could not be read. Trips that are over do not count.
    """
    day = options.read_today(today)
    chosen = REVIEW_FORMATS.choose(format_, output, in_terminal=sys.stdout.isatty())
    chosen.check_installed()
    has_details = by is not None or bool(comment) or mail is not None
    word = _decision_word(approve, return_, has_details=has_details)
    narrowed = limit is not None or not_ready or undecided or departing_within is not None
    as_table = chosen.name == REVIEW_FORMATS.default
    _check_options_of_one(show, bool(word), output, for_many=narrowed or not as_table)
    in_lines = options.wants_accessible(accessible)
    packs = options.load_packs(pack)
    judge = Judge(packs, day, options.latest_moment(day))
    if word is not None:
        # Imported here, as most reviews decide nothing.
        from travelsec.cli.record_decision import DecisionOptions, decide

        path = review_files.one_file(paths, "a decision is")
        request = DecisionOptions(word, by, comment, mail, force=force, plain=plain or in_lines)
        decide(path, judge, request)
        return READY
    if show:
        path = review_files.one_file(paths, "--show is")
        return _show_in_full(path, judge, pack, plain=plain or in_lines)
    report_filter, totals = Filter(day, not_ready, undecided, departing_within), Totals()
    not_covered: dict[str, None] = {}
    progress = partial(review_files.progress, plain=plain, in_lines=in_lines)
    with (
        review_files.sink_of(output, force=force) as sink,
        review_files.find_reports(paths, output) as inbox,
        closing(_rows(inbox, judge, report_filter, totals, not_covered, progress)) as rows,
    ):
        is_one = as_table and output is None and review_files.is_one_file(paths)
        single = list(rows) if is_one else []
        result = Output(
            rows=single or rows,
            totals=totals,
            not_covered=not_covered,
            day=day,
            pack=packs,
            limit=limit,
            plain=plain,
            in_lines=in_lines,
            asked=report_filter,
            folder=Path() if output is None else output.parent,
        )
        chosen.load().write(result, sink)
    if output is not None:
        inform(f"The review is in {output}")
    for row in single:
        name_next_step(row, pack)
    return USAGE if totals.unread else READY if totals.is_good else NO


def _decision_word(approve: bool, return_: bool, *, has_details: bool) -> Word | None:
    """Return the decision to record, if any.

    Raises:
        UserError: there are two, or details of a decision without one.
    """
    if approve and return_:
        raise UserError("give --approve or --return, not both")
    if has_details and not (approve or return_):
        raise UserError(
            "--by, --comment and --mail belong to a decision: add --approve or --return"
        )
    return "approved" if approve else "returned" if return_ else None


def _check_options_of_one(
    show: bool, decides: bool, output: Path | None, *, for_many: bool
) -> None:
    """Make sure that no option is given that --show or a decision would ignore.

    `for_many` tells whether there are options that choose reports, or a format for programs.

    Raises:
        UserError: there is one.
    """
    if show and (decides or output is not None or for_many):
        raise UserError("--show prints one whole report for people to read: use it alone")
    if decides and output is not None:
        raise UserError("a decision is saved beside its report: leave out --output")
    if decides and for_many:
        raise UserError(
            "a decision is about one report, which is printed for people to read: leave out "
            "--format and the options that choose reports"
        )


def _rows(
    inbox: Inbox,
    judge: Judge,
    report_filter: Filter,
    totals: Totals,
    not_covered: dict[str, None],
    progress: Progress,
) -> Generator[Reviewed]:
    """Review the reports that were found; yield those asked for, counted in `totals`.

    What their verdicts do not cover is added to `not_covered`.
    """
    with closing(review_all(inbox, judge, progress)) as rows:
        for row in rows:
            if report_filter.includes(row):
                totals.add(row)
                not_covered |= dict.fromkeys(row.not_covered)
                yield row
            else:
                totals.left_out += 1


def _show_in_full(path: str, judge: Judge, pack: list[Path] | None, *, plain: bool) -> int:
    """Show a report in full, after the findings; return the exit code."""
    from travelsec.cli.output import print_document
    from travelsec.report.outline import outline as report_outline
    from travelsec.review.outline import whole

    received, reviewed = review_files.read_reports(path, judge)
    print_document(whole(reviewed, labels(judge.pack)), plain=plain)
    print()
    print_document(report_outline(received.report), plain=plain)
    name_next_step(reviewed, pack)
    return READY if reviewed.standing == "over" or reviewed.is_good else NO
