"""The answers a command was given: read from its options, completed, and checked."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import NamedTuple

from travelsec import files
from travelsec.cli.messages import warn
from travelsec.pack.yaml import MAX_BYTES
from travelsec.problems import UserError
from travelsec.safe_text import line
from travelsec.trip.answers import Answers, AnswersReader
from travelsec.trip.facts import Facts
from travelsec.trip.missing import how_to_give, missing_facts, take_defaults, unanswered_items


class AnswersInput(NamedTuple):
    """The options that give answers.

    `file` is an answers file (`-` is standard input); `settings`, each `FACT=VALUE` or
    `ITEM=STATUS[:REASON]`, win over it, and `option` is what gave them. With `defaults`, open
    questions that have a default are answered with it.
    """

    settings: list[str] | None
    file: str | None = None
    defaults: bool = False
    option: str = "--set"


def read_answers(given: AnswersInput, known: Facts) -> Answers:
    """Read answers.

    Args:
        given: where they are.
        known: the facts of the trip so far, which new ones may not contradict.

    Raises:
        UserError: the file cannot be read, or the answers have faults (all of them are told).
    """
    reader = AnswersReader(known.pack)
    if given.file is not None:
        reader.read_file(_bytes(given.file), "stdin" if given.file == "-" else given.file)
    reader.read_settings(given.settings or [], given.option)
    facts = Facts(known.pack, known.answers | reader.answers.facts, known.today)
    answers = reader.finish(facts)
    if given.defaults:
        take_defaults(facts, answers)
    return answers


def check_complete(facts: Facts, answers: Answers, *, no_input: bool) -> None:
    """Say which answers are missing.

    Args:
        facts: the facts as the answers give them.
        answers: all answers to the trip.
        no_input: answers may be missing, but for the required facts.

    Raises:
        UserError: something is missing that must not be, with how to give it.
    """
    required = missing_facts(facts, required=True)
    others = missing_facts(facts, required=False)
    items = unanswered_items(facts, answers)
    if required:
        ways = [f"{question.ask} Give it with {how_to_give(question)}" for question in required]
        head = "A required answer is" if len(required) == 1 else "Required answers are"
        raise UserError("\n".join([f"{head} missing:", *ways]))
    names = [question.id for question in others]
    if not no_input and (names or items):
        raise UserError(
            f"facts without an answer: {len(names)}, items: {len(items)}, and there is no terminal "
            f"to ask in. Missing: {', '.join([*names, *items])}. Give them with --answers FILE or "
            "--set (see --answers-template), or leave them unanswered with --no-input."
        )
    if names:
        warn(f"facts without an answer ({len(names)}): {', '.join(names)}")
    if items:
        warn(f"items without an answer ({len(items)}): {', '.join(items)}")


def _bytes(source: str) -> bytes:
    if source == "-":
        return sys.stdin.buffer.read(MAX_BYTES + 1)
    path = Path(source)
    files.check_name(path)
    # A pipe is as good as a file: a shell makes one of `<(…)`.
    if path.is_dir() or not path.exists():
        what = "this is a folder" if path.is_dir() else "there is no such file"
        raise UserError(f"{line(source)}: {what}")
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as error:
        raise UserError(f"{line(source)}: cannot be read: {error.strerror}") from None
