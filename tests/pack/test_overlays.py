"""Packs on top of one another: what merges, what replaces, what is dropped, what clashes."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.pack.packs import OVER, base, faults_of, faults_over, load_over, write
from travelsec.conditions import FactState
from travelsec.pack import load
from travelsec.pack.model import Contact, Item, Pack, Question
from travelsec.trip.answers import item_names

ITEM = "{id: ID, label: New, do: Do it anew., level: must, cites: [leaflet]EXTRA}"


SITUATION = "situations: [{id: unsure, title: Hm, steps: [{do: Ask., cites: [leaflet]}]}]\n"


def over(section: str, item: str = "", extra: str = "", *, fields: str = "") -> str:
    """Return an overlay's checklist with one section, and in it one item or none."""
    items = ITEM.replace("ID", item).replace("EXTRA", extra) if item else ""
    return f"checklist: {{id: trip, sections: [{{id: {section}{fields}, items: [{items}]}}]}}\n"


def ids(pack: Pack) -> dict[str, list[str]]:
    """Return the ids of the items of the first checklist, by section."""
    return {one.id: [item.id for item in one.items] for one in pack.checklists[0].sections}


def entries(pack: Pack) -> dict[str, Question | Item | Contact]:
    """Return the entries with citations of their own, by id."""
    items = {name: item for name, *_, item in pack.items()}
    return {**pack.questions, **pack.contacts, **items}


def test_an_overlay_adds_to_a_checklist_and_to_a_section(tmp_path: Path) -> None:
    """At the end, with the phase of the section."""
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


def test_an_overlay_can_bring_its_own_checklist(tmp_path: Path) -> None:
    """Its items may have the ids of items in other checklists."""
    pack = load_over(
        tmp_path,
        over("s", "charger", fields=", title: S, phase: away").replace("trip", "x, title: X"),
    )
    assert {"trip.charger", "x.charger"} <= set(item_names(pack))


def test_an_override_replaces_the_whole_entry(tmp_path: Path) -> None:
    """At its place; no field of the old entry is kept."""
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
def test_replacing_an_entry_needs_override(
    tmp_path: Path, text: str, column: int, name: str, place: str
) -> None:
    """Otherwise an overlay could hide a duty by accident."""
    assert faults_over(tmp_path, text) == [
        f"over1/over.yaml:2:{column}: “{name}” is already at base/{place}: write “override: true” "
        "to replace it, or take another id"
    ]


def test_a_clash_causes_no_other_fault(tmp_path: Path) -> None:
    """It is unclear which of the two entries a reference means."""
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
        "over1/over.yaml:8:17: “leaflet” is already at base/guidance.yaml:13:5",
        "over1/over.yaml:11:64: “trip.charger” is already at base/checklist.yaml:19:11",
    ]


def test_a_clashing_entry_is_still_checked(tmp_path: Path) -> None:
    """Its own faults are reported in the same run."""
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
        "over1/over.yaml:5:17: “page” is already at base/guidance.yaml:2:5",
        "over1/over.yaml:5:52: there is no contact “x”",
        "over1/over.yaml:6:61: “trip.charger” is already at base/checklist.yaml:19:11",
        "over1/over.yaml:6:137: no question asks for the fact “x”",
    ]


def test_a_page_is_replaced_by_its_newer_index(tmp_path: Path) -> None:
    """What items cite must be in it too, and it must say that it replaces the other."""
    text = (
        "guidance: [{id: page, %stitle: New, publisher: P, sections: [{id: general, title: G, "
        "statements: [{id: remove-files, kind: duty, fingerprint: '1123456789abcdef'}]}]}]\n"
    )
    assert faults_over(tmp_path, text % "")[0] == (
        "over1/over.yaml:2:17: “page” is already at base/guidance.yaml:2:5: write "
        "“override: true” to replace it, or take another id"
    )
    (tmp_path / "short").mkdir()
    faults = faults_over(tmp_path / "short", text % "override: true, ")
    assert faults
    assert all("no guidance has the statement “page/general/" in fault for fault in faults)
    whole = text.replace(
        "]}]}]",
        ", {id: take-charger, kind: duty, fingerprint: '2123456789abcdef'}, {id: call-desk, "
        "kind: contact, fingerprint: '3123456789abcdef'}]}]}]",
    )
    (tmp_path / "whole").mkdir()
    assert load_over(tmp_path / "whole", whole % "override: true, ").guidance["page"].title == "New"


def test_an_override_of_nothing_is_a_fault(tmp_path: Path) -> None:
    """The entry below was renamed, or the id is wrong."""
    assert faults_over(tmp_path, over("packing", "chargers", ", override: true")) == [
        "over1/over.yaml:2:141: “trip.chargers” overrides nothing: no pack below has it"
    ]


def test_an_overridden_item_can_move_to_another_section(tmp_path: Path) -> None:
    """It takes the phase of its new section."""
    pack = load_over(tmp_path, over("on-the-way", "charger", ", override: true"))
    assert ids(pack) == {"packing": ["clear-files"], "on-the-way": ["know-loss", "charger"]}
    assert pack.checklists[0].sections[1].items[1].phase == "away"


def test_a_pack_cannot_override_its_own_entry(tmp_path: Path) -> None:
    """An id twice in one pack is a fault, even if a pack below has it too."""
    item = ITEM.replace("EXTRA", ", override: true").replace("ID", "charger")
    text = f"checklist: {{id: trip, sections: [{{id: packing, items: [{item}, {item}]}}]}}\n"
    assert faults_over(tmp_path, text) == [
        "over1/over.yaml:2:152: “trip.charger” appears twice in this pack (first at "
        "over1/over.yaml:2:56)"
    ]


def test_clashes_do_not_depend_on_object_identity(tmp_path: Path) -> None:
    """Python may give the identity of a dropped entry to a new one."""
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
    assert all("appears twice in this pack (first at over2/" in fault for fault in faults)


class TestShells:
    """The titles, phases and conditions of checklists and sections."""

    def test_the_last_pack_that_gives_a_field_wins(self, tmp_path: Path) -> None:
        """A field that an overlay leaves out stays as it was."""
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

    def test_an_empty_condition_removes_the_one_below(self, tmp_path: Path) -> None:
        """`{}` is always true; leaving `when` out keeps the condition."""
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

    def test_a_null_phase_changes_nothing(self, tmp_path: Path) -> None:
        """The section keeps the phase of the pack below."""
        pack = load_over(
            tmp_path, "checklist: {id: trip, sections: [{id: packing, phase: null}]}\n"
        )
        assert pack.checklists[0].sections[0].phase == "before"

    def test_a_fault_in_a_condition_names_the_file_it_is_in(self, tmp_path: Path) -> None:
        """Not the file that began the checklist."""
        text = "checklist: {id: trip, when: {x: 1}, sections: [{id: packing, when: {y: 1}}]}\n"
        starts = [
            "over1/over.yaml:2:30: no question asks",
            "over1/over.yaml:2:69: no question asks",
        ]
        for fault, start in zip(faults_over(tmp_path, text, over("packing")), starts, strict=True):
            assert fault.startswith(start)

    def test_a_new_section_needs_a_title_and_its_items_a_phase(self, tmp_path: Path) -> None:
        """So a misspelt section id is noticed."""
        assert faults_over(tmp_path, over("packin", "adapter")) == [
            "over1/over.yaml:2:34: the section “packin” has no title",
            "over1/over.yaml:2:55: no phase: give one to “adapter” or to its section",
        ]


class TestDrop:
    """What an overlay drops."""

    def test_items_questions_situations_and_contacts_can_be_dropped(self, tmp_path: Path) -> None:
        """Items by their full ids."""
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

    def test_a_dropped_id_can_be_used_again_in_the_same_pack(self, tmp_path: Path) -> None:
        """The new entry needs no override."""
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
    def test_dropping_an_unknown_id_is_a_fault(self, tmp_path: Path, name: str, rest: str) -> None:
        """Otherwise the entry that was meant would stay."""
        (fault,) = faults_over(tmp_path, f"drop: [{name}]\n")
        assert fault.startswith(f"over1/over.yaml:2:8: there is no “{name}” to drop")
        assert fault.endswith(rest)

    def test_two_packs_may_drop_the_same_item(self, tmp_path: Path) -> None:
        """Neither needs to know of the other."""
        pack = load_over(tmp_path, *["drop: [trip.charger]\n"] * 2)
        assert ids(pack)["packing"] == ["clear-files"]

    def test_a_checklist_cannot_be_dropped_whole(self, tmp_path: Path) -> None:
        """The message says how to drop it."""
        (fault,) = faults_over(tmp_path, "drop: [trip]\n")
        assert fault.endswith("“trip” is a checklist: drop its items, one by one")

    def test_an_id_of_two_entries_drops_neither(self, tmp_path: Path) -> None:
        """The message says why."""
        two = "questions: [{id: desk, ask: Which desk?, type: text}]\n"
        assert faults_over(tmp_path, two, "drop: [desk]\n") == [
            "over2/over.yaml:2:8: “desk” is the id of 2 entries: neither is dropped"
        ]

    def test_the_bottom_pack_cannot_drop_anything(self, tmp_path: Path) -> None:
        """There is nothing below it."""
        folder = base(tmp_path, "pack", "pack:\n", "drop: [trip.charger]\npack:\n")
        assert faults_of(folder) == [
            "base/pack.yaml:1:8: only a pack on top of another may drop something"
        ]

    def test_dropping_what_is_still_needed_is_a_fault_of_the_drop(self, tmp_path: Path) -> None:
        """The packs below belong to somebody else."""
        rest = "override the entry there, or do not drop it"
        assert faults_over(tmp_path, "drop: [desk, loss, departs, country]\n") == [
            f"over1/over.yaml:2:8: “desk” is still needed at base/guidance.yaml:5:10: {rest}",
            f"over1/over.yaml:2:14: “loss” is still needed at base/checklist.yaml:32:22: {rest}",
            f"over1/over.yaml:2:20: “departs” is still needed at base/checklist.yaml:12:15: {rest}",
        ]

    def test_only_the_first_places_that_need_it_are_named(self, tmp_path: Path) -> None:
        """One fault for each id, however many entries refer to it."""
        drop = "drop: [abroad, manager]\n"
        contact = (
            "contacts: [{id: boss, name: Boss, people: manager, note: $abroad, cites: [leaflet], "
            "when: {abroad: true}}]\n"
        )
        rest = "override the entry there, or do not drop it"
        assert faults_over(tmp_path, contact, drop) == [
            "over2/over.yaml:2:8: “abroad” is still needed at base/questions.yaml:13:12, "
            f"base/checklist.yaml:4:10, base/situations.yaml:6:16 and 1 more: {rest}",
            "over2/over.yaml:2:16: “manager” is still needed at over1/over.yaml:2:43: " + rest,
        ]

    def test_dropping_any_source_of_a_derived_fact_is_a_fault(self, tmp_path: Path) -> None:
        """The number of nights needs both dates."""
        place = "is still needed at base/checklist.yaml:12:15: "
        starts = [
            f"over1/over.yaml:2:8: “departs” {place}",
            f"over1/over.yaml:2:17: “returns” {place}",
        ]
        faults = faults_over(tmp_path, "drop: [departs, returns]\n")
        for fault, start in zip(faults, starts, strict=True):
            assert fault.startswith(start)

    def test_a_dropped_entry_that_is_replaced_is_not_missed(self, tmp_path: Path) -> None:
        """By the pack that drops it, or by one on top."""
        desk = "contacts: [{id: desk, name: D, note: N, cites: [leaflet]}]\n"
        pack = load_over(tmp_path, "drop: [desk, unsure]\n" + desk, SITUATION)
        assert (pack.contacts["desk"].name, pack.situations["unsure"].title) == ("D", "Hm")


class TestAlsoCites:
    """What an overlay lets entries of packs below cite besides."""

    @pytest.mark.parametrize(
        ("name", "before"),
        [
            ("trip.clear-files", ("page/general/remove-files",)),
            ("country", ()),
            ("desk", ("page/general/call-desk",)),
        ],
    )
    def test_an_entry_cites_more_and_stays_as_it_is(
        self, tmp_path: Path, name: str, before: tuple[str, ...]
    ) -> None:
        """At its place; two packs may add to the same one."""
        above = load_over(
            tmp_path,
            f"also_cites: [{{id: {name}, cites: [leaflet]}}]\n",
            f"also_cites: [{{id: {name}, cites: [page/general/take-charger]}}]\n",
        )
        below = load.load(bundled=tmp_path / "base")
        entry = entries(above)[name]
        assert entry.cites == (*before, "leaflet", "page/general/take-charger")
        assert list(entries(above)) == list(entries(below))
        assert {**entries(above), name: replace(entry, cites=before)} == entries(below)

    def test_an_overlay_on_top_replaces_these_citations_too(self, tmp_path: Path) -> None:
        """It replaces the whole entry."""
        text = "also_cites: [{id: desk, cites: [leaflet]}]\n"
        desk = "contacts: [{id: desk, name: D, note: N, override: true, cites: [leaflet]}]\n"
        assert load_over(tmp_path, text, desk).contacts["desk"].cites == ("leaflet",)

    @pytest.mark.parametrize(
        ("entry", "fault"),
        [
            (
                "{id: trip.charge, cites: [leaflet]}",
                "19: there is no “trip.charge” to add citations to (allowed: abroad, devices, "
                "country, departs, returns, count, manager, desk, trip.clear-files, trip.charger, "
                "trip.know-loss; did you mean trip.charger?)",
            ),
            (
                "{id: loss, cites: [leaflet]}",
                "19: “loss” is a situation, and only its steps cite: override it",
            ),
            (
                "{id: desk, cites: []}",
                "32: cites: the list is empty: at least one is needed",
            ),
            ("{id: desk}", "14: the field “cites” is missing"),
            (
                "{id: desk, cites: [leaflet], tel: 1}",
                "43: unknown field “tel” (allowed: id, cites)",
            ),
            (
                "{id: desk, cites: [leaflets]}",
                "33: no guidance has the statement “leaflets” (allowed: page/general/remove-files, "
                "page/general/take-charger, page/general/call-desk, leaflet; "
                "did you mean leaflet?)",
            ),
            (
                "{id: desk, cites: [leaflet]}, {id: desk, cites: [leaflet]}",
                "49: “desk” appears twice in this pack (first at over1/over.yaml:2:19)",
            ),
        ],
    )
    def test_a_mistake_is_told_at_its_place(self, tmp_path: Path, entry: str, fault: str) -> None:
        """An unknown id, nothing to add, another field, an unknown statement."""
        found = faults_over(tmp_path, f"also_cites: [{entry}]\n")
        assert found == [f"over1/over.yaml:2:{fault}"]

    @pytest.mark.parametrize("extra", [", override: true", ""])
    def test_what_the_pack_has_itself_is_not_added_to(self, tmp_path: Path, extra: str) -> None:
        """Whether it replaces an entry or is new, it can cite all of that itself."""
        name = "desk" if extra else "far"
        text = (
            f"contacts: [{{id: {name}, name: D, note: N, cites: [leaflet]{extra}}}]\n"
            f"also_cites: [{{id: {name}, cites: [leaflet]}}]\n"
        )
        assert faults_over(tmp_path, text) == [
            f"over1/over.yaml:3:19: “{name}” is in this pack itself: add the citations there"
        ]

    @pytest.mark.parametrize("in_one", [True, False])
    def test_what_is_dropped_is_not_added_to(self, tmp_path: Path, in_one: bool) -> None:
        """By the same pack, or by one below."""
        drop = "drop: [trip.charger]\n"
        added = "also_cites: [{id: trip.charger, cites: [nowhere]}]\n"
        place = "over1/over.yaml:3" if in_one else "over2/over.yaml:2"
        told, cited = faults_over(tmp_path, *([drop + added] if in_one else [drop, added]))
        assert told == (
            f"{place}:19: “trip.charger” is dropped at over1/over.yaml:2:8: leave out one of the "
            "two"
        )
        assert cited.startswith(f"{place}:41: no guidance has the statement “nowhere”")

    def test_an_id_of_two_entries_adds_to_neither(self, tmp_path: Path) -> None:
        """The message says why."""
        two = "questions: [{id: desk, ask: Which desk?, type: text}]\n"
        assert faults_over(tmp_path, two, "also_cites: [{id: desk, cites: [leaflet]}]\n") == [
            "over2/over.yaml:2:19: “desk” is the id of 2 entries: neither gets the citations"
        ]

    def test_the_bottom_pack_cannot_add_any(self, tmp_path: Path) -> None:
        """There is nothing below it."""
        added = "also_cites: [{id: desk, cites: [leaflet]}]\npack:\n"
        assert faults_of(base(tmp_path, "pack", "pack:\n", added)) == [
            "base/pack.yaml:1:19: only a pack on top of another may add citations"
        ]

    def test_an_entry_that_could_not_be_read_may_be_meant(self, tmp_path: Path) -> None:
        """Only its own fault is told."""
        text = "contacts: [{id: far, name: Far, tel: []}]\n"
        faults = faults_over(tmp_path, text, "also_cites: [{id: far, cites: [leaflet]}]\n")
        assert faults
        assert all(fault.startswith("over1/") for fault in faults)
