"""The answers file to fill in: it reads back as what it was made from."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from tests.trip.test_selection import TRIPS, bundled, facts_of
from travelsec.pack.model import Pack
from travelsec.question_types import NONE, Value
from travelsec.trip.answers import Answers, AnswersReader
from travelsec.trip.facts import Facts
from travelsec.trip.statuses import Status
from travelsec.trip.template import template

TODAY = datetime.date(2026, 11, 22)


def read(pack: Pack, text: str) -> Answers:
    """Read an answers file."""
    reader = AnswersReader(pack)
    reader.read_file(text.encode(), "answers.yaml")
    return reader.finish(Facts(pack, reader.answers.facts, TODAY))


def test_a_template_says_what_each_answer_is_about(pack: Pack) -> None:
    """The question, what it takes and whether it is needed; the item, its reason and its steps."""
    known: dict[str, Value] = {"abroad": True, "departs": datetime.date(2026, 12, 1)}
    written = template(Facts(pack, known, TODAY), {"trip.charger": Status("done")})
    lines = written.splitlines()
    assert lines[0] == "# Answers for travelsec prepare. null means: no answer yet."
    assert "\n".join(lines[lines.index("trip:") : lines.index("trip:") + 5]) == (
        "trip:\n"
        "  # Will you leave the country?\n"
        "  # true or false.\n"
        "  # An answer is required.\n"
        "  abroad: true"
    )
    assert '  departs: "2026-12-01"' in lines
    assert "  country: null" in lines
    assert written.endswith(
        "\n"
        "  # On the way\n"
        "  # CONSIDER: I know what to do.\n"
        "  # 1. Call the desk.\n"
        "  trip.know-loss: null\n"
    )
    assert "  trip.charger: done" in lines


def test_a_question_that_does_not_matter_is_left_out(pack: Pack) -> None:
    """And so is an item; without any, the file can be read anyway."""
    written = template(Facts(pack, {"abroad": False}, TODAY), {})
    assert "country:" not in written
    assert written.endswith("items:\n  {}\n")
    assert read(pack, written).facts == {"abroad": False}


def test_answers_read_back_as_they_were(pack: Pack) -> None:
    """Whatever is in a text."""
    known: dict[str, Value] = {
        "abroad": True,
        "devices": ("laptop",),
        "country": "null # \u202e 'x': \"y\"",
        "count": 0,
    }
    statuses = {
        "trip.clear-files": Status("declined", "No: {time}", "Ask\u2028Jo", how="script"),
        "trip.charger": Status("todo", how="script"),
    }
    again = read(pack, template(Facts(pack, known, TODAY), statuses))
    assert again.facts == known
    assert again.statuses == statuses


@pytest.mark.parametrize("trip", sorted(TRIPS.glob("*.yaml")), ids=lambda path: path.stem)
def test_a_trip_with_the_bundled_pack_reads_back(trip: Path) -> None:
    """Nothing is lost, and the template of what was read is the same."""
    facts = facts_of(trip)
    written = template(facts, {})
    again = read(bundled(), written)
    assert again.facts == {question.id: answer for question, answer in facts.given()}
    assert template(Facts(bundled(), again.facts, TODAY), {}) == written


def test_a_date_that_can_be_none_says_so() -> None:
    """Filled in, it reads back; then the return is not asked for."""
    empty = template(Facts(bundled(), {}, TODAY), {})
    explained = "  # A date, such as 2026-12-05.\n  # For a lasting arrangement, write none.\n"
    assert f"{explained}  departs: null\n" in empty
    written = template(Facts(bundled(), {"departs": NONE}, TODAY), {})
    assert '  departs: "none"\n' in written
    assert "  returns:" not in written
    assert read(bundled(), written).facts == {"departs": NONE}
