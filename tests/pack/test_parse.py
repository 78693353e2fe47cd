"""Reading the files of one pack: its entries, its faults and its digest."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.pack.packs import BASE, OVER, base, faults_of, load_over, write
from travelsec.pack import load, parse
from travelsec.pack.folder import bundled_folder
from travelsec.problems import InputError


def test_all_faults_of_all_files_and_packs_are_reported(tmp_path: Path) -> None:
    """A file that is no YAML does not hide the faults of the others."""
    folder = write(
        tmp_path / "base",
        {
            **BASE,
            "aa": "[1, 2]",
            "bb": "",
            "cc": "contacts: [{id: A}, {id: b, name: B, cites: [C]}]",
            "dd": "drop: [''",
            "ee": f"{OVER}withdrawn: {{}}\n",
        },
    )
    over = write(tmp_path / "over", {"over": "questions: [x]"})
    whole = "a pack file is a mapping (allowed: pack, "
    expected = [
        f"base/aa.yaml:1:1: {whole}",
        f"base/bb.yaml:1:1: {whole}",
        "base/cc.yaml:1:17: id: “A” is not an id",
        "base/cc.yaml:1:12: the field “name” is missing",
        "base/cc.yaml:1:12: the field “cites” is missing",
        "base/cc.yaml:1:46: cites: “C” is not a citation",
        "base/dd.yaml:1:7: this is not YAML: ",
        "base/ee.yaml:2:12: “withdrawn” holds a list",
        "base/pack.yaml:2:3: “pack” appears twice in this pack (first at ",
        "over/over.yaml:1:13: a mapping of fields is needed here, not “x”",
        "over: no file of this pack has the key “pack”",
    ]
    faults = faults_of(folder, over)
    for fault, start in zip(faults, expected, strict=True):
        assert fault.startswith(start)


def test_every_pack_needs_the_key_pack(tmp_path: Path) -> None:
    """The fault names the folder."""
    folder = write(tmp_path / "base", {k: v for k, v in BASE.items() if k != "pack"})
    assert faults_of(folder) == ["base: no file of this pack has the key “pack” (id, …)"]
    # A file that cannot be parsed may be the one that says it.
    (folder / "pack.yaml").write_text("pack: [", encoding="utf-8")
    (fault,) = faults_of(folder)
    assert fault.startswith("base/pack.yaml:1:7: this is not YAML")


def test_a_line_break_in_a_key_does_not_split_the_message(tmp_path: Path) -> None:
    """A file cannot fake a line of the output."""
    folder = write(tmp_path / "base", {**BASE, "x": '"a\\nError: all is lost": 1\n'})
    (fault,) = faults_of(folder)
    assert "\n" not in fault
    assert "“a Error: all is lost”" in fault


class TestDigest:
    """The digest depends on the content alone."""

    def digest(self, folder: Path) -> str:
        return load.load(bundled=folder).sources[0].digest()

    def test_comments_quotes_layout_and_file_names_do_not_count(self, tmp_path: Path) -> None:
        """Nor does the order of files or of keys."""
        parts = dict(reversed(BASE.items()))
        other = write(tmp_path / "other", {f"z{i}": text for i, text in enumerate(parts.values())})
        (other / "z1.yaml").write_text(
            parts["contacts"].replace("tel: 020 7946 0000", "tel: >-\n      020\n      7946 0000"),
            encoding="utf-8",
        )
        (other / "z3.yaml").write_text(
            parts["checklist"]
            .replace("when: {abroad: true}", "when:\n    'abroad':\n      - true # yes")
            .replace(
                "        - id: charger\n          label: Charger\n",
                '        - label: "Charger"\n          id: charger\n',
            ),
            encoding="utf-8",
        )
        texts = {file.name: file.read_text(encoding="utf-8") for file in other.iterdir()}
        assert texts["z3.yaml"] != BASE["checklist"]
        assert texts["z1.yaml"] != BASE["contacts"]
        assert self.digest(other) == self.digest(base(tmp_path))

    def test_a_checklist_in_two_files_has_one_digest(self, tmp_path: Path) -> None:
        """Whichever file comes first."""
        more = "checklist: {id: trip, sections: [{id: more, title: More, phase: back}]}\n"
        digests = {
            self.digest(write(tmp_path / name, {**BASE, name: more})) for name in ("aaa", "zzz")
        }
        assert len(digests) == 1

    @pytest.mark.parametrize(
        ("file", "old", "new"),
        [
            ("pack", '"1.0"', '"1.1"'),
            ("pack", "covers: Trips.", "covers: Trips"),
            ("questions", "required: true", "required: false"),
            ("questions", "{laptop: Laptop, phone: Phone}", "{phone: Phone, laptop: Laptop}"),
            ("questions", "private: true", "private: false"),
            ("questions", "default: $device_kinds", "default: 1"),
            ("questions", "when: {abroad: true}", "when: {abroad: false}"),
            ("questions", "when: {abroad: true}", "when: {not: {abroad: true}}"),
            ("questions", "when: {abroad: true}", "when: {}"),
            ("checklist", "level: should", "level: must"),
            ("checklist", "phase: away", "phase: back"),
            ("checklist", "due: 2 days", "due: 3 days"),
            ("checklist", "why: Less is lost.", "suggestion: Less is lost."),
            ("checklist", "[clean-device]", "[clean-devices]"),
            ("checklist", "[laptop, phone]", "[laptop]"),
            ("checklist", "cites: [leaflet]", "cites: [page/general/call-desk]"),
            ("checklist", "when: {abroad: true}", "when: {departs: {at_least: 2026-01-01}}"),
            ("situations", "then: [unsure]", "then: []"),
            ("situations", "do: Call the desk.", "do: Call."),
            ("contacts", "0000", "0001"),
            ("contacts", "reason: no longer read", "reason: no longer"),
            ("guidance", "2030-12-31", "2031-12-31"),
            ("guidance", "kind: contact", "kind: link"),
            ("guidance", '"0123456789abcdef"', '"1123456789abcdef"'),
        ],
    )
    def test_any_change_of_the_content_changes_it(
        self, tmp_path: Path, file: str, old: str, new: str
    ) -> None:
        """A word, a level, a condition, the order of choices."""
        before = self.digest(write(tmp_path / "before", BASE))
        assert self.digest(base(tmp_path, file, old, new)) != before

    def test_the_order_of_keys_in_a_condition_does_not_count(self, tmp_path: Path) -> None:
        """All of them must hold anyway."""
        digests = set()
        for number, when in enumerate(["{abroad: true, count: 2}", "{count: [2], abroad: true}"]):
            (tmp_path / str(number)).mkdir()
            old = "{devices: [laptop, phone]}"
            digests.add(self.digest(base(tmp_path / str(number), "checklist", old, when)))
        assert len(digests) == 1

    def test_the_bounds_of_a_range_count(self, tmp_path: Path) -> None:
        """Both their kind and their value."""
        whens = ["{nights: {at_least: 2}}", "{nights: {at_most: 2}}", "{nights: 2}", "{nights: 3}"]
        digests = set()
        for number, when in enumerate(whens):
            (tmp_path / str(number)).mkdir()
            digests.add(
                self.digest(
                    base(tmp_path / str(number), "checklist", "{devices: [laptop, phone]}", when)
                )
            )
        assert len(digests) == len(whens)

    def test_what_an_overlay_drops_counts(self, tmp_path: Path) -> None:
        """Overlays that drop different entries are different packs."""
        digests = set()
        for name in ("trip.charger", "country"):
            (tmp_path / name).mkdir()
            digests.add(load_over(tmp_path / name, f"drop: [{name}]\n").sources[1].digest())
        assert len(digests) == 2

    def test_what_an_overlay_cites_besides_counts(self, tmp_path: Path) -> None:
        """Whatever the order of the entries; their citations are in an order."""
        leaflet, call = "leaflet", "page/general/call-desk"
        desk, country = f"{{id: desk, cites: [{leaflet}]}}", f"{{id: country, cites: [{call}]}}"
        lists = ["", desk, f"{desk}, {country}", f"{country}, {desk}"]
        digests = []
        for number, added in enumerate(lists):
            (tmp_path / str(number)).mkdir()
            pack = load_over(tmp_path / str(number), f"also_cites: [{added}]\n")
            digests.append(pack.sources[1].digest())
        assert digests[2] == digests[3]
        assert len(set(digests)) == 3

    def test_an_overlay_that_adds_no_citations_keeps_its_digest(self, tmp_path: Path) -> None:
        """Reports that were made with it by older versions of travelsec hold."""
        digest = "b7f546d9ae23c15983eb7c2a9ec44defedcaac6120fba1c9bf5f3485d5876e8f"
        assert load_over(tmp_path, "").sources[1].digest() == digest


TOKENS = ["pack", "questions", "checklist", "id", "when", "items", "choices", "default", "sections"]


@given(
    st.binary(max_size=40)
    | st.lists(
        st.sampled_from([*TOKENS, ": ", "\n", "  ", "- ", "{", "}", "[", "]", ",", "x"])
    ).map(lambda parts: "".join(parts).encode())
)
def test_any_bytes_give_entries_or_faults(data: bytes) -> None:
    """Every fault has a place."""
    read = parse.parse_pack("folder", [("f.yaml", data)])
    problems = read.problems
    assert problems or read.info is not None
    assert all(problem.place.file for problem in problems)
    assert not any("Expected" in problem.text for problem in problems), "the library’s own words"


@pytest.mark.slow
def test_any_change_of_the_real_checklists_gives_a_pack_or_faults(tmp_path: Path) -> None:
    """Lines and words are lost, doubled and swapped; every fault has its place."""
    source = random.Random(20261201)
    folder = tmp_path / "checklists"
    shutil.copytree(bundled_folder(), folder)
    files = sorted(folder.rglob("*.yaml"))
    outcomes = {"pack": 0, "faults": 0}
    for _ in range(100):
        file = source.choice(files)
        kept = file.read_bytes()
        file.write_bytes(_mutate(kept.decode(), source))
        try:
            load.load(bundled=folder)
        except InputError as error:
            outcomes["faults"] += 1
            for problem in error.problems:
                # A pack that does not say who it is does so in no line.
                assert problem.place.line > 0 or "no file of this pack" in problem.text
        else:
            outcomes["pack"] += 1
        file.write_bytes(kept)
    assert min(outcomes.values()) > 10, outcomes


def _mutate(text: str, source: random.Random) -> bytes:
    lines = text.splitlines(keepends=True)
    tokens = [token for line in lines for token in line.split()]
    at = source.randrange(len(lines))
    match source.randrange(6):
        case 0:
            del lines[at]
        case 1:
            lines.insert(at, lines[at])
        case 2:
            lines[at] = source.choice(lines)
        case 3:
            lines[at] = lines[at].replace(source.choice(lines[at].split() or ["x"]), "", 1)
        case 4:
            old = source.choice(lines[at].split() or ["x"])
            lines[at] = lines[at].replace(old, source.choice(tokens), 1)
        case _:
            lines[at] = lines[at].replace(" ", "", 1)
    return "".join(lines).encode()
