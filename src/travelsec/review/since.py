"""What has changed between the report that a manager decided on and a newer one of the trip."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterator

from travelsec.pack.model import Pack, Question
from travelsec.problems import brief
from travelsec.question_types import behaviour, show_value
from travelsec.report.model import FactData, Report
from travelsec.review.decision import Decision
from travelsec.review.model import Change, Reviewed
from travelsec.trip.answers import item_names
from travelsec.wording import count, join_words

_DATES = {"departs": "departure", "returns": "return"}
"""What people call the days of a journey."""


def compare_reports(
    old: Reviewed, base: Report, new: Reviewed, report: Report, pack: Pack
) -> tuple[Change, ...]:
    """Return what is different in a newer report, the worst first.

    Args:
        old: the review of the report that was decided on.
        base: that report.
        new: the review of the newer report.
        report: that report.
        pack: the packs that both were judged with.
    """
    names = item_names(pack)
    before = {names.get(item.id, item.id) for item in base.items}
    waived = {item.id for item in old.waived}
    return (
        *_changes_of_musts(new, before, old.open_must, waived),
        *_changes_of_facts(base, report, pack),
        *_lesser_changes(old, new, before),
    )


def compare_with_decision(decision: Decision, new: Reviewed) -> tuple[Change, ...]:
    """Return how the must items changed since a decision whose report is not at hand."""
    return tuple(_changes_of_musts(new, decision.musts, decision.open_must, decision.waived))


def _changes_of_musts(
    new: Reviewed, before: Collection[str], open_must: Collection[str], waived: Collection[str]
) -> Iterator[Change]:
    """Yield the must items that need attention now and did not before."""
    yield from _change_of_items(
        "must-reopened",
        ("must reopened", "musts reopened"),
        (name for name in new.open_must if name in before and name not in open_must),
    )
    yield from _change_of_items(
        "must-new",
        ("new must open", "new musts open"),
        (name for name in new.open_must if name not in before),
    )
    yield from _change_of_items(
        "must-waived",
        ("more must waived", "more musts waived"),
        (item.id for item in new.waived if item.id not in waived),
    )


def _lesser_changes(old: Reviewed, new: Reviewed, before: Collection[str]) -> Iterator[Change]:
    """Yield the changes of less weight, and those for the better."""
    yield from _change_of_items(
        "advice-reopened",
        ("advice reopened", "pieces of advice reopened"),
        (
            name
            for name in new.open
            if name not in new.open_must and name in before and name not in old.open
        ),
    )
    yield from _change_of_items(
        "must-settled",
        ("must settled", "musts settled"),
        (name for name in old.open_must if name not in new.open),
    )


def _change_of_items(code: str, nouns: tuple[str, str], names: Iterator[str]) -> Iterator[Change]:
    ids = tuple(names)
    if ids:
        yield Change(code, count(len(ids), *nouns), ids)


def _changes_of_facts(old: Report, new: Report, pack: Pack) -> Iterator[Change]:
    """Yield the answers that differ, in the order of the questions."""
    was, now = ({answer.fact: answer for answer in report.trip.answers} for report in (old, new))
    for name, question in pack.questions.items():
        before, after = old.trip.facts.get(name), new.trip.facts.get(name)
        if before == after:
            continue
        if behaviour(question.type).compared == "several":
            yield from _changes_of_choices(question, before, after)
        elif days := _days_moved(before, after):
            what = _DATES.get(name, f"“{question.ask}”")
            way = "later" if days > 0 else "earlier"
            yield Change("fact", f"{what} {count(abs(days), 'day')} {way}", (name,))
        else:
            asked = now[name].ask if name in now else was[name].ask
            texts = [brief(side[name].answer) if name in side else "–" for side in (was, now)]
            yield Change("fact", f"“{asked}” was {texts[0]}, is {texts[1]}", (name,))


def _changes_of_choices(
    question: Question, before: FactData | None, after: FactData | None
) -> Iterator[Change]:
    was, now = (side if isinstance(side, list) else [] for side in (before, after))
    for verb, more, less in (("added", now, was), ("taken away", was, now)):
        labels = [show_value(question, (str(choice),)) for choice in more if choice not in less]
        if labels:
            yield Change("fact", f"{join_words(labels)} {verb}", (question.id,))


def _days_moved(before: FactData | None, after: FactData | None) -> int:
    """Return by how many days a date has moved; 0 if either is not a date."""
    try:
        was, now = (datetime.date.fromisoformat(str(side)) for side in (before, after))
    except ValueError:
        return 0
    return (now - was).days
