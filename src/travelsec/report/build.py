"""Build the report of a trip from its facts and the statuses of its items."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Mapping

import msgspec

from travelsec import __version__, values
from travelsec.question_types import Value
from travelsec.report import context, model, write_json
from travelsec.report.model import Report, Warning, moment_text
from travelsec.report.shared_parts import SharedParts
from travelsec.trip import missing
from travelsec.trip.answers import Answers
from travelsec.trip.facts import Facts
from travelsec.trip.readiness import assess
from travelsec.trip.statuses import How, Status


def build(
    facts: Facts,
    statuses: Mapping[str, Status],
    *,
    how: Mapping[str, How],
    created: datetime.datetime,
    name: str | None = None,
    trip_id: str | None = None,
    report_id: str | None = None,
    given: Answers | None = None,
    shared: SharedParts | None = None,
) -> Report:
    """Build a report, a snapshot of the readiness of a trip, with its digest.

    Args:
        facts: the trip's facts, on the day it is judged for.
        statuses: statuses by full item id; those of items that do not apply are left out.
        how: how each fact was given, by its id.
        created: the moment the report is made, in UTC.
        name: the trip's name; None names it after its facts.
        trip_id: the trip's random id; None derives one from the content.
        report_id: a random id; None derives one from the content.
        given: the answers of a script; the report warns of any that do not matter.
        shared: what reports with these packs have in common; pass it if many are built.
    """
    shared = shared or SharedParts(facts.pack)
    selection = shared.items.select(facts)
    around = shared.around.of(facts)
    items = shared.items.make(selection, facts, statuses, around.contacts)
    ignored = missing.ignored(facts, given, selection.items) if given else ()
    public = context.public_facts(facts)
    report = Report(
        schema=model.SCHEMA,
        id=report_id or "",
        created=moment_text(created),
        as_of=facts.today,
        tool=model.Tool(model.NAME, __version__, model.WORDS),
        packs=shared.packs,
        titles=selection.titles,
        trip=model.Trip(
            id=trip_id or "",
            name=name or _trip_name(public) or "Trip",
            facts={name: values.to_data(value) for name, value in public.items()},
            answers=tuple(
                model.Answer(name, ask, answer, how.get(name))
                for name, ask, answer in context.answer_rows(facts)
            ),
        ),
        items=items,
        readiness=assess(
            ((item.id, item.level, item.status) for item in items if item.phase != "back"),
            selection.not_covered,
        ),
        on_call=around.on_call,
        warnings=(
            *context.warn_of_unanswered(facts),
            *(Warning(model.ANSWER_IGNORED, f"{text}.") for text in ignored),
            *context.expired(facts.pack, facts.today),
            *context.bank_holidays_unknown(facts, selection.in_working_days),
        ),
        links=around.links,
    )
    return _finished(report)


def trip_name(facts: Facts) -> str:
    """Name the trip after its destination, or else the place of work, and its first day.

    For example `Lisbon 2026-12-01`; empty if none of them is known and public.
    """
    return _trip_name(context.public_facts(facts))


def _trip_name(public: Mapping[str, Value]) -> str:
    parts = [str(public["destination"])] if public.get("destination") else []
    if not parts and public.get("places"):
        parts = [str(public["places"][0]).capitalize()]  # type: ignore[index]
    if isinstance(departs := public.get("departs"), datetime.date):
        parts.append(str(departs))
    return " ".join(parts)


def _finished(report: Report) -> Report:
    """Add the digest, and derive missing ids from the content, which makes them reproducible."""
    if not (report.trip.id and report.id):
        content = hashlib.sha256(model.canonical(msgspec.to_builtins(report))).hexdigest()
        trip_id = report.trip.id or hashlib.sha256(f"trip {content}".encode()).hexdigest()[:32]
        trip = msgspec.structs.replace(report.trip, id=trip_id)
        report = msgspec.structs.replace(report, trip=trip, id=report.id or content[:32])
    return msgspec.structs.replace(report, digest=write_json.built_digest(report))
