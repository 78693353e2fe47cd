"""People: their names and numbers are kept apart, or nobody guesses which is which."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from travelsec.people import EXAMPLE, Person, read_people
from travelsec.question_types import behaviour
from travelsec.values import InvalidValue

ANN = Person("Ann Lee", "+44 20 7946 0000")


@pytest.mark.parametrize(
    ("raw", "people"),
    [
        ("Ann Lee, +44 20 7946 0000", (ANN,)),
        ("Ann Lee, Legal, +44 1", (Person("Ann Lee, Legal", "+44 1"),)),
        ("Ann Lee, Legal", (Person("Ann Lee, Legal"),)),
        ("Ann Lee +44 20 7946 0000", (ANN,)),
        ("Ann Lee: +44 20 7946 0000", (ANN,)),
        ("Ann Lee - +44 20 7946 0000", (ANN,)),
        ("李安, +44 1", (Person("李安", "+44 1"),)),
        ("Ann Lee, + 44 20", (Person("Ann Lee", "+ 44 20"),)),
        ("Ann Lee (+44) 20 7946 0000", (Person("Ann Lee", "(+44) 20 7946 0000"),)),
        ("Ann Lee (+44 20 7946 0000)", (Person("Ann Lee", "(+44 20 7946 0000)"),)),
        ("Ann Lee \u202a+44 20 7946 0000\u202c", (ANN,)),
        ("Ann Lee +44‑20‑7946", (Person("Ann Lee", "+44‑20‑7946"),)),
        ("Desk 24/7, +351 21", (Person("Desk 24/7", "+351 21"),)),
        ("Desk 2, 020 7946 0000", (Person("Desk 2", "020 7946 0000"),)),
        ("Police, 112", (Person("Police", "112"),)),
        ("Ann, 020 7946 0018 ext. 12", (Person("Ann", "020 7946 0018 ext. 12"),)),
        ("Ann 020 7946 0018x12", (Person("Ann", "020 7946 0018x12"),)),
        ("Ann, 020 1 (ask reception)", (Person("Ann", "020 1 (ask reception)"),)),
        ("Ann 020 7946 #4 (Mon–Fri)", (Person("Ann", "020 7946 #4 (Mon–Fri)"),)),
        ("Team 7", (Person("Team 7"),)),
        ("Ann; Jo, 1;", (Person("Ann"), Person("Jo", "1"))),
        ({"name": "Ann Lee", "telephone": "+44 20 7946 0000"}, (ANN,)),
        ([{"name": " Ann "}, "Jo, 1"], (Person("Ann"), Person("Jo", "1"))),
        ([], ()),
    ],
)
def test_people_are_read_as_they_are_written(raw: object, people: tuple[Person, ...]) -> None:
    """With a comma before the number or without, with the marks of address books, or as data."""
    assert read_people(raw) == people


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        ("", "the text is empty"),
        ("Jo, +44 20 7946 0001 and Max", "“Jo, +44 20 7946 0001 and Max”: which part is"),
        (" ; ", "the text is empty"),
        (", 020 1", "the text is empty"),
        ("Desk 2 020 7946 0000", "“Desk 2 020 7946 0000”: write a comma before the num"),
        ("Floor 5 - 020 7946 0000", "“Floor 5 - 020 7946 0000”: write a comma before"),
        ({"name": "+44 20 7946 0000"}, "“+44 20 7946 0000” gives no name"),
        ("A" + " " * 1_000_000 + "x", "the text is too long: 1000002 characters, at mo"),
        ("A, " + "1 " * 500_000 + "x", "the text is too long: 1000004 characters, at mo"),
        ("+44 20 7946 0001", "“+44 20 7946 0001” gives no name"),
        ("020 7946 0001", "“020 7946 0001” gives no name"),
        ("Ann; 02079460001", "“02079460001” gives no name"),
        (["(020) 7946-0001"], "“(020) 7946-0001” gives no name"),
        ({"name": " ", "telephone": "1"}, "the text is empty"),
        ("Ann, " + "1" * 201, "the text is too long: 201 characters, at most 200"),
        ("x" * 201 + ", 1", "the text is too long: 201 characters, at most 200"),
        ({"name": "Ann", "tel": "1"}, "each person is written as {name: Ann Lee, "),
        ({"name": "Ann", "telephone": None}, "each person is written as {name: Ann Lee,"),
        ([["Ann"]], "each person is written as {name: Ann Lee, "),
        (None, "each person is written as {name: Ann Lee, "),
        (["Ann"] * 11, "at most 10 people are kept here"),
        (";".join(["Ann"] * 11), "at most 10 people are kept here"),
    ],
)
def test_what_names_nobody_says_how_to_write_it(raw: object, message: str) -> None:
    """With what was given."""
    with pytest.raises(InvalidValue) as caught:
        read_people(raw)
    assert str(caught.value).startswith(message)


@pytest.mark.parametrize(
    "raw",
    [
        "Ann Lee+44 20 7946 0000",
        "Ann Lee ++44 20 7946 0000",
        "Ann Lee, +44 20 7946 0000, +44 7700 900000",
        "Ann 020 7946 0000, Bob 020 7946 0001",
        "أحمد علي ٠٢٠٧٩٤٦٠٠٠٠",
        "李安 ０２０７９４６００００",
        "Police 112",
        "Ann, 020 7946 0018 ext",
        "Ann, 020 7946 0018 (ask 12)",
        "Ann, 020 7946 0018 ext 12 (a) (b)",
        "Ann, 020 7946 0018, ask reception",
        {"name": "Ann +44 20 7946 0000"},
        {"name": "Ann", "telephone": "abc"},
    ],
)
def test_a_number_that_may_be_part_of_the_name_is_refused(raw: object) -> None:
    """It would be missing, or be a wrong one, on the card."""
    with pytest.raises(InvalidValue, match="which part is the number"):
        read_people(raw)


# Not `\w`: that takes “²” too, which names nobody.
LETTERS = st.text(st.characters(categories=["L"]), min_size=1, max_size=20)
PEOPLE = st.lists(
    st.builds(
        Person,
        st.lists(LETTERS, min_size=1, max_size=2).map(" ".join),
        st.just("")
        | st.from_regex(
            r"[+]?[0-9]( ?[0-9]){0,12}( ext [0-9]{1,4})?( \([a-z]+\))?", fullmatch=True
        ),
    ),
    min_size=1,
    max_size=10,
).map(tuple)


@given(PEOPLE)
def test_people_are_read_back_as_one_types_them(people: tuple[Person, ...]) -> None:
    """What a prompt offers to change is what Enter keeps."""
    assert read_people(behaviour("people").type_in(people)) == people


def test_the_example_is_what_it_says() -> None:
    """Whoever types it gets two people with a number each."""
    assert [person.name for person in read_people(EXAMPLE)] == ["Ann Lee", "Jo Day"]
    assert all(person.telephone for person in read_people(EXAMPLE))
