"""Where a traveller probably is today."""

from __future__ import annotations

from travelsec.trip.facts import Facts


def as_of_today(facts: Facts) -> Facts:
    """Return the facts, without `abroad` before a trip abroad begins and after it has ended.

    Where travellers are then is a guess: most are at home, some have left early or are back late.
    So both forms of each number are given, and what holds abroad stays. A trip within the UK says
    where they are whatever the day, and the card is made for the trip: it needs no such guess.
    """
    if not facts.value("abroad"):
        return facts
    # Imported here, as those who have no stored trip need none of it.
    from travelsec.trip.stored_trip import is_over

    departs = facts.value("departs")
    is_ahead = departs is not None and departs > facts.today
    if not (is_ahead or is_over(facts)):
        return facts
    anywhere = {name: value for name, value in facts.answers.items() if name != "abroad"}
    return Facts(facts.pack, anywhere, facts.today)
