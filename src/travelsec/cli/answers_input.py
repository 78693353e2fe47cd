"""Read and check the answers that a command was given."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

import msgspec

from travelsec.cli.messages import warn
from travelsec.cli.streams import open_input
from travelsec.formats import BATCH_FORMATS, MAIL_ENDING
from travelsec.pack.model import Pack
from travelsec.pack.yaml import MAX_YAML_BYTES
from travelsec.problems import UserError, brief
from travelsec.trip.answers import Answers, AnswersReader
from travelsec.trip.contacts import telephone_doubts
from travelsec.trip.facts import Facts
from travelsec.trip.missing import how_to_give, missing_facts, take_defaults, unanswered_items

_SCHEMA = rb'"schema"\s*:\s*"travelsec\.'


def read_answers(
    known: Facts,
    settings: list[str] | None,
    file: str | None = None,
    *,
    defaults: bool = False,
    option: str = "--set",
) -> Answers:
    """Read answers.

    Args:
        known: the facts of the trip so far, which new ones may not contradict.
        settings: `FACT=VALUE` or `ITEM=STATUS[:REASON]`; they win over the file.
        file: an answers file, or a report to start from; `-` is standard input.
        defaults: answer open questions with their defaults.
        option: the option that gave the settings.

    Raises:
        UserError: the file cannot be read, or the answers have faults (all are listed).
    """
    reader = collect_answers(known.pack, settings, file, option)
    return finish_answers(reader, known, defaults=defaults)


def collect_answers(
    pack: Pack, settings: list[str] | None, file: str | None, option: str = "--set"
) -> AnswersReader:
    """Read answers; `finish_answers` reports their faults. For the arguments, see `read_answers`.

    Raises:
        UserError: the file cannot be read, or is not one of answers.
    """
    reader = AnswersReader(pack)
    if file is not None:
        name = "stdin" if file == "-" else file
        try:
            with open_input(file) as stream:
                data = stream.read(MAX_YAML_BYTES + 1)
        except OSError as error:
            raise UserError(f"{name}: cannot be read: {error.strerror}") from None
        if _is_report(data):
            _take_report(data, name, reader)
        elif other := _other_kind(data, name):
            raise UserError(f"{name}: this is {other}")
        else:
            reader.read_file(data, name)
    reader.read_settings(settings or [], option)
    return reader


def finish_answers(
    reader: AnswersReader, known: Facts, *, defaults: bool, asking: bool = False
) -> Answers:
    """Return the answers collected for a trip; for the other arguments, see `read_answers`.

    Args:
        asking: an interview follows, so that known answers that contradict each other can be
            corrected.

    Raises:
        UserError: they have faults (all are listed).
    """
    facts = Facts(known.pack, known.answers | reader.answers.facts, known.today)
    answers = reader.finish(facts, known if asking else None)
    if defaults:
        take_defaults(facts, answers)
    for name in answers.facts:
        for doubt in telephone_doubts(facts, name):
            warn(f"{name}: {doubt}.")
    return answers


def _is_report(data: bytes) -> bool:
    """Return whether data is a report, a page or another file of travelsec, and not answers."""
    text = data.removeprefix(codecs.BOM_UTF8).lstrip()
    return text.startswith(b"<") or (text.startswith(b"{") and bool(re.search(_SCHEMA, text)))


def _other_kind(data: bytes, name: str) -> str | None:
    """Say what a file is if only other options read it, and what to do."""
    # One object is an answers file, too.
    is_object = data.removeprefix(codecs.BOM_UTF8).lstrip().startswith(b"{") and b"\n{" not in data
    if BATCH_FORMATS.with_ending(Path(name)) and not is_object:
        return "a file of starters: make their reports with --batch FILE --output-dir DIR"
    if name.lower().endswith(MAIL_ENDING):
        return "an email: save the report attached to it, and give that file"
    return None


def _take_report(data: bytes, name: str, reader: AnswersReader) -> None:
    """Take the facts and statuses of a report as if a script had given them.

    Raises:
        UserError: it is not a report.
    """
    from travelsec.report.read import parse_report
    from travelsec.report.restore import restore_answers

    try:
        received = parse_report(data, Path(name).name)
    except UserError as error:
        raise UserError(f"{name}: {error}") from None
    if not received.fits:
        warn(f"{name}: the report was changed after it was made: its digest does not match.")
    answers, notices = restore_answers(received.report, reader.pack, reader.items)
    unknown = [fact for fact in received.report.trip.facts if fact not in reader.pack.questions]
    unknown += [item.id for item in received.report.items if item.id not in reader.items]
    if unknown:
        notices.append(f"left out, as the packs do not know them: {brief(', '.join(unknown), 500)}")
    for notice in notices:
        warn(f"{name}: {notice}")
    answers.how = dict.fromkeys(answers.facts, "script")
    for item, status in answers.statuses.items():
        answers.statuses[item] = msgspec.structs.replace(status, how="script")
    reader.answers.take(answers)


def with_settings(facts: Facts, settings: list[str] | None) -> Facts:
    """Return the facts with those of the settings in place of the trip's own.

    Raises:
        UserError: the settings have faults (all are listed).
    """
    answers = read_answers(Facts(facts.pack, {}, facts.today), settings)
    return Facts(facts.pack, {**facts.answers, **answers.facts}, facts.today)


def check_complete(facts: Facts, answers: Answers, *, no_input: bool) -> None:
    """Make sure that no answer is missing that must be given; warn of the others.

    Raises:
        UserError: a required fact is missing, or without `no_input` anything at all.
    """
    required = missing_facts(facts, required=True)
    if required:
        ways = [f"{question.ask} Give it with {how_to_give(question)}" for question in required]
        head = "A required answer is" if len(required) == 1 else "Required answers are"
        raise UserError("\n".join([f"{head} missing:", *ways]))
    names = [question.id for question in missing_facts(facts, required=False)]
    items = unanswered_items(facts, answers)
    if not no_input and (names or items):
        raise UserError(
            f"facts without an answer: {len(names)}, items: {len(items)}, and there is no terminal "
            "to ask in. Give them with --answers FILE or --set (see --answers-template), or leave "
            f"them unanswered with --no-input. Missing: {', '.join([*names, *items])}."
        )
    for kind, missing in (("facts", names), ("items", items)):
        if missing:
            warn(f"{kind} without an answer ({len(missing)}): {', '.join(missing)}")
