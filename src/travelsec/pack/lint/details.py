"""Warnings about numbers, addresses and times that cannot be meant."""

from __future__ import annotations

import re
from collections.abc import Iterator

from travelsec.pack.lint.subject import Finding, Subject

_EXTENSION = r"(?: ?(?:ext|extension)\.? ?[0-9]+)?"
_SHAPES = {
    "tel": (r"[+(]?[0-9][0-9 ()./-]{2,}" + _EXTENSION, "020 7946 0000"),
    "tel_from_abroad": (r"\+[0-9 ()./-]{6,}" + _EXTENSION, "+44 20 7946 0000"),
    "email": (r"[^@\s]+@[^@\s]+\.[^@\s]+", "desk@example.org"),
}


def contact_details(subject: Subject) -> Iterator[Finding]:
    """A telephone number nobody can dial, an address nobody can write to."""
    for part in subject.contacts:
        for field, (shape, example) in _SHAPES.items():
            given = getattr(part.placed.value, field)
            if given and "$" not in given and not re.fullmatch(shape, given):
                yield part.warn(
                    "contact-detail",
                    f"{field}: “{given}” can hardly be used as it is: write it like {example}, "
                    "and put all else into “note”",
                    field,
                )


def due_and_phase(subject: Subject) -> Iterator[Finding]:
    """Something to do before the trip that is due after it, or the other way round."""
    for part in subject.items:
        due, phase = part.placed.value.due, part.value.phase
        wrong = {"before": "return", "back": "departure"}.get(phase or "")
        if due and wrong and due.endswith(wrong):
            yield part.warn("due", f"due: “{due}” does not fit the phase “{phase}”", "due")
