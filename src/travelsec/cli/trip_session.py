"""The stored trip that a command works on."""

from __future__ import annotations

import contextlib
import datetime
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from travelsec.cli.open_store import locked
from travelsec.pack.folder import offers
from travelsec.pack.model import BEFORE_RETURN, Pack, PackInfo, Question
from travelsec.question_types import Value
from travelsec.report.build import trip_name
from travelsec.report.kept_for_decision import made_report
from travelsec.trip import stored_trip
from travelsec.trip.answers import Answers
from travelsec.trip.facts import Facts
from travelsec.trip.selection import select
from travelsec.trip.statuses import UNANSWERED, How, Status
from travelsec.trip.stored_trip import Event, LastSeen, RestoredTrip, StoredTrip, TripGone
from travelsec.wording import count, join_words

if TYPE_CHECKING:
    from travelsec.report.model import Report
    from travelsec.store import Store


class TripSession:
    """The answers of a trip; with a store, each is on disk before the next question.

    `answers` holds the answers so far, which the interview completes. A new trip is stored
    from its first answer on.
    """

    def __init__(
        self, trip: RestoredTrip, store: Store | None = None, *, is_new: bool = False
    ) -> None:
        self._is_new = is_new
        self.store = store
        self.trip = trip.record
        self.name = trip.record.name
        self.answers = trip.answers
        self.notices = trip.notices
        self.events = {(event.moment, event.situation): event for event in trip.record.events}
        self.pack, self.today = trip.facts.pack, trip.facts.today
        self._offered = list(trip.record.seen.offered)

    def facts(self) -> Facts:
        """Return the facts as they are known now."""
        return Facts(self.pack, self.answers.facts, self.today)

    def introduction(self, prompts: int) -> list[str]:
        """Tell a traveller who begins a trip what to expect; `prompts` is the number of prompts."""
        promise = "what you answered is kept" if self.store is not None else "nothing is kept"
        infos = [source.info for source in self.pack.sources]
        packs = join_words(f"{info.title} ({info.id} {info.version})" for info in infos)
        return [
            f"About {count(prompts, 'question')}. Stop at any time; {promise}.",
            *(f"Not covered here: {text}" for text in self.pack.not_covered(self.facts().state)),
            f"Checklists: {packs}.",
        ]

    def welcome(self) -> list[str]:
        """Tell a traveller who comes back to the trip what is open and what has changed."""
        if self.store is None:
            return []
        changed = [*self.notices, *stored_trip.changes_since_seen(self.trip, self.facts())]
        if not self.trip.facts:
            return changed
        facts = self.facts()
        questions = sum(1 for _ in facts.to_ask())
        items = sum(
            self.answers.statuses.get(selected.id, UNANSWERED).is_open
            for selected in select(self.pack, facts, BEFORE_RETURN)
        )
        open_questions = count(questions, "question")
        open_items = count(items, "item")
        text = f"Going on with {self.name}. Open: {open_questions}, {open_items}."
        return [text, *changed]

    def fact(self, name: str, value: Value | None, how: How) -> None:
        """Keep an answer; a trip without a name of its own is named after its facts."""
        if value is None:
            self.answers.facts.pop(name, None)
            self.answers.how.pop(name, None)
        else:
            self.answers.facts[name] = value
            self.answers.how[name] = how
        if self._is_new and value is None:
            return
        if self.store is not None:
            self.store.keep_fact(self.trip.id, name, value, how)
        self._is_new = False
        if not self.trip.named:
            self._name_after_facts()

    def _name_after_facts(self) -> None:
        new_name = trip_name(self.facts())
        is_other = new_name != "" and not self.name.startswith(new_name)
        if self.store is not None:
            if is_other:
                self.store.rename(self.trip.id, new_name)
            record = self.store.find(self.trip.id)
            self.name = record.name if record else self.name
        elif is_other and self.trip.id:
            self.name = new_name

    def last_answer(self, question: Question) -> Value | None:
        """Return the answer to a lasting question on the newest of the other trips that has one."""
        if self.store is None or not question.lasting:
            return None
        for trip in self.store.trips():
            if trip.id != self.trip.id:
                answers = stored_trip.restore_trip(trip, self.pack, self.today).answers
                if question.id in answers.facts:
                    return answers.facts[question.id]
        return None

    def statuses(self, statuses: dict[str, Status]) -> None:
        """Keep statuses of items."""
        self.answers.statuses |= statuses
        if self.store is not None and statuses:
            self.store.keep_statuses(self.trip.id, statuses)
            self._is_new = False

    def take(self, answers: Answers) -> None:
        """Complete the answers with those of a script, which win, and store them."""
        self.answers.take(answers)
        self.keep(answers)

    def keep(self, answers: Answers) -> None:
        """Store answers that the session has taken; without a store, name the trip after them."""
        for name, value in answers.facts.items():
            self.fact(name, value, answers.how[name])
        self.statuses(answers.statuses)

    def keep_export(self, output: Path) -> None:
        """Store where a report is about to be written, so that forgetting the trip can name it."""
        if self.store is not None and not self._is_new:
            self.store.keep_export(self.trip.id, output, self.today)

    def keep_report(self, report: Report) -> None:
        """Store what a decision on a report is compared with."""
        if self.store is not None and not self._is_new:
            self.store.keep_report(self.trip.id, made_report(report))

    def keep_event(self, event: Event) -> None:
        """Keep what happened on the trip; `events` has it from now on."""
        self.events[event.moment, event.situation] = event
        if self.store is not None:
            self.store.keep_event(self.trip.id, event)

    def offer(self) -> list[PackInfo]:
        """Return each pack with a `not_covered` that an optional one covers, once for a trip."""
        infos = offers(self.pack.can_be_covered(self.facts().state))
        new = [info for info in infos if info.covered_by not in self._offered]
        self._offered += [info.covered_by for info in new]
        return new

    def close(self) -> None:
        """Store what the traveller has now seen."""
        if self.store is not None and not self._is_new:
            seen = stored_trip.last_seen(self.facts(), self._offered)
            self.store.keep_seen(self.trip.id, seen)


def unsaved_session(
    pack: Pack, today: datetime.date, answers: Answers | None = None, name: str = ""
) -> TripSession:
    """Return a session that stores nothing."""
    record = StoredTrip("", name, False, today, LastSeen(today, {}, {}))
    answers = answers or Answers()
    return TripSession(RestoredTrip(record, answers, Facts(pack, answers.facts, today), []))


def unsaved_session_of_trip(
    pack: Pack, today: datetime.date, trip: StoredTrip | None
) -> TripSession:
    """Return a session that knows what is stored of a trip, and stores nothing itself.

    Without a trip, the session has no answers.
    """
    if trip is None:
        return unsaved_session(pack, today)
    return TripSession(stored_trip.restore_trip(trip, pack, today))


@contextlib.contextmanager
def open_session(
    store: Store, pack: Pack, today: datetime.date, trip: StoredTrip
) -> Iterator[TripSession]:
    """Lock a stored trip and open it.

    Raises:
        UserError: the trip is open in another window.
        TripGone: it was forgotten since it was found.
    """
    with locked(store, trip):
        # Read again: it may have changed between being found and being locked.
        record = store.find(trip.id)
        if record is None:
            raise TripGone(trip.name)
        yield TripSession(stored_trip.restore_trip(record, pack, today), store)


@contextlib.contextmanager
def begin_session(
    store: Store, pack: Pack, today: datetime.date, name: str | None
) -> Iterator[TripSession]:
    """Begin a trip of this name, and lock it; without a name, it is named after its facts."""
    last_seen = LastSeen(today, stored_trip.last_seen(Facts(pack, {}, today)).packs, {})
    new_name = f"New trip {today.isoformat()}" if name is None else name.strip()
    trip = store.begin(os.urandom(16).hex(), new_name, last_seen, named=name is not None)
    with locked(store, trip):
        yield TripSession(stored_trip.restore_trip(trip, pack, today), store, is_new=True)
