"""Choices are found by their labels."""

from __future__ import annotations

import pytest

from travelsec.labels import choice_id, choice_ids, ids_by_label

IDS = ids_by_label(
    {"laptop": "Laptop", "phone": "Phone, work", "old": "Phone", "one": "Same", "two": "same"}
)


@pytest.mark.parametrize(
    ("text", "id_"),
    [
        ("Laptop", "laptop"),
        ("phone ,  WORK", "phone"),
        ("phone", "phone"),
        ("OLD", "old"),
        ("Same", "Same"),
        ("tablet", "tablet"),
        ("", ""),
    ],
)
def test_a_label_stands_for_its_choice(text: str, id_: str) -> None:
    """In any case; not if two have it, and an id comes before a label."""
    assert choice_id(text, IDS) == id_


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("Laptop; Phone, work", "laptop,phone"),
        ("phone,work,laptop", "phone,laptop"),
        ("Phone, work\r\nLaptop\n", "phone,laptop,"),
        ("Laptop\nOld", "laptop,old"),
        ("phone, laptop", "phone,laptop"),
        ("none", "none"),
        ("Laptop, tablet", "laptop, tablet"),
    ],
)
def test_labels_with_commas_are_found_in_a_list(text: str, ids: str) -> None:
    """The longest that fits; what is unknown stays."""
    assert choice_ids(text, IDS) == ids


def test_without_choices_a_text_stays() -> None:
    assert choice_ids("a,b", ids_by_label({})) == "a,b"
