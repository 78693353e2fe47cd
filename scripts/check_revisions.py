"""Revise the guidance pages as their owners might, and compare what is found with verdicts.

    python scripts/check_revisions.py FOLDER

FOLDER holds the pages, as `check_guidance.py` wants them. Exit code 1 if a verdict is another, or
if an id whose statement nobody touched no longer has its words.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from travelsec.guidance.citations import citations
from travelsec.guidance.page import index
from travelsec.guidance.revision import Revision, revise, words_of
from travelsec.pack.folder import optional_packs
from travelsec.pack.load import load
from travelsec.pack.model import Guidance

OVERSEAS = "taking-equipment-overseas"
REMOTE = "remote-working"
APPROVAL = "accessing-moj-it-systems-overseas"
TRAVEL = "overseas-travel"


class Case(NamedTuple):
    """A revision of a page, and what a reader says of it.

    `edits` are passages, each of which is in the page once, and what becomes of them. `verdict`
    has what became of statements, by their ids, `added` and `removed` the members of lists, and
    `headings` the ids of sections whose heading is another.
    """

    title: str
    page: str
    edits: Mapping[str, str]
    verdict: Mapping[str, str] = {}
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()
    needs_work: bool = False


CASES = (
    Case(
        "Punctuation, quotation marks and the case of a heading",
        OVERSEAS,
        {
            "## General guidance": "## General Guidance",
            "polite at all times.": "polite at all times",
            "the phone's password": "the phone’s password",
            "Do not risk your own safety.": "Do not risk your own safety!",
        },
    ),
    Case(
        "The organisation is spelt otherwise throughout a list",
        REMOTE,
        {
            "- Keep MOJ equipment and information safe and secure.": (
                "- Keep MoJ equipment and information safe and secure."
            ),
            "- Let family or other unauthorised people use MOJ equipment.": (
                "- Let family or other unauthorised people use MoJ equipment."
            ),
        },
    ),
    Case(
        "Two countries join the list, and one leaves it",
        APPROVAL,
        {"Argentina, Armenia": "Afghanistan, Armenia", "UAE, Ukraine": "UAE, Uganda, Ukraine"},
        verdict={"the-list": "changed"},
        added=("Afghanistan", "Uganda"),
        removed=("Argentina",),
        needs_work=True,
    ),
    Case(
        "A new duty at the end of a list",
        OVERSEAS,
        {
            "-   Make sure you use the phone's password or PIN.": (
                "-   Make sure you use the phone's password or PIN.\n"
                "-   Switch the phone off while you cross a border."
            )
        },
        verdict={"switch-phone-off-while-cross": "added"},
        needs_work=True,
    ),
    Case(
        "A rule turns into its opposite",
        REMOTE,
        {
            "- should connect directly to the printer using USB, not WiFi": (
                "- should connect directly to the printer using WiFi, not USB"
            )
        },
        verdict={"print-by-usb": "changed"},
        needs_work=True,
    ),
    Case(
        "The notice is longer",
        TRAVEL,
        {"fifteen days before": "thirty days before"},
        verdict={"fifteen-days": "changed"},
        needs_work=True,
    ),
    Case(
        "Another address for the form",
        APPROVAL,
        {
            "form to [security@justice.gov.uk](mailto:security@justice.gov.uk)": (
                "form to [travel@justice.gov.uk](mailto:travel@justice.gov.uk)"
            )
        },
        verdict={"send-form": "changed"},
        needs_work=True,
    ),
    Case(
        "A heading is renamed, and nothing below it",
        APPROVAL,
        {"## International Roaming": "## Roaming while you are abroad"},
        headings=("international-roaming",),
    ),
    Case(
        "A duty is withdrawn",
        OVERSEAS,
        {"-   Never leave the device unattended - not even for a moment.\n": ""},
        verdict={"never-unattended": "removed"},
        needs_work=True,
    ),
)


def changed(text: str, edits: Mapping[str, str]) -> str:
    """Return a page after these edits."""
    for old, new in edits.items():
        assert text.count(old) == 1, f"{text.count(old)} times in the page: {old}"
        text = text.replace(old, new)
    return text


def differences(case: Case, stored: Guidance, revision: Revision) -> Iterator[str]:
    """Yield where what is found is not the reader's verdict."""
    told = {(one.path or one.new_path or "").rpartition("/")[2]: one for one in revision.statements}
    for name, change in {name: one.change for name, one in told.items()}.items():
        if case.verdict.get(name) != change:
            yield f"{name}: {change}, meant was {case.verdict.get(name, 'nothing')}"
    untold = sorted(case.verdict.keys() - told)
    yield from (f"{name}: nothing, meant was {case.verdict[name]}" for name in untold)
    if tuple(one.id for one in revision.sections) != case.headings:
        yield f"headings: {[one.id for one in revision.sections]}, meant was {case.headings}"
    for noun, members, meant in (
        ("added", [name for one in told.values() for name in one.members_added], case.added),
        ("removed", [name for one in told.values() for name in one.members_removed], case.removed),
    ):
        if tuple(members) != meant:
            yield f"{noun} to or from a list: {members}, meant was {meant}"
    if revision.needs_work != case.needs_work:
        yield f"needs work: {revision.needs_work}"
    touched = {path for one in revision.statements for path in (one.path, one.new_path)}
    now = dict(revision.index.statements())
    for path, statement in stored.statements():
        if path not in touched and now[path].fingerprint != statement.fingerprint:
            yield f"{path}: the id stands at other words"


def main(folder: Path) -> int:
    """Make every revision; return the exit code."""
    packs = load([*optional_packs().values()])
    cited = citations(packs)
    code = 0
    for case in CASES:
        old = (folder / f"{case.page}.md").read_text(encoding="utf-8")
        stored = packs.guidance[case.page]
        page = index(changed(old, case.edits))
        revision = revise(stored, page, words_of(stored, index(old)), cited)
        found = [*differences(case, stored, revision)]
        print(f"{case.page}: {case.title}: {len(found)} differences")
        for difference in found:
            print(f"  {difference}")
        code |= bool(found)
    return code


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
