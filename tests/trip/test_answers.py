"""Answers from files and from options: every fault at its line, in one run."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.examples import examples
from tests.pack.packs import load_over
from tests.trip.test_selection import bundled
from travelsec.pack.model import Pack
from travelsec.people import Person
from travelsec.problems import MAX_GUESSES, InputError, Problem
from travelsec.question_types import NONE
from travelsec.trip.answers import Answers, AnswersReader
from travelsec.trip.facts import Facts
from travelsec.trip.statuses import MAX_REASON, Status

TODAY = datetime.date(2026, 11, 1)
STATUSES = "(allowed: done, agreed, todo, not-applicable, declined"


def read(pack: Pack, text: str | bytes = b"{}", *settings: str) -> Answers:
    """Read an answers file, then settings over it."""
    reader = AnswersReader(pack)
    reader.read_file(text.encode() if isinstance(text, str) else text, "a.yaml")
    reader.read_settings(settings)
    return reader.finish(Facts(pack, reader.answers.facts, TODAY))


def faults(pack: Pack, text: str | bytes = b"{}", *settings: str) -> list[str]:
    """Return the faults of answers that have some."""
    with pytest.raises(InputError) as caught:
        read(pack, text, *settings)
    return list(map(str, caught.value.problems))


def test_a_file_gives_facts_and_statuses(pack: Pack) -> None:
    """Typed by their questions, and said by a script."""
    answers = read(
        pack,
        """
trip:
  abroad: yes
  devices: [phone, laptop]
  country: NO
  departs: 2026-12-01
  count: 02
  manager: [{name: Ann Lee, telephone: 02079460000}]
items:
  trip.clear-files: done
  trip.charger: {status: not-applicable, reason: " I have one there. ", note: Ask Jo.}
  trip.know-loss: agreed
""",
    )
    assert answers.facts == {
        "abroad": True,
        "devices": ("laptop", "phone"),
        "country": "NO",
        "departs": datetime.date(2026, 12, 1),
        "count": 2,
        "manager": (Person("Ann Lee", "02079460000"),),
    }
    assert answers.statuses == {
        "trip.clear-files": Status("done", how="script"),
        "trip.charger": Status("not-applicable", "I have one there.", "Ask Jo.", how="script"),
        "trip.know-loss": Status("done", how="script"),
    }
    assert answers.how == dict.fromkeys(answers.facts, "script")


def test_json_is_read_the_same_way(pack: Pack) -> None:
    """Numbers, booleans and null are JSON's own."""
    data = (
        '{"trip": {"abroad": true, "count": 2, "devices": [], "country": null},\n'
        '\t"items": {"trip.charger": {"status": "declined", "reason": "\\ud83d\\ude00"}}}'
    )
    answers = read(pack, data)
    assert answers.facts == {"abroad": True, "count": 2, "devices": ()}
    assert answers.statuses["trip.charger"].reason == "😀"


@pytest.mark.parametrize(
    "text", ["{}", "trip:\nitems:\n", "trip: {abroad: null}\nitems: {trip.charger: ~}", "trip: {}"]
)
def test_null_is_no_answer(pack: Pack, text: str) -> None:
    """As the template writes what is still open."""
    assert read(pack, text) == Answers()


def test_later_answers_replace_earlier_ones(pack: Pack) -> None:
    """Settings those of the file too."""
    text = "trip: {count: 1, country: Norway}\nitems: {trip.charger: todo}"
    answers = read(pack, text, "count=2", "count=3", "trip.charger=done")
    assert answers.facts == {"count": 3, "country": "Norway"}
    assert answers.statuses["trip.charger"].status == "done"


def test_null_takes_no_answer_back(pack: Pack) -> None:
    """A template with open answers can be read over a file with some."""
    reader = AnswersReader(pack)
    reader.read_file(b"trip: {count: 1}\nitems: {trip.charger: todo}", "a.yaml")
    reader.read_file(b"trip: {count: null}\nitems: {trip.charger: null}", "b.yaml")
    answers = reader.finish(Facts(pack, reader.answers.facts, TODAY))
    assert answers.facts == {"count": 1}
    assert answers.statuses["trip.charger"].status == "todo"


def test_a_former_id_is_still_understood(pack: Pack) -> None:
    """In a file and as a setting; the answer stands under the id of today."""
    assert list(read(pack, "items: {trip.clean-device: done}").statuses) == ["trip.clear-files"]
    assert list(read(pack, "{}", "trip.clean-device=todo").statuses) == ["trip.clear-files"]


def test_a_former_id_in_another_checklist_is_another_item(tmp_path: Path) -> None:
    """`formerly` renames within the checklist, and a present id wins over a former one."""
    pack = load_over(
        tmp_path,
        "checklist: {id: x, title: X, sections: [{id: s, title: S, phase: away, items: ["
        "{id: clean-device, label: L, do: D, level: must, cites: [leaflet]}]}]}\n",
    )
    answers = read(pack, "items: {x.clean-device: done, trip.clean-device: todo}")
    assert {k: v.status for k, v in answers.statuses.items()} == {
        "x.clean-device": "done",
        "trip.clear-files": "todo",
    }


ONE_FAULT = [
    # The file as a whole.
    ("", "a.yaml:1:1: an answers file is a mapping with “trip” and “items”"),
    ("[]", "a.yaml:1:1: an answers file is a mapping with “trip” and “items”"),
    ("abroad", "a.yaml:1:1: an answers file is a mapping with “trip” and “items”"),
    (b"\xff", "a.yaml:1:1: this is not UTF-8 text: save the file as UTF-8"),
    ("trip: [", "a.yaml:1:7: this is not YAML: "),
    ("trip: &x {}", "a.yaml:1:7: anchors (&x) are not supported: remove it"),
    ("[" * 200_000, "a.yaml:1:21: nested deeper than 20"),
    ("trips: {}", "a.yaml:1:1: unknown field “trips” (allowed: trip, items; did you mean trip?)"),
    ("departs: 2026-12-01", "a.yaml:1:1: unknown field “departs” (allowed: trip, items)"),
    ("trip: [abroad]", "a.yaml:1:7: “trip” maps names to answers: name: answer"),
    ("trip:\nitems: done", "a.yaml:2:8: “items” maps names to answers: name: answer"),
    # Names.
    (
        "trip:\n  depart: 2026-12-01",
        "a.yaml:2:3: there is no fact “depart” (allowed: abroad, devices, country, departs, "
        "returns, count, manager, trip.clean-device, trip.clear-files, trip.charger, "
        "trip.know-loss; did you mean departs?)",
    ),
    (
        "trip:\n  nights: 3",
        "a.yaml:2:3: “nights” follows from other answers: give departs",
    ),
    ("items:\n  charger: done", "a.yaml:2:3: there is no item “charger” (allowed: "),
    ("items: {trip: {charger: done}}", "a.yaml:1:9: there is no item “trip” (allowed: "),
    (
        "trip:\n  trip.charger: done",
        "a.yaml:2:3: “trip.charger” is an item, not a fact: it belongs under “items”",
    ),
    (
        "items:\n  departs: 2026-12-01",
        "a.yaml:2:3: “departs” is a fact, not an item: it belongs under “trip”",
    ),
    (
        "items:\n  trip.clean-device: done\n  trip.clear-files: todo",
        "a.yaml:3:3: “trip.clear-files” is the same item as “trip.clean-device”, answered above",
    ),
    ("trip:\n  abroad: yes\n  abroad: no", "a.yaml:3:3: “abroad” appears twice here"),
    # Values.
    (
        "trip:\n  departs: 1 December",
        "a.yaml:2:3: departs: “1 December” is not a date (write year-month-day as in ISO 8601, "
        "like 2026-12-01)",
    ),
    ("trip:\n  departs: 2026-11-31", "a.yaml:2:3: departs: 2026-11-31 is not in the calendar"),
    (
        "trip:\n  devices: [laptop, phones]",
        "a.yaml:2:3: devices: “phones” is not a choice "
        "(allowed: laptop, phone; did you mean phone?)",
    ),
    ("trip:\n  devices: ''", "a.yaml:2:3: devices: the list is empty: for none of them write none"),
    (
        "trip:\n  abroad: perhaps",
        "a.yaml:2:3: abroad: “perhaps” is neither yes nor no (allowed: true, yes, false, no)",
    ),
    ("trip:\n  country: [NO]", "a.yaml:2:3: country: one text is needed here, not a list"),
    ("trip:\n  country: ''", "a.yaml:2:3: country: the text is empty"),
    (
        "trip:\n  departs: 2026-12-05\n  returns: 2026-12-01",
        "a.yaml:3:3: the return (Tue 1 December 2026) is before the departure "
        "(Sat 5 December 2026)",
    ),
    # Statuses.
    (
        "items:\n  trip.charger: don",
        f"a.yaml:2:3: trip.charger: “don” is not a status {STATUSES}; did you mean done?)",
    ),
    (
        "items:\n  trip.charger: unanswered",
        f"a.yaml:2:3: trip.charger: “unanswered” is not a status {STATUSES})",
    ),
    ("items:\n  trip.charger: ''", f"a.yaml:2:3: trip.charger: “” is not a status {STATUSES})"),
    (
        "items:\n  trip.charger: [done]",
        f"a.yaml:2:3: trip.charger: a status is needed here {STATUSES}",
    ),
    ("items:\n  trip.charger: {}", f"a.yaml:2:3: trip.charger: the status is missing {STATUSES})"),
    (
        "items:\n  trip.charger: {status: [done]}",
        f"a.yaml:2:3: trip.charger: the status is missing {STATUSES})",
    ),
    (
        "items:\n  trip.charger: {status: done, reasn: x}",
        "a.yaml:2:3: trip.charger: unknown field “reasn” (allowed: status, reason, note; did you "
        "mean reason?)",
    ),
    (
        "items:\n  trip.charger: {status: done, note: [x]}",
        "a.yaml:2:3: trip.charger: note: text is needed here",
    ),
    (
        "items:\n  trip.charger: declined",
        "a.yaml:2:3: trip.charger: declined needs a reason: {status: declined, reason: …}, "
        "with --set ITEM=declined:REASON",
    ),
    (
        "items:\n  trip.charger: {status: not-applicable, reason: '  '}",
        "a.yaml:2:3: trip.charger: not-applicable needs a reason: ",
    ),
    (
        "items:\n  trip.charger: {status: not-applicable, reason: '\u2060 \u2062'}",
        "a.yaml:2:3: trip.charger: reason: nothing in it can be seen",
    ),
    (
        "items:\n  trip.charger: {status: not-applicable, reason: null}",
        "a.yaml:2:3: trip.charger: not-applicable needs a reason: ",
    ),
    (
        f"items:\n  trip.charger: {{status: declined, reason: {'x' * 1001}}}",
        "a.yaml:2:3: trip.charger: reason: 1001 characters, at most 1000 are kept",
    ),
    (
        f"items:\n  trip.charger: {{status: done, note: {'x' * 1001}}}",
        "a.yaml:2:3: trip.charger: note: 1001 characters, at most 1000 are kept",
    ),
]


@pytest.mark.parametrize(("text", "expected"), ONE_FAULT)
def test_a_fault_says_what_is_wrong_and_where(pack: Pack, text: str | bytes, expected: str) -> None:
    """One fault, at its line, with what would be right."""
    (fault,) = faults(pack, text)
    assert fault.startswith(expected)


def test_all_faults_are_told_in_one_run(pack: Pack) -> None:
    """Those of the file, of the settings, and answers that contradict one another."""
    found = faults(
        pack,
        "trip:\n"
        "  depart: 2026-12-01\n"
        "  count: many\n"
        "  departs: 2026-12-05\n"
        "  returns: 2026-12-01\n"
        "items:\n"
        "  trip.charger:\n"
        "    status: declined\n"
        "    why: x\n"
        "    note: {}\n"
        "  trip.chargers: done\n"
        "more: 1\n",
        "abroad=x",
        "trip.charger",
    )
    assert [fault.split(": ")[0] for fault in found] == [
        "a.yaml:2:3",
        "a.yaml:3:3",
        *["a.yaml:7:3"] * 3,
        "a.yaml:11:3",
        "a.yaml:12:1",
        "--set abroad=x",
        "--set trip.charger",
        "a.yaml:5:3",
    ]


def test_a_contradiction_is_told_where_the_return_was_given(pack: Pack) -> None:
    """In the option if it came from there; a correct option mends the file."""
    text = "trip: {departs: 2026-12-05, returns: 2026-12-01}"
    (fault,) = faults(pack, text, "returns=2026-12-02")
    assert fault.startswith("--set returns=2026-12-02: the return (Wed 2 December 2026) is before")
    assert read(pack, text, "returns=2026-12-05").facts["returns"] == datetime.date(2026, 12, 5)


@pytest.mark.parametrize(
    ("setting", "status"),
    [
        ("trip.charger=done", Status("done", how="script")),
        (" trip.charger = todo ", Status("todo", how="script")),
        ("trip.charger=agreed", Status("done", how="script")),
        ("trip.charger=done:", Status("done", how="script")),
        ("trip.charger=declined:No", Status("declined", "No", how="script")),
        (
            "trip.charger=not-applicable: at 12:30: a=b, c",
            Status("not-applicable", "at 12:30: a=b, c", how="script"),
        ),
        (
            f"trip.charger=declined:{'x' * MAX_REASON}",
            Status("declined", "x" * MAX_REASON, how="script"),
        ),
    ],
)
def test_a_setting_answers_an_item(pack: Pack, setting: str, status: Status) -> None:
    """The reason is everything after the first colon."""
    assert read(pack, "{}", setting).statuses == {"trip.charger": status}


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("abroad=true", True),
        ("abroad=No", False),
        ("devices=phone,laptop", ("laptop", "phone")),
        ("devices=none", ()),
        ("country=a=b: c.d", "a=b: c.d"),
        ("country=null", "null"),
        (" country = NO ", "NO"),
        ("manager=Ann Lee, 020 7946 0000; Jo", (Person("Ann Lee", "020 7946 0000"), Person("Jo"))),
    ],
)
def test_a_setting_answers_a_fact(pack: Pack, setting: str, value: object) -> None:
    """The value is everything after the first equals sign."""
    answers = read(pack, "{}", setting)
    assert list(answers.facts.values()) == [value]
    assert list(answers.how.values()) == ["script"]


@pytest.mark.parametrize(
    ("setting", "expected"),
    [
        ("", "--set : write FACT=VALUE or ITEM=STATUS[:REASON]"),
        ("abroad", "--set abroad: write FACT=VALUE or ITEM=STATUS[:REASON]"),
        ("=yes", "--set =yes: there is no fact “”"),
        ("country=", "--set country=: country: the text is empty"),
        ("departs=none", "--set departs=none: departs: a date is needed here, not none"),
        (
            "open_ended=true",
            "--set open_ended=true: “open_ended” follows from other answers: give departs and "
            "returns instead",
        ),
        ("devices=", "--set devices=: devices: the list is empty: for none of them write none"),
        ("charger=done", "--set charger=done: there is no fact “charger”"),
        ("trip.charger=", "--set trip.charger=: trip.charger: “” is not a status"),
        ("trip.charger=declined", "--set trip.charger=declined: trip.charger: declined needs a "),
        ("trip.charger=declined: ", "--set trip.charger=declined: : trip.charger: declined needs"),
        ("trip.charger=Done", "--set trip.charger=Done: trip.charger: “Done” is not a status"),
        ("trip.charge=done", "--set trip.charge=done: there is no item “trip.charge”"),
    ],
)
def test_a_wrong_setting_is_told_by_itself(pack: Pack, setting: str, expected: str) -> None:
    """As it was typed."""
    (fault,) = faults(pack, "{}", setting)
    assert fault.startswith(expected)


def test_an_item_without_its_checklist_is_found(pack: Pack) -> None:
    """It looks like a fact, and the message names the item that is meant."""
    (fault,) = faults(pack, "{}", "charger=done")
    assert fault.endswith("did you mean trip.charger?)")


def test_only_the_first_of_many_faults_come_with_a_guess(pack: Pack) -> None:
    """To look for the nearest name each time would take minutes; every fault is reported."""
    names = "".join(f"  trip.charger{number}: done\n" for number in range(3 * MAX_GUESSES))
    found = faults(pack, f"items:\n{names}")
    guesses = ["did you mean trip.charger?" in fault for fault in found]
    assert guesses == [True] * MAX_GUESSES + [False] * 2 * MAX_GUESSES


def test_long_names_and_values_are_cut(pack: Pack) -> None:
    """A message can be read, whatever was pasted."""
    long = "x" * 50_000
    text = (
        f"trip: {{? {long} : 1, abroad: {long}}}\nitems: {{? {long} : 1, trip.charger: {long}}}\n"
    )
    found = faults(pack, text, f"{long}=1", f"trip.{long}=1", long)
    assert len(found) == 7
    assert max(map(len, found)) < 500


LINES = [
    *("trip:", "items:", "  abroad: yes", "  departs: 2026-12-05", "  returns: 2026-12-01"),
    *("  trip.charger: done", "  trip.charger: {status: declined}", "    status: todo", "  x: y"),
    *("  devices:", "    - laptop", "  manager: {name: A}", "  count: '1", "null", "- a", "\t"),
]


@settings(
    max_examples=examples(60),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    st.binary(max_size=40)
    | st.lists(st.sampled_from(LINES)).map(lambda lines: "\n".join(lines).encode()),
    st.lists(st.text("abroad=devics.tripchargnl:, \n", max_size=20), max_size=2),
)
def test_anything_gives_answers_or_faults(pack: Pack, data: bytes, options: list[str]) -> None:
    """Each fault with the file or the option it is in; and what is read can be judged."""
    answers: Answers | None = None
    problems: tuple[Problem, ...] = ()
    try:
        answers = read(pack, data, *options)
    except InputError as error:
        problems = error.problems
    assert (answers is None) == bool(problems)
    assert all(problem.place.file.startswith(("a.yaml", "--set ")) for problem in problems)


def test_an_answer_that_is_no_longer_asked_for_does_no_harm(pack: Pack) -> None:
    """It is remembered, to be told once."""
    answers = read(pack, "trip: {service_desk: digital, abroad: true}", "service_desk=technology")
    assert answers.facts == {"abroad": True}
    assert set(answers.retired) == {"service_desk"}


def test_a_lasting_arrangement_is_given_as_a_date_that_is_none() -> None:
    """However an answers file writes it; the fact it once was tells how."""
    for text in ("trip: {departs: none}", '{"trip": {"departs": "None"}}'):
        assert read(bundled(), text).facts == {"departs": NONE}
    assert read(bundled(), "{}", "departs=none").facts == {"departs": NONE}
    (fault,) = faults(bundled(), "trip: {open_ended: true}")
    assert fault == (
        "a.yaml:1:8: “open_ended” follows from other answers: give departs and returns instead "
        "(none for a lasting arrangement)"
    )
