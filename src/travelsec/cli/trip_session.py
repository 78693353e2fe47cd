"""The stored trip that a command works on."""

from __future__ import annotations

import contextlib
import datetime
import os
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from travelsec import values
from travelsec.cli.messages import inform, warn
from travelsec.folders import trips_file
from travelsec.pack.folder import optional_packs
from travelsec.pack.model import BEFORE_RETURN, Pack, PackInfo, Question
from travelsec.problems import UserError, allowed, brief, nearest
from travelsec.question_types import Value
from travelsec.report.build import trip_name
from travelsec.report.kept import made_report
from travelsec.trip import stored_trip
from travelsec.trip.answers import Answers
from travelsec.trip.facts import Facts
from travelsec.trip.selection import select
from travelsec.trip.statuses import UNANSWERED, How, Status
from travelsec.trip.stored_trip import Event, LastSeen, Occasion, RestoredTrip, StoredTrip, TripGone
from travelsec.wording import count, join_words

if TYPE_CHECKING:
    from travelsec.interview.prompter import Prompter
    from travelsec.report.model import Report
    from travelsec.store import Store

_PROVISIONAL = "New trip [0-9]{4}-[0-9]{2}-[0-9]{2}"


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
        """Tell a traveller who begins a trip what to expect; `prompts` is their number."""
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
        changed = [*self.notices, *stored_trip.changes(self.trip, self.facts())]
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
        if self.store is None or (self._is_new and value is None):
            return
        self.store.keep_fact(self.trip.id, name, value, how)
        self._is_new = False
        if not self.trip.named:
            new_name = trip_name(self.facts())
            if new_name and not self.name.startswith(new_name):
                self.store.rename(self.trip.id, new_name)
            record = self.store.find(self.trip.id)
            self.name = record.name if record else self.name

    def last_answer(self, question: Question) -> Value | None:
        """Return the answer to a lasting question on the newest of the other trips that has one."""
        if self.store is None or not question.lasting:
            return None
        for trip in self.store.trips():
            if trip.id != self.trip.id:
                answers = stored_trip.restore(trip, self.pack, self.today).answers
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
        for name, value in answers.facts.items():
            self.fact(name, value, answers.how[name])
        self.statuses(answers.statuses)

    def remember(self, output: Path) -> None:
        """Store where a report is about to be written, so that forgetting the trip can name it."""
        if self.store is not None and not self._is_new:
            self.store.keep_export(self.trip.id, output, self.today)

    def remember_report(self, report: Report) -> None:
        """Store what a decision on a report is compared with."""
        if self.store is not None and not self._is_new:
            self.store.keep_report(self.trip.id, made_report(report))

    def remember_event(self, event: Event) -> None:
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


def offers(coverable: Iterable[PackInfo]) -> list[PackInfo]:
    """Return the packs among these whose `not_covered` an optional pack that is here covers."""
    infos = list(coverable)
    # An installation may lack the optional packs.
    known = optional_packs() if infos else {}
    return [info for info in infos if info.covered_by in known]


def unsaved_session(
    pack: Pack, today: datetime.date, answers: Answers | None = None, name: str = ""
) -> TripSession:
    """Return a session that stores nothing."""
    record = StoredTrip("", name, False, today, LastSeen(today, {}, {}))
    answers = answers or Answers()
    return TripSession(RestoredTrip(record, answers, Facts(pack, answers.facts, today), []))


def draft_session(pack: Pack, today: datetime.date, name: str | None) -> TripSession:
    """Return a session that knows what is stored of a trip, and stores nothing itself.

    Without the name or id of a stored trip, the session has no answers.
    """
    if name is not None and trips_file().exists():
        with open_store() as store:
            record = _find_to_prepare(store, name)
        if record is not None:
            return TripSession(stored_trip.restore(record, pack, today))
    return unsaved_session(pack, today)


@contextlib.contextmanager
def open_session(
    store: Store, pack: Pack, today: datetime.date, *, name: str | None, begin: bool = True
) -> Iterator[TripSession]:
    """Open the trip of this name or id, or begin it, and lock it.

    Without a name, a trip is begun that is named after its facts.

    Raises:
        UserError: the trip is open in another window, or the name is not valid.
        TripGone: there is no such trip, and `begin` is false.
    """
    trip = _find_to_prepare(store, name) if name is not None else None
    is_new = trip is None
    if trip is None:
        if not begin:
            raise TripGone
        last_seen = LastSeen(today, stored_trip.last_seen(Facts(pack, {}, today)).packs, {})
        new_name = f"New trip {today.isoformat()}" if name is None else name.strip()
        trip = store.begin(os.urandom(16).hex(), new_name, last_seen, named=name is not None)
    with locked(store, trip):
        # Read again: it may have changed between being found and being locked.
        record = trip if is_new else store.find(trip.id)
        if record is None:
            raise TripGone(trip.name)
        yield TripSession(stored_trip.restore(record, pack, today), store, is_new=is_new)


def name_to_prepare(name: str, prompter: Prompter | None, *, begin: bool = True) -> str:
    """Return the name of the trip that is meant: a stored one, or else a new one.

    In a terminal, ask if a new name is like that of a stored trip. A script goes on with the only
    trip whose name begins with this one, and a message says so.

    Raises:
        UserError: there is no such trip, and `begin` is false.
        Stopped: the traveller wants neither.
    """
    if not trips_file().exists():
        if not begin:
            raise no_such_trip(name, [])
        return name
    with open_store() as store:
        if not begin:
            return find_trip(store, name).name
        trip = _find_to_prepare(store, name)
        names = store.names()
    if trip is not None:
        return trip.name
    beginning = names_beginning(names, name)
    if prompter is not None:
        shorter = [stored for stored in names if names_beginning([name], stored)]
        closest = nearest(name, names)
        similar = [*beginning, *shorter] or ([closest] if closest is not None else [])
        return _ask_which(name, similar, prompter) if similar else name
    if len(beginning) == 1:
        inform(f"Going on with the trip {beginning[0]}, the only one that begins with “{name}”.")
        return beginning[0]
    if candidates := beginning or list(filter(None, [nearest(name, names)])):
        warn(
            f"there is no trip “{name}” yet: this begins it. If you meant "
            f"{join_words((f'“{stored}”' for stored in candidates), 'or')}, give that name."
        )
    return name


def _ask_which(name: str, similar: list[str], prompter: Prompter) -> str:
    """Ask whether one of the trips with a name like this is meant, or a new one."""
    options = {stored: f"Go on with {stored}" for stored in similar}
    options[NEW] = f"Begin a new trip {name}"
    return _choose_trip("Which trip do you mean?", options, prompter) or name


def _find_to_prepare(store: Store, name: str) -> StoredTrip | None:
    """Return the trip of this name or id, or None if a trip can be begun with this name."""
    try:
        trip = store.find(values.read_text(name.strip()))
    except values.InvalidValue as wrong:
        raise UserError(f"--trip: {wrong}") from None
    if trip is None and re.match(_PROVISIONAL, name):
        # An earlier run may have printed a command with this name.
        raise UserError(
            f"there is no trip “{brief(name)}” any more: once its destination or date is known, a "
            f"trip is renamed after it{allowed(store.names())}"
        )
    return trip


@contextlib.contextmanager
def locked(store: Store, trip: StoredTrip) -> Iterator[None]:
    """Lock a trip during the block. The system releases the lock of a process that dies.

    Raises:
        UserError: another process holds the lock, or its file cannot be written.
    """
    from travelsec import locks

    # Killed processes leave lock files behind. A folder that the user named may hold other locks.
    for leftover in store.path.parent.glob(f"{'[0-9a-f]' * 32}.lock"):
        locks.remove_unless_held(leftover)
    path = store.path.with_name(f"{trip.id}.lock")
    try:
        handle = locks.hold(path)
    except OSError as error:
        raise UserError(f"{path}: cannot be written: {error.strerror}") from None
    if handle is None:
        raise UserError(
            f"The trip “{trip.name}” is open in another window. Finish or stop there "
            "first; nothing was changed here."
        )
    try:
        yield
    finally:
        locks.drop(path, handle)


def open_store(*, wait: float = 10) -> Store:
    """Open the user's own trips; wait up to `wait` seconds while another process writes."""
    # Imported here, as many commands of scripts store nothing, and SQLite takes time to load.
    from travelsec.store import Store

    return Store(trips_file(), wait=wait)


def find_trip(store: Store, name: str, *, noun: str = "trip") -> StoredTrip:
    """Return the trip of this name or id, or the only one whose name begins with it, in any case.

    Raises:
        UserError: there is no such trip, or several; it calls them `noun`.
    """
    # SQLite cannot look for a name with bytes that are not text.
    if values.is_text(name) and (trip := store.find(name)) is not None:
        return trip
    names = store.names()
    beginning = names_beginning(names, name)
    if len(beginning) > 1:
        raise UserError(
            f"several trips have a name that begins with “{brief(name)}”: write more of it"
            f"{allowed(beginning)}"
        )
    trip = store.find(beginning[0]) if beginning else None
    if trip is None:
        raise no_such_trip(name, names, noun=noun)
    return trip


def names_beginning(names: Iterable[str], start: str) -> list[str]:
    """Return the names with this beginning, in any case; if one is the whole name, only that."""
    start = start.strip().casefold()
    matches = [name for name in names if start and name.casefold().startswith(start)]
    return [name for name in matches if name.casefold() == start] or matches


def meant_trip(
    store: Store,
    pack: Pack,
    today: datetime.date,
    name: str | None,
    when: Occasion,
    command: str,
    ask: Callable[[], Prompter | None] | None = None,
) -> RestoredTrip:
    """Return the trip of this name, or without one the only trip that can be meant.

    If several can be meant, ask which, with the prompter that `ask` returns: by default one for
    the terminal, if there is one.

    Raises:
        UserError: there is no such trip, or nobody can be asked which; `command` shows how to name
            it.
        Terminated: the user stopped instead of choosing.
    """
    from travelsec.cli.prompts import clean_stop, prompter_if_any

    if name is not None:
        return stored_trip.restore(find_trip(store, name), pack, today)
    restored = [stored_trip.restore(trip, pack, today) for trip in store.trips()]
    trips = {trip.record.id: trip for trip in stored_trip.meant_trips(restored, when)}
    if not trips:
        raise UserError("no trip is kept on this computer; travelsec prepare begins one")
    if len(trips) == 1:
        return next(iter(trips.values()))
    names = {trip_id: trip.record.name for trip_id, trip in trips.items()}
    prompter = (ask or prompter_if_any)()
    if prompter is None:
        raise UserError(f"say which trip: {command}{allowed(list(names.values()))}")
    question = "Which trip are you back from?" if when == "after" else "Which trip do you mean?"
    with clean_stop("Nothing was changed."):
        return trips[_choose_trip(question, names, prompter)]


def no_such_trip(name: str, names: list[str], *, noun: str = "trip") -> UserError:
    """Return the error that there is no trip of this name; `names` are those of the trips."""
    none = "; none is kept on this computer, travelsec prepare begins one"
    return UserError(f"there is no {noun} “{brief(name)}”{allowed(names, name) if names else none}")


def keep_export(
    trip: StoredTrip, report: Report | None, output: Path | None, day: datetime.date
) -> None:
    """Store where a file is about to be written, so that forgetting the trip can name it.

    Call it before writing: a process killed while writing can leave a part of the file behind.

    Args:
        trip: the trip.
        report: the report that can be decided on, if it is one.
        output: the file; None for standard output.
        day: today.
    """
    try:
        with open_store() as store:
            if output is not None:
                store.keep_export(trip.id, output, day)
            if report is not None:
                store.keep_report(trip.id, made_report(report))
    except TripGone:
        rest = f" Delete {output} yourself if it is to go, too." if output is not None else ""
        warn(f"{TripGone(trip.name)}.{rest}")
    except UserError as error:
        # The file will still be written, so this is only a warning.
        rest = "A decision on the report cannot be compared with it."
        if output is not None:
            rest = f"Forgetting the trip will not name {output}."
        warn(f"{str(error).rstrip('.')}. {rest}")


NEW = ""
"""The option to begin a trip, beside names and ids."""


def choose(store: Store, pack: Pack, today: datetime.date, prompter: Prompter) -> str | None:
    """Offer the trips that are not over; return the id of one, or None for a new trip.

    Raises:
        Stopped: the traveller wants neither.
    """
    options = {
        trip.id: f"Go on with {trip.name}"
        for trip in store.trips()
        if not stored_trip.is_over(stored_trip.restore(trip, pack, today).facts)
    }
    if not options:
        return None
    # Enter alone goes on with the only trip there is.
    initial = next(iter(options)) if len(options) == 1 else None
    options[NEW] = "A new trip"
    return _choose_trip("Which trip do you want to prepare?", options, prompter, initial) or None


def _choose_trip(
    message: str, options: dict[str, str], prompter: Prompter, initial: str | None = None
) -> str:
    """Return the trip chosen among the options, or `NEW`; Enter alone takes `initial`."""
    from travelsec.cli import prompts
    from travelsec.interview.prompter import ChoicePrompt

    prompt = ChoicePrompt(
        message=message,
        options=options,
        initial=initial,
        why="Each of them keeps its own answers. travelsec trips list shows all.",
    )
    answer = prompts.choose(prompter, prompt)
    prompter.acknowledge(prompt.message, options[answer])
    return answer
