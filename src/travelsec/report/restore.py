"""Restore the answers of a report, as far as today's packs know them."""

from __future__ import annotations

from collections.abc import Mapping

from travelsec import values
from travelsec.pack.model import Pack
from travelsec.question_types import Value, read_value
from travelsec.report.model import Report
from travelsec.trip.answers import Answers, as_asked_now
from travelsec.trip.statuses import Status


def restore(report: Report, pack: Pack, names: Mapping[str, str]) -> tuple[Answers, list[str]]:
    """Return the answers that fit the packs, and a sentence for each that does not.

    Facts and items that the packs do not know are left out. `names` comes from `item_names`.
    """
    facts, notices = restore_facts(report, pack)
    answers = Answers(facts)
    for item in report.items:
        if item.id in names and item.status != "unanswered":
            answers.statuses[names[item.id]] = Status(item.status, item.reason, item.note, item.how)
    return answers, notices


def restore_facts(
    report: Report, pack: Pack, *, same: bool = False
) -> tuple[dict[str, Value], list[str]]:
    """Return the facts that fit the packs, and a sentence for each that does not.

    `same`: the report was made with these packs, so each fact has the form that travelsec writes.
    """
    facts = {}
    notices = []
    raw = {name: values.from_data(data) for name, data in report.trip.facts.items()}
    for name, value in as_asked_now(raw).items():
        question = pack.questions.get(name)
        if question is None:
            continue
        try:
            read = read_value(question, value)
        except values.InvalidValue as wrong:
            notices.append(f"{name} is left out: {wrong}")
            continue
        if same and values.to_data(read) != report.trip.facts.get(name):
            notices.append(f"{name} is left out: it is not in the form that travelsec writes")
        else:
            facts[name] = read
    return facts, notices
