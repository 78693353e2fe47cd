"""The short factual note of an incident, to read out to the service desk."""

from __future__ import annotations

from collections.abc import Mapping

from travelsec.document import Block, Heading, Pairs, Paragraph, text_lines
from travelsec.pack.model import Situation
from travelsec.trip.facts import Facts

NOTE_FIELDS: dict[str, str] = {
    "when": "When did it happen?",
    "where": "Where?",
    "device": "What was affected?",
    "seen": "What did you see?",
    "done": "What did you do?",
    "told": "Who did you tell, and when?",
}
"""The fields of the note in order, and the question for each."""

BLANK = "______________________________"


def note_text(situation: Situation, facts: Facts, texts: Mapping[str, str]) -> str:
    """Return the note as plain text, with a blank to write in for each field without text."""
    name, place = facts.value("traveller"), facts.value("destination")
    blocks: list[Block] = [
        Heading(1, f"Incident note: {facts.fill_or_mark(situation.title)}"),
        Pairs((("Traveller", str(name or BLANK)), ("Trip", str(place or BLANK)))),
        Pairs(tuple((ask, texts.get(field) or BLANK) for field, ask in NOTE_FIELDS.items())),
        Paragraph("Facts only. No passwords, and none of the information that was exposed."),
    ]
    return "".join(f"{text}\n" for text, _ in text_lines(blocks, 80))
