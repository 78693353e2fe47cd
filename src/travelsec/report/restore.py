"""Restore the answers of a report, as far as today's packs know them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from travelsec import values
from travelsec.bounded_cache import BoundedCache
from travelsec.pack.model import Pack
from travelsec.question_types import Value, read_value
from travelsec.report.model import FactData, Report
from travelsec.trip.answers import Answers, as_asked_now
from travelsec.trip.statuses import Status

MAX_CACHED_FACTS = 2048
"""Facts to remember."""
MAX_MEMBERS = 50
"""Longer lists are not remembered: a stranger's answers must not fill the memory."""


def restore_answers(
    report: Report, pack: Pack, names: Mapping[str, str]
) -> tuple[Answers, list[str]]:
    """Return the answers that fit the packs, and a sentence for each that does not.

    Facts and items that the packs do not know are left out. `names` comes from `item_names`.
    """
    facts, notices = restore_facts(report, pack)
    answers = Answers(facts)
    for item in report.items:
        if item.id in names and item.status != "unanswered":
            answers.statuses[names[item.id]] = Status(item.status, item.reason, item.note, item.how)
    return answers, notices


def restore_facts(report: Report, pack: Pack) -> tuple[dict[str, Value], list[str]]:
    """Return the facts that fit the packs, and a sentence for each that does not."""
    return FactReader(pack).restore(report)


class _Fact(NamedTuple):
    """A fact that was read, or what is wrong with it, and the form in which travelsec writes it."""

    value: Value | None
    wrong: str
    written: object


class FactReader:
    """Restores the facts of reports, and keeps what it has read: many reports have facts in common.

    Args:
        pack: the packs whose questions the facts answer.
    """

    def __init__(self, pack: Pack) -> None:
        self._pack = pack
        self._known = BoundedCache[tuple[object, ...], _Fact](MAX_CACHED_FACTS)

    def restore(self, report: Report, *, same: bool = False) -> tuple[dict[str, Value], list[str]]:
        """Return the facts that fit the packs, and a sentence for each that does not.

        `same`: the report was made with these packs, so each fact has the form that travelsec
        writes.
        """
        facts = {}
        notices = []
        data = report.trip.facts
        for name, given in as_asked_now(data).items():
            if name not in self._pack.questions:
                continue
            value, wrong, written = self._read(name, given)
            if value is None:
                notices.append(f"{name} is left out: {wrong}")
            elif same and written != data.get(name):
                notices.append(f"{name} is left out: it is not in the form that travelsec writes")
            else:
                facts[name] = value
        return facts, notices

    def _read(self, name: str, data: FactData) -> _Fact:
        if isinstance(data, list) and len(data) > MAX_MEMBERS:
            return self._read_fact(name, data)
        # Without their types, 1 and true would be the same key.
        key = (name, *data) if isinstance(data, list) else (name, type(data), data)
        try:
            cached = self._known.get(key)
        except TypeError:
            # A stranger wrote objects into the list.
            return self._read_fact(name, data)
        return self._known.keep(key, self._read_fact(name, data)) if cached is None else cached

    def _read_fact(self, name: str, data: FactData) -> _Fact:
        try:
            value = read_value(self._pack.questions[name], values.from_data(data))
        except values.InvalidValue as wrong:
            return _Fact(None, str(wrong), None)
        return _Fact(value, "", values.to_data(value))
