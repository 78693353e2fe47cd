"""What people call the fields of the entries of packs."""

from __future__ import annotations

_LABELS = {
    "choices": "Choice",
    "cites": "Sources",
    "compromised": "Device at risk",
    "deadline": "At the latest",
    "email": "E-mail",
    "headings": "Heading",
    "people": "People given in answer to",
    "statements": "Statement",
    "steps": "Step",
    "tel": "Telephone",
    "tel_from_abroad": "Telephone from abroad",
    "topics": "About",
    "url": "Web",
    "when": "Who it is for",
}
"""Fields that people know by another name."""


def field_label(name: str) -> str:
    """Return the label of a field: its name, unless people know it by another."""
    return _LABELS.get(name) or name.replace("_", " ").capitalize()
