"""Fact values: read strictly, shown plainly, written so that they read back."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from travelsec import values
from travelsec.values import FactType, InvalidValue, Person, Value

DEVICES = {"laptop": "Laptop", "phone": "Phone, work"}
TYPES = {
    "text": FactType("text"),
    "choice": FactType("choice", DEVICES),
    "choices": FactType("choices", DEVICES),
    "yes-no": FactType("yes-no"),
    "date": FactType("date"),
    "number": FactType("number"),
    "people": FactType("people"),
}
ANN = Person("Ann Lee", "+44 20 7946 0000")


@pytest.mark.parametrize(
    ("kind", "raw", "value"),
    [
        ("text", " Lisbon ", "Lisbon"),
        ("text", "NO", "NO"),
        ("text", "x" * 200, "x" * 200),
        ("yes-no", "true", True),
        ("yes-no", " YES ", True),
        ("yes-no", "False", False),
        ("yes-no", "no", False),
        ("number", "007", 7),
        ("number", " 0 ", 0),
        ("number", "999999", 999999),
        ("date", "2026-12-01", datetime.date(2026, 12, 1)),
        ("date", " 2028-02-29 ", datetime.date(2028, 2, 29)),
        ("choice", " phone ", "phone"),
        ("choices", "phone", ("phone",)),
        ("choices", "phone, laptop,phone,", ("laptop", "phone")),
        ("choices", ["phone", "laptop"], ("laptop", "phone")),
        ("choices", [], ()),
        ("choices", "None", ()),
        ("people", "Ann Lee, +44 20 7946 0000", (ANN,)),
        ("people", "Ann Lee, Legal, +44 1", (Person("Ann Lee, Legal", "+44 1"),)),
        ("people", "Ann Lee, Legal", (Person("Ann Lee, Legal"),)),
        ("people", "Ann Lee +44 20 7946 0000", (ANN,)),
        ("people", "Ann Lee: +44 20 7946 0000", (ANN,)),
        ("people", "Ann Lee - +44 20 7946 0000", (ANN,)),
        ("people", "李安, +44 1", (Person("李安", "+44 1"),)),
        ("people", "Ann Lee, + 44 20", (Person("Ann Lee", "+ 44 20"),)),
        ("people", "Ann Lee (+44) 20 7946 0000", (Person("Ann Lee", "(+44) 20 7946 0000"),)),
        ("people", "Ann Lee (+44 20 7946 0000)", (Person("Ann Lee", "(+44 20 7946 0000)"),)),
        ("people", "Ann Lee \u202a+44 20 7946 0000\u202c", (ANN,)),
        ("people", "Ann Lee +44‑20‑7946", (Person("Ann Lee", "+44‑20‑7946"),)),
        ("people", "Desk 24/7, +351 21", (Person("Desk 24/7", "+351 21"),)),
        ("people", "Desk 2, 020 7946 0000", (Person("Desk 2", "020 7946 0000"),)),
        ("people", "Police, 112", (Person("Police", "112"),)),
        ("people", "Team 7", (Person("Team 7"),)),
        ("people", "Ann; Jo, 1;", (Person("Ann"), Person("Jo", "1"))),
        ("people", {"name": "Ann Lee", "telephone": "+44 20 7946 0000"}, (ANN,)),
        ("people", [{"name": " Ann "}, "Jo, 1"], (Person("Ann"), Person("Jo", "1"))),
        ("people", [], ()),
    ],
)
def test_a_value_is_read_by_its_type(kind: str, raw: object, value: Value) -> None:
    """Texts become what the question asks for; choices come in the question's order."""
    read = values.read_value(TYPES[kind], raw)
    assert read == value
    assert type(read) is type(value)


@pytest.mark.parametrize(
    ("kind", "raw", "message"),
    [
        ("text", "", "the text is empty"),
        ("text", "  ", "the text is empty"),
        ("text", "x" * 201, "the text is too long: 201 characters, at most 200"),
        ("text", None, "one text is needed here, not nothing"),
        ("text", ["a"], "one text is needed here, not a list"),
        ("text", {}, "one text is needed here, not a mapping"),
        ("yes-no", "maybe", "“maybe” is neither yes nor no (allowed: true, yes, false, no)"),
        ("yes-no", "1", "“1” is neither yes nor no (allowed: true, yes, false, no)"),
        ("yes-no", [], "one yes or no is needed here, not a list"),
        ("number", "-1", "“-1” is no whole number from 0 to 999999"),
        ("number", "1.0", "“1.0” is no whole number from 0 to 999999"),
        ("number", "1000000", "“1000000” is no whole number from 0 to 999999"),
        ("number", "٣", "“٣” is no whole number from 0 to 999999"),
        ("number", "1e3", "“1e3” is no whole number from 0 to 999999"),
        ("date", "1.12.2026", "“1.12.2026” is not a date (write year-month-day, like 2026-12-01)"),
        (
            "date",
            "2026-W49-2",
            "“2026-W49-2” is not a date (write year-month-day, like 2026-12-01)",
        ),
        ("date", "20261201", "“20261201” is not a date (write year-month-day, like 2026-12-01)"),
        ("date", "2026-02-29", "2026-02-29 is not in the calendar"),
        ("date", "0000-01-01", "0000-01-01 is not in the calendar"),
        ("choice", "phon", "“phon” is not a choice (allowed: laptop, phone; did you mean phone?)"),
        ("choice", "", "“” is not a choice (allowed: laptop, phone)"),
        ("choices", "phone laptop", "“phone laptop” is not a choice (allowed: laptop, phone"),
        ("choices", ["phone", None], "each choice is one word (allowed: laptop, phone)"),
        ("choices", ["phone", ["laptop"]], "each choice is one word (allowed: laptop, phone)"),
        ("choices", {"a": "b"}, "a list of choices is needed here (allowed: laptop, phone)"),
        ("choices", None, "a list of choices is needed here (allowed: laptop, phone)"),
        ("choices", "None, phone", "none stands alone: write none, or [] in a list, or name"),
        ("choices", ["phone", "none"], "none stands alone: write none, or [] in a list, or name"),
        ("choices", ["none"], "none stands alone: write none, or [] in a list, or name"),
        ("choices", "", "the list is empty: for none of them write none (allowed: laptop, phone)"),
        (
            "choices",
            " , ",
            "the list is empty: for none of them write none (allowed: laptop, phone)",
        ),
        ("people", "", "the text is empty"),
        ("people", "Jo, +44 20 7946 0001 and Max", "“Jo, +44 20 7946 0001 and Max”: which part is"),
        ("text", "Ann\nLee", "the text has more than one line"),
        ("people", " ; ", "the text is empty"),
        ("people", ", 020 1", "the text is empty"),
        ("people", "Desk 2 020 7946 0000", "“Desk 2 020 7946 0000”: write a comma before the num"),
        ("people", "Floor 5 - 020 7946 0000", "“Floor 5 - 020 7946 0000”: write a comma before"),
        ("people", {"name": "+44 20 7946 0000"}, "“+44 20 7946 0000” names nobody"),
        ("people", "A" + " " * 1_000_000 + "x", "the text is too long: 1000002 characters, at mo"),
        ("people", "A, " + "1 " * 500_000 + "x", "the text is too long: 1000004 characters, at mo"),
        ("people", "+44 20 7946 0001", "“+44 20 7946 0001” names nobody"),
        ("people", "020 7946 0001", "“020 7946 0001” names nobody"),
        ("people", "Ann; 02079460001", "“02079460001” names nobody"),
        ("people", ["(020) 7946-0001"], "“(020) 7946-0001” names nobody"),
        ("people", {"name": " ", "telephone": "1"}, "the text is empty"),
        ("people", "Ann, " + "1" * 201, "the text is too long: 201 characters, at most 200"),
        ("people", "x" * 201 + ", 1", "the text is too long: 201 characters, at most 200"),
        ("people", {"name": "Ann", "tel": "1"}, "each person is written as {name: Ann Lee, "),
        ("people", {"name": "Ann", "telephone": None}, "each person is written as {name: Ann Lee,"),
        ("people", [["Ann"]], "each person is written as {name: Ann Lee, "),
        ("people", None, "each person is written as {name: Ann Lee, "),
        ("people", ["Ann"] * 11, "at most 10 people are kept here"),
        ("people", ";".join(["Ann"] * 11), "at most 10 people are kept here"),
    ],
)
def test_what_is_no_value_says_what_is_expected(kind: str, raw: object, message: str) -> None:
    """With what was given, and the nearest choice."""
    with pytest.raises(InvalidValue) as caught:
        values.read_value(TYPES[kind], raw)
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
        {"name": "Ann +44 20 7946 0000"},
        {"name": "Ann", "telephone": "abc"},
    ],
)
def test_a_number_that_may_be_part_of_the_name_is_refused(raw: object) -> None:
    """It would be missing, or be a wrong one, on the card."""
    with pytest.raises(values.InvalidValue, match="which part is the number"):
        values.read_value(TYPES["people"], raw)


def test_none_can_be_a_choice_of_its_own() -> None:
    """Then it is that choice, and no empty list."""
    assert values.read_value(FactType("choices", {"none": "None of it"}), "none") == ("none",)


def test_a_long_wrong_value_is_cut() -> None:
    """The message stays readable."""
    for kind in ("yes-no", "number", "date", "choice", "choices"):
        with pytest.raises(InvalidValue) as caught:
            values.read_value(TYPES[kind], "9" * 10_000)
        assert len(str(caught.value)) < 200


@pytest.mark.parametrize(
    ("kind", "value", "text"),
    [
        ("yes-no", True, "yes"),
        ("yes-no", False, "no"),
        ("number", 0, "0"),
        ("text", "Lisbon", "Lisbon"),
        ("date", datetime.date(2026, 12, 1), "Tue 1 December 2026"),
        ("choice", "laptop", "Laptop"),
        ("choice", "gone", "gone"),
        ("choices", (), "none"),
        ("choices", ("laptop",), "Laptop"),
        ("choices", ("laptop", "phone"), "Laptop; Phone, work"),
        ("people", (ANN, Person("Jo")), "Ann Lee, +44 20 7946 0000; Jo"),
        ("people", (), "none"),
    ],
)
def test_people_read_labels_and_words(kind: str, value: Value, text: str) -> None:
    """Never an id where there is a label, never a date as a number."""
    assert values.show_value(TYPES[kind], value) == text


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ([], ""),
        (["a"], "a"),
        (["a", "b"], "a and b"),
        (["a", "b", "c"], "a, b and c"),
        (["a, x", "b"], "a, x; b"),
    ],
)
def test_words_are_joined_as_english_does(words: list[str], text: str) -> None:
    """A part that has a comma needs a stronger mark between the parts."""
    assert values.join_words(words) == text


WORDS = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\r\n"), min_size=1, max_size=20
).filter(str.strip)
# Not `\w`: that takes “²” too, which names nobody.
LETTERS = st.text(st.characters(categories=["L"]), min_size=1, max_size=20)
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "text": WORDS.map(str.strip),
    "choice": st.sampled_from(list(DEVICES)),
    "choices": st.sets(st.sampled_from(list(DEVICES))).map(
        lambda chosen: tuple(choice for choice in DEVICES if choice in chosen)
    ),
    "yes-no": st.booleans(),
    "date": st.dates(),
    "number": st.integers(0, 999_999),
    "people": st.lists(
        st.builds(
            Person,
            st.lists(LETTERS, min_size=1, max_size=2).map(" ".join),
            st.just("") | st.from_regex("[+]?[0-9]( ?[0-9]){0,12}", fullmatch=True),
        ),
        max_size=10,
    ).map(tuple),
}


@pytest.mark.parametrize("kind", VALUES)
@given(data=st.data())
def test_what_is_written_for_machines_reads_back(kind: str, data: st.DataObject) -> None:
    """Through plain data whose scalars are text, as a YAML file gives them."""
    value = data.draw(VALUES[kind])
    assert values.read_value(TYPES[kind], _as_yaml(values.to_data(value))) == value


@given(st.booleans() | st.integers(0, 999_999) | WORDS.map(str.strip))
def test_what_people_read_reads_back_where_it_is_one_word(value: Value) -> None:
    """Yes and no, numbers and texts can be typed as they are shown."""
    kind = {bool: "yes-no", int: "number"}.get(type(value), "text")
    assert values.read_value(TYPES[kind], values.show_value(TYPES[kind], value)) == value


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(list(TYPES.values())),
    st.recursive(
        st.none() | st.text(max_size=8) | st.sampled_from(["phone", "none", "yes", "Ann, 1", "1"]),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(st.sampled_from(["name", "telephone", "x"]), inner, max_size=3)
        ),
        max_leaves=5,
    ),
)
def test_anything_gives_a_value_or_a_message(fact: FactType, raw: Any) -> None:
    """Whatever a file holds; and a value that was read can be shown."""
    try:
        value = values.read_value(fact, raw)
    except InvalidValue as wrong:
        text = str(wrong)
    else:
        text = values.show_value(fact, value)
    assert text


def _as_yaml(data: Any) -> Any:
    if isinstance(data, list | tuple):
        return [_as_yaml(part) for part in data]
    if isinstance(data, dict):
        return {key: _as_yaml(part) for key, part in data.items()}
    return {True: "true", False: "false"}[data] if isinstance(data, bool) else str(data)


@pytest.mark.parametrize(
    "said",
    [
        "1 December 2026",
        "Tue 1 December 2026",
        "tuesday, 1st dec 2026",
        " 01 Dec. 2026 ",
        "1 dec, 2026",
    ],
)
def test_a_day_whose_month_is_a_word_is_understood(said: str) -> None:
    """The weekday may stand before it, as in what is shown."""
    assert values.long_date(said) == "2026-12-01"


@pytest.mark.parametrize(
    "said",
    [
        "",
        "2026-12-01",
        "01/12/2026",
        "1 12 2026",
        "32 December 2026",
        "Mon 1 December 2026",
        "1 De 2026",
        "1 Decembre 2026",
        "1 December 26",
        "1 December 0000",
        "December 1 2026",
    ],
)
def test_what_could_be_another_day_is_left_as_it_is(said: str) -> None:
    """Nothing is guessed, and a weekday that does not fit is a slip."""
    assert values.long_date(said) == said


@given(st.dates())
def test_every_date_is_understood_as_it_is_shown(day: datetime.date) -> None:
    """What a prompt or a report shows can be typed."""
    year = f"{day.year:04}"
    shown = values.show_date(day).rsplit(" ", 1)[0]
    assert values.long_date(f"{shown} {year}") == day.isoformat()
