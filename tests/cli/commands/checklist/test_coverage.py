"""`travelsec checklist coverage`: which duties of the guidance the packs carry."""

from __future__ import annotations

import re
from pathlib import Path

from tests.cli.command import run
from tests.cli.commands.checklist.overlay import pack
from tests.junit import outcomes, read
from travelsec.guidance.coverage import coverage
from travelsec.pack.load import load


def test_the_bundled_pack_carries_every_duty(tmp_path: Path) -> None:
    """Exit code 0, and each duty with who cites it."""
    done = run("checklist", "coverage", folder=tmp_path)
    assert done.code == 0
    assert re.search(r"\[x\] remove-files\n(    .*\n)*    item overseas\.clear-files\n", done.out)
    assert "Every duty is carried" in done.out
    data = run("checklist", "coverage", "--format", "json", folder=tmp_path).json()
    assert data["carried"] == data["duties"] > 60
    statements = [
        statement
        for page in data["pages"]
        for section in page["sections"]
        for statement in section["statements"]
    ]
    assert len(statements) == data["duties"]
    assert all(statement["carried"] and statement["cited_by"] for statement in statements)


def test_an_overlay_can_uncover_a_duty(tmp_path: Path) -> None:
    """Exit code 1, and the duty is named; also of a page that the overlay brings."""
    cites = {name: [*item.cites] for name, *_, item in load().items()}
    duty, citing = next(
        (duty.path, carrier.id)
        for page in coverage(load())
        for duty in page.duties
        for carrier in duty.cited_by
        if len(duty.cited_by) == 1 and cites.get(carrier.id) == [duty.path]
    )
    pack(
        tmp_path,
        f"drop: [{citing}]\n"
        "guidance: [{id: new, title: New, publisher: Us, sections: [{id: s, title: S, statements: "
        '[{id: wave, kind: duty, fingerprint: "0123456789abcdef"}]}]}]\n',
    )
    done = run("checklist", "coverage", folder=tmp_path, TRAVELSEC_PACKS="mine")
    assert done.code == 1
    bare = done.out.split("NOT CARRIED (2)")[1]
    assert duty in bare
    assert "new/s/wave" in bare
    arguments = ("checklist", "coverage", "--pack", "mine", "--format", "json")
    found = run(*arguments, folder=tmp_path).json()
    assert found["pages"][-1]["carried"] == 0
    assert found["duties"] - found["carried"] == 2
    done = run(*arguments[:-1], "junit", folder=tmp_path)
    assert done.code == 1
    cases = {
        f"{suite}/{name}": outcome
        for suite, members in read(done.out).items()
        for name, outcome in outcomes(members)
        if not outcome.startswith("skipped")
    }
    assert len(cases) == found["duties"]
    assert {name for name in cases if cases[name] != "passed"} == {duty, "new/s/wave"}


def test_what_is_unconfirmed_is_told(tmp_path: Path) -> None:
    """How many kinds are guessed, and which pages have no duties known."""
    pack(
        tmp_path,
        "guidance: [{id: new, title: New, publisher: Us, sections: [{id: s, title: S, statements: "
        '[{id: wave, kind: link, guessed: true, fingerprint: "0123456789abcdef"}]}]}]\n',
    )
    arguments = ("checklist", "coverage", "--pack", "mine")
    done = run(*arguments, folder=tmp_path)
    text = " ".join(done.out.split())
    assert "1 kind on this page is a guess: check each in the index" in text
    assert text.count("Cited as a whole: no duties are known.") == 2
    found = run(*arguments, "--format", "json", folder=tmp_path).json()
    assert (found["unconfirmed"], found["pages"][-1]["unconfirmed"]) == (1, 1)
    assert len(found["cited_as_a_whole"]) == 2


def test_explain_shows_what_carries_each_statement(tmp_path: Path) -> None:
    """Its level and its note, for people and for machines."""
    done = run("checklist", "coverage", "--explain", folder=tmp_path)
    assert done.code == 0
    assert re.search(
        r"- remove-files \(duty, must\)\n(    .*\n)*    item overseas\.clear-files \(must\)\n",
        done.out,
    )
    assert "    Note: Split: public charging stations, and vehicles.\n" in done.out
    data = run("checklist", "coverage", "--explain", "--format", "json", folder=tmp_path).json()
    assert data["schema"] == "travelsec.checklist-fidelity/1"
    (statement,) = (
        statement
        for page in data["pages"]
        for section in page["sections"]
        for statement in section["statements"]
        if statement["id"] == "remove-files"
    )
    assert statement["level"] == "must"
    assert "overseas.clear-files" in [entry["id"] for entry in statement["carried_by"]]


def test_explain_has_no_junit(tmp_path: Path) -> None:
    """It is about statements, of which none passes or fails."""
    arguments = ("checklist", "coverage", "--explain", "--format", "junit")
    done = run(*arguments, folder=tmp_path)
    assert (done.code, done.out) == (2, "")
    assert "--explain is for text or json: leave out --format junit" in done.err
