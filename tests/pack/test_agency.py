"""The example pack of an agency: it has no faults, and changes a trip as it says."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.cli.command import Outcome, run
from travelsec.guidance.page import index
from travelsec.pack.load import load
from travelsec.pack.model import Guidance

AGENCY = Path(__file__).parents[2] / "examples" / "agency"
PACK = ("--pack", str(AGENCY))
TODAY = ("--today", "2026-11-22")

TRIP = {
    "organisation": "agency",
    "abroad": "true",
    "devices": "laptop",
    "plans": "printing",
    "departs": "2026-12-01",
    "returns": "2026-12-05",
}
BOAT = {"by_boat": "true"}
DUTY_DESK = "Coast and Lights duty desk"
NOBODY_IN_PARTICULAR = "Your own organisation’s incident contact"


def settings(facts: dict[str, str]) -> list[str]:
    """Return the options that give the facts."""
    return [text for fact, value in facts.items() for text in ("--set", f"{fact}={value}")]


def prepare(folder: Path, *arguments: str, **facts: str) -> Outcome:
    """Prepare the trip without asking."""
    given = settings({**TRIP, **facts})
    return run("prepare", "--no-input", *given, *TODAY, *arguments, folder=folder)


def report(folder: Path, *arguments: str, **facts: str) -> dict[str, Any]:
    """Return the trip's report as data."""
    data: dict[str, Any] = prepare(folder, "--format", "json", *arguments, **facts).json()
    return data


def items(report: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Return the items of a report by their full ids."""
    return {item["id"]: item for item in report["items"]}


class TestTheExample:
    """The folder of the example."""

    def test_it_has_no_error_and_no_warning(self, tmp_path: Path) -> None:
        """People start from a copy of it."""
        done = run("checklist", "validate", str(AGENCY), folder=tmp_path)
        assert (done.code, done.out) == (0, "")
        assert done.err.startswith("0 errors, 0 warnings in ")

    def test_its_items_cover_every_duty(self, tmp_path: Path) -> None:
        """Those of its own page, and that of the bundled item it drops."""
        done = run("checklist", "coverage", *PACK, "--format", "json", folder=tmp_path)
        assert done.code == 0
        text = run("checklist", "coverage", *PACK, folder=tmp_path).out
        assert "Work equipment on boats (work-equipment-on-boats): 4 of 4 duties" in text
        assert "[x] print-by-usb\n    item remote-working.agency-printers\n" in text

    def test_coverage_finds_a_duty_that_a_drop_leaves_uncovered(self, tmp_path: Path) -> None:
        """As the comment beside the drop says."""
        copy = tmp_path / "copy"
        copy.mkdir()
        for path in AGENCY.rglob("*.yaml"):
            lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
            kept = [line for line in lines if not line.endswith("/print-by-usb\n")]
            (copy / path.name).write_text("".join(kept), encoding="utf-8")
        done = run("checklist", "coverage", "--pack", str(copy), folder=tmp_path)
        assert done.code == 1
        assert "[ ] print-by-usb" in done.out

    def test_its_index_fits_its_page(self, tmp_path: Path) -> None:
        """The ids and kinds are curated, the fingerprints come from `guidance index`."""
        path = AGENCY / "guidance" / "work-equipment-on-boats.md"
        stored: Guidance = load([AGENCY]).guidance["work-equipment-on-boats"]
        page = index(path.read_text(encoding="utf-8"))
        assert [
            (one.id, [statement.fingerprint for statement in one.statements])
            for one in stored.sections
        ] == [
            (one.id, [statement.fingerprint for statement in one.statements])
            for one in page.sections
        ]
        assert (stored.title, stored.expires) == (page.title, page.expires)
        assert run("guidance", "diff", str(path), *PACK, folder=tmp_path).code == 0

    def test_a_revised_page_lists_the_items_that_cite_it(self, tmp_path: Path) -> None:
        """So that the owner knows what to read again."""
        text = (AGENCY / "guidance" / "work-equipment-on-boats.md").read_text(encoding="utf-8")
        assert text.count("within two days") == 1
        revised = tmp_path / "work-equipment-on-boats.md"
        revised.write_text(text.replace("within two days", "within a day"), encoding="utf-8")
        done = run("guidance", "diff", str(revised), *PACK, folder=tmp_path)
        assert done.code == 1
        assert "boats.device-check" in done.out
        assert "boats.waterproof-case" not in done.out


class TestATrip:
    """A trip with the pack and without it."""

    def test_it_adds_its_items_and_drops_one(self, tmp_path: Path) -> None:
        """No other item changes."""
        without = set(items(report(tmp_path)))
        with_it = set(items(report(tmp_path, *PACK, **BOAT)))
        assert with_it - without == {
            "boats.waterproof-case",
            "boats.device-check",
            "remote-working.agency-printers",
        }
        assert without - with_it == {"remote-working.print-by-usb"}

    def test_its_items_have_phases_and_due_dates(self, tmp_path: Path) -> None:
        """One is due before the trip, one on the way, one on return."""
        found = items(report(tmp_path, *PACK, **BOAT))
        assert {
            name: (found[name]["phase"], found[name].get("due"))
            for name in (
                "boats.waterproof-case",
                "remote-working.agency-printers",
                "boats.device-check",
            )
        } == {
            "boats.waterproof-case": ("before", "2026-11-28"),
            "remote-working.agency-printers": ("away", None),
            "boats.device-check": ("back", "2026-12-07"),
        }

    @pytest.mark.parametrize(("answer", "gets"), [("true", True), ("false", False), (None, True)])
    def test_an_answer_decides_which_items_apply(
        self, tmp_path: Path, answer: str | None, gets: bool
    ) -> None:
        """Without an answer the items stay."""
        facts = {} if answer is None else {"by_boat": answer}
        found = items(report(tmp_path, *PACK, **facts))
        assert ("boats.waterproof-case" in found) is gets
        assert ("boats.device-check" in found) is gets

    def test_its_question_needs_a_device(self, tmp_path: Path) -> None:
        """It does not apply to papers."""
        done = prepare(tmp_path, *PACK, devices="", papers="true")
        assert "by_boat" not in done.err
        assert "boats." not in done.err
        assert "by_boat" in prepare(tmp_path, *PACK).err

    def test_its_fact_is_unknown_without_the_pack(self, tmp_path: Path) -> None:
        """The error names the fact."""
        done = prepare(tmp_path, **BOAT)
        assert done.code == 2
        assert "there is no fact “by_boat”" in done.err

    def test_the_report_names_both_packs(self, tmp_path: Path) -> None:
        """With what each of them does not cover."""
        done = report(tmp_path, *PACK)
        assert [(pack["id"], pack["version"]) for pack in done["packs"]] == [
            ("moj", "1.1"),
            ("coast-and-lights", "1"),
        ]
        assert len({pack["digest"] for pack in done["packs"]}) == 2
        text = prepare(tmp_path, *PACK, "--format", "txt").out
        assert text.count("Not covered here: ") == 2
        assert "loans of boats" in text

    def test_an_environment_variable_can_name_it(self, tmp_path: Path) -> None:
        """The report and standard error are the same as with the option."""
        named = prepare(tmp_path, *PACK, "--format", "txt", **BOAT)
        given = settings({**TRIP, **BOAT})
        quiet = run(
            *("prepare", "--no-input", "--format", "txt"),
            *(*given, *TODAY),
            folder=tmp_path,
            TRAVELSEC_PACKS=str(AGENCY),
        )
        assert "Borrow a waterproof case" in named.out
        assert quiet == named

    def test_a_review_needs_the_same_pack(self, tmp_path: Path) -> None:
        """A line manager without it learns that the report was made with another pack."""
        prepare(tmp_path, *PACK, "--output", "report.json", **BOAT)
        with_it = run("review", "report.json", *PACK, *TODAY, folder=tmp_path)
        without = run("review", "report.json", *TODAY, folder=tmp_path)
        assert "coast-and-lights" not in with_it.out
        assert "coast-and-lights" in without.out


class TestContacts:
    """The duty desk replaces the bundled contact everywhere."""

    @pytest.mark.parametrize(
        ("abroad", "number"), [("true", "+44 20 7946 0123"), ("false", "020 7946 0123")]
    )
    def test_contacts_lists_the_duty_desk(self, tmp_path: Path, abroad: str, number: str) -> None:
        """First for the agency's topics, with the number to dial where the traveller is."""
        who = settings({"organisation": "agency", "abroad": abroad})
        before = run("contacts", "incidents", *who, folder=tmp_path).out
        after = run("contacts", "incidents", *who, *PACK, folder=tmp_path).out
        assert NOBODY_IN_PARTICULAR in before
        assert NOBODY_IN_PARTICULAR not in after
        assert after.startswith(f"  - {DUTY_DESK}\n    Telephone: {number}\n")

    def test_new_contacts_are_listed_under_their_topics(self, tmp_path: Path) -> None:
        """Beside the bundled ones."""
        assert "equipment store" not in run("contacts", "equipment", folder=tmp_path).out
        found = run("contacts", "equipment", *PACK, folder=tmp_path).out
        assert "Technology Service Desk" in found
        assert "Coast and Lights equipment store" in found
        adviser = run("contacts", "guidance", *PACK, folder=tmp_path).out
        assert "security-adviser@example.org" in adviser

    def test_incident_and_card_show_the_duty_desk(self, tmp_path: Path) -> None:
        """The trip is under way, so with the number to dial from abroad."""
        prepare(tmp_path, "--trip", "Skerry", *PACK, **BOAT)
        away = ("--trip", "Skerry", "--today", "2026-12-02")
        for command in (("incident", "exposed"), ("card",)):
            before = run(*command, *away, folder=tmp_path)
            after = run(*command, *away, *PACK, folder=tmp_path)
            assert (before.code, after.code) == (0, 0), before.err + after.err
            assert DUTY_DESK not in before.out
            # A contact that gives no way to reach anybody has no place on the card.
            assert (NOBODY_IN_PARTICULAR in before.out) is (command[0] == "incident")
            assert NOBODY_IN_PARTICULAR not in after.out
            # Before all others.
            first = after.out.partition("WHO TO CALL\n")[2]
            assert first.startswith(f"  - {DUTY_DESK}\n")
            assert "+44 20 7946 0123" in first
            assert "\n    020 7946 0123" not in first

    def test_the_report_shows_the_duty_desk(self, tmp_path: Path) -> None:
        """The line manager is told to call it."""
        before = prepare(tmp_path, "--format", "txt").out
        after = prepare(tmp_path, "--format", "txt", *PACK).out
        for text in (DUTY_DESK, "our duty desk", "020 7946 0123", "+44 20 7946 0123"):
            assert text not in before
            assert text in after
