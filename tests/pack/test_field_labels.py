"""Fields of entries have labels that people understand and can tell apart."""

from __future__ import annotations

import pytest

from travelsec.pack import model
from travelsec.pack.field_labels import field_label


@pytest.mark.parametrize(
    ("field", "label"),
    [("note_down", "Note down"), ("why", "Why"), ("tel", "Telephone"), ("when", "Who it is for")],
)
def test_a_label_is_the_name_in_words_unless_people_know_another(field: str, label: str) -> None:
    assert field_label(field) == label


@pytest.mark.parametrize(
    "kind",
    [
        *(model.PackInfo, model.Question, model.Checklist, model.Section, model.Item),
        *(model.Situation, model.Step, model.Contact, model.Guidance, model.Statement),
    ],
)
def test_no_two_fields_of_an_entry_have_one_label(kind: type) -> None:
    fields: tuple[str, ...] = kind.__struct_fields__  # type: ignore[attr-defined]
    labels = [field_label(name) for name in fields]
    assert len(set(labels)) == len(labels)
