"""What `incident` prints as JSON."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Literal

from msgspec import Struct

from travelsec.pack.model import Situation
from travelsec.trip import advice
from travelsec.trip.advice import Advice, Named
from travelsec.trip.contacts import ShownContact, related_links, show_contact
from travelsec.trip.facts import Facts

SCHEMA: Literal["travelsec.incident/1"] = "travelsec.incident/1"


class Incident(Struct, frozen=True, forbid_unknown_fields=True):
    """What to do now.

    `situation` is null if the words fit none well enough; then `contacts` and `links` are those
    for whichever of the `others` it is.
    """

    schema: Literal["travelsec.incident/1"]
    as_of: datetime.date
    trip: str | None
    description: str
    situation: Advice | None
    others: tuple[Named, ...]
    contacts: tuple[ShownContact, ...]
    links: tuple[ShownContact, ...]


def incident(
    facts: Facts,
    description: str,
    chosen: Situation | None,
    others: Sequence[Situation],
    *,
    trip: str | None,
) -> Incident:
    """Return what to do in the situation chosen, or the situations it may be."""
    advised = None if chosen is None else advice.advise(chosen, facts)
    wanted = advice.wanted_whichever(others) if advised is None else ()
    return Incident(
        schema=SCHEMA,
        as_of=facts.today,
        trip=trip,
        description=description,
        situation=advised,
        others=tuple(advice.titled(others, facts)),
        contacts=tuple(show_contact(facts, wanted)),
        links=tuple(related_links(facts, wanted)),
    )
