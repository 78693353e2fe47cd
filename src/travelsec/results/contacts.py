"""What `contacts` prints as JSON."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Literal

from msgspec import Struct

from travelsec.trip.contacts import ShownContact, related_links, show_contact
from travelsec.trip.facts import Facts

SCHEMA: Literal["travelsec.contacts/1"] = "travelsec.contacts/1"


class Contacts(Struct, frozen=True, forbid_unknown_fields=True):
    """Who to call, as dialled from where the traveller is."""

    schema: Literal["travelsec.contacts/1"]
    as_of: datetime.date
    trip: str | None
    topic: str | None
    contacts: tuple[ShownContact, ...]
    links: tuple[ShownContact, ...]


def contacts(
    facts: Facts, wanted: Iterable[str] | None, *, trip: str | None, topic: str | None
) -> Contacts:
    """Return the contacts that fit the traveller; `wanted` are ids, None takes them all."""
    wanted = None if wanted is None else list(wanted)
    return Contacts(
        schema=SCHEMA,
        as_of=facts.today,
        trip=trip,
        topic=topic,
        contacts=tuple(show_contact(facts, wanted)),
        links=tuple(related_links(facts, wanted)),
    )
