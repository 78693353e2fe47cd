"""An answers file to fill in: every fact and item that may apply, with its text as a comment."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator, Mapping
from typing import Any

from travelsec import values
from travelsec.question_types import behaviour
from travelsec.safe_text import line
from travelsec.trip.facts import Facts
from travelsec.trip.selection import sections, select, steps
from travelsec.trip.statuses import UNANSWERED, WRITTEN, Status

_WIDTH = 96


def template(facts: Facts, statuses: Mapping[str, Status]) -> str:
    """Return the YAML text of an answers file.

    Args:
        facts: what is known; facts that cannot matter for this trip are left out.
        statuses: what was said of items, by full id.

    Returns:
        A file that `--answers` reads back as these very answers; `null` stands for no answer.
    """
    head = ["Answers for travelsec prepare. null means: no answer yet.", _status_words()]
    parts = [*_comment(head, ""), "trip:", *_trip(facts), "", "items:", *_items(facts, statuses)]
    return "\n".join(parts) + "\n"


def _status_words() -> str:
    return (
        f"An item takes one of {', '.join(WRITTEN)}; the last two with a reason: "
        "{status: declined, reason: why}."
    )


def _trip(facts: Facts) -> Iterator[str]:
    for name, question in facts.pack.questions.items():
        if facts.applies(question) is False:
            continue
        texts = [facts.fill_or_mark(question.ask), facts.fill_or_mark(question.help)]
        expected = behaviour(question.type).comment.replace("$choices", ", ".join(question.choices))
        yield from _comment([*texts, expected], "  ")
        if question.required:
            yield "  # This one is needed."
        value = facts.answers.get(name)
        yield f"  {name}: {_scalar(None if value is None else values.to_data(value))}"


def _items(facts: Facts, statuses: Mapping[str, Status]) -> Iterator[str]:
    judged = [chosen for chosen in select(facts.pack, facts) if chosen.phase != "back"]
    if not judged:
        yield "  {}"
    for section in sections(judged):
        yield from ("", *_comment([section.title], "  "))
        for selected in section.items:
            yield from _comment(
                [f"{selected.item.level.upper()}: {selected.do}", selected.why], "  "
            )
            situation = facts.pack.situations.get(selected.item.situation)
            if situation is not None:
                numbered = enumerate(steps(situation, facts), 1)
                for number, step in numbered:
                    yield from _comment([f"{number}. {facts.fill_or_mark(step.do)}"], "  ")
            yield f"  {selected.id}: {_status(statuses.get(selected.id, UNANSWERED))}"


def _status(status: Status) -> str:
    if status.status == "unanswered":
        return "null"
    if not status.reason and not status.note:
        return status.status
    fields = {"status": status.status, "reason": status.reason, "note": status.note}
    return _scalar({key: text for key, text in fields.items() if text})


def _comment(texts: list[str], indent: str) -> Iterator[str]:
    for text in texts:
        if text:
            mark = f"{indent}# "
            yield from textwrap.wrap(
                line(text), _WIDTH, initial_indent=mark, subsequent_indent=mark
            )


def _scalar(data: Any) -> str:
    """Write data as YAML on one line. JSON is YAML, and its escapes hide no character."""
    return json.dumps(data)
