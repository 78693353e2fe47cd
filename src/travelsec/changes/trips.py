"""Find out what new packs change for the trip of a report: the items, and what is asked."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from typing import NamedTuple, Self

from travelsec.changes.compare import marked
from travelsec.changes.model import (
    EntryChange,
    GoneItem,
    PackSide,
    TripChange,
    TripItem,
    TripQuestion,
)
from travelsec.pack.model import LEVELS, Pack
from travelsec.report.model import PackRef
from travelsec.report.read import Received
from travelsec.report.restore import restore_facts
from travelsec.report.shared_parts import pack_refs
from travelsec.trip.answers import item_names
from travelsec.trip.facts import Facts
from travelsec.trip.selection import Selected, select
from travelsec.trip.stored_trip import is_over

_QUESTION_FIELDS = ("ask", "help", "type", "choices", "none")
"""The fields of a question that tell people what to answer."""
_TEXT_FIELDS = frozenset({"label", "do", "why"})
_TRIP_FIELDS = [
    name
    for name in Selected.__struct_fields__
    if name not in ("id", "checklist", "section", "item")
]
"""What is filled in for a trip: the texts, and fields such as the day an item is due."""


class _PackChoice(NamedTuple):
    """The facts that packs read in a report, those that do not fit, and the items they choose."""

    facts: Facts
    misfits: frozenset[str]
    items: dict[str, Selected]

    @classmethod
    def of(cls, received: Received, pack: Pack) -> Self:
        report = received.report
        answers, _ = restore_facts(report, pack)
        facts = Facts(pack, answers, report.as_of)
        # What a pack does not ask is not a misfit.
        misfits = (report.trip.facts.keys() & pack.questions.keys()) - answers.keys()
        return cls(
            facts, frozenset(misfits), {selected.id: selected for selected in select(pack, facts)}
        )


class TripComparison:
    """Compares what two packs choose for a trip.

    Args:
        old: the packs before.
        new: the packs now.
        entries: what differs between them.
        today: trips that ended before this day need not be gone through again.
    """

    def __init__(
        self, old: Pack, new: Pack, entries: Sequence[EntryChange], today: datetime.date
    ) -> None:
        self._old = old
        self._new = new
        self._today = today
        self._sides: dict[tuple[PackRef, ...], PackSide] = {
            pack_refs(new): "new",
            pack_refs(old): "old",
        }
        self._names = item_names(new)
        self._reworded = {
            entry.id
            for entry in entries
            if entry.kind == "question"
            and any(field.field.split()[0] in _QUESTION_FIELDS for field in entry.fields)
        }

    def compare(self, path: str, received: Received) -> TripChange:
        """Return what changes for the trip of the report read from this path."""
        report = received.report
        old, new = (_PackChoice.of(received, pack) for pack in (self._old, self._new))
        statuses = {self._names.get(item.id, item.id): item.status for item in report.items}
        before = {self._names.get(name, name): selected for name, selected in old.items.items()}
        items = []
        for name, selected in new.items.items():
            earlier = before.get(name)
            if kinds := tuple(_changes_of(earlier, selected)):
                status = statuses.get(name, "unanswered")
                words = marked(earlier.do, selected.do) if earlier else ()
                level = selected.item.level
                items.append(
                    TripItem(name, selected.label, level, selected.phase, status, kinds, words)
                )
        gone = tuple(
            GoneItem(selected.id, selected.label, selected.item.level)
            for name, selected in before.items()
            if name not in new.items
        )
        questions = tuple(self._questions(old, new))
        needs_work = bool(questions) or any(item.changes != ("lowered",) for item in items)
        made_with = self._sides.get(report.packs, "other")
        over = is_over(new.facts, self._today)
        return TripChange(
            path=path,
            report=report.id,
            trip_id=report.trip.id,
            trip=report.trip.name,
            intact=received.fits,
            made_with=made_with,
            over=over,
            again=needs_work and not over and made_with != "new",
            items=tuple(items),
            gone=gone,
            questions=questions,
        )

    def _questions(self, old: _PackChoice, new: _PackChoice) -> Iterator[TripQuestion]:
        """Yield the questions to ask again; those asked on return can wait, private ones are kept.

        A report has no private answers, so nothing can be said about them.
        """
        asked_before = {question.id for question in old.facts.questions()}
        for question in new.facts.questions():
            name = question.id
            if question.private:
                continue
            ask = new.facts.fill_or_mark(question.ask)
            if name in new.misfits:
                if name not in old.misfits:
                    yield TripQuestion(name, ask, "misfit")
            elif name not in new.facts.answers:
                if name not in asked_before and not new.facts.follows(question):
                    yield TripQuestion(name, ask, "new")
            elif name in self._reworded:
                yield TripQuestion(name, ask, "changed")


def _changes_of(old: Selected | None, new: Selected) -> Iterator[str]:
    if old is None:
        yield "new"
        return
    levels = [LEVELS.index(selected.item.level) for selected in (old, new)]
    if levels[0] != levels[1]:
        yield "raised" if levels[1] < levels[0] else "lowered"
    differing = [name for name in _TRIP_FIELDS if getattr(old, name) != getattr(new, name)]
    if not _TEXT_FIELDS.isdisjoint(differing):
        yield "reworded"
    yield from (name for name in differing if name not in _TEXT_FIELDS)
