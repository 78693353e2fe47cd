"""One run reports every fault, but none that unreadable entries may explain."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from tests.pack.packs import BASE, OVER, base, faults_of, faults_over, write
from travelsec.pack import load
from travelsec.pack.folder import bundled_folder
from travelsec.problems import InputError

REFERENCES = """
questions: [{id: q, ask: $nope, type: text, when: {manager: Ann}}]
contacts: [{id: c, name: C, note: N, cites: [nope], when: {count: many}}]
situations: [{id: desk, title: S, steps: [{do: D, cites: [leaflet]}], contacts: [nope]}]
drop: [nope]
"""
"""An overlay's entries that can be read, with a fault of each kind."""

ALL_TOLD = [
    "3:26: ask: no question asks for “$nope”",
    "3:52: the fact “manager” is private: no condition may look at it",
    "4:46: no guidance has the statement “nope”",
    "4:67: “many” is not a whole number from 0 to 999999",
    "5:82: there is no contact “nope”",
    "6:8: there is no “nope” to drop",
]


def broken(folder: Path, file: str, old: str, new: str) -> Path:
    """Write the base pack with a text replaced wherever the file has it."""
    assert old in BASE[file]
    return write(folder / "base", {**BASE, file: BASE[file].replace(old, new)})


def starts(faults: list[str], file: str = "") -> list[str]:
    """Return the faults, or those of one file, without what they say is allowed."""
    cut = [fault.split(" (")[0] for fault in faults]
    return [fault.removeprefix(f"{file}:") for fault in cut if fault.startswith(file)]


@pytest.mark.parametrize(
    ("file", "old", "new", "where"),
    [
        ("questions", "type: yes-no", "type: yesno", "4:11"),
        ("situations", "title: Not sure", "title: ''", "11:12"),
        ("contacts", "tel: 020", "phone: 020", "5:5"),
        ("contacts", "reason: no", "reason: [no]  # no", "9:13"),
        ("guidance", "2030-12-31", "soon", "16:14"),
        ("checklist", "cites: [leaflet]", "cites: []", "33:18"),
        ("checklist", "phase: away", "phase: far", "26:14"),
        ("checklist", "  title: The trip", "  titel: The trip", "3:3"),
    ],
)
def test_an_unreadable_entry_hides_no_other_fault(
    tmp_path: Path, file: str, old: str, new: str, where: str
) -> None:
    """In its own pack or in one on top. References to it are no faults."""
    folder = broken(tmp_path, file, old, new)
    faults = faults_of(folder, write(tmp_path / "over", {"over": OVER + REFERENCES}))
    assert {fault.split(": ")[0] for fault in faults if fault.startswith("base/")} == {
        f"base/{file}.yaml:{where}"
    }
    assert starts(faults, "over/over.yaml") == ALL_TOLD


def test_an_unreadable_item_does_not_hide_other_items(tmp_path: Path) -> None:
    """The rest of the checklist is checked."""
    folder = broken(tmp_path, "checklist", "cites: [page/general/take-charger]", "cites: []")
    checklist = folder / "checklist.yaml"
    checklist.write_text(
        checklist.read_text(encoding="utf-8").replace("{devices: [laptop, phone]}", "{x: 1}"),
        encoding="utf-8",
    )
    assert starts(faults_of(folder)) == [
        "base/checklist.yaml:15:18: no question asks for the fact “x”",
        "base/checklist.yaml:23:18: sections: items: cites: the list is empty: at least one is "
        "needed",
    ]


@pytest.mark.parametrize("text", ["a: [", "[1]", "question: []", "questions: x", "questions: [x]"])
def test_an_unreadable_file_excuses_what_may_be_in_it(tmp_path: Path, text: str) -> None:
    """A question may be in there; types and shapes are still checked."""
    faults = faults_over(tmp_path, REFERENCES)
    folder = tmp_path / "base"
    (tmp_path / "over1" / "bad.yaml").write_text(text, encoding="utf-8")
    bad = [one for one in faults_of(folder, tmp_path / "over1") if "over1/over.yaml" in one]
    assert set(bad) < set(faults)
    assert not any("$nope" in fault or "to drop" in fault for fault in bad)
    assert [fault.split(" (")[0] for fault in bad if "is private" in fault or "many" in fault] == [
        f"over1/over.yaml:{ALL_TOLD[1]}",
        f"over1/over.yaml:{ALL_TOLD[3]}",
    ]


def test_an_unreadable_file_may_hold_anything(tmp_path: Path) -> None:
    """More choices, pages, drops or overrides: only certain faults are reported."""
    text = """
questions: [{id: country, ask: "$nope", type: text}, {id: a, ask: A, type: number, default: x}]
contacts: [{id: c, name: C, note: N, cites: [nope, page/x/y], when: {devices: camera}}]
checklist: {id: trip, sections: [{id: s, items: [{id: i, label: L, do: D, level: must,
  cites: [leaflet], situation: nope, formerly: [charger], override: true, due: x}]}]}
drop: [desk, nope]
"""
    over = write(tmp_path / "over", {"over": OVER + text, "bad": "a: ["})
    syntax, *others = starts(faults_of(write(tmp_path / "base", BASE), over))
    assert syntax.startswith("over/bad.yaml:1:4: this is not YAML: ")
    assert others == [
        "over/over.yaml:3:93: “x” is not a whole number from 0 to 999999",
        "over/over.yaml:6:80: “x” is not a due date",
    ]


def test_an_unreadable_override_causes_no_other_fault(tmp_path: Path) -> None:
    """Neither below, where the old entry would not fit, nor in a pack on top."""
    text = """
drop: [unsure]
questions: [{id: devices, ask: W, type: choices, choices: {camera: C}, override: true, x: y}]
situations: [{id: loss, title: L, steps: [], override: true}]
contacts: [{id: far, name: F}]
checklist: {id: trip, sections: [{id: home, title: H, phase: x, items: [{id: tidy}]},
  {id: packing, items: [{id: key, label: K, do: K, level: must, cites: [], formerly: [lock]}]}]}
"""
    top = """
drop: [trip.key]
contacts: [{id: far, name: F, note: N, cites: [leaflet], override: true, when: {devices: camera}}]
checklist: {id: trip, sections: [{id: home, items: [{id: i, label: L, do: $device_kinds,
  level: must, cites: [leaflet]}]}]}
"""
    faults = faults_over(tmp_path, text, top)
    assert starts(faults) == [
        "over1/over.yaml:4:88: unknown field “x”",
        "over1/over.yaml:5:42: steps: the list is empty: at least one is needed",
        "over1/over.yaml:6:12: the field “cites” is missing",
        "over1/over.yaml:7:62: sections: phase: “x” is not allowed here",
        *[
            f"over1/over.yaml:7:73: sections: items: the field “{name}” is missing"
            for name in ("label", "do", "level", "cites")
        ],
        "over1/over.yaml:8:72: sections: items: cites: the list is empty: at least one is needed",
    ]


def test_an_unreadable_drop_may_drop_anything(tmp_path: Path) -> None:
    """So an id may be used again, and a withdrawn detail may be gone."""
    text = """
drop: desk
contacts: [{id: desk, name: D, note: N, cites: [leaflet]}]
withdrawn: [{value: 020 7946 0000, reason: R, cites: [leaflet]}]
"""
    assert faults_over(tmp_path, text) == [
        "over1/over.yaml:3:7: a list is needed here, not “desk”: write [desk]"
    ]


def test_faults_are_sorted_by_pack_file_and_line(tmp_path: Path) -> None:
    """Of all kinds together, whatever the folders are called."""
    low = write(tmp_path / "z", {**BASE, "aa": "contacts: [{id: a, name: $x, cites: [n], x: y}]"})
    (low / "bb.yaml").write_text(
        "contacts:\n  - {id: b, name: B, cites: [n]}\n  - {id: c}\n", encoding="utf-8"
    )
    top = write(tmp_path / "a", {"over": OVER.replace("id: over", "id: base") + "drop: [n]"})
    assert [fault.split(": ")[0] for fault in faults_of(low, top)] == [
        *(
            "z/aa.yaml:1:38",
            "z/aa.yaml:1:42",
            "z/bb.yaml:2:5",
            "z/bb.yaml:2:30",
            "z/bb.yaml:3:5",
            "z/bb.yaml:3:5",
        ),
        *("a/over.yaml:1:12", "a/over.yaml:2:8"),
    ]


INSTEAD = OVER.replace("}", ", not_covered_instead_of: [NAMES]}")


def test_two_packs_cannot_share_an_id(tmp_path: Path) -> None:
    """A report names its packs by id."""
    folder = base(tmp_path)
    twin = write(tmp_path / "twin", {"over": OVER.replace("id: over", "id: base")})
    assert faults_of(folder, twin) == [
        "twin/over.yaml:1:12: “base” is already the id of the pack at base/pack.yaml:2:3"
    ]


@pytest.mark.parametrize("name", ["over", "bas"])
def test_not_covered_instead_of_takes_only_packs_below(tmp_path: Path, name: str) -> None:
    """A pack is not below itself; a near miss gets a suggestion."""
    folder = write(tmp_path / "over", {"over": INSTEAD.replace("NAMES", name)})
    with pytest.raises(InputError, match=f"“{name}” is not a pack below this one .allowed: base"):
        load.load([folder], bundled=base(tmp_path))


@pytest.mark.slow
def test_each_entry_of_the_real_checklists_fails_alone(tmp_path: Path) -> None:
    """An unknown field or an invalid id is the only fault reported."""
    folder = tmp_path / "checklists"
    shutil.copytree(bundled_folder(), folder)
    count = 0
    for file in sorted(folder.rglob("*.yaml")):
        text = file.read_text(encoding="utf-8")
        for entry in re.finditer(r"(?m)^( *)- id: (\S+)$", text):
            new = [f"{entry[0]}\n{entry[1]}  x: y", f"{entry[1]}- id: X {entry[2]}"][count % 2]
            file.write_text(text[: entry.start()] + new + text[entry.end() :], encoding="utf-8")
            assert len(faults_of(folder)) == 1, (entry[2], new)
            count += 1
        file.write_text(text, encoding="utf-8")
    assert count > 100
