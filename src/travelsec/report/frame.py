"""What a report says around its items: titles, answers, what to do if the traveller calls.

All of it follows from the facts and the packs, so that a reviewer can tell whether it was changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from travelsec import values
from travelsec.pack.model import Pack
from travelsec.report.model import OnCall
from travelsec.trip.contacts import Reach, reach
from travelsec.trip.facts import Facts
from travelsec.trip.selection import Selected, steps


class Frame(NamedTuple):
    """`answers` are facts with their question and answer as people read them; none is private."""

    titles: dict[str, str]
    answers: tuple[tuple[str, str, str], ...]
    on_call: tuple[OnCall, ...]
    not_covered: tuple[str, ...]


def frame(facts: Facts, selected: Iterable[Selected]) -> Frame:
    """Return what stands around the items that were selected for these facts."""
    return Frame(
        titles=_titles(selected, facts.pack),
        answers=tuple(
            (
                name,
                facts.fill_or_mark(facts.pack.questions[name].ask),
                values.show(facts.pack.questions[name].fact, value),
            )
            for name, value in public_facts(facts).items()
        ),
        on_call=tuple(_on_call(facts)),
        not_covered=tuple(source.info.not_covered for source in facts.pack.sources),
    )


def public_facts(facts: Facts) -> dict[str, values.Value]:
    """Return the facts that a report may hold: those that matter, and are not private."""
    found = {}
    for name, question in facts.pack.questions.items():
        value = None if question.private else facts.value(name)
        if value is not None:
            found[name] = value
    return found


def _titles(selected: Iterable[Selected], pack: Pack) -> dict[str, str]:
    titles: dict[str, str] = {}
    for one in selected:
        titles[one.checklist.id] = one.checklist.title
        titles[f"{one.checklist.id}/{one.section.id}"] = one.section.title
        for path in one.item.cites:
            page = pack.guidance[path.partition("/")[0]]
            titles[f"guidance/{page.id}"] = page.title
    return titles


def _on_call(facts: Facts) -> Iterator[OnCall]:
    # The manager calls from this country, the traveller from where they are: both numbers.
    anywhere = {name: value for name, value in public_facts(facts).items() if name != "abroad"}
    somewhere = Facts(facts.pack, anywhere, facts.today)
    for situation in facts.pack.situations.values():
        if situation.audience == "manager":
            yield OnCall(
                facts.fill_or_mark(situation.title),
                tuple(facts.fill_or_mark(step.do) for step in steps(situation, facts)),
                tuple(_contact(one) for one in reach(somewhere, situation.contacts)),
            )


def _contact(one: Reach) -> str:
    ways = "; ".join(f"{kind} {way}" for kind, way in one.ways)
    hours = f" ({one.hours})" if one.hours else ""
    return f"{one.name}{hours}: {ways or one.note}"
