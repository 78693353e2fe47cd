"""Judge a report from a stranger afresh, with the packs of whoever reviews it.

What a report says of itself is not believed: its items are chosen again from its facts, and
judged again. Whether an answer is true nobody can see from here; nor whether somebody changed an
answer and worked out the digest anew.
"""

from __future__ import annotations

import datetime
import functools
from collections.abc import Iterator
from operator import attrgetter
from typing import NamedTuple, get_args

import msgspec

from travelsec import due
from travelsec.pack.model import PHASES, Level, Pack
from travelsec.problems import brief
from travelsec.report import context
from travelsec.report.model import (
    ANSWER_IGNORED,
    NAME,
    WORDS,
    PackRef,
    Report,
    ReportItem,
    Warning,
)
from travelsec.report.read import Received
from travelsec.report.restore import restore_facts
from travelsec.review import findings
from travelsec.review.findings import FIXED, ExpectedItem
from travelsec.review.model import (
    END_OF_TIME,
    PAGE_EDITED,
    WORDS_UNCHECKED,
    Difference,
    Reviewed,
    SetAside,
)
from travelsec.review.remembered import MAX_KNOWN, Remembered
from travelsec.trip.answers import item_names
from travelsec.trip.facts import Facts
from travelsec.trip.missing import IGNORED_FACT, IGNORED_ITEM
from travelsec.trip.readiness import Verdict, assess
from travelsec.trip.selection import applying, deciding, do_text
from travelsec.trip.statuses import NEED_REASON, OPEN

_UNCHECKED_PACK = Difference(
    WORDS_UNCHECKED,
    "Made with other packs: whether its words and telephone numbers are those of the packs cannot "
    "be checked.",
)


class ExpectedItems(NamedTuple):
    """The items that the packs choose, by id, in the order of a report.

    What of each is `fixed`, in the same order; by when each is `due`, in the words of the pack;
    the level of those that are `judged` before the return; and the `titles` that go with them.
    """

    items: dict[str, ExpectedItem]
    order: tuple[str, ...]
    fixed: tuple[tuple[object, ...], ...]
    titles: dict[str, str]
    due: dict[str, str]
    judged: dict[str, Level]


class Comparison(NamedTuple):
    """The items of a report, by the ids of today, held against those that the packs choose.

    `in_order`: they are the same ones, in the same order. `odd` are those in both that are not
    letter for letter as the packs have them.
    """

    choice: ExpectedItems
    items: dict[str, ReportItem]
    in_order: bool
    odd: list[str]


class Judge:
    """Judges reports with the packs of the reviewer.

    Args:
        pack: the reviewer's packs.
        today: the day they are judged for.
        latest: the moment (UTC, as in a report) after which none can have been made.
    """

    def __init__(self, pack: Pack, today: datetime.date, latest: str = END_OF_TIME) -> None:
        self.pack = pack
        self.today = today
        self.latest = latest
        self.packs = tuple(
            PackRef(source.info.id, source.info.version, source.digest) for source in pack.sources
        )
        self._names = item_names(pack)
        self._packs = {ref.id: (ref.version, ref.digest) for ref in self.packs}
        self._is_dated = context.is_dated(pack)
        self._all = {item.id: item for item in _all_items(pack, Facts(pack, {}, today))}
        ignored = [IGNORED_FACT.format(name) for name in pack.questions]
        ignored += [IGNORED_ITEM.format(name) for name in self._all]
        self._ignored = {f"{text}." for text in ignored}
        self._dues = {expected.item.due for expected in self._all.values()}
        self._dates = functools.lru_cache(MAX_KNOWN)(self._work_out_dates)
        self._expired = functools.lru_cache(MAX_KNOWN)(lambda day: [*context.expired(pack, day)])
        self._choose = Remembered(self._applying, deciding(pack))
        self._on_call = Remembered(
            lambda facts: tuple(context.on_call(facts)), context.deciding(pack)
        )

    def judge(self, path: str, received: Received) -> Reviewed:
        """Return what there is to say of a report that came from this path."""
        report = received.report
        answers, misfits = restore_facts(report, self.pack)
        items, twice = self._items(report)
        aside = [name for name, item in items.items() if item.status in NEED_REASON]
        bare = tuple(name for name in aside if _is_bare(items[name]))
        for name in bare:
            items[name] = msgspec.structs.replace(items[name], status="unanswered", reason="")
        then = Facts(self.pack, answers, report.as_of)
        choice = self._choose(then)
        held = _hold(choice, items)
        now, today = then, choice
        if report.as_of != self.today:
            now = then.on(self.today)
            today = self._choose(now)
        readiness = assess(
            (name, level, items[name].status if name in items else "unanswered")
            for name, level in today.judged.items()
        )
        as_judged = today is choice and not held.odd and held.in_order
        same = report.packs == self.packs
        differs = [
            *findings.integrity(received),
            *self._page(received),
            *(() if same else findings.first_few(self._other_packs(report))),
            *findings.items_differ(choice.items, items, held.odd, same=same),
            *findings.unfounded(bare, twice),
            *(self._around(report, then, held) if same else (_UNCHECKED_PACK,)),
            *(Difference("fact-misfit", f"The answer {text}.", breaks=same) for text in misfits),
            *(
                Difference("contradiction", f"{text[0].upper()}{text[1:]}.", (), True)
                for _, text in then.faults()
            ),
            *findings.verdicts(report, readiness, items, as_judged=as_judged),
            *findings.answered(today.judged, readiness, items),
            *findings.time(report, now, self.latest),
        ]
        facts = report.trip.facts
        return Reviewed(
            path=path,
            report=report.id,
            trip_id=report.trip.id,
            trip=report.trip.name,
            traveller=_text(facts.get("traveller")),
            destination=_text(facts.get("destination")),
            departs=_date(then.value("departs")),
            returns=_date(then.value("returns")),
            as_of=report.as_of.isoformat(),
            created=report.created,
            verdict=readiness.verdict,
            stated=report.readiness.verdict,
            holds=not any(difference.breaks for difference in differs),
            open_must=tuple(name for name in readiness.open if today.judged[name] == "must"),
            open=readiness.open,
            waived=tuple(_said(today.items[name], items[name], now) for name in readiness.waived),
            declined=tuple(
                _said(today.items[name], items[name], now)
                for name in readiness.open
                if name in items and items[name].status == "declined"
            ),
            differs=tuple(differs),
        )

    def weigh(self, received: Received) -> int | None:
        """Return the more, the less ready a report is; None if it does not hold."""
        found = self.judge("", received)
        return get_args(Verdict).index(found.verdict) if found.holds else None

    def musts(self, report: Report) -> tuple[str, ...]:
        """Return the `must` items that the reviewer's packs have today for a report's facts."""
        answers, _ = restore_facts(report, self.pack)
        choice = self._choose(Facts(self.pack, answers, self.today))
        return tuple(
            expected.id for expected in choice.items.values() if expected.item.level == "must"
        )

    def _applying(self, facts: Facts) -> ExpectedItems:
        applies = applying(self.pack, facts)
        chosen = [self._all[f"{checklist.id}.{item.id}"] for checklist, _, item in applies]
        chosen.sort(key=attrgetter("phase"))
        return ExpectedItems(
            items={one.id: one for one in chosen},
            order=tuple(one.id for one in chosen),
            fixed=tuple(one.fixed for one in chosen),
            due={one.id: one.item.due for one in chosen},
            judged={one.id: one.item.level for one in chosen if one.item.phase != "back"},
            titles=dict(title for expected in chosen for title in expected.titles),
        )

    def _items(self, report: Report) -> tuple[dict[str, ReportItem], list[str]]:
        """Return the report's items by their ids of today, and the ids that stand there twice.

        Of two with one id the one that is open counts.
        """
        items = {self._names.get(item.id, item.id): item for item in report.items}
        if len(items) == len(report.items):
            return items, []
        items = {}
        twice = []
        for item in report.items:
            name = self._names.get(item.id, item.id)
            if name in items:
                twice.append(name)
                if items[name].status in OPEN or _is_bare(items[name]):
                    continue
            items[name] = item
        return items, twice

    def _page(self, received: Received) -> Iterator[Difference]:
        """Compare the page a report came in with the one that it makes: people read the page."""
        if received.page is None:
            return
        if received.report.tool.words != WORDS:
            yield Difference(
                "page-unchecked",
                "Made with other words (by another version of travelsec): whether its page shows "
                "what its data says cannot be checked. Read it with --show.",
            )
            return
        # Only who has a page to compare waits for the template engine.
        from travelsec.report import html

        page = received.page.replace(b"\r\n", b"\n").rstrip()
        if html.render(received.report).encode().rstrip() != page:
            yield Difference(
                PAGE_EDITED,
                "Its page is not as travelsec made it: it was edited, or saved again by a "
                "browser. Ask for the file itself; what is judged here is the data in it.",
                breaks=True,
            )

    def _other_packs(self, report: Report) -> Iterator[Difference]:
        theirs = {pack.id: pack for pack in report.packs}
        for name, ref in theirs.items():
            version, digest = self._packs.get(name, ("", ""))
            if not digest:
                told = f"{brief(name)} {brief(ref.version)}"
                yield Difference(
                    "other-pack", f"Made with the pack {told}, which is not among yours."
                )
            elif version != ref.version and digest == ref.digest:
                # The digest is over the version as well.
                yield Difference(
                    "other-pack",
                    f"It names the version {brief(ref.version)} of the pack {name}, with the "
                    f"content of {version}.",
                    breaks=True,
                )
            elif version != ref.version:
                yield Difference(
                    "other-pack",
                    f"Made with another version of the pack {name}: {brief(ref.version)}; "
                    f"yours is {version}.",
                )
            elif digest != ref.digest:
                yield Difference(
                    "other-pack",
                    f"Made with a pack {name} {version} whose content is not that of yours.",
                )
        for number, name in enumerate(self._packs):
            if name not in theirs:
                # No travelsec is without the one at the bottom, and its items.
                text = f"Made without your pack {name}."
                yield Difference("other-pack", text, breaks=number == 0)
        if len(theirs) < len(report.packs):
            yield Difference("other-pack", "It names one pack more than once.", breaks=True)
        elif theirs.keys() == self._packs.keys() and list(theirs) != list(self._packs):
            yield Difference("other-pack", "Made with your packs in another order.")

    def _work_out_dates(
        self, departs: datetime.date | None, returns: datetime.date | None
    ) -> dict[str, datetime.date | None]:
        """Return by when items are to be done, by what the packs have for it."""
        if not self._is_dated:
            return dict.fromkeys(self._dues)
        return {
            text: due.parse(text).date(departs, returns) if text else None for text in self._dues
        }

    def _around(self, report: Report, facts: Facts, held: Comparison) -> Iterator[Difference]:
        """Compare the answers, and the texts that people read, with what travelsec writes.

        A telephone number in them could be anybody's.
        """
        answers = list(context.answers(facts))
        yield from findings.unasked(report, {name for name, _, _ in answers})
        if report.tool.words != WORDS:
            # Anybody can write another number into a report, so the manager has to be told.
            yield Difference(
                WORDS_UNCHECKED,
                "Made with other words (by another version of travelsec): words not compared. "
                "Whether its telephone numbers are those of the packs cannot be checked.",
            )
            return
        dates = self._dates(facts.value("departs"), facts.value("returns"))
        changed = tuple(_reworded(held, dates, facts))
        if changed:
            yield Difference(
                "reworded",
                f"{findings.items_are(changed)} not as the pack has it: its words, or by when.",
                changed,
                breaks=True,
            )
        answered = [(answer.fact, answer.ask, answer.answer) for answer in report.trip.answers]
        warnings = [warning for warning in report.warnings if not self._is_of_a_script(warning)]
        yield from findings.words(
            {
                "what it was made with": report.tool.name != NAME,
                "titles": report.titles != held.choice.titles,
                "the order of its items": (
                    not held.in_order and held.items.keys() == held.choice.items.keys()
                ),
                "the answers as people read them": answered != answers,
                "what to do at a call, and the numbers for it": (
                    report.on_call != self._on_call(facts)
                ),
                "what is not covered": report.readiness.not_covered != self.pack.not_covered,
                "warnings": warnings != [*context.missing(facts), *self._expired(report.as_of)],
            }
        )

    def _is_of_a_script(self, warning: Warning) -> bool:
        """Tell whether travelsec warns so of an answer that only a script can have given."""
        return warning.code == ANSWER_IGNORED and warning.message in self._ignored


def _is_bare(item: ReportItem) -> bool:
    """Tell whether the item is set aside without a reason: then it counts as unanswered."""
    return item.status in NEED_REASON and not item.reason.strip()


def _hold(choice: ExpectedItems, items: dict[str, ReportItem]) -> Comparison:
    fixed = tuple(map(FIXED, items.values()))
    if tuple(items) != choice.order:
        both = ((name, one) for name, one in zip(items, fixed, strict=True) if name in choice.items)
        odd = [name for name, one in both if one != choice.items[name].fixed]
        return Comparison(choice, items, False, odd)
    # Most reports have none: one look at the whole is much faster than one at each.
    if fixed == choice.fixed:
        return Comparison(choice, items, True, [])
    pairs = zip(items, fixed, choice.fixed, strict=True)
    return Comparison(choice, items, True, [name for name, one, other in pairs if one != other])


def _reworded(
    held: Comparison, dates: dict[str, datetime.date | None], facts: Facts
) -> Iterator[str]:
    """Yield the items whose words, or by when they are due, are not as the packs have it.

    `dates` are those of the trip, by the words of the pack.
    """
    choice, items, in_order, odd = held
    due = [dates[text] for text in choice.due.values()]
    in_time = in_order and [item.due for item in items.values()] == due
    for name in odd if in_time else items:
        if name in choice.due and (
            items[name].due != dates[choice.due[name]]
            or (name in odd and not _reads_as(items[name], choice.items[name], facts))
        ):
            yield name


def _reads_as(found: ReportItem, expected: ExpectedItem, facts: Facts) -> bool:
    item = expected.item
    return (
        found.id == expected.id
        and found.label == facts.fill_or_mark(item.label)
        and found.do == do_text(item, facts)
        and found.why == facts.fill_or_mark(item.why)
        and found.cites == item.cites
        and found.phase == item.phase
        and found.section == expected.section
        and found.checklist == expected.checklist
    )


def _all_items(pack: Pack, nothing: Facts) -> Iterator[ExpectedItem]:
    """Yield every item; `nothing` is what is known of no trip."""
    for full, checklist, section, item in pack.items():
        is_fixed = "$" not in item.label + item.do + item.suggestion + item.why
        # No report has None: what is to be filled in is looked at for each.
        do = do_text(item, nothing) if is_fixed else None
        texts = (item.label, do, item.why, item.cites, item.phase, section.id)
        yield ExpectedItem(
            id=full,
            checklist=checklist.id,
            section=section.id,
            item=item,
            fixed=(full, item.level, *texts, checklist.id),
            titles=tuple(context.item_titles(pack, checklist, section, item)),
            phase=PHASES.index(item.phase or "before"),
        )


def _said(expected: ExpectedItem, item: ReportItem, facts: Facts) -> SetAside:
    return SetAside(expected.id, facts.fill_or_mark(expected.item.label), item.reason)


def _text(fact: object) -> str:
    return fact if isinstance(fact, str) else ""


def _date(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime.date) else ""
