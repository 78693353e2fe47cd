"""`travelsec card`: one page to carry apart from the devices."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

from travelsec.cli import options
from travelsec.cli.exit_codes import READY
from travelsec.cli.messages import inform, warn
from travelsec.cli.output import print_bytes, write_or_print
from travelsec.formats import CARD_FORMATS

if TYPE_CHECKING:
    from travelsec.trip.facts import Facts
    from travelsec.trip.stored_trip import StoredTrip


def card(
    trip: options.TripUnderWayOption = None,
    format_: Annotated[str | None, options.format_option(CARD_FORMATS)] = None,
    output: options.OutputOption = None,
    force: options.ForceOption = False,
    pack: options.PackOption = None,
    today: options.TodayOption = None,
) -> int:
    """It says what to do in every emergency, and who to call.
    Without a trip there are blanks for names and numbers, to fill in by hand.
    """
    from travelsec.card.content import BOTH_SIDES
    from travelsec.card.content import card_content as choose_content
    from travelsec.cli.current_trip import packs_for_emergency, store_or_warn, trip_under_way
    from travelsec.cli.prompts import check_output

    day = options.read_today(today)
    chosen = CARD_FORMATS.choose(format_, output, in_terminal=sys.stdout.isatty())
    stored, facts = trip_under_way(packs_for_emergency(pack), day, trip)
    content = choose_content(facts)
    if content.is_shortened:
        warn("the card has no room for all names and numbers as given; look for … and “more”.")
    if output is None:
        print_bytes(chosen.render(content))
        return READY
    try:
        chosen.check_installed()
        force = check_output(output, force=force)
        if stored is not None:
            # Before it is written, so that forgetting the trip can name what a kill leaves behind.
            store_or_warn(lambda store: store.keep_export(stored.id, output, day), "the card")
        write_or_print(chosen.render(content), output, "card", force=force)
    except Exception:
        # Someone who wants the card may need it now: it can be copied from here.
        print_bytes(CARD_FORMATS.find(CARD_FORMATS.default).render(content))
        raise
    if content.back:
        inform(BOTH_SIDES)
    inform("Print it at the office, or copy it by hand. Carry it apart from your devices.")
    if stored is not None:
        _offer_to_tick(stored, facts)
    return READY


def _offer_to_tick(trip: StoredTrip, facts: Facts) -> None:
    """Ask in a terminal whether the card is packed, and then tick the items that it fulfils."""
    from travelsec.cli.open_store import open_store
    from travelsec.cli.prompts import can_ask, clean_stop, make_prompter
    from travelsec.cli.trip_session import open_session
    from travelsec.interview.prompter import ChoicePrompt
    from travelsec.trip.selection import select
    from travelsec.trip.statuses import UNANSWERED, Status
    from travelsec.wording import join_words

    items = [
        selected
        for selected in select(facts.pack, facts)
        if selected.item.card and trip.statuses.get(selected.id, UNANSWERED).is_open
    ]
    if not items or not can_ask():
        return
    labels = join_words(f"“{selected.label}”" for selected in items)
    prompt = ChoicePrompt(
        message=f"Is it printed, and packed apart from your devices? Then {labels} is done.",
        options={"no": "Not yet", "yes": "Yes, tick it"},
        initial="no",
        why="It stays on your list until you tick it, here or in travelsec prepare.",
    )
    with clean_stop("The card is written."):
        prompter = make_prompter(accessible=options.wants_accessible(False))
        answer = prompter.choice(prompt)
    if answer == "yes":
        ticked = {selected.id: Status("done", how="terminal") for selected in items}
        with (
            open_store() as store,
            open_session(store, facts.pack, facts.today, trip) as session,
        ):
            session.statuses(ticked)
        prompter.acknowledge(prompt.message, prompt.options[answer])
