"""Packs on top of one another: what merges, what replaces, what is left out, what clashes."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from tests.pack.packs import BASE, OVER, base, faults_of, faults_over, load_over, write
from travelsec.conditions import FactState
from travelsec.pack import load
from travelsec.pack.model import Pack
from travelsec.problems import InputError
from travelsec.trip.answers import item_names
from travelsec.trip.facts import Facts

ITEM = "{id: ID, label: New, do: Do it anew., level: must, cites: [leaflet]EXTRA}"


SITUATION = "situations: [{id: unsure, title: Hm, steps: [{do: Ask., cites: [leaflet]}]}]\n"


def over(section: str, item: str = "", extra: str = "", *, fields: str = "") -> str:
    """An overlay's checklist with one section, and in it one item, or none."""
    items = ITEM.replace("ID", item).replace("EXTRA", extra) if item else ""
    return f"checklist: {{id: trip, sections: [{{id: {section}{fields}, items: [{items}]}}]}}\n"


def ids(pack: Pack) -> dict[str, list[str]]:
    """The ids of the items of the first checklist, by section."""
    return {one.id: [item.id for item in one.items] for one in pack.checklists[0].sections}


def test_an_overlay_adds_to_a_checklist_and_to_a_section(tmp_path: Path) -> None:
    """What is new stands after what was there; the section's phase holds for it."""
    pack = load_over(
        tmp_path,
        over("packing", "adapter")
        + "questions: [{id: seat, ask: Which seat?, type: text}]\n"
        + "contacts: [{id: help, name: Help, note: Ask., cites: [leaflet]}]\n",
        over("home", "post", fields=", title: Home, phase: back"),
    )
    assert ids(pack) == {
        "packing": ["clear-files", "charger", "adapter"],
        "on-the-way": ["know-loss"],
        "home": ["post"],
    }
    assert pack.checklists[0].sections[0].items[2].phase == "before"
    assert pack.checklists[0].sections[2].items[0].phase == "back"
    assert list(pack.questions)[-1] == "seat"
    assert list(pack.contacts) == ["desk", "help"]
    assert [source.info.id for source in pack.sources] == ["base", "over", "over2"]


def test_an_overlay_brings_a_checklist_of_its_own(tmp_path: Path) -> None:
    """Its items may have the ids of items in other checklists."""
    pack = load_over(
        tmp_path,
        over("s", "charger", fields=", title: S, phase: away").replace("trip", "x, title: X"),
    )
    assert {"trip.charger", "x.charger"} <= set(item_names(pack))


def test_an_override_replaces_the_whole_entry(tmp_path: Path) -> None:
    """In its place; what the new entry does not say is not kept from the old one."""
    pack = load_over(
        tmp_path,
        over("packing", "clear-files", ", override: true")
        + "questions: [{id: country, ask: Where to?, type: text, override: true}]\n"
        + "situations: [{id: unsure, title: Hm, steps: [{do: Ask., cites: [leaflet]}], "
        + "override: true}]\n"
        + "contacts: [{id: desk, name: New desk, note: Ask., cites: [leaflet], override: true}]\n",
    )
    item = pack.checklists[0].sections[0].items[0]
    assert (item.id, item.do, item.why, item.due) == ("clear-files", "Do it anew.", "", "")
    assert pack.questions["country"].ask == "Where to?"
    assert pack.situations["unsure"].title == "Hm"
    assert (pack.contacts["desk"].name, pack.contacts["desk"].tel) == ("New desk", "")


@pytest.mark.parametrize(
    ("text", "column", "name", "place"),
    [
        (over("packing", "charger"), 61, "trip.charger", "checklist.yaml:19:11"),
        (over("on-the-way", "charger"), 64, "trip.charger", "checklist.yaml:19:11"),
        ("questions: [{id: country, ask: W, type: text}]", 18, "country", "questions.yaml:10:5"),
        (
            "situations: [{id: loss, title: L, steps: [{do: D, cites: [leaflet]}]}]",
            *(19, "loss", "situations.yaml:2:5"),
        ),
        (
            "contacts: [{id: desk, name: D, note: N, cites: [leaflet], override: false}]",
            *(17, "desk", "contacts.yaml:2:5"),
        ),
    ],
)
def test_an_entry_that_is_there_already_needs_override(
    tmp_path: Path, text: str, column: int, name: str, place: str
) -> None:
    """An overlay that hides something by accident would drop a duty."""
    assert faults_over(tmp_path, text) == [
        f"over1/over.yaml:2:{column}: “{name}” is already at base/{place}: write “override: true” "
        "to replace it, or take another id"
    ]


def test_a_clash_makes_no_other_fault(tmp_path: Path) -> None:
    """What stands below stays, for those that refer to it; which of the two is meant is unclear."""
    text = """
questions:
  - {id: departs, ask: When?, type: text}
  - {id: devices, ask: Which?, type: choice, choices: {camera: Camera}}
  - {id: q, ask: Q?, type: text, when: {devices: camera}}
situations: [{id: unsure, title: Hm, steps: [{do: Ask., cites: [leaflet]}], contacts: [desk]}]
guidance: [{id: leaflet, title: L, publisher: P, sections: [{id: s, title: S, statements: [
  {id: t, kind: duty, fingerprint: '0123456789abcdef'}]}]}]
withdrawn: [{value: x, reason: y, cites: [leaflet/s/t]}]
"""
    faults = faults_over(tmp_path, text + over("on-the-way", "charger"))
    assert [fault.split(": write")[0] for fault in faults] == [
        "over1/over.yaml:4:10: “departs” is already at base/questions.yaml:14:5",
        "over1/over.yaml:5:10: “devices” is already at base/questions.yaml:6:5",
        "over1/over.yaml:7:19: “unsure” is already at base/situations.yaml:10:5",
        "over1/over.yaml:8:17: “leaflet” is already at base/guidance.yaml:13:5: take another id",
        "over1/over.yaml:11:64: “trip.charger” is already at base/checklist.yaml:19:11",
    ]


def test_an_entry_that_clashes_is_checked_all_the_same(tmp_path: Path) -> None:
    """Its own faults are told in the same run."""
    text = (
        "questions: [{id: country, ask: $x, type: text}]\n"
        "situations: [{id: loss, title: $x, steps: [{do: D, cites: [leaflet]}]}]\n"
        "contacts: [{id: desk, name: D, cites: [leaflet]}]\n"
        "guidance: [{id: page, title: T, publisher: P, ask: x}]\n"
    )
    faults = faults_over(tmp_path, text + over("packing", "charger", ", when: {x: 1}"))
    assert [fault.split(" (")[0].split(": write")[0] for fault in faults] == [
        "over1/over.yaml:2:18: “country” is already at base/questions.yaml:10:5",
        "over1/over.yaml:2:32: ask: no question asks for “$x”",
        "over1/over.yaml:3:19: “loss” is already at base/situations.yaml:2:5",
        "over1/over.yaml:3:32: title: no question asks for “$x”",
        "over1/over.yaml:4:12: “desk” cannot be reached: give tel, tel_from_abroad, email, slack, "
        "url or a note",
        "over1/over.yaml:4:17: “desk” is already at base/contacts.yaml:2:5",
        "over1/over.yaml:5:17: “page” is already at base/guidance.yaml:2:5: take another id",
        "over1/over.yaml:5:52: there is no contact “x”",
        "over1/over.yaml:6:61: “trip.charger” is already at base/checklist.yaml:19:11",
        "over1/over.yaml:6:137: no question asks for the fact “x”",
    ]


def test_guidance_cannot_be_replaced(tmp_path: Path) -> None:
    """Its index proves what the items cite; an overlay cites a page of its own."""
    text = "guidance: [{id: page, title: T, publisher: P}]"
    assert faults_over(tmp_path, text) == [
        "over1/over.yaml:2:17: “page” is already at base/guidance.yaml:2:5: take another id"
    ]


def test_an_override_of_nothing_is_a_fault(tmp_path: Path) -> None:
    """The entry below was renamed, or the id is wrong: nothing is replaced."""
    assert faults_over(tmp_path, over("packing", "chargers", ", override: true")) == [
        "over1/over.yaml:2:141: “trip.chargers” overrides nothing: no pack below has it"
    ]


def test_an_overridden_item_can_move_to_another_section(tmp_path: Path) -> None:
    """It stands once, in the new section, with that section's phase."""
    pack = load_over(tmp_path, over("on-the-way", "charger", ", override: true"))
    assert ids(pack) == {"packing": ["clear-files"], "on-the-way": ["know-loss", "charger"]}
    assert pack.checklists[0].sections[1].items[1].phase == "away"


def test_one_pack_does_not_override_its_own_entry(tmp_path: Path) -> None:
    """Whether or not the entry was in a pack below before, twice in one pack is twice."""
    item = ITEM.replace("EXTRA", ", override: true").replace("ID", "charger")
    text = f"checklist: {{id: trip, sections: [{{id: packing, items: [{item}, {item}]}}]}}\n"
    assert faults_over(tmp_path, text) == [
        "over1/over.yaml:2:152: “trip.charger” stands twice in this pack (first at "
        "over1/over.yaml:2:56)"
    ]


def test_entries_that_are_gone_do_not_confuse_those_that_come(tmp_path: Path) -> None:
    """Python gives the identity of a dropped object to a new one; clashes are told all the same."""
    many = [f"i{number}" for number in range(40)]
    first = ", ".join(ITEM.replace("ID", name).replace("EXTRA", "") for name in many)
    again = ", ".join(
        ITEM.replace("ID", name).replace("EXTRA", ", override: true") for name in many
    )
    shape = "checklist: {id: trip, sections: [{id: packing, items: [ITEMS]}]}\n"
    faults = faults_over(
        tmp_path, shape.replace("ITEMS", first), shape.replace("ITEMS", f"{again}, {again}")
    )
    assert len(faults) == len(many)
    assert all("stands twice in this pack (first at over2/" in fault for fault in faults)


class TestShells:
    """The title, phase and condition of checklists and sections."""

    def test_the_last_word_holds(self, tmp_path: Path) -> None:
        """What an overlay does not say stays as it was below."""
        pack = load_over(
            tmp_path,
            "checklist: {id: trip, title: A journey, sections: ["
            "{id: packing, title: Bags}, {id: on-the-way, phase: back}]}\n",
            "checklist: {id: trip, when: {abroad: false}, "
            "sections: [{id: packing, phase: away}]}\n",
        )
        (checklist,) = pack.checklists
        assert checklist.title == "A journey"
        assert checklist.when.truth(lambda _: FactState(True, False)) is True
        assert [(s.title, s.phase) for s in checklist.sections] == [
            ("Bags", "away"),
            ("On the way", "back"),
        ]
        assert [item.phase for s in checklist.sections for item in s.items] == [
            *("away", "away", "back"),
        ]

    def test_an_empty_condition_lifts_the_one_below(self, tmp_path: Path) -> None:
        """`{}` holds always; to leave `when` out keeps the condition."""
        kept = load_over(tmp_path, "checklist: {id: trip}\n").checklists[0].when
        lifted = (
            load.load(
                [write(tmp_path / "lift", {"x": f"{OVER}checklist: {{id: trip, when: {{}}}}\n"})],
                bundled=tmp_path / "base",
            )
            .checklists[0]
            .when
        )
        assert kept.truth(lambda _: FactState(True, None)) is None
        assert lifted.truth(lambda _: FactState(True, None)) is True

    def test_a_null_phase_is_not_given(self, tmp_path: Path) -> None:
        """It takes none away from the section below."""
        pack = load_over(
            tmp_path, "checklist: {id: trip, sections: [{id: packing, phase: null}]}\n"
        )
        assert pack.checklists[0].sections[0].phase == "before"

    def test_a_fault_in_a_condition_is_told_in_the_file_it_stands_in(self, tmp_path: Path) -> None:
        """Not in the file that began the checklist."""
        text = "checklist: {id: trip, when: {x: 1}, sections: [{id: packing, when: {y: 1}}]}\n"
        starts = [
            "over1/over.yaml:2:30: no question asks",
            "over1/over.yaml:2:69: no question asks",
        ]
        for fault, start in zip(faults_over(tmp_path, text, over("packing")), starts, strict=True):
            assert fault.startswith(start)

    def test_a_new_section_needs_a_title_and_its_items_a_phase(self, tmp_path: Path) -> None:
        """An overlay that misspells a section's id finds out."""
        assert faults_over(tmp_path, over("packin", "adapter")) == [
            "over1/over.yaml:2:34: the section “packin” has no title",
            "over1/over.yaml:2:55: no phase: give one to “adapter” or to its section",
        ]


class TestDrop:
    """What an overlay leaves out."""

    def test_leaves_go(self, tmp_path: Path) -> None:
        """Items by their full ids; questions, situations and contacts by theirs."""
        pack = load_over(
            tmp_path,
            "drop: [trip.charger, country, trip.know-loss, loss]\n"
            "contacts: [{id: far-desk, name: Far, note: Ask., cites: [leaflet]}]\n",
            "drop: [far-desk]\n",
        )
        assert ids(pack) == {"packing": ["clear-files"], "on-the-way": []}
        assert "country" not in pack.questions
        assert list(pack.situations) == ["unsure"]
        assert list(pack.contacts) == ["desk"]

    def test_what_is_dropped_can_come_again_in_the_same_pack(self, tmp_path: Path) -> None:
        """It is new then, and needs no override."""
        pack = load_over(tmp_path, "drop: [trip.charger]\n" + over("on-the-way", "charger"))
        assert ids(pack)["on-the-way"] == ["know-loss", "charger"]

    @pytest.mark.parametrize(
        ("name", "rest"),
        [
            ("trip.chargers", " (did you mean trip.charger?)"),
            ("charger", " (did you mean trip.charger?)"),
            ("contry", " (did you mean country?)"),
            ("trip.packing", ""),
            ("page", ""),
            ("nights", ""),
        ],
    )
    def test_nothing_of_that_name(self, tmp_path: Path, name: str, rest: str) -> None:
        """A drop that drops nothing is a fault: what should be gone would still be there."""
        (fault,) = faults_over(tmp_path, f"drop: [{name}]\n")
        assert fault.startswith(f"over1/over.yaml:2:8: there is no “{name}” to drop")
        assert fault.endswith(rest)

    def test_two_packs_may_drop_the_same(self, tmp_path: Path) -> None:
        """Both want it out: neither need know of the other."""
        pack = load_over(tmp_path, *["drop: [trip.charger]\n"] * 2)
        assert ids(pack)["packing"] == ["clear-files"]

    def test_a_checklist_is_not_dropped_whole(self, tmp_path: Path) -> None:
        """The message says what is."""
        (fault,) = faults_over(tmp_path, "drop: [trip]\n")
        assert fault.endswith("“trip” is a checklist: drop its items, one by one")

    def test_a_name_that_two_things_have(self, tmp_path: Path) -> None:
        """None of them goes, and the fault says why."""
        two = "questions: [{id: desk, ask: Which desk?, type: text}]\n"
        assert faults_over(tmp_path, two, "drop: [desk]\n") == [
            "over2/over.yaml:2:8: “desk” is the id of 2 things: none is dropped"
        ]

    def test_the_bottom_pack_drops_nothing(self, tmp_path: Path) -> None:
        """There is nothing below it."""
        folder = base(tmp_path, "pack", "pack:\n", "drop: [trip.charger]\npack:\n")
        assert faults_of(folder) == [
            "base/pack.yaml:1:8: only a pack on top of another may drop something"
        ]

    def test_what_others_refer_to_is_told_where_it_is_dropped(self, tmp_path: Path) -> None:
        """The packs below are not the user's own: the fault is in the line that drops."""
        rest = "override what stands there, or do not drop it"
        assert faults_over(tmp_path, "drop: [desk, loss, departs, country]\n") == [
            f"over1/over.yaml:2:8: “desk” is still needed at base/guidance.yaml:5:10: {rest}",
            f"over1/over.yaml:2:14: “loss” is still needed at base/checklist.yaml:32:22: {rest}",
            f"over1/over.yaml:2:20: “departs” is still needed at base/checklist.yaml:12:15: {rest}",
        ]

    def test_of_many_places_the_first_are_told(self, tmp_path: Path) -> None:
        """One fault for one id, however many refer to it, in whichever way and pack."""
        drop = "drop: [abroad, manager]\n"
        contact = (
            "contacts: [{id: boss, name: Boss, people: manager, note: $abroad, cites: [leaflet], "
            "when: {abroad: true}}]\n"
        )
        rest = "override what stands there, or do not drop it"
        assert faults_over(tmp_path, contact, drop) == [
            "over2/over.yaml:2:8: “abroad” is still needed at base/questions.yaml:13:12, "
            f"base/checklist.yaml:4:10, base/situations.yaml:6:16 and 1 more: {rest}",
            "over2/over.yaml:2:16: “manager” is still needed at over1/over.yaml:2:43: " + rest,
        ]

    def test_every_drop_behind_a_derived_fact_is_told(self, tmp_path: Path) -> None:
        """The nights need both dates."""
        place = "is still needed at base/checklist.yaml:12:15: "
        starts = [
            f"over1/over.yaml:2:8: “departs” {place}",
            f"over1/over.yaml:2:17: “returns” {place}",
        ]
        faults = faults_over(tmp_path, "drop: [departs, returns]\n")
        for fault, start in zip(faults, starts, strict=True):
            assert fault.startswith(start)

    def test_what_comes_again_is_not_missed(self, tmp_path: Path) -> None:
        """In the pack that drops it, or in one on top of that."""
        desk = "contacts: [{id: desk, name: D, note: N, cites: [leaflet]}]\n"
        pack = load_over(tmp_path, "drop: [desk, unsure]\n" + desk, SITUATION)
        assert (pack.contacts["desk"].name, pack.situations["unsure"].title) == ("D", "Hm")


def test_two_packs_do_not_share_an_id(tmp_path: Path) -> None:
    """A report names the packs it was made with by their ids."""
    folder = base(tmp_path)
    twin = write(tmp_path / "twin", {"over": OVER.replace("id: over", "id: base")})
    assert faults_of(folder, twin) == [
        "twin/over.yaml:1:12: “base” is already the id of the pack at base/pack.yaml:2:3"
    ]


class TestDigest:
    """The digest of a pack's content: the same for the same content, however it is written."""

    def digest(self, folder: Path) -> str:
        return load.load(bundled=folder).sources[0].digest

    def test_comments_quotes_layout_and_file_names_do_not_count(self, tmp_path: Path) -> None:
        """Nor does the order of the files, or of the keys of a mapping."""
        parts = dict(reversed(BASE.items()))
        other = write(tmp_path / "other", {f"z{i}": text for i, text in enumerate(parts.values())})
        (other / "z1.yaml").write_text(
            parts["contacts"].replace("tel: 020 7946 0000", "tel: >-\n      020\n      7946 0000")
        )
        (other / "z3.yaml").write_text(
            parts["checklist"]
            .replace("when: {abroad: true}", "when:\n    'abroad':\n      - true # yes")
            .replace(
                "        - id: charger\n          label: Pack a charger\n",
                '        - label: "Pack a charger"\n          id: charger\n',
            )
        )
        texts = {file.name: file.read_text() for file in other.iterdir()}
        assert texts["z3.yaml"] != BASE["checklist"]
        assert texts["z1.yaml"] != BASE["contacts"]
        assert self.digest(other) == self.digest(base(tmp_path))

    def test_a_checklist_in_two_files_has_one_digest(self, tmp_path: Path) -> None:
        """Whichever of the files comes first."""
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
    def test_any_change_of_the_content_counts(
        self, tmp_path: Path, file: str, old: str, new: str
    ) -> None:
        """A word, a level, a condition, an order of choices."""
        before = self.digest(write(tmp_path / "before", BASE))
        assert self.digest(base(tmp_path, file, old, new)) != before

    def test_the_keys_of_a_condition_have_no_order(self, tmp_path: Path) -> None:
        """Every one of them must hold, whichever stands first."""
        digests = set()
        for number, when in enumerate(["{abroad: true, count: 2}", "{count: [2], abroad: true}"]):
            (tmp_path / str(number)).mkdir()
            old = "{devices: [laptop, phone]}"
            digests.add(self.digest(base(tmp_path / str(number), "checklist", old, when)))
        assert len(digests) == 1

    def test_bounds_of_a_range_count(self, tmp_path: Path) -> None:
        """Which bound it is, and what it is."""
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
        """Two overlays that drop different things are different packs."""
        digests = set()
        for name in ("trip.charger", "country"):
            (tmp_path / name).mkdir()
            digests.add(load_over(tmp_path / name, f"drop: [{name}]\n").sources[1].digest)
        assert len(digests) == 2


INSTEAD = OVER.replace("}", ", not_covered_instead_of: [NAMES]}")


def not_covered(pack: Pack) -> tuple[str, ...]:
    """Return what the packs do not cover of a trip of which nothing is known."""
    return pack.not_covered(Facts(pack, {}, datetime.date(2026, 11, 24)).state)


def test_a_pack_says_what_is_not_covered_in_place_of_those_below(tmp_path: Path) -> None:
    """Else every report would go on saying that nothing covers what this pack covers."""
    bottom = base(tmp_path)
    folder = write(tmp_path / "over", {"over": INSTEAD.replace("NAMES", "base")})
    assert not_covered(load.load(bundled=bottom)) == ("All else.",)
    assert not_covered(load.load([folder], bundled=bottom)) == ("Little.",)


@pytest.mark.parametrize("name", ["over", "bas"])
def test_a_pack_replaces_only_packs_below(tmp_path: Path, name: str) -> None:
    """Itself is none of them; a near miss is told."""
    folder = write(tmp_path / "over", {"over": INSTEAD.replace("NAMES", name)})
    with pytest.raises(InputError, match=f"“{name}” is no pack below this one .allowed: base"):
        load.load([folder], bundled=base(tmp_path))
