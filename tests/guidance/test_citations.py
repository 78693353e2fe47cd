"""Which entries of a pack cite a statement."""

from __future__ import annotations

from pathlib import Path

from tests.pack.packs import load_over
from travelsec.guidance.citations import citations


def test_every_kind_of_entry_is_listed_under_the_path_it_cites(tmp_path: Path) -> None:
    cited = citations(load_over(tmp_path, ""))
    assert [(one.kind, one.id, one.text) for one in cited["page/general/call-desk"]] == [
        ("situation", "loss", "Something is lost, step 1"),
        ("contact", "desk", "The desk"),
    ]
    assert [(one.kind, one.id) for one in cited["page/general/remove-files"]] == [
        ("item", "trip.clear-files"),
    ]
    assert [(one.kind, one.id, one.text) for one in cited["leaflet"]][-1] == (
        "withdrawn",
        "old-desk@example.org",
        "no longer read",
    )


def test_an_entry_that_cites_a_path_twice_is_listed_once(tmp_path: Path) -> None:
    twice = (
        "contacts:\n  - {id: twice, name: Twice, note: N, "
        "cites: [page/general/take-charger, page/general/take-charger]}\n"
    )
    cited = citations(load_over(tmp_path, twice))["page/general/take-charger"]
    assert [one.id for one in cited if one.kind == "contact"] == ["twice"]


def test_a_choice_is_named_with_its_question(tmp_path: Path) -> None:
    """The question cites the list, and the choice its own statement."""
    question = (
        "questions: [{id: bag, ask: Which bag?, type: choice, choices: {red: Red, blue: Blue}, "
        "cites: [leaflet], choice_cites: {blue: [page/general/take-charger]}}]\n"
    )
    cited = citations(load_over(tmp_path, question))
    assert [one.name for one in cited["leaflet"] if one.kind == "question"] == ["question bag"]
    choice = cited["page/general/take-charger"][-1]
    assert (choice.name, choice.text) == ("question bag, choice blue", "Blue")
