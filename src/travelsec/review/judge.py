"""Judge an untrusted report again, with the reviewer's packs.

Nothing that a report says about itself is believed: its items are selected and judged again from
its facts. A report cannot show whether an answer is true, or whether someone changed an answer and
recomputed the digest.
"""

from __future__ import annotations

import datetime
import functools
from collections.abc import Iterable, Iterator
from operator import attrgetter

from msgspec import Struct
from msgspec.structs import replace

from travelsec.bounded_cache import BoundedCache
from travelsec.pack.model import Pack, Question
from travelsec.question_types import Value
from travelsec.report import context, read_json
from travelsec.report.context import Around
from travelsec.report.items import Selection
from travelsec.report.model import ANSWER_IGNORED, WORDS, Days, Report, ReportItem, Warning, days_of
from travelsec.report.page_state import page_state
from travelsec.report.read import Received
from travelsec.report.restore import FactReader
from travelsec.report.shared_parts import SharedParts
from travelsec.review import findings
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
from travelsec.trip.facts import Facts
from travelsec.trip.missing import IGNORED_FACT, IGNORED_ITEM, IGNORED_RETIRED
from travelsec.trip.readiness import assess
from travelsec.trip.selection import depends_on_day
from travelsec.trip.statuses import NEED_REASON, OPEN

MAX_CACHED_RESULTS = 1024
"""Results to keep for similar trips; memory must not grow with the number of reports."""

_JUDGED = attrgetter("id", "level", "phase")
_ANSWERED = attrgetter("fact", "ask", "answer")

_UNCHECKED_PACK = Difference(
    WORDS_UNCHECKED,
    "Made with other packs: whether its words and telephone numbers are those of the packs cannot "
    "be checked.",
)


class Expected(Struct, frozen=True):
    """What travelsec makes of the answers of a report.

    `plain` are its items in their order, without their statuses and days, which `days` has.
    """

    facts: Facts
    around: Around
    selection: Selection
    plain: tuple[ReportItem, ...]
    days: tuple[Days, ...]

    @property
    def by_id(self) -> dict[str, ReportItem]:
        """The plain items by their ids."""
        return dict(zip(self.selection.items, self.plain, strict=True))


class Comparison(Struct, frozen=True):
    """The items of a report, by today's ids, compared with those expected.

    `twice` names those that it has more than once. `in_order`: both have the same items in the same
    order. `as_judged`: they also have the same ids, levels and phases, so both give the same
    verdict. Of the items in both, `relevelled` names those with another level, and `reworded` those
    with other words or days.
    """

    items: dict[str, ReportItem]
    twice: list[str]
    in_order: bool
    as_judged: bool
    relevelled: list[str]
    reworded: list[str]


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
        self._shared = SharedParts(pack)
        self.packs = self._shared.packs
        self._optional = {source.info.covered_by for source in pack.sources}
        self._facts = FactReader(pack)
        self._names = item_names(pack)
        read_json.expect(self._shared.items.plain.values())
        self._answers = BoundedCache[tuple[str, Value], tuple[str, str, str]](MAX_CACHED_RESULTS)
        self._has_deadlines = any(item.deadline for *_, item in pack.items())
        self._changes_daily = depends_on_day(pack)
        self._expired_on = functools.lru_cache(MAX_CACHED_RESULTS)(
            lambda day: tuple(context.expired(pack, day))
        )

    def judge(self, path: str, received: Received) -> Reviewed:
        """Judge the report read from this path."""
        report = received.report
        same = report.packs == self.packs
        answers, misfits = self._facts.restore(report, same=same)
        # Judged for another day, a verdict would change because time passes.
        facts = Facts(self.pack, answers, report.as_of)
        expected = self._expect(facts)
        compared = self._compare(received, expected)
        items, judged = compared.items, expected.selection.judged
        statuses = [items[name].status if name in items else "unanswered" for name in judged]
        readiness = assess(zip(judged, judged.values(), statuses, strict=True))
        differs = (
            *findings.integrity(received),
            *self._page(received),
            *self._parts_differ(report, expected, compared, same=same),
            *(Difference("fact-misfit", f"The answer {text}.", breaks=same) for text in misfits),
            *findings.contradictions(facts),
            *findings.verdicts(report, readiness, items, as_judged=compared.as_judged),
            *findings.answered(judged, readiness, items),
            *findings.time(report, self.latest),
            *self._since(expected),
            *self._missed(expected, readiness.open),
        )
        return Reviewed(
            path=path,
            report=report.id,
            trip_id=report.trip.id,
            trip=report.trip.name,
            traveller=report.trip.text("traveller"),
            destination=report.trip.text("destination"),
            departs=_iso_date(facts.value("departs")),
            returns=_iso_date(facts.value("returns")),
            as_of=report.as_of.isoformat(),
            created=report.created,
            verdict=readiness.verdict,
            stated=report.readiness.verdict,
            holds=_holds(differs),
            open_must=tuple(name for name in readiness.open if judged[name] == "must"),
            open=readiness.open,
            waived=_set_aside(readiness.waived, expected, items),
            declined=_set_aside(readiness.open, expected, items),
            not_covered=expected.selection.not_covered,
            differs=differs,
        )

    def musts(self, report: Report) -> tuple[str, ...]:
        """Return the `must` items that the reviewer's packs select for a report's facts."""
        answers, _ = self._facts.restore(report)
        selection = self._shared.items.select(Facts(self.pack, answers, report.as_of))
        return tuple(
            name for name, selected in selection.items.items() if selected.item.level == "must"
        )

    def _expect(self, facts: Facts) -> Expected:
        maker, around = self._shared.items, self._shared.around.of(facts)
        selection = maker.select(facts)
        plain = maker.make_plain(selection, facts, around.contacts)
        return Expected(facts, around, selection, plain, maker.days(selection, facts))

    def _compare(self, received: Received, expected: Expected) -> Comparison:
        """Compare the items of a report with those expected.

        If two have the same id, an open item counts rather than a settled one.
        """
        names = expected.selection.items
        reported = received.report.items
        if received.plain == expected.plain and received.days == expected.days:
            items = dict(zip(names, reported, strict=True))
            return Comparison(items, [], in_order=True, as_judged=True, relevelled=[], reworded=[])
        items, plain, twice = {}, {}, []
        for item, without in zip(reported, received.plain, strict=True):
            name = self._names.get(item.id, item.id)
            if name in items:
                twice.append(name)
                if items[name].status in OPEN:
                    continue
            items[name], plain[name] = item, without
        pairs = [
            (name, plain[name], wanted) for name, wanted in expected.by_id.items() if name in items
        ]
        days = dict(zip(names, expected.days, strict=True))
        in_order = [*items] == [*names]
        return Comparison(
            items,
            twice,
            in_order,
            in_order and all(_JUDGED(item) == _JUDGED(wanted) for _, item, wanted in pairs),
            [name for name, item, wanted in pairs if item.level != wanted.level],
            [
                name
                for name, item, wanted in pairs
                if days_of(items[name]) != days[name]
                or (item != wanted and replace(item, level=wanted.level) != wanted)
            ],
        )

    def _since(self, expected: Expected) -> Iterator[Difference]:
        """Yield what has changed since the day the report was judged for."""
        now = then = expected.facts
        if self._changes_daily and then.today != self.today:
            now = Facts(self.pack, then.answers, self.today)
        yield from findings.calendar(now, then.today, self.today)
        if now is not then:
            applying = self._shared.items.select(now).items
            yield from findings.due_since(expected.selection.items, applying)

    def _missed(self, expected: Expected, still_open: Iterable[str]) -> Iterator[Difference]:
        """Yield the open items whose deadlines had passed on the report's day, or have since."""
        if self._has_deadlines:
            days = dict(zip(expected.selection.items, expected.days, strict=True))
            for name in still_open:
                as_of = expected.facts.today
                yield from findings.missed(name, days[name], as_of, self.today)

    def _answer(self, question: Question, value: Value, facts: Facts) -> tuple[str, str, str]:
        """Return an answer as `context.answer_row` does; on many trips it is the same."""
        key = question.id, value
        answer = self._answers.get(key)
        if answer is None:
            answer = context.answer_row(question, value, facts)
            if "$" not in question.ask:
                self._answers.keep(key, answer)
        return answer

    def _page(self, received: Received) -> Iterator[Difference]:
        """Compare an HTML report with the page that its data makes: people read the page."""
        state = page_state(received)
        if state == "unknown":
            yield Difference(
                PAGE_UNCHECKED,
                "Made by a version of travelsec with other wording, so its page cannot be compared "
                "with its data. Read it with --show.",
            )
        elif state == "saved-again":
            yield Difference(PAGE_SAVED, "Its page was saved again by a browser, and is unchanged.")
        elif state == "edited":
            yield Difference(
                PAGE_EDITED,
                "Its page was edited, or changed while it was saved again. Ask for the original "
                "file; this review judges the data in the page.",
                breaks=True,
            )

    def _parts_differ(
        self, report: Report, expected: Expected, compared: Comparison, *, same: bool
    ) -> Iterator[Difference]:
        """Compare packs, items and texts; `same`: the report was made with these packs."""
        if not same:
            yield from findings.other_packs(report.packs, self.packs, self._optional)
        if not compared.as_judged:
            yield from findings.items_differ(
                expected.selection, compared.items, compared.relevelled, same=same
            )
        yield from findings.unfounded(compared.twice)
        if same:
            yield from self._texts_differ(report, expected, compared)
        else:
            yield _UNCHECKED_PACK

    def _texts_differ(
        self, report: Report, expected: Expected, compared: Comparison
    ) -> Iterator[Difference]:
        """Compare the answers and the texts for people with those that travelsec writes.

        Otherwise a telephone number in them could be anyone's.
        """
        facts, around, selection = expected.facts, expected.around, expected.selection
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
        yield from findings.reworded(compared.reworded)
        answered = [*map(_ANSWERED, report.trip.answers)]
        has_other_order = not compared.in_order and compared.items.keys() == selection.items.keys()
        yield from findings.changed_words(
            {
                "titles": report.titles != selection.titles,
                "the order of its items": has_other_order,
                "the answers as people read them": answered != answers,
                "the steps and numbers for a call": report.on_call != around.on_call,
                "the related links": report.links != around.links,
                "what is not covered": report.readiness.not_covered != selection.not_covered,
                "warnings": [*self._unexplained(report, expected)] != [*self._warnings(expected)],
            }
        )

    def _warnings(self, expected: Expected) -> Iterator[Warning]:
        """Yield the warnings that follow from the facts alone."""
        facts = expected.facts
        yield from context.warn_of_unanswered(facts)
        yield from self._expired_on(facts.today)
        if self._shared.items.counts_working_days:
            yield from context.bank_holidays_unknown(facts, expected.selection.in_working_days)

    def _unexplained(self, report: Report, expected: Expected) -> Iterator[Warning]:
        """Yield a report's warnings, except those that rightly say that an answer was ignored."""
        if all(warning.code != ANSWER_IGNORED for warning in report.warnings):
            yield from report.warnings
            return
        applies, selected = expected.facts.applies, expected.selection.items
        questions = self.pack.questions.values()
        texts = (
            *(
                IGNORED_FACT.format(question.id)
                for question in questions
                if applies(question) is False
            ),
            *map(IGNORED_RETIRED.format, RETIRED),
            *map(IGNORED_ITEM.format, {*self._names.values()} - selected.keys()),
        )
        ignored = {f"{text}." for text in texts}
        for warning in report.warnings:
            # An answer is ignored once.
            if warning.code != ANSWER_IGNORED or warning.message not in ignored:
                yield warning
            ignored.discard(warning.message)


def _holds(differs: Iterable[Difference]) -> Holds:
    codes = set()
    for difference in differs:
        if difference.breaks:
            return False
        codes.add(difference.code)
    return True if codes.isdisjoint((WORDS_UNCHECKED, PAGE_UNCHECKED)) else "unknown"


def _set_aside(
    names: Iterable[str], expected: Expected, items: dict[str, ReportItem]
) -> tuple[SetAside, ...]:
    """Return the items among these that the traveller set aside, with the reasons."""
    aside = [name for name in names if name in items and items[name].status in NEED_REASON]
    if not aside:
        return ()
    plain = expected.by_id
    return tuple(SetAside(name, plain[name].label, items[name].reason) for name in aside)


def _iso_date(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime.date) else ""
