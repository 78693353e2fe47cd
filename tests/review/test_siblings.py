"""Of several reports of a trip the right one counts; others are kept apart, and named."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from functools import partial
from operator import attrgetter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.report import samples
from tests.review.reports import as_json, as_page, codes, done, judge, put, sealed
from travelsec.pack.model import Pack
from travelsec.problems import UserError
from travelsec.report.model import Report
from travelsec.review.inbox import Inbox
from travelsec.review.judge import Judge
from travelsec.review.model import Reviewed, encode_row
from travelsec.review.priority import DECISION
from travelsec.review.run import review_all
from travelsec.review.siblings import Judged, Related, Siblings
from travelsec.trip.statuses import Status

OTHER = "5" * 32
MOMENTS = [f"2026-11-2{day}T08:30:05Z" for day in range(1, 5)]


def found(pack: Pack, *paths: Path | str) -> dict[str, Reviewed]:
    """Review what is found, by the names of the files."""
    with Inbox([str(path) for path in paths], b"") as reports:
        return {Path(one.path).name: one for one in review_all(reports, judge(pack))}


def test_the_newest_of_a_trip_counts(report: Report, pack: Pack, tmp_path: Path) -> None:
    """In whatever order they are found; the older ones name it."""
    for number, moments in enumerate(itertools.permutations(MOMENTS)):
        folder = tmp_path / str(number)
        folder.mkdir()
        for name, moment in zip("abcd", moments, strict=True):
            made = sealed(put(report, created=moment))
            (folder / f"{name}.json").write_bytes(as_json(made))
        rows = found(pack, folder)
        newest = "abcd"[moments.index(max(moments))]
        assert [name for name, one in rows.items() if one.newest] == [f"{newest}.json"]
        others = [one for one in rows.values() if not one.newest]
        assert [codes(one) - {"made-another-day"} for one in others] == [{"replaced"}] * 3
        assert all(one.differs[-1].message.endswith(f"{newest}.json.") for one in others)


def test_of_two_made_at_once_one_counts(report: Report, pack: Pack, tmp_path: Path) -> None:
    """Such as the JSON and the page of one report."""
    (tmp_path / "r.json").write_bytes(as_json(report))
    (tmp_path / "r.html").write_bytes(as_page(report))
    rows = found(pack, tmp_path)
    assert {name: one.newest for name, one in rows.items()} == {"r.html": True, "r.json": False}
    # It is not less ready: it is the same.
    assert "newer, or as new and no more ready: " in rows["r.json"].differs[-1].message


@pytest.mark.parametrize("name", ["a.json", "z.json"])
@pytest.mark.parametrize("moment", MOMENTS)
def test_a_damaged_copy_replaces_nothing(
    report: Report, pack: Pack, tmp_path: Path, name: str, moment: str
) -> None:
    """Wherever its name stands, and whenever it says that it was made; nor is it replaced."""
    genuine = sealed(put(report, created=MOMENTS[1]))
    (tmp_path / "m.json").write_bytes(as_json(genuine))
    damaged = put(genuine, created=moment, warnings=())
    (tmp_path / name).write_bytes(as_json(damaged))
    rows = found(pack, tmp_path)
    assert {one.newest for one in rows.values()} == {True}
    assert (rows["m.json"].holds, rows[name].holds) == (True, False)


def test_a_report_from_the_future_replaces_nothing(
    report: Report, pack: Pack, tmp_path: Path
) -> None:
    """One wrong clock would make every later report of the trip one that was replaced."""
    (tmp_path / "now.json").write_bytes(as_json(report))
    future = sealed(put(report, created="2030-01-01T00:00:00Z"))
    (tmp_path / "then.json").write_bytes(as_json(future))
    judging = Judge(pack, samples.TODAY, "2026-12-31T00:00:00Z")
    with Inbox([str(tmp_path)], b"") as reports:
        rows = {Path(one.path).name: one for one in review_all(reports, judging)}
    assert {name: (one.holds, one.newest) for name, one in rows.items()} == {
        "now.json": (True, True),
        "then.json": (False, True),
    }


def test_a_report_that_does_not_hold_replaces_nothing(
    report: Report, pack: Pack, tmp_path: Path
) -> None:
    """Though its digest fits: an item was taken out of it."""
    (tmp_path / "1.json").write_bytes(as_json(sealed(put(report, created=MOMENTS[0]))))
    lighter = put(report, created=MOMENTS[1], items=report.items[1:])
    (tmp_path / "2.json").write_bytes(as_json(sealed(lighter)))
    rows = found(pack, tmp_path)
    assert {name: (one.holds, one.newest) for name, one in rows.items()} == {
        "1.json": (True, True),
        "2.json": (False, True),
    }


def by(pack: Pack, traveller: str, moment: str) -> bytes:
    """Return the file of a report of the sample trip that is this traveller's."""
    made = samples.make(pack, {**samples.TRIP, "traveller": traveller}, done())
    return as_json(sealed(put(made, created=moment)))


def test_the_report_of_another_traveller_replaces_nothing(pack: Pack, tmp_path: Path) -> None:
    """Whoever copies the id of a trip takes nobody's report away; each is shown with the other."""
    made = {
        "1.json": by(pack, "Jo Day", MOMENTS[0]),
        "2.json": by(pack, "JO DAY", MOMENTS[1]),
        "3.json": by(pack, "A. Smith", MOMENTS[2]),
    }
    for name, data in made.items():
        (tmp_path / name).write_bytes(data)
    rows = found(pack, tmp_path)
    assert {name: one.newest for name, one in rows.items()} == {
        "1.json": False,
        "2.json": True,
        "3.json": True,
    }
    assert all(one.holds for one in rows.values())
    # What was replaced counts no more: nothing is to be asked about it.
    assert [name for name, one in rows.items() if "claimed" in codes(one)] == ["2.json", "3.json"]
    assert rows["3.json"].attention == DECISION
    (told,) = (one.message for one in rows["2.json"].differs if one.code == "claimed")
    assert "does not name the same traveller" in told
    assert str(tmp_path / "3.json") in told
    (tmp_path / "3.json").unlink()
    assert not any("claimed" in codes(one) for one in found(pack, tmp_path).values())


@pytest.mark.parametrize("ready", ["1.json", "2.json"])
def test_of_two_as_new_the_less_ready_counts(pack: Pack, tmp_path: Path, ready: str) -> None:
    """Moments are exact to the second: which of them is newer, nobody knows."""
    for name in ("1.json", "2.json"):
        statuses = done() if name == ready else done(letter=Status("todo", how="terminal"))
        (tmp_path / name).write_bytes(as_json(samples.make(pack, statuses=statuses)))
    rows = found(pack, tmp_path)
    assert {one.verdict: one.newest for one in rows.values()} == {"ready": False, "not-ready": True}


@pytest.mark.parametrize("order", [0, 1])
def test_a_report_that_names_nobody_gives_way_to_a_newer_one(
    pack: Pack, tmp_path: Path, order: int
) -> None:
    """And takes nobody's place: if it is newer itself, both count and name each other."""
    unnamed = {name: text for name, text in samples.TRIP.items() if name != "traveller"}
    made = sealed(put(samples.make(pack, unnamed, done()), created=MOMENTS[order]))
    (tmp_path / "nobody.json").write_bytes(as_json(made))
    (tmp_path / "named.json").write_bytes(by(pack, "José  Day", MOMENTS[1 - order]))
    rows = found(pack, tmp_path)
    assert rows["named.json"].newest
    assert rows["nobody.json"].newest is (order == 1)
    assert ["claimed" in codes(one) for one in rows.values()] == [order == 1] * 2


def test_of_another_traveller_the_newest_report_is_named(pack: Pack, tmp_path: Path) -> None:
    """What was replaced does not count."""
    for number in range(3):
        (tmp_path / f"{number}.json").write_bytes(by(pack, "Jo Day", MOMENTS[number]))
    (tmp_path / "other.json").write_bytes(by(pack, "A. Smith", MOMENTS[0]))
    rows = found(pack, tmp_path)
    (told,) = (one.message for one in rows["other.json"].differs if one.code == "claimed")
    assert str(tmp_path / "2.json") in told


@pytest.mark.parametrize(
    "names",
    [
        ("Jose\u0301 Day", "José Day", "JOSÉ DAY"),
        ("José Day", "Jose Day", "DAY, José"),
        ("Ms Ann Day", "Ann  Day", "DAY Ann (she/her)"),
    ],
)
def test_a_name_is_one_however_it_was_typed(
    pack: Pack, tmp_path: Path, names: tuple[str, ...]
) -> None:
    """Accents in one character, in two or in none, capitals, spaces between, the surname first."""
    for number, name in enumerate(names):
        (tmp_path / f"{number}.json").write_bytes(by(pack, name, MOMENTS[number]))
    rows = found(pack, tmp_path)
    assert [one.newest for one in rows.values()] == [False, False, True]


@pytest.mark.parametrize("other", ["J. Day", "José Day-Lewis", "Jo Day", "\u0408os\u00e9 Day"])
def test_another_name_is_that_of_another(pack: Pack, tmp_path: Path, other: str) -> None:
    """An initial may be anyone's, and a letter of another alphabet may be there to deceive."""
    (tmp_path / "0.json").write_bytes(by(pack, "José Day", MOMENTS[0]))
    (tmp_path / "1.json").write_bytes(by(pack, other, MOMENTS[1]))
    rows = found(pack, tmp_path)
    assert all(one.newest and "claimed" in codes(one) for one in rows.values())


def test_reports_of_other_trips_stay(pack: Pack, tmp_path: Path) -> None:
    """Though they were made at other moments."""
    for name, trip, moment in (("a", "1", 0), ("b", "2", 1), ("c", "3", 1)):
        made = sealed(
            put(samples.make(pack, trip_id=samples.hex_id(trip)), created=MOMENTS[moment])
        )
        (tmp_path / f"{name}.json").write_bytes(as_json(made))
    assert all(one.newest for one in found(pack, tmp_path).values())


@pytest.mark.parametrize(
    "later",
    [
        b'{"trip": {"id": "%s"}, "created": "2099-01-01T00:00:00Z"}',
        b'{"schema": "report/2", "trip": {"id": "%s"}, "created": "2099-01-01T00:00:00Z"}',
        None,
    ],
)
def test_what_is_no_report_replaces_none(
    report: Report, pack: Pack, tmp_path: Path, later: bytes | None
) -> None:
    """A good report must not vanish because of one that cannot be read or says no moment."""
    (tmp_path / "good.json").write_bytes(as_json(report))
    nonsense = as_json(sealed(put(report, created="~ later than all")))
    (tmp_path / "later.json").write_bytes(
        nonsense if later is None else later % report.trip.id.encode()
    )
    assert found(pack, tmp_path)["good.json"].newest


TWICE = (
    (b'"trip": {', b'"trip": {"id": "other", "name": "", "facts": {}, "answers": []}, "trip": {'),
    (b'"created": "', b'"created": "2099-01-01T00:00:00Z", "created": "'),
    (b'"trip": {', b'"trip": {"id": "other", '),
)


@pytest.mark.parametrize(("once", "twice"), TWICE)
def test_what_names_its_trip_twice_is_no_report(
    report: Report, pack: Pack, tmp_path: Path, once: bytes, twice: bytes
) -> None:
    """What reads the first of them, and what reads the last, would not say the same of it."""
    (tmp_path / "good.json").write_bytes(as_json(report))
    other = samples.make(pack, trip_id=OTHER)
    (tmp_path / "other.json").write_bytes(as_json(other))
    (tmp_path / "twice.json").write_bytes(as_json(report).replace(once, twice, 1))
    rows = found(pack, tmp_path)
    assert "twice" in rows["twice.json"].unread
    assert rows["good.json"].newest
    assert rows["other.json"].newest
    alone = found(pack, tmp_path / "twice.json")
    assert "twice" in alone["twice.json"].unread


def counts(file: Judged, files: Sequence[Judged]) -> bool:
    """Return whether no other report of its trip replaces a file that can replace others."""
    rivals = [other for other in files if other.trip == file.trip and other.weight is not None]
    rivals = [other for other in rivals if file.traveller in ("", other.traveller)]
    key = attrgetter("created", "weight", "decided")
    return all(
        key(other) < key(file) or (key(other) == key(file) and file.number <= other.number)
        for other in rivals
    )


def expected(one: Judged, files: Sequence[Judged]) -> Related:
    """Say what a file belongs with, in words as plain as the rules."""
    in_trips = [
        file
        for file in files
        if file.trip is not None
        and (file.weight is not None or [other.trip for other in files].count(file.trip) == 1)
    ]
    if one not in in_trips:
        return Related()
    trip = [file for file in in_trips if file.trip == one.trip and file.weight is not None]
    # Python sorts stably: by the last criterion first.
    trip.sort(key=attrgetter("number"))
    trip.sort(key=attrgetter("created", "weight", "decided"), reverse=True)
    mine = [file for file in trip if one.traveller in ("", file.traveller)]
    if mine and mine[0] != one:
        return Related(replaced_by=mine[0].path.decode())
    counting = [file for file in trip if counts(file, trip)]
    claims = [file for file in counting if file.traveller != one.traveller]
    decided = [file for file in mine if file.decided and not one.decided and file != one]
    decided = [file for file in decided if file.traveller == one.traveller]
    opposite = [file for file in trip if one.decision and file.traveller == one.traveller]
    opposite = [file for file in opposite if file.created == one.created]
    opposite = [file for file in opposite if file.decision not in ("", one.decision)]
    twins = [
        file
        for file in in_trips
        if file.trip != one.trip and counts(file, in_trips) and is_same_journey(file, one)
    ]
    return Related(
        claimed_by=min(claims, key=attrgetter("traveller")).path.decode() if claims else "",
        twin=twins[0].path.decode() if twins else "",
        twin_created=twins[0].created if twins else "",
        decided=decided[0].path.decode() if decided else "",
        contradicted_by=opposite[0].path.decode() if opposite else "",
    )


def is_same_journey(file: Judged, other: Judged) -> bool:
    """Return whether two reports leave on the same day, or are about some of the same days."""
    if file.journey and file.journey == other.journey:
        return True
    is_at_once = file.departs < other.returns and other.departs < file.returns
    return bool(file.place) and file.place == other.place and is_at_once


def with_journey(file: Judged, destination: str) -> Judged:
    """Return a file of somebody with what shows which journey it is about."""
    if not file.traveller:
        return file._replace(returns=file.departs)
    return file._replace(
        journey=f"{file.departs}: {file.traveller}" if file.departs else "",
        place=f"{destination}: {file.traveller}" if destination and file.departs else "",
    )


FILES = st.lists(
    st.builds(
        Judged,
        number=st.just(0),
        path=st.just(b""),
        row=st.just(encode_row(Reviewed(""))),
        trip=st.sampled_from([None, "1", "2", "3"]),
        created=st.sampled_from(MOMENTS),
        traveller=st.sampled_from(["", "ann", "bo"]),
        weight=st.sampled_from([None, 0, 1, 2]),
        decided=st.booleans(),
        decision=st.sampled_from(["", "approved", "returned"]),
        departs=st.sampled_from(["", "1", "2", "3"]),
        returns=st.sampled_from(["3", "4", "5"]),
    ).flatmap(lambda file: st.sampled_from(["", "to"]).map(partial(with_journey, file))),
    max_size=9,
)


@given(FILES)
def test_any_files_belong_together_by_the_same_rules(made: list[Judged]) -> None:
    """Whatever they say, and in whatever order they were judged."""
    files = [
        file._replace(number=number, path=b"%d.json" % number) for number, file in enumerate(made)
    ]
    with Siblings() as siblings:
        siblings.add(reversed(files))
        told = [related for _, related in siblings]
    replaced = {file.path.decode() for file, it in zip(files, told, strict=True) if it.replaced_by}
    for file, related in zip(files, told, strict=True):
        right = expected(file, files)
        # Of several files that would do, any may be named.
        any_of = ("claimed_by", "twin", "twin_created", "contradicted_by")
        names_one = {name: bool(getattr(right, name)) for name in any_of}
        assert {name: bool(getattr(related, name)) for name in names_one} == names_one
        same = dict.fromkeys(any_of, "")
        assert related._replace(**same) == right._replace(**same)
        for twin in files:
            if twin.path.decode() == related.twin:
                assert is_same_journey(twin, file)
                assert (twin.created, twin.trip != file.trip) == (related.twin_created, True)
        # A report that was replaced is no other that counts.
        assert replaced.isdisjoint((related.claimed_by, related.twin))


def test_what_cannot_be_read_is_no_twin(pack: Pack, tmp_path: Path) -> None:
    """What a damaged file says at its beginning, it does not say."""
    (tmp_path / "good.json").write_bytes(as_json(samples.make(pack)))
    damaged = as_json(samples.make(pack, trip_id=OTHER))[:-10]
    (tmp_path / "damaged.json").write_bytes(damaged)
    rows = found(pack, tmp_path)
    assert rows["damaged.json"].unread
    assert "twin" not in codes(rows["good.json"])


@pytest.mark.usefixtures("small_disk")
def test_no_room_for_what_was_judged() -> None:
    """A full disk is reported, with what to do."""
    files = [Judged(number, b"%d" % number, b"row" * 100) for number in range(1000)]
    with (
        pytest.raises(UserError, match=r"room for the temporary file.*SQLITE_TMPDIR"),
        Siblings() as siblings,
    ):
        siblings.add(files)
