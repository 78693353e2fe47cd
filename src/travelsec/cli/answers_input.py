"""The answers a command was given: read from its options, completed, and checked."""

from __future__ import annotations

import datetime
import sys
from pathlib import Path

from travelsec import files
from travelsec.cli.messages import warn
from travelsec.pack.model import Pack
from travelsec.pack.yaml import MAX_BYTES
from travelsec.problems import UserError
from travelsec.safe_text import line
from travelsec.trip.answers import Answers, AnswersReader
from travelsec.trip.facts import Facts
from travelsec.trip.missing import how_to_give, missing_facts, take_defaults, unanswered_items


def read_answers(
    pack: Pack,
    source: str | None,
    settings: list[str],
    today: datetime.date,
    kept: Answers | None = None,
    *,
    option: str = "--set",
) -> Answers:
    """Read the answers file (`-` is standard input), then the settings over it.

    Args:
        pack: the packs of today.
        source: the file, if any.
        settings: `FACT=VALUE` and `ITEM=STATUS[:REASON]`.
        today: the day the trip is judged for.
        kept: answers of the trip, which new ones may not contradict.
        option: the option that gave the settings.

    Raises:
        UserError: the file cannot be read, or the answers have faults (all of them are told).
    """
    reader = AnswersReader(pack)
    if source is not None:
        reader.read_file(_bytes(source), "stdin" if source == "-" else source)
    reader.read_settings(settings, option)
    before = kept.facts if kept else {}
    return reader.finish(Facts(pack, {**before, **reader.answers.facts}, today))


def with_defaults(facts: Facts, answers: Answers, given: Answers, *, defaults: bool) -> Facts:
    """Return the facts, with the defaults of open questions taken if that is asked for.

    Args:
        facts: the facts as the answers give them.
        answers: all answers; completed in place.
        given: those given now; completed with the defaults too, so that they are kept.
        defaults: whether to take them.
    """
    if not defaults:
        return facts
    known = set(answers.facts)
    facts = take_defaults(facts, answers)
    for name in answers.facts.keys() - known:
        given.facts[name] = answers.facts[name]
        given.how[name] = "default"
    return facts


def check_complete(facts: Facts, answers: Answers, *, no_input: bool) -> None:
    """Say which answers are missing.

    Args:
        facts: the facts as the answers give them.
        answers: what was given.
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
