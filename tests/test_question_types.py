"""Every type of question: answers are read strictly, shown plainly, and read back as written."""

from __future__ import annotations

import csv
import datetime
import io
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from tests.examples import examples
from tests.pack.packs import load_over
from travelsec import countries, values
from travelsec.batch import csv as csv_of_starters
from travelsec.batch.starters import StarterReader
from travelsec.conditions import Not
from travelsec.interview.prompter import ChoicePrompt, SectionPrompt, TextPrompt, TicksPrompt
from travelsec.interview.questions import ask
from travelsec.pack import cache
from travelsec.pack.model import Pack
from travelsec.pack.satisfiability import Satisfiability
from travelsec.people import Person
from travelsec.problems import InputError
from travelsec.question_types import (
    NONE,
    FactType,
    QuestionType,
    Value,
    behaviour,
    read_value,
    show_value,
)
from travelsec.safe_text import is_visible
from travelsec.schema.answers import answers as schema_of_answers
from travelsec.trip.answers import AnswersReader
from travelsec.trip.facts import Facts
from travelsec.trip.missing import how_to_give
from travelsec.trip.template import template
from travelsec.values import InvalidValue

DEVICES = {"laptop": "Laptop", "phone": "Phone, work"}
KINDS: tuple[QuestionType, ...] = get_args(QuestionType)
TYPES: dict[str, FactType] = {
    kind: FactType(kind, DEVICES if behaviour(kind).options is None else {}) for kind in KINDS
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
        ("countries", " Turkey, NO ", ("TR", "NO")),
        ("countries", ["no", "Turkey", "Türkiye"], ("NO", "TR")),
        ("countries", "None", ()),
    ],
)
def test_a_value_is_read_by_its_type(kind: str, raw: object, value: Value) -> None:
    """Choices are put in the question's order."""
    read = read_value(TYPES[kind], raw)
    assert read == value
    assert type(read) is type(value)


@pytest.mark.parametrize("kind", ["choices", "countries"])
def test_line_breaks_in_a_cell_separate_its_members(kind: str) -> None:
    """As people write a list in a spreadsheet."""
    members = {"choices": ["Laptop", "Phone"], "countries": ["Turkey", "Norway"]}[kind]
    fact = TYPES[kind]
    in_a_cell = behaviour(fact.type).cell_reader(fact)("\n".join(members))
    assert read_value(fact, in_a_cell) == read_value(fact, ", ".join(members).lower())


@pytest.mark.parametrize(
    ("kind", "raw", "message"),
    [
        ("text", "", "the text is empty"),
        ("text", "  ", "the text is empty"),
        ("text", "\u2060\u2062", "nothing in the text can be seen"),
        ("text", "x" * 201, "the text is too long: 201 characters, at most 200"),
        ("text", None, "one text is needed here, not nothing"),
        ("text", ["a"], "one text is needed here, not a list"),
        ("text", {}, "one text is needed here, not a mapping"),
        ("yes-no", "maybe", "“maybe” is neither yes nor no (allowed: true, yes, false, no)"),
        ("yes-no", "1", "“1” is neither yes nor no (allowed: true, yes, false, no)"),
        ("yes-no", [], "one yes or no is needed here, not a list"),
        ("number", "-1", "“-1” is not a whole number from 0 to 999999"),
        ("number", "1.0", "“1.0” is not a whole number from 0 to 999999"),
        ("number", "1000000", "“1000000” is not a whole number from 0 to 999999"),
        ("number", "٣", "“٣” is not a whole number from 0 to 999999"),
        ("number", "1e3", "“1e3” is not a whole number from 0 to 999999"),
        (
            "date",
            "1.12.2026",
            "“1.12.2026” is not in ISO 8601: write 2026-12-01",
        ),
        (
            "date",
            "2026-W49-2",
            "“2026-W49-2” is not a date (write year-month-day as in ISO 8601, like 2026-12-01)",
        ),
        (
            "date",
            "20261201",
            "“20261201” is not a date (write year-month-day as in ISO 8601, like 2026-12-01)",
        ),
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
        ("text", "Ann\nLee", "the text has more than one line"),
    ],
)
def test_a_wrong_value_says_what_is_expected(kind: str, raw: object, message: str) -> None:
    """It names what was given and the nearest choice."""
    with pytest.raises(InvalidValue) as caught:
        read_value(TYPES[kind], raw)
    assert str(caught.value).startswith(message)


def test_none_can_be_a_choice() -> None:
    """Then it is that choice, not an empty list."""
    assert read_value(FactType("choices", {"none": "None of it"}), "none") == ("none",)


@pytest.mark.parametrize("kind", KINDS)
def test_a_long_wrong_value_is_cut(kind: QuestionType) -> None:
    """The message stays readable."""
    with pytest.raises(InvalidValue) as caught:
        read_value(TYPES[kind], "9" * 10_000)
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
        ("countries", (), "none"),
        ("countries", ("TR", "GE"), "Türkiye and Georgia"),
        ("countries", ("TR", "BA"), "Türkiye; Bosnia and Herzegovina"),
        ("people", (ANN, Person("Jo")), "Ann Lee, +44 20 7946 0000; Jo"),
        ("people", (), "none"),
    ],
)
def test_values_are_shown_as_labels_and_words(kind: str, value: Value, text: str) -> None:
    """Never an id that has a label, and never a date as a number."""
    assert show_value(TYPES[kind], value) == text


WORDS = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\r\n"), min_size=1, max_size=20
).filter(is_visible)
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
    "countries": st.lists(st.sampled_from(list(countries.data().countries)), unique=True).map(
        tuple
    ),
    "people": st.lists(
        st.builds(
            Person,
            st.lists(LETTERS, min_size=1, max_size=2).map(" ".join),
            st.just("") | st.from_regex("[+]?[0-9]( ?[0-9]){0,12}", fullmatch=True),
        ),
        max_size=10,
    ).map(tuple),
}


@pytest.mark.parametrize("kind", KINDS)
@given(data=st.data())
def test_plain_data_reads_back_as_the_same_value(kind: str, data: st.DataObject) -> None:
    """Its scalars are texts, as in a YAML file."""
    value = data.draw(VALUES[kind])
    assert read_value(TYPES[kind], _as_yaml(values.to_data(value))) == value


@given(st.booleans() | st.integers(0, 999_999) | WORDS.map(str.strip))
def test_short_values_read_back_as_they_are_shown(value: Value) -> None:
    """Yes and no, numbers and texts can be typed as shown."""
    kind = {bool: "yes-no", int: "number"}.get(type(value), "text")
    assert read_value(TYPES[kind], show_value(TYPES[kind], value)) == value


@settings(max_examples=examples(60), deadline=None)
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
    """Whatever a file holds. A value that was read can be shown."""
    try:
        value = read_value(fact, raw)
    except InvalidValue as wrong:
        text = str(wrong)
    else:
        text = show_value(fact, value)
    assert text


def _as_yaml(data: Any) -> Any:
    if isinstance(data, list | tuple):
        return [_as_yaml(part) for part in data]
    if isinstance(data, dict):
        return {key: _as_yaml(part) for key, part in data.items()}
    return {True: "true", False: "false"}[data] if isinstance(data, bool) else str(data)


TODAY = datetime.date(2026, 11, 24)


def pack_with(kind: QuestionType, folder: Path, when: str = "{}") -> Pack:
    """Load a pack that asks a question of the type; one item has the condition."""
    has_choices = behaviour(kind).options is None
    choices = ", choices: {laptop: Laptop, phone: Phone}" if has_choices else ""
    return load_over(
        folder,
        f"""
questions:
  - {{id: asked, ask: What is it?, type: {kind}{choices}}}
checklist:
  id: extra
  title: Extra
  sections:
    - id: all
      title: All
      phase: before
      items:
        - {{id: one, label: L, do: D, level: must, cites: [leaflet], when: {when}}}
""",
    )


def example_of(pack: Pack) -> str:
    """Return the value that a message about a missing answer gives as an example."""
    told = how_to_give(pack.questions["asked"])
    return told.removeprefix("--set asked=").partition(" (")[0]


def facts_of(pack: Pack, example: str) -> Facts:
    """Answer the question as the message says."""
    reader = AnswersReader(pack)
    reader.read_settings([f"asked={example}"])
    assert reader.problems == []
    return Facts(pack, reader.answers.facts, TODAY)


def of_table(pack: Pack, text: str) -> Value:
    """Answer the question in a table, as a spreadsheet writes it."""
    written = io.StringIO()
    csv.writer(written).writerows([["asked"], [text]])
    others = ["abroad=no", "devices=laptop"]
    reader = StarterReader(pack, "b.csv", others, defaults=False, today=TODAY)
    (row,) = csv_of_starters.lines(io.BytesIO(written.getvalue().encode()), reader)
    return row.read().facts.answers["asked"]


class Enter:
    """A person who answers everything by pressing Enter."""

    def tell(self, blocks: object) -> None: ...

    def move_to(self, place: object) -> None: ...

    def acknowledge(self, message: str, answer: str) -> None: ...

    def text(self, prompt: TextPrompt) -> str:
        assert prompt.check(prompt.initial) is None
        return prompt.initial

    def choice(self, prompt: ChoicePrompt) -> str:
        assert prompt.initial is not None
        assert prompt.initial in prompt.options
        return prompt.initial

    def ticks(self, prompt: TicksPrompt) -> tuple[str, ...]:
        assert prompt.check(prompt.ticked) is None
        return prompt.ticked

    def section(self, prompt: SectionPrompt) -> tuple[str, ...]:
        return self.ticks(prompt)


@pytest.mark.parametrize("kind", KINDS)
def test_the_example_of_every_type_is_accepted_everywhere(
    kind: QuestionType, tmp_path: Path
) -> None:
    """By --set, an answers file, its template and its schema, in a table, and at a prompt."""
    pack = pack_with(kind, tmp_path)
    facts = facts_of(pack, example_of(pack))
    value = facts.answers["asked"]
    schema = Draft202012Validator(schema_of_answers(pack))
    schema.validate({"trip": {"asked": values.to_data(value)}})
    again = AnswersReader(pack)
    again.read_file(template(facts, {}).encode(), "answers.yaml")
    assert again.problems == []
    assert again.answers.facts["asked"] == value
    question = pack.questions["asked"]
    for text in (example_of(pack), show_value(question, value)):
        assert of_table(pack, text) == value
    assert ask(Enter(), question, facts) == value
    assert read_value(question, behaviour(kind).type_in(value)) == value
    if behaviour(kind).options == {}:
        # Asked for as text: what is shown can be typed.
        said, doubt = behaviour(kind).interpret(show_value(question, value), facts.today)
        assert (read_value(question, said), doubt) == (value, "")


@pytest.mark.parametrize("kind", KINDS)
def test_a_condition_compares_every_type_or_says_that_it_cannot(
    kind: QuestionType, tmp_path: Path
) -> None:
    """A condition that loads holds for its own value, and survives the cache."""
    for name in ("plain", "compared"):
        (tmp_path / name).mkdir()
    example = example_of(pack_with(kind, tmp_path / "plain"))
    if behaviour(kind).compared == "never":
        with pytest.raises(InputError, match="no condition can compare it"):
            pack_with(kind, tmp_path / "compared", f"{{asked: {example}}}")
        return
    pack = pack_with(kind, tmp_path / "compared", f"{{asked: {example}}}")
    when = pack.checklists[-1].sections[0].items[0].when
    possible = Satisfiability(pack.questions)
    assert possible.surely(when)
    assert possible.surely(Not(when))
    assert when.truth(facts_of(pack, example).state) is True
    again = cache.read_cache(cache.write_cache(pack, []), [])
    assert again is not None
    assert repr(again.checklists) == repr(pack.checklists)


LASTING = FactType("date", none="a lasting arrangement")


@pytest.mark.parametrize("raw", ["none", " None ", "NONE"])
def test_a_date_can_be_none_where_its_question_says_so(raw: str) -> None:
    """It is shown with what it means, and read back as it was written."""
    value = read_value(LASTING, raw)
    assert value is NONE
    assert show_value(LASTING, value) == "none: a lasting arrangement"
    assert behaviour("date").type_in(value) == values.to_data(value) == "none"
    with pytest.raises(InvalidValue, match="a date is needed here, not none"):
        read_value(FactType("date"), raw)
    assert read_value(FactType("text"), "none") is not NONE
