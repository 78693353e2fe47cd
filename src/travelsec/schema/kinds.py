"""The kinds of JSON that travelsec writes, by the name in their field `schema`.

A new kind is a model and a line here. Its schema, help, errors and completion follow from it.
"""

from __future__ import annotations

from importlib import import_module
from typing import NamedTuple

from msgspec import Struct


class JsonFile(NamedTuple):
    """A kind of JSON. Its model is named, not imported, so that completion does not wait for it."""

    title: str
    module: str
    model: str
    is_list: bool = False
    """Whether it is a list of its model, and so has no field `schema`."""

    def load(self) -> type[Struct]:
        """Return the model."""
        model: type[Struct] = getattr(import_module(self.module), self.model)
        return model


JSON_FILES = {
    "report": JsonFile("A travelsec report", "travelsec.report.model", "Report"),
    "decision": JsonFile(
        "A decision on a travelsec report", "travelsec.review.decision", "Decision"
    ),
    "review": JsonFile("A review of travelsec reports", "travelsec.review.json", "Review"),
    "trips": JsonFile("The trips that travelsec keeps", "travelsec.results.trips", "Trips"),
    "trip": JsonFile("A trip that travelsec keeps", "travelsec.results.trips", "ShownTrip"),
    "contacts": JsonFile("The contacts of travelsec", "travelsec.results.contacts", "Contacts"),
    "incident": JsonFile(
        "What travelsec says to do in an incident", "travelsec.results.incident", "Incident"
    ),
    "debrief": JsonFile("A debrief with travelsec", "travelsec.results.debrief", "Debriefed"),
    "doctor": JsonFile("What travelsec doctor finds", "travelsec.results.doctor", "Doctor"),
    "batch": JsonFile(
        "What travelsec made of the lines of a batch", "travelsec.results.batch", "Batch"
    ),
    "checklist-list": JsonFile(
        "The items of travelsec packs", "travelsec.results.checklist", "Items"
    ),
    "checklist-show": JsonFile(
        "Entries of travelsec packs", "travelsec.results.checklist", "Entries"
    ),
    "checklist-packs": JsonFile(
        "The packs that come with travelsec", "travelsec.results.packs", "ShippedPacks"
    ),
    "checklist-validate": JsonFile(
        "What travelsec finds wrong in packs",
        "travelsec.pack.findings.json",
        "ShownFinding",
        is_list=True,
    ),
    "checklist-coverage": JsonFile(
        "Which duties travelsec packs carry", "travelsec.guidance.data", "Coverage"
    ),
    "checklist-diff": JsonFile(
        "The differences between two packs, as travelsec tells them",
        "travelsec.changes.model",
        "Diff",
    ),
    "checklist-fidelity": JsonFile(
        "What carries each statement in travelsec packs", "travelsec.guidance.data", "Fidelity"
    ),
    "guidance-list": JsonFile(
        "The pages that travelsec packs cite", "travelsec.guidance.data", "Pages"
    ),
    "guidance-index": JsonFile(
        "The index that travelsec proposes for a page", "travelsec.guidance.data", "Index"
    ),
    "guidance-diff": JsonFile(
        "What travelsec finds changed in a page", "travelsec.guidance.data", "Changes"
    ),
}
