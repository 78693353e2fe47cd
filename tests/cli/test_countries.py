"""A question about countries from an overlay, wherever its answer can go."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.command import Outcome, run
from tests.interview.test_accessible import type_lines
from tests.interview.test_questions import MANAGER_OPEN
from tests.pack.packs import OVER, write
from tests.terminal import Terminal

TODAY = ("--today", "2026-11-22")
BARE = ("--set", "abroad=true", "--set", "devices=laptop")
TEXT = """\
questions:
  - id: through
    ask: Which countries will you pass through?
    type: countries
    when: {abroad: true}
    required: true
    lasting: true
checklist:
  id: listed
  title: Listed countries
  when: {abroad: true}
  sections:
    - id: ask
      title: Ask first
      phase: before
      items:
        - {id: listed, label: Ask about Türkiye, do: Ask before you go to $through., level: must,
           why: It is listed., when: {through: [TR, GE]},
           cites: [taking-equipment-overseas/general-guidance/remove-files]}
        - {id: other, label: Ask about others, do: Ask about the others., level: must,
           why: They are not known., when: {through: {other_than: [TR, GE, FR]}},
           cites: [taking-equipment-overseas/general-guidance/remove-files]}
"""


@pytest.fixture
def pack(tmp_path: Path) -> str:
    """Write the overlay; return its folder."""
    return str(write(tmp_path / "over", {"over": OVER + TEXT}))


def prepare(folder: Path, *arguments: str, stdin: str = "", at: int = 1795000000) -> Outcome:
    """Prepare without a terminal at a moment, and print the report as JSON."""
    words = ("prepare", "--no-input", "--pack", "over", "--format", "json", *TODAY)
    return run(*words, *arguments, folder=folder, stdin=stdin, SOURCE_DATE_EPOCH=str(at))


def reported(done: Outcome) -> tuple[Any, list[str]]:
    """Return the countries in a report, and its items about them."""
    report = json.loads(done.out)
    items = [item["id"] for item in report["items"] if item["checklist"] == "listed"]
    return report["trip"]["facts"]["through"], items


@pytest.mark.parametrize(
    ("given", "codes", "items"),
    [
        ("Turkey,GE", ["TR", "GE"], ["listed.listed"]),
        ("france; türkiye", ["FR", "TR"], ["listed.listed"]),
        ("France, NO", ["FR", "NO"], ["listed.other"]),
        ("Burma and Turkey", ["MM", "TR"], ["listed.listed", "listed.other"]),
        ("none", [], []),
    ],
)
@pytest.mark.usefixtures("pack")
def test_an_option_and_an_answers_file_take_names_and_codes(
    tmp_path: Path, given: str, codes: list[str], items: list[str]
) -> None:
    """The report has codes; the items are those of the countries."""
    assert reported(prepare(tmp_path, *BARE, "--set", f"through={given}")) == (codes, items)
    facts = f'abroad: true, devices: [laptop], through: "{given}"'
    file = prepare(tmp_path, "--answers", "-", stdin=f"trip: {{{facts}}}")
    assert reported(file) == (codes, items)
    facts = f"abroad: true, devices: [laptop], through: [{', '.join(codes)}]"
    file = prepare(tmp_path, "--answers", "-", stdin=f"trip: {{{facts}}}")
    assert reported(file) == (codes, items)


@pytest.mark.usefixtures("pack")
def test_the_template_gives_the_same_answers(tmp_path: Path) -> None:
    """Its codes are read back, Norway too."""
    words = (*BARE, "--set", "through=NO,Turkey")
    template = run(
        *("prepare", "--answers-template", "--pack", "over", *TODAY, *words), folder=tmp_path
    )
    assert '  through: ["NO", "TR"]\n' in template.out
    again = prepare(tmp_path, "--answers", "-", stdin=template.out)
    assert reported(again)[0] == ["NO", "TR"]


@pytest.mark.usefixtures("pack")
def test_an_unknown_country_is_an_error_with_the_nearest(tmp_path: Path) -> None:
    """So is none at all where one is required."""
    done = prepare(tmp_path, *BARE, "--set", "through=Turky")
    assert done.code == 2
    assert "through: “Turky” is not a country (did you mean Turkey?)" in done.err
    done = prepare(tmp_path, *BARE)
    assert done.code == 2
    told = "--set through=TR (names or codes of countries with commas between them, or none)"
    assert told in " ".join(done.err.split())


@pytest.mark.usefixtures("pack")
def test_a_batch_reads_a_table(tmp_path: Path) -> None:
    """A cell has names with commas or semicolons between them."""
    rows = ['a,true,laptop,"Turkey, ge"', "b,true,laptop,Burma; UAE", "c,true,laptop,Narnia"]
    text = "\n".join(["key,abroad,devices,through", *rows])
    (tmp_path / "starters.csv").write_text(text, encoding="utf-8")
    command = ("prepare", "--batch", "starters.csv", "--output-dir", "out", "--pack", "over")
    done = run(*command, *TODAY, folder=tmp_path)
    assert done.code == 2
    assert "“Narnia” is not a country" in done.out + done.err
    made = [json.loads(one.read_bytes()) for one in (tmp_path / "out").glob("*.json")]
    assert sorted(one["trip"]["facts"]["through"] for one in made) == [["MM", "AE"], ["TR", "GE"]]


@pytest.mark.usefixtures("pack")
def test_a_review_judges_by_the_countries(tmp_path: Path) -> None:
    """A report holds as it was made; names for codes, or unknown codes, do not."""
    done = prepare(tmp_path, *BARE, "--set", "through=Turkey,GE")
    report = json.loads(done.out)
    assert report["trip"]["answers"][-1]["answer"] == "Türkiye and Georgia"
    asked = next(one for one in report["items"] if one["id"] == "listed.listed")
    assert asked["do"] == "Ask before you go to Türkiye and Georgia."
    (tmp_path / "a.json").write_text(done.out, encoding="utf-8")
    command = ("review", "a.json", "--format", "json", "--pack", "over")
    (made,) = json.loads(run(*command, *TODAY, folder=tmp_path).out)["reports"]
    assert made["holds"] is True
    assert "listed.listed" in made["open_must"]
    for countries in (["GE", "Turkey"], ["GE", "ZZ"], ["TR", "TR"]):
        report["trip"]["facts"]["through"] = countries
        (tmp_path / "a.json").write_text(json.dumps(report), encoding="utf-8")
        (edited,) = json.loads(run(*command, *TODAY, folder=tmp_path).out)["reports"]
        assert edited["unread"] or edited["holds"] is False


@pytest.mark.usefixtures("pack")
def test_what_changed_since_a_decision_is_told_by_name(tmp_path: Path) -> None:
    """The countries added and taken away, as choices are."""
    trip = (*BARE, "--trip", "Rome")
    prepare(tmp_path, *trip, "--set", "through=TR,France", "--output", "first.json")
    review = ("review", "first.json", "--pack", "over", "--approve", "--by", "Jo Day")
    assert run(*review, *TODAY, folder=tmp_path, SOURCE_DATE_EPOCH="1795000100").code == 0
    second = ("--set", "through=France,Burma", "--output", "second.json")
    prepare(tmp_path, *trip, *second, at=1795000200)
    command = ("review", ".", "--format", "json", "--pack", "over")
    reports = json.loads(run(*command, *TODAY, folder=tmp_path).out)["reports"]
    (since,) = [one["since"] for one in reports if one["since"]]
    told = [change["message"] for change in since["changes"] if change["code"] == "fact"]
    assert told == ["Myanmar (Burma) added", "Türkiye taken away"]


def test_countries_are_typed_with_commas_line_by_line(tmp_path: Path, pack: str) -> None:
    """The names understood are read out, and offered on the next trip."""
    words = ("prepare", *TODAY, "--accessible", *MANAGER_OPEN, "--pack", pack)
    terminal = Terminal(*words, folder=tmp_path)
    type_lines(
        terminal,
        ("Who is your line manager", "Jo Day, +351 21 999 0003"),
        ("With commas between them: Turkey, Georgia. Or none.", "turkey, Germny"),
        ("“Germny” is not a country (did you mean Germany?)", "turkey, uk"),
        ("Answer: Türkiye and United Kingdom", "q"),
    )
    assert terminal.finish() == 130
    again = Terminal(*words, folder=tmp_path)
    type_lines(
        again,
        ("Which trip do you want to prepare?", "2"),
        ("Who is your line manager", ""),
        ("Enter alone takes Türkiye, United Kingdom", ""),
        ("Answer: Türkiye and United Kingdom", "q"),
    )
    assert again.finish() == 130
