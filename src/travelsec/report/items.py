"""Make the items of reports, each of them once for all trips where it says the same."""

from __future__ import annotations

import datetime
import functools
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from travelsec import due
from travelsec.bank_holidays import Nation, dates_of
from travelsec.conditions import FactState
from travelsec.pack.model import PHASES, Checklist, Item, Pack, Section
from travelsec.report import context
from travelsec.report.model import ReportItem
from travelsec.trip.contacts import who_to_ask_about
from travelsec.trip.facts import Facts
from travelsec.trip.selection import applying, deciding, do_text
from travelsec.trip.statuses import UNANSWERED, Status

MAX_TRIPS = 256
"""Selections, and days, to remember for similar trips."""
MAX_ITEMS = 2048
"""Items to remember, each with its texts, days and status."""


class _Texts(NamedTuple):
    label: str
    do: str
    why: str


class PackItem(NamedTuple):
    """An item of the packs; `texts` are None if they depend on the trip."""

    id: str
    checklist: Checklist
    section: Section
    item: Item
    texts: _Texts | None


class Selection(NamedTuple):
    """What the packs say of a trip: the items that apply, by id, in the order of a report.

    `titles` are those behind the ids of the items. `in_working_days` are the items with a day that
    is counted in working days. `not_covered` is what the packs do not cover.
    """

    items: dict[str, PackItem]
    titles: dict[str, str]
    in_working_days: tuple[Item, ...]
    not_covered: tuple[str, ...]


class ItemMaker:
    """Makes the items of reports with the same packs."""

    def __init__(self, pack: Pack) -> None:
        self._pack = pack
        self._is_dated = context.is_dated(pack)
        self._deciding = deciding(pack)
        # No text that is the same for all trips asks for a fact.
        nothing = Facts(pack, {}, datetime.date.min)
        self._all = {
            full: PackItem(
                full, checklist, section, item, _texts(item, nothing) if _is_fixed(item) else None
            )
            for full, checklist, section, item in pack.items()
        }
        self._selected_for = functools.lru_cache(MAX_TRIPS)(self._select_for)
        self._dates_for = functools.lru_cache(MAX_TRIPS)(self._date_for)
        self._made = functools.lru_cache(MAX_ITEMS)(self._make)

    def select(self, facts: Facts) -> Selection:
        """Return what the packs say of a trip."""
        return self._selected_for(tuple(map(facts.state, self._deciding)))

    def make(
        self,
        selection: Selection,
        facts: Facts,
        statuses: Mapping[str, Status],
        contacts: Mapping[str, tuple[str, ...]],
    ) -> tuple[ReportItem, ...]:
        """Make the items of a trip; `contacts` are those of the items that have any, by its id."""
        dates = self._dates_for(facts.value("departs"), facts.value("returns"), facts.nation)
        return tuple(
            [
                self._made(
                    name,
                    one.texts or _texts(one.item, facts),
                    dates.get(one.item.due),
                    dates.get(one.item.deadline),
                    contacts.get(name, ()),
                    statuses.get(name, UNANSWERED),
                )
                for name, one in selection.items.items()
            ]
        )

    def _select_for(self, states: tuple[FactState, ...]) -> Selection:
        state_of = dict(zip(self._deciding, states, strict=True)).__getitem__
        applied = [
            self._all[f"{checklist.id}.{item.id}"]
            for checklist, _, item in applying(self._pack, state_of)
        ]
        items = [one for phase in PHASES for one in applied if one.item.phase == phase]
        titles: dict[str, str] = {}
        for one in items:
            titles |= context.item_titles(self._pack, one.checklist, one.section, one.item)
        return Selection(
            {one.id: one for one in items},
            titles,
            tuple(
                one.item
                for one in items
                if any(due.parse(text).working for text in _days(one.item))
            ),
            self._pack.not_covered(state_of),
        )

    def _date_for(
        self,
        departs: datetime.date | None,
        returns: datetime.date | None,
        nation: Nation | None,
    ) -> dict[str, datetime.date | None]:
        """Return the days of a trip by how the packs write them; none if they must stay private."""
        if not self._is_dated:
            return {}
        texts = {text for one in self._all.values() for text in _days(one.item)}
        bank_holidays = dates_of(nation)
        return {text: due.parse(text).date(departs, returns, bank_holidays) for text in texts}

    def _make(
        self,
        name: str,
        texts: _Texts,
        due_on: datetime.date | None,
        deadline: datetime.date | None,
        contacts: tuple[str, ...],
        status: Status,
    ) -> ReportItem:
        _, checklist, section, item, _ = self._all[name]
        assert item.phase is not None
        return ReportItem(
            id=name,
            checklist=checklist.id,
            section=section.id,
            phase=item.phase,
            level=item.level,
            label=texts.label,
            do=texts.do,
            why=texts.why,
            status=status.status,
            reason=status.reason,
            note=status.note,
            due=due_on,
            deadline=deadline,
            ask="" if deadline is None else who_to_ask_about(self._pack, item),
            cites=item.cites,
            contacts=contacts,
            how=status.how,
        )


def _is_fixed(item: Item) -> bool:
    return "$" not in item.label + item.do + item.suggestion + item.why


def _texts(item: Item, facts: Facts) -> _Texts:
    """Return the texts of an item, filled in for a trip."""
    return _Texts(
        facts.fill_or_mark(item.label), do_text(item, facts), facts.fill_or_mark(item.why)
    )


def _days(item: Item) -> Iterator[str]:
    """Yield the days of an item, as the packs write them."""
    return filter(None, (item.due, item.deadline))
