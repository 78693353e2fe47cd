"""Make the items of reports, each of them once for all trips where it says the same."""

from __future__ import annotations

import datetime
import functools
from collections.abc import Mapping
from typing import NamedTuple

from msgspec import Struct

from travelsec import due
from travelsec.bank_holidays import Nation, dates_of
from travelsec.conditions import Condition, FactState
from travelsec.derived import WORKING_DAYS
from travelsec.pack.model import PHASES, Checklist, Item, Level, Pack, Section
from travelsec.report import context
from travelsec.report.model import Days, ReportItem
from travelsec.trip.contacts import who_to_ask_about
from travelsec.trip.facts import Facts
from travelsec.trip.selection import deciding, do_text
from travelsec.trip.statuses import UNANSWERED, Status

MAX_CACHED_SELECTIONS = 256
"""Selections to remember for similar trips."""
MAX_DAYS = 1024
"""Pairs of departure and return to remember, with the days of items that follow from them."""
MAX_ITEMS = 2048
"""Items to remember, each with its texts, days and status."""


class _Texts(Struct, frozen=True):
    label: str
    do: str
    why: str


_NO_DAYS = (None, None, "")
_NO_TEXTS = _Texts("", "", "")


class PackItem(NamedTuple):
    """An item of the packs; `texts` are None if they depend on the trip.

    `days` is its place among the days that items of the packs can have, and `titles` are those
    behind its ids.
    """

    id: str
    checklist: Checklist
    section: Section
    item: Item
    texts: _Texts | None
    days: int
    titles: dict[str, str]


class Selection(Struct, frozen=True):
    """What the packs select for a trip: the items that apply, by id, in the order of a report.

    `judged` has the levels of the items of the phases `before` and `away`, `days` the `days` of all
    items. `plain` are the items without statuses and days; `varying` has the places of those that
    depend on facts or contacts as well. `titles` are those behind the ids of the items.
    `in_working_days` are the items with a day that is counted in working days. `not_covered` is
    what the packs do not cover.
    """

    items: dict[str, PackItem]
    judged: dict[str, Level]
    days: tuple[int, ...]
    plain: tuple[ReportItem, ...]
    varying: tuple[int, ...]
    titles: dict[str, str]
    in_working_days: tuple[Item, ...]
    not_covered: tuple[str, ...]


class ItemMaker:
    """Makes the items of reports with the same packs."""

    def __init__(self, pack: Pack) -> None:
        self._pack = pack
        self._is_dated = context.is_dated(pack)
        self._deciding = deciding(pack)
        # Due, deadline and who to ask, as the packs write them.
        self._days: dict[tuple[str, str, str], int] = {}
        # No text that is the same for all trips asks for a fact.
        nothing = Facts(pack, {}, datetime.date.min)
        self._all = {
            full: PackItem(
                full,
                checklist,
                section,
                item,
                _texts_of(item, nothing) if _is_fixed(item) else None,
                self._place(
                    item.due, item.deadline, who_to_ask_about(pack, item) if item.deadline else ""
                ),
                dict(context.item_titles(pack, checklist, section, item)),
            )
            for full, checklist, section, item in pack.items()
        }
        self.plain = {
            name: self._make(name, pack_item.texts or _NO_TEXTS, _NO_DAYS, (), UNANSWERED)
            for name, pack_item in self._all.items()
        }
        """The items by id, without statuses, days or anything that depends on facts."""
        self._in_working_days = {
            place
            for days, place in self._days.items()
            if any(text and due.parse_due(text).working for text in days[:2])
        }
        self.counts_working_days = bool(self._in_working_days) or WORKING_DAYS in self._deciding
        """Whether anything is counted in working days."""
        conditions: dict[Condition, int] = {}
        # Many items share their conditions: each of those is evaluated once for a trip.
        self._needed = {
            full: {conditions.setdefault(when, len(conditions)) for when in whens}
            for full, *whens in (
                (full, checklist.when, section.when, item.when)
                for full, checklist, section, item in pack.items()
            )
        }
        self._conditions = (*conditions,)
        self._selected_for = functools.lru_cache(MAX_CACHED_SELECTIONS)(self._select_for)
        self._selection_of = functools.lru_cache(MAX_CACHED_SELECTIONS)(self._make_selection)
        self._days_for = functools.lru_cache(MAX_DAYS)(self._count_days)
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
        """Make the items of a trip; `contacts` are those of the items that have any, by id."""
        days = self._days_of(facts)
        return tuple(
            [
                self._made(
                    name,
                    pack_item.texts or _texts_of(pack_item.item, facts),
                    days[pack_item.days],
                    contacts.get(name, ()),
                    statuses.get(name, UNANSWERED),
                )
                for name, pack_item in selection.items.items()
            ]
        )

    def make_plain(
        self, selection: Selection, facts: Facts, contacts: Mapping[str, tuple[str, ...]]
    ) -> tuple[ReportItem, ...]:
        """Make the items of a trip without statuses and days; for the arguments, see `make`."""
        if not selection.varying:
            return selection.plain
        items = [*selection.plain]
        for place in selection.varying:
            pack_item = selection.items[items[place].id]
            items[place] = self._made(
                pack_item.id,
                pack_item.texts or _texts_of(pack_item.item, facts),
                _NO_DAYS,
                contacts.get(pack_item.id, ()),
                UNANSWERED,
            )
        return tuple(items)

    def days(self, selection: Selection, facts: Facts) -> tuple[Days, ...]:
        """Return the days of the items of a trip."""
        days = self._days_of(facts)
        return tuple(map(days.__getitem__, selection.days))

    def _days_of(self, facts: Facts) -> list[Days]:
        return self._days_for(facts.value("departs"), facts.value("returns"), facts.nation)

    def _select_for(self, states: tuple[FactState, ...]) -> Selection:
        state_of = dict(zip(self._deciding, states, strict=True)).__getitem__
        # Trips whose facts differ may still get the same items, so those are made only once.
        false = {
            place for place, when in enumerate(self._conditions) if when.truth(state_of) is False
        }
        applied = tuple([full for full, needed in self._needed.items() if needed.isdisjoint(false)])
        return self._selection_of(applied, self._pack.not_covered(state_of))

    def _make_selection(self, applied: tuple[str, ...], not_covered: tuple[str, ...]) -> Selection:
        applicable = [self._all[name] for name in applied]
        items = [
            pack_item
            for phase in PHASES
            for pack_item in applicable
            if pack_item.item.phase == phase
        ]
        titles: dict[str, str] = {}
        for pack_item in items:
            titles |= pack_item.titles
        return Selection(
            {pack_item.id: pack_item for pack_item in items},
            {
                pack_item.id: pack_item.item.level
                for pack_item in items
                if pack_item.item.phase != "back"
            },
            tuple(pack_item.days for pack_item in items),
            tuple(self.plain[pack_item.id] for pack_item in items),
            tuple(
                place
                for place, pack_item in enumerate(items)
                if pack_item.texts is None or pack_item.item.contacts
            ),
            titles,
            tuple(pack_item.item for pack_item in items if pack_item.days in self._in_working_days),
            not_covered,
        )

    def _count_days(
        self,
        departs: datetime.date | None,
        returns: datetime.date | None,
        nation: Nation | None,
    ) -> list[Days]:
        """Return the dates of a trip for each of `_days`; none if they must stay private."""
        bank_holidays = dates_of(nation)

        def date_of(text: str) -> datetime.date | None:
            if not (text and self._is_dated):
                return None
            return due.parse_due(text).date(departs, returns, bank_holidays)

        days = []
        for due_on, deadline, ask in self._days:
            last_day = date_of(deadline)
            days.append((date_of(due_on), last_day, "" if last_day is None else ask))
        return days

    def _place(self, due_on: str, deadline: str, ask: str) -> int:
        """Return the place of days, as the packs write them, in `_days`."""
        return self._days.setdefault((due_on, deadline, ask), len(self._days))

    def _make(
        self,
        name: str,
        texts: _Texts,
        days: Days,
        contacts: tuple[str, ...],
        status: Status,
    ) -> ReportItem:
        _, checklist, section, item, *_ = self._all[name]
        due_on, deadline, ask = days
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
            ask=ask,
            cites=item.cites,
            contacts=contacts,
            how=status.how,
        )


def _is_fixed(item: Item) -> bool:
    return "$" not in item.label + item.do + item.suggestion + item.why


def _texts_of(item: Item, facts: Facts) -> _Texts:
    """Return the texts of an item, filled in for a trip."""
    return _Texts(
        facts.fill_or_mark(item.label), do_text(item, facts), facts.fill_or_mark(item.why)
    )
