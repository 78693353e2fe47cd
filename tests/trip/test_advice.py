"""A situation as it is read in an emergency: the steps, who to call, what may follow."""

from __future__ import annotations

import datetime
from pathlib import Path

import msgspec
import pytest

from tests.pack.packs import load_over
from travelsec.document import Heading, ListItem, Paragraph
from travelsec.pack.model import Pack
from travelsec.trip.advice import (
    OTHER_DEVICE,
    contact_blocks,
    contacts_of_all,
    nearest_situation,
    situation,
    situations,
    what_happened,
)
from travelsec.trip.facts import Facts

TODAY = datetime.date(2026, 11, 22)


@pytest.fixture(scope="module")
def seized(tmp_path_factory: pytest.TempPathFactory) -> Pack:
    """The small pack, with a situation that has everything."""
    folder: Path = tmp_path_factory.mktemp("seized")
    return load_over(
        folder,
        "situations:\n"
        "  - id: seized\n"
        "    title: A device is seized in $country\n"
        "    compromised: true\n"
        "    steps:\n"
        "      - {do: Stay calm., why: It helps., cites: [leaflet]}\n"
        "      - {do: Ask for a receipt., when: {abroad: true}, cites: [leaflet]}\n"
        "      - {do: Call the desk., cites: [leaflet]}\n"
        "    contacts: [desk]\n"
        "    note_down: [Who took it.]\n"
        "    then: [loss]\n",
    )


def test_a_situation_found_by_other_words_says_so(seized: Pack) -> None:
    """The others come last; the one that is surely meant is shown alone."""
    facts = Facts(seized, {}, TODAY)
    shown, loss = seized.situations["seized"], seized.situations["loss"]
    assert [*nearest_situation(shown, [], facts, "x")] == [*situation(shown, facts)]
    head, *rest = nearest_situation(shown, [loss], facts, "taken")
    assert head == Paragraph("This is the nearest to “taken”. Others are at the end.")
    others = [Heading(2, "If something else happened"), *situations([loss], facts)]
    assert rest == [*situation(shown, facts), *others]


def test_what_may_have_happened_comes_with_who_to_call(seized: Pack) -> None:
    facts = Facts(seized, {}, TODAY)
    shown = list(seized.situations.values())
    head, *rest = what_happened(shown, facts)
    assert head == Heading(1, "What happened?")
    assert rest == [*situations(shown, facts), *contacts_of_all(shown, facts)]


def test_who_to_call_whichever_of_several_it_is(tmp_path: Path) -> None:
    """Those that all name; without any, all that one names; where none names any, everyone."""
    pack = load_over(
        tmp_path,
        "contacts:\n"
        "  - {id: guard, name: The guard, tel: +44 20 7946 0101, cites: [leaflet]}\n"
        "  - {id: porter, name: The porter, tel: +44 20 7946 0102, cites: [leaflet]}\n",
    )
    facts = Facts(pack, {}, TODAY)
    one = pack.situations["loss"]

    def called(*lists: tuple[str, ...]) -> list[str]:
        shown = [msgspec.structs.replace(one, contacts=names) for names in lists]
        heading, *found = contacts_of_all(shown, facts)
        assert heading == Heading(2, "Who to call")
        return [block.head for block in found if isinstance(block, ListItem)]

    assert called(("guard", "porter"), ("guard",), ()) == ["The guard"]
    assert called(("guard",), ("porter",)) == ["The guard", "The porter"]
    assert len(called()) == len(pack.contacts) > 2
    assert called((), ()) == called()


def test_a_situation_reads_from_the_danger_to_what_may_follow(seized: Pack) -> None:
    """What is not known leaves no step out."""
    assert list(situation(seized.situations["seized"], Facts(seized, {}, TODAY))) == [
        Paragraph(OTHER_DEVICE, "bad"),
        Heading(1, "A device is seized in (country not given)"),
        ListItem(None, "1. Stay calm.", "strong", ("It helps.",)),
        ListItem(None, "2. Ask for a receipt.", "strong"),
        ListItem(None, "3. Call the desk.", "strong"),
        Heading(2, "Who to call"),
        ListItem(None, "The desk", "strong", (), (("Telephone in the UK", "020 7946 0000"),)),
        Heading(2, "What to note down (a suggestion)"),
        ListItem(None, "Who took it.", "plain"),
        Heading(2, "What it may lead to"),
        ListItem(None, "Something is lost: travelsec incident loss", "plain"),
    ]


def test_steps_that_do_not_apply_are_left_out_and_the_rest_renumbered(seized: Pack) -> None:
    """At home nobody asks officials of another country for a receipt."""
    blocks = situation(seized.situations["seized"], Facts(seized, {"abroad": False}, TODAY))
    heads = [block.head for block in blocks if isinstance(block, ListItem)]
    assert heads[:2] == ["1. Stay calm.", "2. Call the desk."]


def test_only_what_there_is_has_a_heading(seized: Pack) -> None:
    """A situation of steps alone is its title and its steps."""
    blocks = situation(seized.situations["unsure"], Facts(seized, {}, TODAY))
    assert list(blocks) == [Heading(1, "Not sure"), ListItem(None, "1. Call.", "strong")]


def test_contacts_come_before_related_links(tmp_path: Path) -> None:
    """Each detail has a line of its own; a page on the web is nobody to call."""
    pack = load_over(
        tmp_path,
        "contacts:\n"
        "  - {id: page, name: A page, url: https://example.org, note: Long., cites: [leaflet]}\n"
        "  - {id: help, name: Help, slack: '#help', hours: 8 to 6, note: Ask for Jo.,\n"
        "     cites: [leaflet]}\n",
    )
    facts = Facts(pack, {}, TODAY)
    assert list(contact_blocks(facts, ["page", "help"])) == [
        ListItem(
            None, "Help", "strong", ("Ask for Jo.",), (("Slack", "#help"), ("Hours", "8 to 6."))
        ),
        Heading(2, "Related links"),
        ListItem(None, "A page", "strong", ("Long.",), (("Web", "https://example.org"),)),
    ]
    assert not any(isinstance(block, Heading) for block in contact_blocks(facts, ["help"]))
