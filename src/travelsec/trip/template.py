"""Write an answers file to fill in: every fact and item that may apply, with explanations."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator, Mapping

from travelsec import values
from travelsec.pack.model import BEFORE_RETURN
from travelsec.question_types import behaviour, none_hint
from travelsec.safe_text import line
from travelsec.trip.facts import Facts
from travelsec.trip.selection import sections, select, step_text, steps
from travelsec.trip.statuses import UNANSWERED, WRITTEN, Status

_WIDTH = 96


def template(facts: Facts, statuses: Mapping[str, Status]) -> str:
    """Return the YAML text of an answers file, which `--answers` reads back as the same answers.

    Questions that do not matter for this trip are left out; `null` stands for no answer.
    """
    head = [
        "Answers for travelsec prepare. null means: no answer yet.",
        f"The status of an item is one of {', '.join(WRITTEN)}. The last two need a reason: "
        "{status: declined, reason: why}.",
    ]
    parts = [
        *_comment_lines(head, ""),
        "trip:",
        *_lines_of_facts(facts),
        "",
        "items:",
        *_lines_of_items(facts, statuses),
    ]
    return "\n".join(parts) + "\n"


def _lines_of_facts(facts: Facts) -> Iterator[str]:
    for question in facts.questions():
        texts = [facts.fill_or_mark(question.ask), facts.fill_or_mark(question.help)]
        expected = behaviour(question.type).comment.replace("$choices", ", ".join(question.choices))
        yield from _comment_lines([*texts, expected, none_hint(question)], "  ")
        if question.required:
            yield "  # An answer is required."
        # JSON is valid YAML, and its escapes make every character visible.
        yield f"  {question.id}: {json.dumps(values.to_data(facts.answers.get(question.id)))}"


def _lines_of_items(facts: Facts, statuses: Mapping[str, Status]) -> Iterator[str]:
    judged = select(facts.pack, facts, BEFORE_RETURN)
    if not judged:
        yield "  {}"
    for section in sections(judged):
        yield from ("", *_comment_lines([section.title], "  "))
        for selected in section.items:
            texts = [f"{selected.item.level.upper()}: {selected.do}", selected.why]
            situation = facts.pack.situations.get(selected.item.situation)
            if situation is not None:
                for number, step in enumerate(steps(situation, facts), 1):
                    texts.append(f"{number}. {step_text(step, facts)}")
            yield from _comment_lines(texts, "  ")
            yield f"  {selected.id}: {_status_text(statuses.get(selected.id, UNANSWERED))}"


def _status_text(status: Status) -> str:
    if status.status == "unanswered":
        return "null"
    if not status.reason and not status.note:
        return status.status
    fields = {"status": status.status, "reason": status.reason, "note": status.note}
    return json.dumps({key: text for key, text in fields.items() if text})


def _comment_lines(texts: list[str], indent: str) -> Iterator[str]:
    mark = f"{indent}# "
    for text in filter(None, texts):
        yield from textwrap.wrap(line(text), _WIDTH, initial_indent=mark, subsequent_indent=mark)
