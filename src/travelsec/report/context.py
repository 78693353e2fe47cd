"""The parts of a report around its items: titles, answers, warnings, and steps for a call.

They follow from the facts and the packs, so that a reviewer can tell if they were changed.
"""

from __future__ import annotations

import datetime
import textwrap
from collections.abc import Iterable, Iterator
from string import Template

from msgspec import Struct

from travelsec import due
from travelsec.bank_holidays import bank_holidays
from travelsec.bounded_cache import BoundedCache
from travelsec.conditions import Condition, FactState
from travelsec.derived import DERIVED, WORKING_DAYS
from travelsec.pack.model import Checklist, Item, Pack, Question, Section, Situation
from travelsec.question_types import Value, show_value
from travelsec.report.model import Link, OnCall, Warning
from travelsec.trip import selection
from travelsec.trip.contacts import contact_lines, related_links, who_to_ask
from travelsec.trip.facts import Facts
from travelsec.trip.selection import step_text, steps
from travelsec.wording import show_date

MAX_CACHED_TRIPS = 256
"""Similar trips to remember."""
MAX_ASKED = 2_000
"""A warning names unanswered questions up to this length; a reader refuses far longer texts."""


def answer_rows(facts: Facts) -> Iterator[tuple[str, str, str]]:
    """Yield the public facts as people read them: fact, question and answer."""
    for question, value in facts.given():
        if not question.private:
            yield answer_row(question, value, facts)


def answer_row(question: Question, value: Value, facts: Facts) -> tuple[str, str, str]:
    """Return a fact as people read it: fact, question and answer."""
    return question.id, facts.fill_or_mark(question.ask), show_value(question, value)


def public_facts(facts: Facts) -> dict[str, Value]:
    """Return the facts that a report holds: those that matter and are not private."""
    return {question.id: value for question, value in facts.given() if not question.private}


def item_titles(
    pack: Pack, checklist: Checklist, section: Section, item: Item
) -> Iterator[tuple[str, str]]:
    """Return the titles behind an item's ids: `checklist`, `checklist/section`, `guidance/page`."""
    yield checklist.id, checklist.title
    yield f"{checklist.id}/{section.id}", section.title
    for path in item.cites:
        page = pack.guidance[path.partition("/")[0]]
        yield f"guidance/{page.id}", page.title


def on_call(facts: Facts) -> Iterator[OnCall]:
    """Yield what a line manager should do if the traveller calls, from the packs' situations."""
    for situation in _for_managers(facts.pack):
        if situation.when.truth(facts.state) is not False:
            yield OnCall(
                facts.fill_or_mark(situation.title),
                tuple(step_text(step, facts) for step in steps(situation, facts)),
                _public_contact_lines(facts, situation.contacts),
            )


def item_contacts(facts: Facts, item: Item) -> tuple[str, ...]:
    """Return who to ask about an item, or to send it to."""
    return _public_contact_lines(facts, item.contacts) if item.contacts else ()


def _public_contact_lines(facts: Facts, wanted: tuple[str, ...]) -> tuple[str, ...]:
    """Return a line for each contact, without private answers.

    Give both numbers: before the trip, people call from this country, as managers do.
    """
    return contact_lines(_public_only(facts), wanted, anywhere=True)


def _public_only(facts: Facts) -> Facts:
    """Return what is known without private answers."""
    public = public_facts(facts)
    return facts if public == facts.answers else Facts(facts.pack, public, facts.today)


def _conditions(pack: Pack) -> Iterator[Condition]:
    """Yield the conditions of what `on_call`, `web_links` and `item_contacts` return."""
    for contact in pack.contacts.values():
        yield contact.when
        yield from (hours.when for hours in contact.hours_for)
    for situation in _for_managers(pack):
        yield situation.when
        yield from (step.when for step in situation.steps)


def _filled_in(pack: Pack) -> list[str]:
    """Return the facts that are filled into what `on_call` returns, or decide how to dial."""
    names = ["abroad"] if "abroad" in pack.questions else []
    for situation in _for_managers(pack):
        for text in (situation.title, *(step.do for step in situation.steps)):
            names += Template(text).get_identifiers()
    return names


def _for_managers(pack: Pack) -> Iterator[Situation]:
    return (situation for situation in pack.situations.values() if situation.audience == "manager")


def deciding_context(pack: Pack) -> list[str]:
    """Return the facts that decide what `on_call`, `web_links` and `item_contacts` return."""
    names = _filled_in(pack)
    for condition in _conditions(pack):
        names += condition.facts()
    # The list grows in the loop: whether a fact matters, and its value, depend on other facts.
    for name in names:
        question = pack.questions.get(name)
        behind = question.when.facts() if question else DERIVED[name].follows_from()
        asked = (fact for fact in behind if fact in pack.questions or fact in DERIVED)
        names += [fact for fact in asked if fact not in names]
    return [*dict.fromkeys(names)]


class Around(Struct, frozen=True):
    """What a report has around its items, and the contacts of items that have any, by their id."""

    on_call: tuple[OnCall, ...]
    links: tuple[Link, ...]
    contacts: dict[str, tuple[str, ...]]


class AroundItems:
    """Works out what is around the items of reports with these packs, once for similar trips."""

    def __init__(self, pack: Pack) -> None:
        self._deciding = deciding_context(pack)
        self._conditions = (*dict.fromkeys(_conditions(pack)),)
        self._filled_in = _filled_in(pack)
        self._with_contacts = {full: item for full, *_, item in pack.items() if item.contacts}
        self._known = BoundedCache[tuple[FactState, ...], Around](MAX_CACHED_TRIPS)
        self._alike = BoundedCache[tuple[object, ...], Around](MAX_CACHED_TRIPS)

    def of(self, facts: Facts) -> Around:
        """Return what is around the items of a trip."""
        states = tuple(map(facts.state, self._deciding))
        cached = self._known.get(states)
        return self._known.keep(states, self._of_alike(facts)) if cached is None else cached

    def _of_alike(self, facts: Facts) -> Around:
        # Most trips differ only in facts that make no difference here.
        public = _public_only(facts)
        alike = (*self._outcomes(facts), *(() if public is facts else self._outcomes(public)))
        cached = self._alike.get(alike)
        if cached is not None:
            return cached
        around = Around(
            tuple(on_call(facts)),
            tuple(web_links(facts)),
            {name: item_contacts(facts, item) for name, item in self._with_contacts.items()},
        )
        return self._alike.keep(alike, around)

    def _outcomes(self, facts: Facts) -> Iterator[object]:
        yield from (condition.truth(facts.state) for condition in self._conditions)
        yield from map(facts.state, self._filled_in)


def web_links(facts: Facts) -> Iterator[Link]:
    """Yield the pages on the web that the packs refer to."""
    for link in related_links(facts):
        for way in link.ways:
            yield Link(link.name, way.value, link.note)


def warn_of_unanswered(facts: Facts) -> Iterator[Warning]:
    """Yield a warning if questions are unanswered."""
    open_questions = [question for question in facts.to_ask() if not question.private]
    if open_questions:
        asked = " ".join(facts.fill_or_mark(question.ask) for question in open_questions)
        asked = " ".join(asked.split())
        if len(asked) > MAX_ASKED:
            asked = textwrap.shorten(asked, MAX_ASKED, placeholder=" …")
        yield Warning(
            "facts-missing",
            f"Not answered: {asked} Items that depend on a missing answer are kept.",
        )


def expired(pack: Pack, day: datetime.date) -> Iterator[Warning]:
    """Yield a warning for each guidance page that has expired by a day."""
    for page in pack.guidance.values():
        if page.expires is not None and page.expires < day:
            yield Warning(
                "guidance-expired",
                f"The page “{page.title}” was valid until {show_date(page.expires)}. "
                f"Ask whether it still holds: {who_to_ask(pack, page)}.",
            )


def bank_holidays_unknown(facts: Facts, items: Iterable[Item]) -> Iterator[Warning]:
    """Yield a warning if working days are counted in a year whose bank holidays are not known.

    `items` are those that apply. Private dates give no warning: a reviewer does not have them.
    """
    if facts.nation is None or not is_dated(facts.pack):
        return
    holidays = bank_holidays()
    departs, returns = facts.value("departs"), facts.value("returns")
    counted = [
        day
        for text in {text for item in items for text in (item.due, item.deadline) if text}
        if (parsed := due.parse_due(text)).working
        for day in (
            departs if parsed.anchor == "departure" else returns,
            parsed.date(departs, returns, facts.bank_holidays),
        )
    ]
    if departs and not holidays.covers(departs) and WORKING_DAYS in selection.deciding(facts.pack):
        counted.append(departs)
    if not all(day is None or holidays.covers(day) for day in counted):
        yield Warning(
            "bank-holidays-unknown",
            f"travelsec knows the bank holidays of {holidays.first_year} to {holidays.last_year} "
            "only, so what is counted in working days may be wrong. Check it with the bank "
            f"holidays on {holidays.source}.",
        )


def is_dated(pack: Pack) -> bool:
    """Return whether items may have dates, which reveal the days of departure and return."""
    dates = (pack.questions.get(name) for name in ("departs", "returns"))
    return not any(question.private for question in dates if question)
