"""`travelsec contacts`: show who to call about what."""

from __future__ import annotations

import math
from typing import Annotated

import typer

from travelsec.cli import options
from travelsec.cli.completers import complete_topic
from travelsec.cli.exit_codes import READY
from travelsec.cli.output import print_document, print_json
from travelsec.problems import UserError, allowed


def contacts(
    topic: Annotated[
        str | None,
        typer.Argument(
            metavar="[TOPIC]", help="Such as loss or privacy.", autocompletion=complete_topic
        ),
    ] = None,
    settings: options.FactOption = None,
    trip: options.TripUnderWayOption = None,
    format_: options.TextOrJsonOption = "text",
    pack: options.PackOption = None,
    today: options.TodayOption = None,
    plain: options.PlainOption = False,
) -> int:
    from travelsec.cli.answers_input import with_settings
    from travelsec.cli.current_trip import packs_for_emergency, trip_under_way
    from travelsec.trip import advice
    from travelsec.trip.contacts import topics
    from travelsec.trip.whereabouts import as_of_today

    in_json = options.wants_json(format_)
    day = options.read_today(today)
    packs = packs_for_emergency(pack)
    ids_by_topic = topics(packs)
    ids = ids_by_topic.get(topic.casefold()) if topic is not None else None
    if topic is not None and ids is None:
        # Name them all, however many: nothing else lists the topics.
        topics_allowed = allowed(ids_by_topic, topic, most=math.inf)
        raise UserError(f"no contact is for “{topic}”{topics_allowed}")
    stored, facts = trip_under_way(packs, day, trip)
    facts = with_settings(as_of_today(facts), settings)
    if in_json:
        from travelsec.results import contacts as results

        name = stored.name if stored else None
        print_json(results.contacts(facts, ids, trip=name, topic=topic and topic.casefold()))
    else:
        print_document(advice.contact_blocks(facts, ids), plain=plain)
    return READY
