"""A report of other packs than the reviewer's was not checked, whatever it says of itself."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.report import samples
from tests.review.reports import (
    NEW_ITEM,
    OTHER_VERSION,
    as_page,
    codes,
    done,
    judge,
    put,
    read_pack,
    rejudged,
    review,
    sealed,
    told,
    with_items,
    without,
)
from travelsec.pack.load import load
from travelsec.pack.model import Pack
from travelsec.report.model import PackRef, Report
from travelsec.report.read import parse_report
from travelsec.review.model import Reviewed
from travelsec.review.priority import UNCHECKED, Totals, ranked
from travelsec.trip.statuses import Status

Edit = Callable[[Report], Report]
OVERLAY = """
pack: {id: extra, version: '1', title: E, covers: C., not_covered: N.}
checklist:
  id: more
  title: More
  sections:
    - id: all
      title: All
      phase: before
      items:
        - {id: locks, label: Lock the bag, level: must, do: Lock it., cites: [page/carry/bag]}
"""


def packs(change: Callable[[tuple[PackRef, ...]], tuple[PackRef, ...]]) -> Edit:
    return lambda report: put(report, packs=change(report.packs))


def ref(name: str = "small", version: str = "2.1", digest: str = "1" * 64) -> PackRef:
    return PackRef(name, version, digest)


FORGED: dict[str, tuple[Edit, bool | str, str]] = {
    "another version": (
        packs(lambda refs: (put(refs[0], version="2.2"),)),
        *(False, "has the content of 2.1"),
    ),
    "an older version": (
        packs(lambda refs: (put(refs[0], version="1"),)),
        *(False, "has the content of 2.1"),
    ),
    "a version in words": (
        packs(lambda refs: (put(refs[0], version="approved by IT"),)),
        *(False, "names version approved by IT"),
    ),
    "another digest": (
        packs(lambda refs: (put(refs[0], digest="1" * 64),)),
        *("unknown", "whose content differs from yours"),
    ),
    "another version and digest": (
        packs(lambda _: (ref(version="2.2"),)),
        *("unknown", "2.2; yours is 2.1"),
    ),
    "another id": (
        packs(lambda refs: (put(refs[0], id="smalls"),)),
        *(False, "Made without your pack small"),
    ),
    "another pack": (packs(lambda _: (ref("other"),)), False, "which is not among yours"),
    "no packs": (packs(lambda _: ()), False, "Made without your pack small"),
    "an unknown pack more": (
        packs(lambda refs: (*refs, ref("other"))),
        *("unknown", "pack other 2.1, which is not among yours"),
    ),
    "an unknown pack first": (
        packs(lambda refs: (ref("other"), *refs)),
        *("unknown", "which is not among yours"),
    ),
    "a hundred packs more": (
        packs(lambda refs: (*refs, *(ref(f"other-{number}") for number in range(100)))),
        *("unknown", "And 88 more packs"),
    ),
    "its pack twice": (packs(lambda refs: refs * 2), False, "one pack more than once"),
    "its pack again with another digest": (
        packs(lambda refs: (*refs, ref())),
        *(False, "one pack more than once"),
    ),
    "other words": (
        lambda r: put(r, tool=put(r.tool, words=1)),
        *("unknown", "with other wording"),
    ),
    "words of no version": (
        lambda r: put(r, tool=put(r.tool, words=0)),
        *("unknown", "with other wording"),
    ),
    "words to come": (
        lambda r: put(r, tool=put(r.tool, words=999_999)),
        *("unknown", "with other wording"),
    ),
}


def totals_of(*rows: Reviewed) -> Totals:
    totals = Totals()
    for row in rows:
        totals.add(row)
    return totals


@pytest.mark.parametrize("name", FORGED)
def test_a_forged_pack_is_never_good(report: Report, pack: Pack, name: str) -> None:
    """It is counted and ranked apart from what was checked, and a check fails."""
    edit, holds, text = FORGED[name]
    row = ranked(review(sealed(edit(report)), pack))
    assert row.holds == holds
    assert text in " ".join(difference.message for difference in row.differs)
    assert not row.is_good
    totals = totals_of(row)
    assert (totals.ready, totals.ready_with_actions, totals.with_waived) == (0, 0, 0)
    assert (totals.broken, totals.unchecked) == (int(holds is False), int(holds == "unknown"))
    assert not totals.is_good
    assert row.attention <= UNCHECKED


HIDING: dict[str, Edit] = {
    "an item left out": lambda r: without(r, "letter"),
    "an item lowered": lambda r: with_items(r, lambda i: put(i, level="consider"), "letter"),
    "an item of the return": lambda r: with_items(r, lambda i: put(i, phase="back"), "letter"),
    "an item done": lambda r: with_items(r, lambda i: put(i, status="done"), "letter"),
    "a number": lambda r: put(
        r, on_call=(put(r.on_call[0], contacts=("Line: Telephone 0900 1",)),)
    ),
    "nothing": lambda r: r,
}


@pytest.mark.parametrize("hidden", HIDING)
@pytest.mark.parametrize("name", [name for name in FORGED if FORGED[name][1] == "unknown"])
def test_a_forged_pack_hides_no_edit(pack: Pack, name: str, hidden: str) -> None:
    """Whatever was edited under the cover of another pack, none of it is called good."""
    made = samples.make(pack, statuses=done(letter=Status("todo", how="terminal")))
    row = ranked(review(rejudged(FORGED[name][0](HIDING[hidden](made))), pack))
    assert row.holds is not True
    assert not row.is_good
    assert not totals_of(row).is_good
    assert totals_of(row).ready == 0
    if hidden in ("an item left out", "an item lowered", "an item of the return", "nothing"):
        assert row.verdict == "not-ready"


@pytest.mark.parametrize("name", FORGED)
def test_a_page_of_forged_packs_is_never_good(report: Report, pack: Pack, name: str) -> None:
    page = as_page(sealed(FORGED[name][0](report)))
    found = judge(pack).judge("report.html", parse_report(page))
    assert found.holds == FORGED[name][1]
    assert "page-edited" not in codes(found)


# With a pack of one's own over the first


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Pack:
    """Load the small pack under a pack of the reviewer's own."""
    folder = tmp_path_factory.mktemp("packs")
    (folder / "own").mkdir()
    (folder / "own" / "pack.yaml").write_text(OVERLAY.strip(), encoding="utf-8")
    bottom = folder / "bottom"
    read_pack(bottom)
    return load([folder / "own"], bundled=bottom)


@pytest.fixture(scope="module")
def whole(both: Pack) -> Report:
    """Make an honest report of both packs, with the must of one's own open."""
    return samples.make(both, statuses=done())


OWN: dict[str, tuple[Edit, bool | str]] = {
    "the own pack left out": (packs(lambda refs: refs[:1]), "unknown"),
    "the first pack left out": (packs(lambda refs: refs[1:]), False),
    "in another order": (packs(lambda refs: refs[::-1]), "unknown"),
    "the own pack twice": (packs(lambda refs: (*refs, refs[1])), False),
    "the own pack of another version": (
        packs(lambda refs: (refs[0], put(refs[1], version="2"))),
        False,
    ),
    "the own pack of another content": (
        packs(lambda refs: (refs[0], put(refs[1], digest="1" * 64))),
        "unknown",
    ),
    "digests exchanged": (
        packs(
            lambda refs: (
                put(refs[0], digest=refs[1].digest),
                put(refs[1], digest=refs[0].digest),
            )
        ),
        "unknown",
    ),
}


@pytest.mark.parametrize("name", OWN)
@pytest.mark.parametrize("is_dropped", [False, True])
def test_an_own_pack_that_was_left_out_is_not_checked(
    whole: Report, both: Pack, name: str, is_dropped: bool
) -> None:
    """Its must stays open, in the report or not."""
    edit, holds = OWN[name]
    made = edit(whole)
    if is_dropped:
        made = put(made, items=tuple(item for item in made.items if item.id != "more.locks"))
    row = ranked(review(rejudged(made), both))
    assert (row.holds, row.is_good, row.verdict) == (holds, False, "not-ready")
    assert row.open_must == ("more.locks",)
    assert totals_of(row).not_ready == 0


# Honest ones


def test_a_report_of_the_same_packs_holds(whole: Report, both: Pack) -> None:
    found = review(whole, both)
    assert (found.differs, found.holds, found.verdict) == ((), True, "not-ready")


def test_a_colleague_without_the_own_pack_is_not_accused(report: Report, both: Pack) -> None:
    """What the report lacks is open, and no fault of the traveller's."""
    found = review(report, both)
    assert not any(difference.breaks for difference in found.differs)
    assert (found.holds, found.verdict) == ("unknown", "not-ready")
    assert told(found)["other-pack"].message == "Made without your pack extra."
    assert told(found)["not-in-report"].items == ("more.locks",)


def test_a_colleague_with_another_pack_is_not_accused(whole: Report, pack: Pack) -> None:
    found = review(whole, pack)
    assert not any(difference.breaks for difference in found.differs)
    assert (found.holds, told(found)["not-in-packs"].items) == ("unknown", ("more.locks",))


VERSIONS = ("0", "2.0", "2.2", "10", "2026-11", "2.1-draft")


@pytest.mark.parametrize("version", VERSIONS)
def test_a_colleague_with_another_version_is_not_accused(
    report: Report, tmp_path: Path, version: str
) -> None:
    """Older or newer; asking for more or the same; as JSON and as a page."""
    for number, more in enumerate(((), (NEW_ITEM,))):
        mine = read_pack(tmp_path / f"{number}", (OTHER_VERSION[0], f'version: "{version}"'), *more)
        page = judge(mine).judge("report.html", parse_report(as_page(report)))
        for found in (review(report, mine), page):
            assert not any(difference.breaks for difference in found.differs)
            assert found.holds == "unknown"
            assert f"2.1; yours is {version}." in told(found)["other-pack"].message


@pytest.mark.parametrize("version", ["0.0.1", "0.2.0", "9.9.9", "1.0.0rc1", "0.3.0.dev1+local"])
def test_another_version_of_travelsec_is_not_accused(
    report: Report, pack: Pack, version: str
) -> None:
    """With the same words it is checked, and holds."""
    found = review(sealed(put(report, tool=put(report.tool, version=version))), pack)
    assert (codes(found), found.holds) == ({"waived"}, True)
