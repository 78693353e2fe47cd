"""Judge an untrusted report again, with the reviewer's packs.

Nothing that a report says about itself is believed: its items are selected and judged again from
its facts. A report cannot show whether an answer is true, or whether someone changed an answer and
recomputed the digest.
"""

from __future__ import annotations

import datetime
import functools
from collections.abc import Iterable, Iterator, Mapping
from operator import attrgetter
from typing import NamedTuple, TypeAlias

from travelsec import due
from travelsec.bank_holidays import Nation, dates_of
from travelsec.conditions import FactState
from travelsec.derived import WORKING_DAYS
from travelsec.pack.model import PHASES, Level, Pack, Question
from travelsec.question_types import Value
from travelsec.report import context
from travelsec.report.model import (
    ANSWER_IGNORED,
    WORDS,
    PackRef,
    Report,
    ReportItem,
    Warning,
)
from travelsec.report.read import Received
from travelsec.report.restore import FactReader
from travelsec.review import findings
from travelsec.review.findings import FIXED, Days, ExpectedItem
from travelsec.review.model import (
    PAGE_EDITED,
    PAGE_SAVED,
    PAGE_UNCHECKED,
    WORDS_UNCHECKED,
    Difference,
    Holds,
    Reviewed,
    SetAside,
)
from travelsec.trip.answers import RETIRED, item_names
from travelsec.trip.contacts import who_to_ask_about
from travelsec.trip.facts import Facts
from travelsec.trip.missing import IGNORED_FACT, IGNORED_ITEM, IGNORED_RETIRED
from travelsec.trip.readiness import assess
from travelsec.trip.selection import applying, deciding, depends_on_day, do_text
from travelsec.trip.statuses import NEED_REASON, OPEN

MAX_CACHED = 1024
"""Results to keep for similar trips; memory must not grow with the number of reports."""

MAX_USUAL = 2048
"""Items to keep in memory that are as the packs have them."""

_DATES = attrgetter("due", "deadline", "ask")
_Dates: TypeAlias = tuple[datetime.date | None, datetime.date | None, str]
_ANSWERED = attrgetter("fact", "ask", "answer")

_UNCHECKED_PACK = Difference(
    WORDS_UNCHECKED,
    "Made with other packs: whether its words and telephone numbers are those of the packs cannot "
    "be checked.",
)


class ExpectedItems(NamedTuple):
    """The items that the packs select, by id, in the order of a report.

    `filled` names those whose texts depend on the trip, `days` has the `days` of each, `judged` the
    levels of those of the phases `before` and `away`, `titles` the titles that a report with these
    items has, and `not_covered` what the packs do not cover.
    """

    items: dict[str, ExpectedItem]
    filled: tuple[str, ...]
    days: tuple[Days, ...]
    judged: dict[str, Level]
    titles: dict[str, str]
    not_covered: tuple[str, ...]


class Comparison(NamedTuple):
    """The items of a report, by today's ids, compared with those that the packs select.

    `in_order`: both have the same items in the same order. `as_judged`: they also have the same
    ids, levels and phases, so both give the same verdict. `odd` has what `FIXED` gets from the
    items in both whose texts or level may differ from the packs'.
    """

    expected: ExpectedItems
    items: dict[str, ReportItem]
    in_order: bool
    as_judged: bool
    odd: dict[str, tuple[object, ...]]


class Judge:
    """Judges reports with the packs of the reviewer.

    Args:
        pack: the reviewer's packs.
        today: the day they are judged for.
        latest: the latest moment (UTC, as in a report) at which a report can have been made.
    """

    def __init__(
        self, pack: Pack, today: datetime.date, latest: str = "9999-12-31T23:59:59Z"
    ) -> None:
        self.pack = pack
        self.today = today
        self.latest = latest
        self.packs = tuple(
            PackRef(source.info.id, source.info.version, source.digest()) for source in pack.sources
        )
        self._is_dated = context.is_dated(pack)
        self._facts = FactReader(pack)
        # Items as read that are as the packs have them, by their `id()`, with their ids of today:
        # many reports have these in common.
        self._usual: dict[int, tuple[str, ReportItem]] = {}
        self._answers: dict[tuple[str, Value], tuple[str, str, str]] = {}
        self._all = {item.id: item for item in _all_items(pack, Facts(pack, {}, today))}
        # Comparing texts takes longer if they are not the same objects.
        self._names = {name: self._all[full].id for name, full in item_names(pack).items()}
        items = [expected.item for expected in self._all.values()]
        self._has_deadlines = any(item.deadline for item in items)
        self._days = {expected.days for expected in self._all.values()}
        dues = {text for when, deadline, _ in self._days for text in (when, deadline)}
        self._dues = {text: due.parse(text) if text else None for text in dues}
        self._deciding = deciding(pack)
        self._counts_working_days = WORKING_DAYS in self._deciding or any(
            parsed.working for parsed in self._dues.values() if parsed
        )
        self._changes_daily = depends_on_day(pack)
        self._around = context.AroundItems(pack)
        # The facts that select items are the same for many trips.
        self._selected_for = functools.lru_cache(MAX_CACHED)(self._select_for)
        # So are the days of many, and the days they are judged for.
        self._dates_for = functools.lru_cache(MAX_CACHED)(self._date_for)
        self._expired_on = functools.lru_cache(MAX_CACHED)(
            lambda day: tuple(context.expired(pack, day))
        )

    def judge(self, path: str, received: Received) -> Reviewed:
        """Judge the report read from this path."""
        report = received.report
        same = report.packs == self.packs
        answers, misfits = self._facts.restore(report, same=same)
        items, twice, unusual = self._items(report)
        # Judged for another day, a verdict would change because time passes.
        facts = Facts(self.pack, answers, report.as_of)
        expected = self._select(facts)
        compared = _compare(expected, items, unusual)
        judged = expected.judged
        statuses = [items[name].status if name in items else "unanswered" for name in judged]
        readiness = assess(zip(judged, judged.values(), statuses, strict=True))
        differs = [
            *findings.integrity(received),
            *self._page(received),
            *(() if same else findings.other_packs(report.packs, self.packs)),
            *findings.items_differ(expected.items, items, compared.odd, same=same),
            *findings.unfounded(twice),
            *(self._texts_differ(report, facts, compared) if same else (_UNCHECKED_PACK,)),
            *(Difference("fact-misfit", f"The answer {text}.", breaks=same) for text in misfits),
            *findings.contradictions(facts),
            *findings.verdicts(report, readiness, items, as_judged=compared.as_judged),
            *findings.answered(expected.judged, readiness, items),
            *findings.time(report, self.latest),
            *self._since(facts, expected),
            *self._missed(facts, expected, readiness.open),
        ]
        return Reviewed(
            path=path,
            report=report.id,
            trip_id=report.trip.id,
            trip=report.trip.name,
            traveller=_text(report.trip.facts.get("traveller")),
            destination=_text(report.trip.facts.get("destination")),
            departs=_date(facts.value("departs")),
            returns=_date(facts.value("returns")),
            as_of=report.as_of.isoformat(),
            created=report.created,
            verdict=readiness.verdict,
            stated=report.readiness.verdict,
            holds=_holds(differs),
            open_must=tuple(name for name in readiness.open if expected.judged[name] == "must"),
            open=readiness.open,
            waived=_set_aside(readiness.waived, expected, items, facts),
            declined=_set_aside(readiness.open, expected, items, facts),
            not_covered=expected.not_covered,
            differs=tuple(differs),
        )

    def musts(self, report: Report) -> tuple[str, ...]:
        """Return the `must` items that the reviewer's packs select for a report's facts."""
        answers, _ = self._facts.restore(report)
        expected = self._select(Facts(self.pack, answers, report.as_of)).items
        return tuple(name for name, found in expected.items() if found.item.level == "must")

    def _since(self, facts: Facts, expected: ExpectedItems) -> Iterator[Difference]:
        """Yield what has changed since the day the report was judged for."""
        now = facts
        if self._changes_daily and facts.today != self.today:
            now = Facts(self.pack, facts.answers, self.today)
        yield from findings.calendar(now, facts.today, self.today)
        if now is not facts:
            yield from findings.due_since(expected.items, self._select(now).items)

    def _missed(
        self, facts: Facts, expected: ExpectedItems, still_open: Iterable[str]
    ) -> Iterator[Difference]:
        """Yield the open items whose deadlines had passed on the report's day, or have since."""
        if self._has_deadlines:
            dates = self._dates(facts)
            for name in still_open:
                found = expected.items[name]
                if deadline := dates[found.days][1]:
                    yield from findings.missed(found, deadline, facts.today, self.today)

    def _dates(self, facts: Facts) -> dict[Days, _Dates]:
        return self._dates_for(facts.value("departs"), facts.value("returns"), facts.nation)

    def _select(self, facts: Facts) -> ExpectedItems:
        return self._selected_for(tuple(map(facts.state, self._deciding)))

    def _select_for(self, states: tuple[FactState, ...]) -> ExpectedItems:
        state_of = dict(zip(self._deciding, states, strict=True)).__getitem__
        applies = applying(self.pack, state_of)
        items = [self._all[f"{checklist.id}.{item.id}"] for checklist, _, item in applies]
        items.sort(key=lambda expected: PHASES.index(expected.item.phase or "before"))
        return ExpectedItems(
            items={expected.id: expected for expected in items},
            filled=tuple([expected.id for expected in items if not expected.fixed]),
            days=tuple([expected.days for expected in items]),
            judged={
                expected.id: expected.item.level
                for expected in items
                if expected.item.phase != "back"
            },
            titles=dict(title for expected in items for title in expected.titles),
            not_covered=self.pack.not_covered(state_of),
        )

    def _date_for(
        self,
        departs: datetime.date | None,
        returns: datetime.date | None,
        nation: Nation | None,
    ) -> dict[Days, _Dates]:
        """Return what `_DATES` gets from items as travelsec writes them, by their `days`."""
        bank_holidays = dates_of(nation)
        dates = {
            text: parsed.date(departs, returns, bank_holidays)
            if parsed and self._is_dated
            else None
            for text, parsed in self._dues.items()
        }
        return {
            days: (dates[days[0]], dates[days[1]], "" if dates[days[1]] is None else days[2])
            for days in self._days
        }

    def _answer(self, question: Question, value: Value, facts: Facts) -> tuple[str, str, str]:
        """Return an answer as `context.answer` does; on many trips it is the same."""
        key = question.id, value
        answer = self._answers.get(key)
        if answer is None:
            answer = context.answer(question, value, facts)
            if "$" not in question.ask:
                if len(self._answers) >= MAX_CACHED:
                    self._answers.clear()
                self._answers[key] = answer
        return answer

    def _items(self, report: Report) -> tuple[dict[str, ReportItem], list[str], list[str]]:
        """Return the report's items by today's ids.

        Return also the ids that occur more than once, and those of items that may differ from the
        packs'. If two items have the same id, an open item counts rather than a settled one.
        """
        pairs, unusual = [], []
        for pair, item in zip(
            map(self._usual.get, map(id, report.items)), report.items, strict=True
        ):
            if pair is None:
                pair = self._names.get(item.id, item.id), item
                if not self._remember(*pair):
                    unusual.append(pair[0])
            pairs.append(pair)
        items = dict(pairs)
        if len(items) == len(pairs):
            return items, [], unusual
        items = {}
        twice = []
        for name, item in pairs:
            if name in items:
                twice.append(name)
                if items[name].status in OPEN:
                    continue
            items[name] = item
        return items, twice, unusual

    def _remember(self, name: str, item: ReportItem) -> bool:
        """Keep an item if it is as the packs have it on every trip, and tell whether it is."""
        # Items whose texts depend on the trip are compared for each trip anyway.
        is_usual = name in self._all and self._all[name].fixed in ((), FIXED(item))
        if is_usual:
            if len(self._usual) >= MAX_USUAL:
                self._usual.clear()
            self._usual[id(item)] = name, item
        return is_usual

    def _page(self, received: Received) -> Iterator[Difference]:
        """Compare an HTML report with the page that its data makes: people read the page."""
        if received.page is None:
            return
        if received.report.tool.words != WORDS:
            yield Difference(
                PAGE_UNCHECKED,
                "Made by a version of travelsec with other wording, so its page cannot be compared "
                "with its data. Read it with --show.",
            )
            return
        # Importing the template engine takes long, and most reports are JSON.
        from travelsec.report import html
        from travelsec.review.saved_page import is_saved_again

        page = received.page.replace(b"\r\n", b"\n").rstrip()
        rendered = html.render(received.report)
        if rendered.encode().rstrip() == page:
            return
        if is_saved_again(page, rendered):
            yield Difference(PAGE_SAVED, "Its page was saved again by a browser, and is unchanged.")
        else:
            yield Difference(
                PAGE_EDITED,
                "Its page was edited, or changed while it was saved again. Ask for the original "
                "file; this review judges the data in the page.",
                breaks=True,
            )

    def _texts_differ(
        self, report: Report, facts: Facts, compared: Comparison
    ) -> Iterator[Difference]:
        """Compare the answers and the texts for people with those that travelsec writes.

        Otherwise a telephone number in them could be anyone's.
        """
        answers = [
            self._answer(question, value, facts)
            for question, value in facts.given()
            if not question.private
        ]
        yield from findings.unasked(report, {name for name, _, _ in answers})
        if report.tool.words != WORDS:
            # Anyone can put another version into a report, so tell the manager.
            yield Difference(
                WORDS_UNCHECKED,
                "Made by a version of travelsec with other wording, so its wording and telephone "
                "numbers cannot be checked against the packs.",
            )
            return
        dates = self._dates(facts)
        around = self._around.of(facts)
        changed = tuple(_reworded(compared, dates, facts, around.contacts))
        if changed:
            yield Difference(
                "reworded",
                f"{findings.items_are(changed)} worded or dated differently from the pack.",
                changed,
                breaks=True,
            )
        answered = [*map(_ANSWERED, report.trip.answers)]
        yield from findings.words(
            {
                "titles": report.titles != compared.expected.titles,
                "the order of its items": (
                    not compared.in_order
                    and compared.items.keys() == compared.expected.items.keys()
                ),
                "the answers as people read them": answered != answers,
                "what to do at a call, and the numbers for it": report.on_call != around.on_call,
                "the related links": report.links != around.links,
                "what is not covered": (
                    report.readiness.not_covered != compared.expected.not_covered
                ),
                "warnings": [*self._unexplained(report, facts, compared.expected)]
                != [
                    *context.missing(facts),
                    *self._expired_on(report.as_of),
                    *self._bank_holidays_unknown(facts, compared.expected),
                ],
            }
        )

    def _bank_holidays_unknown(self, facts: Facts, expected: ExpectedItems) -> Iterator[Warning]:
        if self._counts_working_days:
            items = (found.item for found in expected.items.values())
            yield from context.bank_holidays_unknown(facts, items)

    def _unexplained(
        self, report: Report, facts: Facts, expected: ExpectedItems
    ) -> Iterator[Warning]:
        """Yield a report's warnings, except those that rightly say that an answer was ignored."""
        if all(warning.code != ANSWER_IGNORED for warning in report.warnings):
            yield from report.warnings
            return
        questions = self.pack.questions.values()
        texts = (
            *(IGNORED_FACT.format(q.id) for q in questions if facts.applies(q) is False),
            *map(IGNORED_RETIRED.format, RETIRED),
            *(IGNORED_ITEM.format(name) for name in self._all if name not in expected.items),
        )
        ignored = {f"{text}." for text in texts}
        for warning in report.warnings:
            # An answer is ignored once.
            if warning.code != ANSWER_IGNORED or warning.message not in ignored:
                yield warning
            ignored.discard(warning.message)


def _compare(
    expected: ExpectedItems, items: dict[str, ReportItem], unusual: Iterable[str]
) -> Comparison:
    """Compare items with those that the packs select; only the `unusual` may differ from them."""
    odd = {
        name: fixed
        for name in (*unusual, *expected.filled)
        if name in items
        and name in expected.items
        and (fixed := FIXED(items[name])) != expected.items[name].fixed
    }
    in_order = [*items] == [*expected.items]
    as_judged = in_order and all(
        (items[name].id, items[name].level, items[name].phase)
        == (name, expected.items[name].item.level, expected.items[name].item.phase or "before")
        for name in odd
    )
    return Comparison(expected, items, in_order, as_judged, odd)


def _holds(differs: Iterable[Difference]) -> Holds:
    codes = set()
    for difference in differs:
        if difference.breaks:
            return False
        codes.add(difference.code)
    return True if codes.isdisjoint((WORDS_UNCHECKED, PAGE_UNCHECKED)) else "unknown"


def _reworded(
    compared: Comparison,
    dates: dict[Days, _Dates],
    facts: Facts,
    contacts: Mapping[str, tuple[str, ...]],
) -> Iterator[str]:
    """Yield the items whose words or days differ from the packs'.

    `dates` are those on the trip, by the `days` of items, and `contacts` those of the items that
    have any.
    """
    expected, items, in_order, _, odd = compared
    in_time = in_order and (
        [*map(_DATES, items.values())] == [*map(dates.__getitem__, expected.days)]
    )
    for name in odd if in_time else items:
        if name in expected.items and (
            _DATES(items[name]) != dates[expected.items[name].days]
            or (name in odd and odd[name][1:] != _filled(expected.items[name], facts, contacts))
        ):
            yield name


def _all_items(pack: Pack, nothing: Facts) -> Iterator[ExpectedItem]:
    """Yield every item; `nothing` is `Facts` without answers."""
    for full, checklist, section, item in pack.items():
        titles = tuple(context.item_titles(pack, checklist, section, item))
        ask = who_to_ask_about(pack, item)
        expected = ExpectedItem(full, checklist.id, section.id, item, (), titles, ask)
        if not item.contacts and "$" not in item.label + item.do + item.suggestion + item.why:
            expected = expected._replace(fixed=(item.level, *_filled(expected, nothing, {})))
        yield expected


def _filled(
    expected: ExpectedItem, facts: Facts, contacts: Mapping[str, tuple[str, ...]]
) -> tuple[object, ...]:
    """Return the fields of `FIXED` after the level, filled in for a trip."""
    item = expected.item
    texts = (facts.fill_or_mark(item.label), do_text(item, facts), facts.fill_or_mark(item.why))
    places = (item.phase, expected.section, expected.checklist)
    return (expected.id, *texts, item.cites, *places, contacts.get(expected.id, ()))


def _set_aside(
    names: Iterable[str], expected: ExpectedItems, items: dict[str, ReportItem], facts: Facts
) -> tuple[SetAside, ...]:
    """Return the items among these that the traveller set aside, with the reasons."""
    return tuple(
        SetAside(name, facts.fill_or_mark(expected.items[name].item.label), items[name].reason)
        for name in names
        if name in items and items[name].status in NEED_REASON
    )


def _text(fact: object) -> str:
    return fact if isinstance(fact, str) else ""


def _date(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime.date) else ""
