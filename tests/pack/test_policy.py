"""A made-up pack of a travel policy: who gets which items, in which order and by when."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from tests.cli.command import Outcome, run
from travelsec.guidance.page import index
from travelsec.pack.load import load
from travelsec.pack.model import Pack
from travelsec.question_types import Value
from travelsec.report.build import build
from travelsec.report.outline import in_order
from travelsec.trip.facts import Facts
from travelsec.trip.selection import Selected, select

POLICY = Path(__file__).parent / "policy"
PACK = ("--pack", str(POLICY))
# A Monday, four weeks and 20 working days later.
DEPARTS = datetime.date(2026, 12, 21)
EARLY = datetime.date(2026, 11, 23)

HOME: dict[str, Value] = {"abroad": False, "devices": ("laptop",)}
ABROAD: dict[str, Value] = {
    "abroad": True,
    "devices": ("laptop", "phone"),
    "departs": DEPARTS,
    "returns": datetime.date(2026, 12, 23),
}
PLAIN: dict[str, Value] = {
    **ABROAD,
    "clearance": "baseline",
    "stays_in": (),
    "passes_through": (),
    "roaming": False,
}
BRIDGES: dict[str, Value] = {"business_area": "bridges", "grade": "up-to-7"}
RIVERS: dict[str, Value] = {"business_area": "rivers", "grade": "6-or-above"}
INSPECTORATE: dict[str, Value] = {"business_area": "inspectorate"}
ELSEWHERE: dict[str, Value] = {"business_area": "elsewhere", "grade": "up-to-7"}

EVERYBODY = {"know-rerouted"}
NO_STAY = {"tell-manager"}
LISTED = {"briefing", "sealed-card", "know-approached"}
LOANS = {"loan-devices", "know-loan-inspected", "hand-back"}
STAY = {"embassy", "debrief"}
SPECIAL_WATCH = {"private-office"}
BRIDGES_STEPS = {"bridges-chief-engineer", "bridges-deputy-director", "bridges-book"}
RIVERS_STEPS = {"rivers-director", "rivers-data-protection", "rivers-book"}
INSPECTORATE_STEPS = {"inspectorate-chief-inspector", "inspectorate-book"}
ELSEWHERE_STEPS = {"elsewhere-deputy-director", "elsewhere-book"}

# Each gets these items of the policy, and none of its others.
TRAVELLERS: list[tuple[str, dict[str, Value], set[str]]] = [
    ("at home", HOME, set()),
    ("Bridges, nothing special", PLAIN | BRIDGES, EVERYBODY | NO_STAY | BRIDGES_STEPS),
    (
        "Bridges, a higher grade",
        PLAIN | BRIDGES | {"grade": "6-or-above"},
        EVERYBODY | NO_STAY | (BRIDGES_STEPS - {"bridges-deputy-director"}) | {"bridges-director"},
    ),
    (
        "Rivers, DV, changes planes in Dravia",
        PLAIN | RIVERS | {"clearance": "dv", "passes_through": ("dravia",), "roaming": True},
        EVERYBODY
        | NO_STAY
        | RIVERS_STEPS
        | LISTED
        | LOANS
        | SPECIAL_WATCH
        | {"tell-personnel-security", "interview", "request-roaming", "roaming-off"},
    ),
    (
        "Rivers, DV, no listed country",
        PLAIN | RIVERS | {"clearance": "dv"},
        EVERYBODY | NO_STAY | RIVERS_STEPS | {"tell-personnel-security"},
    ),
    (
        "the Inspectorate, SC, stays in Belmora",
        PLAIN | INSPECTORATE | {"clearance": "sc", "stays_in": ("belmora",), "roaming": True},
        EVERYBODY
        | INSPECTORATE_STEPS
        | LISTED
        | LOANS
        | STAY
        | {"tell-personnel-security", "request-roaming"},
    ),
    (
        "elsewhere, stays in Estmark by way of Arvania, with papers only",
        PLAIN
        | ELSEWHERE
        | {"devices": (), "papers": True, "stays_in": ("estmark",), "passes_through": ("arvania",)},
        EVERYBODY | ELSEWHERE_STEPS | LISTED | STAY | SPECIAL_WATCH,
    ),
    (
        "elsewhere, countries not yet known",
        {k: v for k, v in (PLAIN | ELSEWHERE).items() if k not in ("stays_in", "passes_through")},
        EVERYBODY | ELSEWHERE_STEPS | LISTED | LOANS | STAY | SPECIAL_WATCH | NO_STAY,
    ),
]


@pytest.fixture(scope="module")
def pack() -> Pack:
    """Return the policy on top of the bundled pack."""
    return load([POLICY])


def policy(pack: Pack, answers: dict[str, Value], today: datetime.date = EARLY) -> list[Selected]:
    """Return the policy's items for a trip."""
    items = select(pack, Facts(pack, answers, today))
    return [one for one in items if one.checklist.id == "official-travel"]


def names(items: list[Selected]) -> list[str]:
    """Return the ids within the checklist."""
    return [one.item.id for one in items]


def test_it_has_no_error_and_no_warning(tmp_path: Path) -> None:
    """And its items cover every duty of its page."""
    done = run("checklist", "validate", str(POLICY), folder=tmp_path)
    assert (done.code, done.out) == (0, "")
    assert done.err.startswith("0 errors, 0 warnings in ")
    assert run("checklist", "coverage", *PACK, folder=tmp_path).code == 0


def test_its_index_fits_its_page(pack: Pack) -> None:
    """The ids and kinds are curated, the fingerprints come from `guidance index`."""
    text = (POLICY / "guidance" / "official-travel-abroad.md").read_text(encoding="utf-8")
    stored = pack.guidance["official-travel-abroad"]
    assert [[one.fingerprint for one in section.statements] for section in stored.sections] == [
        [one.fingerprint for one in section.statements] for section in index(text).sections
    ]


@pytest.mark.parametrize(
    ("answers", "expected"),
    [(answers, expected) for _, answers, expected in TRAVELLERS],
    ids=[name for name, _, _ in TRAVELLERS],
)
def test_answers_decide_which_items_apply(
    pack: Pack, answers: dict[str, Value], expected: set[str]
) -> None:
    """These items of the policy, and no others."""
    assert set(names(policy(pack, answers))) == expected


def test_every_item_applies_to_somebody(pack: Pack) -> None:
    """And to everybody who only said that they go abroad."""
    known = {
        item.id
        for checklist in pack.checklists
        if checklist.id == "official-travel"
        for section in checklist.sections
        for item in section.items
    }
    assert set(names(policy(pack, {"abroad": True}))) == known
    told = set.union(*(expected for _, _, expected in TRAVELLERS))
    assert known - told == {
        *("short-notice", "rivers-deputy-director", "elsewhere-director"),
    }


@pytest.mark.parametrize("country", ["arvania", "belmora", "corvinia", "dravia", "estmark"])
def test_transit_through_a_listed_country_counts(pack: Pack, country: str) -> None:
    """As a stay does, but for the embassy and the debrief."""
    through = set(names(policy(pack, PLAIN | ELSEWHERE | {"passes_through": (country,)})))
    stay = set(names(policy(pack, PLAIN | ELSEWHERE | {"stays_in": (country,)})))
    assert through >= LISTED | LOANS
    assert stay - through == STAY
    assert ("private-office" in through) is (country in ("arvania", "dravia"))


def test_both_lists_of_countries_are_the_same(pack: Pack) -> None:
    """A country missing from one of them would be forgotten in transit."""
    assert pack.questions["stays_in"].choices == pack.questions["passes_through"].choices


@pytest.mark.parametrize(
    ("area", "steps"),
    [
        (
            BRIDGES,
            [
                ("bridges-chief-engineer", "2026-11-23"),
                ("bridges-deputy-director", "2026-11-30"),
                ("bridges-book", "2026-12-07"),
            ],
        ),
        (
            RIVERS,
            [
                ("rivers-director", "2026-11-30"),
                ("rivers-data-protection", "2026-12-03"),
                ("rivers-book", "2026-12-07"),
            ],
        ),
        (
            INSPECTORATE,
            [("inspectorate-chief-inspector", "2026-11-30"), ("inspectorate-book", "2026-12-07")],
        ),
    ],
)
@pytest.mark.parametrize("today", [EARLY, DEPARTS - datetime.timedelta(3)])
def test_the_report_lists_the_steps_in_order(
    pack: Pack, area: dict[str, Value], steps: list[tuple[str, str]], today: datetime.date
) -> None:
    """Even when all their days have passed."""
    answers = PLAIN | area | {"asked_in_time": True}
    report = build(
        Facts(pack, answers, today),
        {},
        how={},
        created=datetime.datetime(2026, 11, 23, tzinfo=datetime.UTC),
    )
    found = [
        (item.id.removeprefix("official-travel."), str(item.due))
        for item in in_order(report.items, today)
        if item.section == area["business_area"]
    ]
    assert found == steps


def test_without_dates_the_steps_keep_their_order(pack: Pack) -> None:
    """They stay in the order in which they are written."""
    undated = {k: v for k, v in (PLAIN | RIVERS).items() if k not in ("departs", "returns")}
    found = [one for one in policy(pack, undated) if one.section.id == "rivers"]
    assert names(found) == ["rivers-director", "rivers-data-protection", "rivers-book"]
    assert all(one.due is None for one in found)


@pytest.mark.parametrize(
    ("days_before", "asked_in_time", "shown"),
    [
        # Fifteen working days before it is still in time; the next day it is not.
        (21, None, False),
        (20, None, True),
        (20, False, True),
        (20, True, False),
        (0, False, True),
        # An answer that is left from later does not count while there is time.
        (21, False, False),
    ],
)
def test_short_notice_applies_below_fifteen_working_days(
    pack: Pack, days_before: int, asked_in_time: bool | None, shown: bool
) -> None:
    """But not to people who asked in time."""
    answers = PLAIN | BRIDGES
    if asked_in_time is not None:
        answers |= {"asked_in_time": asked_in_time}
    found = names(policy(pack, answers, DEPARTS - datetime.timedelta(days_before)))
    assert ("short-notice" in found) is shown


def prepared(folder: Path, **facts: str) -> Outcome:
    """Write the report of a trip, and return what the command left behind."""
    given = {
        **{"abroad": "true", "devices": "laptop", "departs": "2026-12-21"},
        **{"returns": "2026-12-23", "business_area": "rivers", "grade": "up-to-7"},
        **facts,
    }
    settings = [text for name, value in given.items() for text in ("--set", f"{name}={value}")]
    return run(
        *("prepare", "--no-input", *settings, *PACK, "--today", "2026-12-18"),
        *("--output", "trip.json", "--force"),
        folder=folder,
    )


def debrief(folder: Path, *arguments: str, today: str = "2026-12-24") -> Outcome:
    """Close the trip of the report that `prepared` wrote."""
    return run(
        *("debrief", "trip.json", "--no-input", *PACK, "--today", today, *arguments),
        folder=folder,
    )


def test_the_debrief_is_mandatory_after_a_stay(tmp_path: Path) -> None:
    """The trip cannot be closed without it; the days after Christmas count only from the 29th."""
    prepared(tmp_path, stays_in="belmora", passes_through="none")
    rest = [
        *("--set", "official-travel.hand-back=done"),
        *("--set", "remote-working.file-or-dispose=done"),
    ]
    before = debrief(tmp_path, *rest)
    assert before.code == 1
    assert "[ ] Attend the debrief – no answer yet\n" in before.out
    assert "Suggested by Mon 4 January 2027." in before.out
    late = debrief(tmp_path, *rest, today="2027-01-05")
    assert "[ ] Attend the debrief – no answer yet – do this now\n" in late.out
    after = debrief(tmp_path, *rest, "--set", "official-travel.debrief=done")
    assert after.code == 0
    assert "CLOSED" in after.out


def test_no_debrief_after_transit(tmp_path: Path) -> None:
    """Loan devices go back, and the manager hears of anything unusual."""
    prepared(tmp_path, stays_in="none", passes_through="belmora")
    out = debrief(tmp_path).out
    assert "Attend the debrief" not in out
    assert "Hand the loan devices back" in out
    assert "Tell your manager about anything unusual" in out


def test_incident_shows_the_steps_of_the_policy(tmp_path: Path) -> None:
    """In order, with the policy's own contact."""
    out = run("incident", "approached", *PACK, folder=tmp_path).out
    steps = ["1. End the conversation politely.", "2. Call the Duty Officer"]
    assert [out.index(step) for step in steps] == sorted(out.index(step) for step in steps)
    assert "+44 20 7946 0102" in out


def test_the_html_report_holds_the_approval(tmp_path: Path) -> None:
    """A review with the same packs finds nothing wrong with it."""
    prepared(tmp_path, stays_in="none", passes_through="dravia")
    run("export", "trip.json", *PACK, "--output", "trip.html", folder=tmp_path)
    page = (tmp_path / "trip.html").read_text(encoding="utf-8")
    assert "Get your deputy director’s approval" in page
    out = run("review", "trip.html", *PACK, "--today", "2026-12-18", folder=tmp_path).out
    assert "1 report: 1 not ready." in out
    assert "rivers-and-bridges" not in out
    without = run("review", "trip.html", "--today", "2026-12-18", folder=tmp_path).out
    assert "rivers-and-bridges" in without
