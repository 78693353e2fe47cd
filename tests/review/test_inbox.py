"""Every report under the paths is found once, and whatever cannot be read stops nothing."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.report import samples
from tests.review.reports import as_json, as_page, judge
from travelsec.pack.model import Pack
from travelsec.problems import UserError
from travelsec.report.model import Report
from travelsec.report.read import MAX_REPORT_BYTES
from travelsec.review.inbox import STDIN, Inbox
from travelsec.review.model import Reviewed
from travelsec.review.run import review_all

OTHER = "5" * 32
posix = pytest.mark.skipif(sys.platform == "win32", reason="links and pipes are POSIX's")
MOMENTS = [f"2026-11-2{day}T08:30:05Z" for day in range(1, 5)]


def found(pack: Pack, *paths: Path | str, stdin: bytes = b"") -> dict[str, Reviewed]:
    """Review what is found, by the names of the files."""
    judging = judge(pack)
    with Inbox([str(path) for path in paths], stdin) as reports:
        rows = {Path(one.path).name: one for one in review_all(reports, judging)}
        assert len(rows) == len(reports)
    return rows


def unread(rows: dict[str, Reviewed]) -> dict[str, str]:
    """Return why each of the files that were not read was not."""
    return {name: one.unread for name, one in rows.items() if one.unread}


def test_a_folder_is_searched_with_those_in_it(report: Report, pack: Pack, tmp_path: Path) -> None:
    """For JSON and HTML; not for other files, hidden ones or decisions."""
    deep = tmp_path / "a" / "b"
    deep.mkdir(parents=True)
    (tmp_path / ".hidden").mkdir()
    for path in (tmp_path / "1.json", deep / "2.JSON", tmp_path / ".hidden" / "3.json"):
        path.write_bytes(as_json(report))
    for path in (deep / "4.html", deep / "5.HTM"):
        path.write_bytes(as_page(report))
    for name in ("6.txt", "json", ".7.json", "1.json.decision.json", "8.csv"):
        (tmp_path / name).write_bytes(b"no report")
    rows = found(pack, tmp_path)
    assert list(rows) == ["1.json", "2.JSON", "4.html", "5.HTM"]
    assert {one.verdict for one in rows.values()} == {"ready"}


@posix
def test_files_that_can_be_no_report_are_counted(report: Report, tmp_path: Path) -> None:
    """In folders: whoever put them there may wait for an answer. Not what is hidden or decided."""
    deep = tmp_path / "a" / "b"
    deep.mkdir(parents=True)
    (tmp_path / "1.json").write_bytes(as_json(report))
    for path in (tmp_path / "2.txt", deep / "3.pdf", deep / "json"):
        path.write_bytes(as_json(report))
    (deep / "linked").symlink_to(tmp_path)
    for name in (".4.txt", "1.json.decision.json", "1.JSON.DECISION.JSON"):
        (tmp_path / name).write_bytes(b"no report")
    with Inbox([str(tmp_path)], b"") as reports:
        assert (len(reports), reports.others, reports.links) == (1, 3, 1)
    with Inbox([str(tmp_path / "2.txt")], b"") as reports:
        assert (len(reports), reports.others) == (1, 0)


def test_each_file_is_reviewed_once(report: Report, pack: Pack, tmp_path: Path) -> None:
    """Named twice, and once more by its folder."""
    path = tmp_path / "r.json"
    path.write_bytes(as_json(report))
    assert list(found(pack, path, path, tmp_path)) == ["r.json"]


def test_here_is_no_other_folder(
    report: Report, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is found in `.` is what is named without it."""
    (tmp_path / "r.json").write_bytes(as_json(report))
    monkeypatch.chdir(tmp_path)
    with Inbox([".", "r.json", "./r.json"], b"") as reports:
        assert [one.path for one in reports] == ["r.json"]


def test_a_file_is_one_however_its_path_is_written(
    report: Report, pack: Pack, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From here, from above, and from the root."""
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "r.json").write_bytes(as_json(report))
    monkeypatch.chdir(folder)
    for other in (str(folder), str(folder / "r.json"), "../in", "../in/r.json", "./../in/./r.json"):
        with Inbox(["r.json", other], b"") as reports:
            assert len(reports) == 1, other
            (row,) = review_all(reports, judge(pack))
            assert (row.verdict, row.newest) == ("ready", True)
    with Inbox(["../in/r.json"], b"") as reports:
        assert [one.path for one in reports] == [str(Path("..", "in", "r.json"))]


@posix
def test_two_dots_after_a_link_lead_where_the_system_goes(
    report: Report, pack: Pack, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not where the words of the path seem to lead: the report of another would be judged."""
    for folder in ("real/sub", "work"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "real" / "r.json").write_bytes(as_json(report))
    other = samples.make(pack, trip_id=OTHER)
    (tmp_path / "work" / "r.json").write_bytes(as_json(other))
    (tmp_path / "work" / "link").symlink_to("../real/sub")
    monkeypatch.chdir(tmp_path / "work")
    with Inbox(["link/../r.json", "r.json", "../real", "nope/..", "r.json/.."], b"") as two:
        rows = {row.path: row for row in review_all(two, judge(pack))}
    assert {path: (row.trip_id, row.unread) for path, row in rows.items()} == {
        "link/../r.json": (report.trip.id, ""),
        "r.json": (OTHER, ""),
        "nope/..": ("", "there is no such file"),
        "r.json/..": ("", "cannot be read: Not a directory"),
    }


@posix
def test_a_link_that_is_named_counts_once_with_its_folder(
    report: Report, pack: Pack, tmp_path: Path
) -> None:
    """Whoever names it means it; in the folder it would only be told."""
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "r.json").write_bytes(as_json(report))
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "link.json").symlink_to(tmp_path / "elsewhere" / "r.json")
    for paths in ((folder, folder / "link.json"), (folder / "link.json", folder)):
        assert unread(found(pack, *paths)) == {}
        assert list(found(pack, *paths)) == ["link.json"]


@posix
def test_a_decision_beside_a_link_is_no_report(report: Report, pack: Pack, tmp_path: Path) -> None:
    """Whichever of the two is the link."""
    real, links = tmp_path / "real", tmp_path / "links"
    for folder in (real, links):
        folder.mkdir()
    (real / "r.json").write_bytes(as_json(report))
    (real / "d.json").write_bytes(b"{}")
    (links / "r.json").symlink_to(real / "r.json")
    (links / "r.json.decision.json").symlink_to(real / "d.json")
    names = sorted(links.iterdir())
    assert len(names) == 2
    assert list(found(pack, *names)) == ["r.json"]


def test_a_file_named_as_standard_input_is(
    report: Report, pack: Pack, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is reached by ./- as everywhere."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "-").write_bytes(as_json(report))
    other = as_json(samples.make(pack, trip_id=OTHER))
    with Inbox(["./-", "-"], other) as reports:
        rows = {row.path: row.trip_id for row in review_all(reports, judge(pack))}
    assert rows == {os.path.join(".", "-"): report.trip.id, "-": OTHER}  # noqa: PTH118


def test_decisions_whose_report_is_gone_are_counted(report: Report, tmp_path: Path) -> None:
    """As it was renamed, say: what was decided would go unseen."""
    (tmp_path / "1.json").write_bytes(as_json(report))
    for name in ("1.json.decision.json", "2.json.decision.json", "3.html.decision.json"):
        (tmp_path / name).write_bytes(b"{}")
    with Inbox([str(tmp_path)], b"") as reports:
        assert (len(reports), reports.alone, reports.others) == (1, 2, 0)


def test_a_decision_with_an_ending_in_capitals_is_not_overlooked(
    report: Report, tmp_path: Path
) -> None:
    """It counts where the file system finds it; elsewhere it is not beside its report."""
    (tmp_path / "1.json").write_bytes(as_json(report))
    (tmp_path / "1.json.DECISION.JSON").write_bytes(b"{}")
    is_found = (tmp_path / "1.json.decision.json").exists()
    with Inbox([str(tmp_path)], b"") as reports:
        assert (len(reports), reports.alone, reports.others) == (1, not is_found, 0)


def test_a_file_may_have_any_ending_if_it_is_named(
    report: Report, pack: Pack, tmp_path: Path
) -> None:
    """What it holds decides how it is read, unless the name says what it is."""
    (tmp_path / "report").write_bytes(as_json(report))
    (tmp_path / "report.old").write_bytes(as_page(report))
    rows = found(pack, tmp_path / "report", tmp_path / "report.old")
    assert {one.verdict for one in rows.values()} == {"ready"}


def test_decisions_named_with_their_reports_are_no_reports(
    report: Report, pack: Pack, tmp_path: Path
) -> None:
    """A shell makes both of `*.json`; a decision named alone is refused as no report."""
    path, decision = tmp_path / "r.json", tmp_path / "r.json.decision.json"
    path.write_bytes(as_json(report))
    decision.write_bytes(b"{}")
    assert list(found(pack, path, decision)) == ["r.json"]
    assert list(unread(found(pack, decision))) == ["r.json.decision.json"]


def test_standard_input_is_a_report(report: Report, pack: Pack) -> None:
    """It has no decision, and its own limit."""
    assert found(pack, STDIN, stdin=as_json(report))[STDIN].verdict == "ready"
    rows = found(pack, STDIN, stdin=b" " * (MAX_REPORT_BYTES + 1))
    assert unread(rows) == {"-": "more than 4 MiB came in"}
    assert "not a travelsec report" in unread(found(pack, STDIN))["-"]


@posix
def test_what_cannot_be_read_has_its_reason(report: Report, pack: Pack, tmp_path: Path) -> None:
    """And stops nothing: not links out of the folder, pipes, nor files too large or empty."""
    folder = tmp_path / "in"
    folder.mkdir()
    good, secret = folder / "good.json", tmp_path / "secret.json"
    good.write_bytes(as_json(report))
    secret.write_bytes(as_json(report))
    (folder / "link.json").symlink_to(secret)
    (folder / "nowhere.html").symlink_to(tmp_path / "nowhere")
    (folder / "linked").symlink_to(tmp_path)
    os.mkfifo(folder / "pipe.json")
    (folder / "folder.json").mkdir()
    (folder / "empty.json").touch()
    with (folder / "huge.json").open("wb") as huge:
        huge.truncate(10 * 2**40)
    rows = found(pack, folder, tmp_path / "missing.json", "\0", "x" * 5000)
    link = "a symbolic link: it is not followed; name the file itself"
    reasons = unread(rows)
    assert rows["good.json"].verdict == "ready"
    assert reasons.pop("empty.json").startswith("this is not a travelsec report: ")
    assert "null" in reasons.pop("\0")
    assert reasons.pop("x" * 5000) == "cannot be read: File name too long"
    assert reasons == {
        "link.json": link,
        "nowhere.html": link,
        "pipe.json": "this is not an ordinary file",
        "huge.json": "the file is larger than 4 MiB",
        "missing.json": "there is no such file",
    }


@posix
def test_a_link_that_is_named_is_followed(report: Report, pack: Pack, tmp_path: Path) -> None:
    """Whoever names it means it."""
    (tmp_path / "r.json").write_bytes(as_json(report))
    (tmp_path / "link.json").symlink_to(tmp_path / "r.json")
    assert found(pack, tmp_path / "link.json")["link.json"].verdict == "ready"


@posix
def test_a_folder_that_cannot_be_read_has_its_reason(
    report: Report, pack: Pack, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The others are searched."""
    for name in ("open", "locked"):
        (tmp_path / name).mkdir()
        (tmp_path / name / f"{name}.json").write_bytes(as_json(report))
    real = os.scandir

    def scandir(path: str) -> object:
        if path.endswith("locked"):
            raise PermissionError(13, "Permission denied")
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    rows = found(pack, tmp_path)
    assert unread(rows) == {"locked": "the folder cannot be read: Permission denied"}
    assert rows["open.json"].verdict == "ready"


@posix
def test_folders_may_be_nested_without_end(report: Report, pack: Pack, tmp_path: Path) -> None:
    """Deeper than a program can call itself."""
    (tmp_path / "z.json").write_bytes(as_json(report))
    here = os.open(tmp_path, os.O_RDONLY)
    try:
        for _ in range(1100):
            os.mkdir("d", dir_fd=here)
            inner = os.open("d", os.O_RDONLY, dir_fd=here)
            os.close(here)
            here = inner
    finally:
        os.close(here)
    try:
        rows = found(pack, tmp_path)
    finally:
        # Whoever clears away what tests leave behind would call itself too often.
        subprocess.run(["rm", "-rf", str(tmp_path / "d")], check=True)
    assert list(rows) == ["z.json"]
    assert rows["z.json"].verdict == "ready"


@posix
def test_a_name_that_leaves_no_room_for_a_decision(
    report: Report, pack: Pack, tmp_path: Path
) -> None:
    """Then there is none; the report is judged anyway."""
    name = "r" * 250 + ".json"
    (tmp_path / name).write_bytes(as_json(report))
    assert found(pack, tmp_path)[name].verdict == "ready"


@pytest.mark.usefixtures("small_disk")
def test_no_room_for_temporary_files(tmp_path: Path) -> None:
    """A full disk is no fault of travelsec; the message says what to do, whenever it fills up."""
    for number in range(500):
        (tmp_path / f"{number:0>200}.json").write_bytes(b"{}")
    with pytest.raises(UserError, match=r"room for the temporary file.*SQLITE_TMPDIR"):
        Inbox([str(tmp_path)], b"")


def test_a_search_that_is_stopped_closes_its_database(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ctrl-C while the folders are searched leaves no temporary file open."""
    database = sqlite3.connect("")
    monkeypatch.setattr(sqlite3, "connect", lambda *_args, **_more: database)

    def stop(_path: str) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "scandir", stop)
    with pytest.raises(KeyboardInterrupt):
        Inbox([str(tmp_path)], b"")
    with pytest.raises(sqlite3.ProgrammingError):
        database.execute("SELECT 1")
