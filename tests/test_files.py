"""Files are written whole or not at all, for their owner only, and over others only with force."""

from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from travelsec import files
from travelsec.problems import UserError

OLD, NEW = b"what was there", b"the new report"

posix = pytest.mark.skipif(sys.platform == "win32", reason="modes and links are POSIX's")


def full_disk(*_arguments: Any, **_options: Any) -> None:
    """Fail as a call does on a disk that is full."""
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def refused(path: Path, *, force: bool = True) -> str:
    """Return why the path is refused: for the same reason beforehand and when writing."""
    with pytest.raises(UserError) as beforehand:
        files.check_writable(path, force=force)
    with pytest.raises(UserError) as writing:
        files.write_file(path, NEW, force=force)
    assert str(beforehand.value) == str(writing.value)
    return str(writing.value).removeprefix(f"{path}: ")


@pytest.mark.parametrize("force", [True, False])
def test_a_new_file_is_written(tmp_path: Path, force: bool) -> None:
    """It holds the data, and nothing else is left beside it."""
    path = tmp_path / "report.json"
    files.check_writable(path, force=force)
    assert list(tmp_path.iterdir()) == []
    files.write_file(path, NEW, force=force)
    assert path.read_bytes() == NEW
    assert list(tmp_path.iterdir()) == [path]


@posix
@pytest.mark.parametrize("force", [True, False])
def test_only_the_owner_can_read_the_file(tmp_path: Path, force: bool) -> None:
    """The mode is 0600, whatever the umask and the mode of a file it replaces."""
    path = tmp_path / "report.json"
    if force:
        path.write_bytes(OLD)
        path.chmod(0o644)
    before = os.umask(0)
    try:
        files.write_file(path, NEW, force=force)
    finally:
        os.umask(before)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_an_existing_file_is_replaced_only_with_force(tmp_path: Path) -> None:
    """Without it, both the check and the write refuse."""
    path = tmp_path / "report.json"
    path.write_bytes(OLD)
    assert refused(path, force=False) == "the file exists; --force replaces it"
    assert path.read_bytes() == OLD
    files.check_writable(path, force=True)
    files.write_file(path, NEW, force=True)
    assert path.read_bytes() == NEW


@pytest.mark.parametrize("links", [True, False])
def test_a_file_made_in_the_meantime_is_not_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, links: bool
) -> None:
    """Another process may make it between the check and the last step."""
    path = tmp_path / "report.json"
    real = os.fsync

    def somebody_else(handle: int) -> None:
        real(handle)
        path.write_bytes(OLD)

    monkeypatch.setattr(os, "fsync", somebody_else)
    if not links:
        monkeypatch.setattr(os, "link", not_permitted)
    with pytest.raises(UserError, match="the file exists"):
        files.write_file(path, NEW, force=False)
    assert path.read_bytes() == OLD
    assert list(tmp_path.iterdir()) == [path]


def not_permitted(*_arguments: Any) -> None:
    """Fail as a link does on a file system that has none."""
    raise OSError(errno.EPERM, os.strerror(errno.EPERM))


def test_a_file_system_without_hard_links_is_enough(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Such as that of a USB stick."""
    monkeypatch.setattr(os, "link", not_permitted)
    path = tmp_path / "report.json"
    files.write_file(path, NEW, force=False)
    assert path.read_bytes() == NEW
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("step", ["fsync", "write", "replace"])
@pytest.mark.parametrize("exists", [True, False])
def test_a_failure_leaves_everything_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, exists: bool
) -> None:
    """Whichever step fails, the old file is whole and there is no part of the new one."""
    path = tmp_path / "report.json"
    if exists:
        path.write_bytes(OLD)
    if step == "replace":
        monkeypatch.setattr(Path, "replace", full_disk)
    elif step == "fsync":
        monkeypatch.setattr(os, "fsync", full_disk)
    else:
        monkeypatch.setattr(files, "open", failing_file, raising=False)
    with pytest.raises(UserError, match=f"cannot be written: {os.strerror(errno.ENOSPC)}"):
        files.write_file(path, NEW, force=True)
    assert [one.read_bytes() for one in tmp_path.iterdir()] == ([OLD] if exists else [])


class failing_file:  # noqa: N801
    """A file that takes the first bytes, then fails."""

    def __init__(self, handle: int, _mode: str, *, closefd: bool) -> None:
        self.handle, self.closefd = handle, closefd

    def __enter__(self) -> failing_file:
        return self

    def __exit__(self, *_error: object) -> None:
        if self.closefd:
            os.close(self.handle)

    def write(self, data: bytes) -> None:
        """Write three bytes and fail."""
        os.write(self.handle, data[:3])
        full_disk()


def test_an_interruption_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ctrl-C while writing is no error, and leaves no half file."""

    def interrupt(_handle: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        files.write_file(tmp_path / "report.json", NEW, force=False)
    assert list(tmp_path.iterdir()) == []


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    """It is not created: a slip in its name would make a folder nobody looks into."""
    missing = tmp_path / "no"
    assert refused(missing / "x.md") == f"there is no folder {missing}; make it first"
    (tmp_path / "file").write_bytes(OLD)
    assert "there is no folder" in refused(tmp_path / "file" / "x.md")


@pytest.mark.parametrize("force", [True, False])
def test_a_folder_instead_of_a_file_is_refused(tmp_path: Path, force: bool) -> None:
    """With another message than for a file that exists."""
    assert refused(tmp_path, force=force) == "this is a folder; name a file in it"


@posix
@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="root may write anywhere")
def test_a_read_only_folder_is_refused(tmp_path: Path) -> None:
    """Before the user is asked anything."""
    folder = tmp_path / "locked"
    folder.mkdir(mode=0o500)
    assert refused(folder / "x.md") == f"cannot write in {folder}: {os.strerror(errno.EACCES)}"


def test_a_folder_that_refuses_new_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Like a read-only folder, but also for root."""

    def read_only(*_arguments: Any) -> None:
        raise OSError(errno.EROFS, "Read-only file system")

    monkeypatch.setattr(os, "open", read_only)
    assert refused(tmp_path / "x.md") == f"cannot write in {tmp_path}: Read-only file system"


def test_a_folder_that_may_not_be_searched_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """That is no crash."""

    def denied(_path: Path) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(Path, "lstat", denied)
    assert refused(tmp_path / "x.md") == "cannot be written: Permission denied"


def test_an_error_of_the_disk_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With its own reason and the name of the file."""

    def failing(*_arguments: Any, **_options: Any) -> None:
        raise OSError(errno.EIO, "it does not answer")

    monkeypatch.setattr(Path, "is_dir", failing)
    assert refused(tmp_path / "report.html") == "cannot be written: it does not answer"


def test_a_folder_that_vanishes_while_writing_is_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a traceback."""
    folder = tmp_path / "gone"
    folder.mkdir()
    monkeypatch.setattr(files, "_check_place", lambda *_a, **_o: folder.rmdir())
    with pytest.raises(UserError, match=rf"x\.md: cannot write in .*: {os.strerror(errno.ENOENT)}"):
        files.write_file(folder / "x.md", NEW, force=False)


@posix
def test_a_name_too_long_is_refused(tmp_path: Path) -> None:
    """255 bytes are allowed, even though the partial file needs a name too."""
    longest = tmp_path / ("é" * 126 + ".md")
    files.write_file(longest, NEW, force=False)
    assert longest.read_bytes() == NEW
    assert refused(tmp_path / ("é" * 127 + ".md")) == "cannot be written: File name too long"


@posix
def test_a_link_is_replaced_and_not_followed(tmp_path: Path) -> None:
    """Somebody may have put a link there that leads to a valuable file."""
    target, link = tmp_path / "target", tmp_path / "link.md"
    target.write_bytes(OLD)
    link.symlink_to(target)
    assert refused(link, force=False) == "the file exists; --force replaces it"
    files.write_file(link, NEW, force=True)
    assert target.read_bytes() == OLD
    assert not link.is_symlink()
    assert link.read_bytes() == NEW


@posix
def test_a_broken_link_counts_as_existing(tmp_path: Path) -> None:
    """It is found before the user is asked anything."""
    link = tmp_path / "link.md"
    link.symlink_to(tmp_path / "nowhere")
    assert refused(link, force=False) == "the file exists; --force replaces it"
    files.write_file(link, NEW, force=True)
    assert link.read_bytes() == NEW
    assert not (tmp_path / "nowhere").exists()


@posix
def test_a_device_is_not_replaced(tmp_path: Path) -> None:
    """As root, `--output /dev/null --force` would take /dev/null from everybody."""
    pipe = tmp_path / "pipe.md"
    os.mkfifo(pipe)
    assert refused(pipe) == "this is not an ordinary file; name another"
    link = tmp_path / "link.md"
    link.symlink_to(pipe)
    assert refused(link) == "this is not an ordinary file; name another"
    for special in ("/dev/stdout", "/dev/null", "/proc/self/fd/1"):
        assert refused(Path(special)) == "this is not an ordinary file; name another"
    assert stat.S_ISFIFO(pipe.stat().st_mode)


@posix
@pytest.mark.parametrize("force", [True, False])
def test_the_new_name_is_flushed_to_the_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, force: bool
) -> None:
    """After the content; for many files in a folder, only once."""
    path = tmp_path / "report.json"
    synced: list[tuple[bool, bool]] = []

    def fsync(handle: int) -> None:
        synced.append((stat.S_ISDIR(os.fstat(handle).st_mode), path.exists()))

    monkeypatch.setattr(os, "fsync", fsync)
    files.write_file(path, NEW, force=force)
    assert synced == [(False, False), (True, True)]
    files.write_file(tmp_path / "another.json", NEW, force=force, in_bulk=True)
    assert synced[2:] == [(False, True)]


@posix
def test_a_folder_that_cannot_be_synced_is_no_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Some file systems refuse, but the file is written."""
    real = os.fsync

    def fsync(handle: int) -> None:
        if stat.S_ISDIR(os.fstat(handle).st_mode):
            raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))
        real(handle)

    monkeypatch.setattr(os, "fsync", fsync)
    files.write_file(tmp_path / "report.json", NEW, force=False)
    assert (tmp_path / "report.json").read_bytes() == NEW


KILLED_WHILE_WRITING = """
import os, sys
from pathlib import Path
from travelsec import files
with files.writing(Path(sys.argv[1]), force=True) as file:
    file.write(b"the new report")
    file.flush()
    os.kill(os.getpid(), 9)
"""


@posix
def test_the_next_write_removes_what_a_killed_process_left(tmp_path: Path) -> None:
    """A partial file may hold a whole report. Those still being written stay."""
    path = tmp_path / "report.json"
    path.write_bytes(OLD)
    others = tmp_path / ".travelsec-notes.part"
    others.write_bytes(OLD)
    subprocess.run([sys.executable, "-c", KILLED_WHILE_WRITING, str(path)], check=False)
    (left,) = files.leftovers(tmp_path)
    assert left.read_bytes() == NEW
    with files.writing(tmp_path / "another.json", force=False) as file:
        file.write(NEW)
        assert files.leftovers(tmp_path) == [left]
        files.check_writable(path, force=True)
    names = sorted(one.name for one in tmp_path.iterdir())
    assert names == [".travelsec-notes.part", "another.json", "report.json"]
    assert path.read_bytes() == OLD


RESERVED = (
    *("con.json", "NUL", "aux.txt", "com1.html", "LPT9.csv", "com¹.md", "prn.tar.gz", "nul .txt"),
    *("CONIN$", "report.json.", "report.json "),
)


@pytest.mark.parametrize("name", RESERVED)
def test_a_name_that_windows_reserves_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """Windows would read the keyboard, wait for a serial port, or use another name."""
    monkeypatch.setattr(sys, "platform", "win32")
    path = tmp_path / name
    assert "Windows" in refused(path)
    assert "Windows" in unreadable(path)


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("lpt9:", "keeps the name “lpt9:” for a device"),
        ("nul/x.json", "keeps the name “nul” for a device"),
        ("C:con.json", "keeps the name “con.json” for a device"),
        ("C:\\reports\\con\\", "keeps the name “con” for a device"),
        ("\\\\.\\pipe\\x", "takes this for a device"),
        ("//./COM56", "takes this for a device"),
        ("report.json:notes", "takes “report.json:notes” for a hidden part of another file"),
        ("C:report.json::$DATA", "takes “report.json::$DATA” for a hidden part of another file"),
        ("trips /x.json", "drops the end of the name “trips ”"),
        ("trips.\\x.json", "drops the end of the name “trips.”"),
    ],
)
def test_a_path_with_another_meaning_on_windows_is_refused(
    monkeypatch: pytest.MonkeyPatch, path: str, told: str
) -> None:
    """Its folders and drive count too; on other systems it is an ordinary path."""
    monkeypatch.setattr(sys, "platform", "linux")
    files.check_name(path)
    monkeypatch.setattr(sys, "platform", "win32")
    with pytest.raises(UserError) as refusal:
        files.check_name(path)
    assert f"Windows {told}; " in str(refusal.value)


@pytest.mark.parametrize("name", ["console.json", "com10.txt", "a.con", "con-1.md", "comx", ".con"])
def test_similar_names_are_fine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Only whole names are reserved."""
    monkeypatch.setattr(sys, "platform", "win32")
    files.check_name(tmp_path / name)


@pytest.mark.parametrize(
    "path",
    [
        *("", ".", "..", "..\\reports\\.\\r.json", "C:report.json", "C:\\my reports\\r.json"),
        *("\\\\server\\share\\r.json", "\\\\?\\C:\\r.json"),
    ],
)
def test_drives_and_folders_are_fine(monkeypatch: pytest.MonkeyPatch, path: str) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    files.check_name(path)


@posix
def test_reserved_names_are_ordinary_on_other_systems(tmp_path: Path) -> None:
    """`con.json` is a file on Linux and macOS."""
    files.write_file(tmp_path / "con.json", NEW, force=False)
    assert files.read_file(tmp_path / "con.json", 100) == NEW


# Reading


def unreadable(path: Path, limit: int = 10) -> str:
    """Return why the file cannot be read."""
    with pytest.raises(UserError) as refused:
        files.read_file(path, limit)
    return str(refused.value).removeprefix(f"{path}: ")


def test_a_file_is_read_whole(tmp_path: Path) -> None:
    """As bytes, up to the limit and not one beyond."""
    path = tmp_path / "report.json"
    for data in (b"", b"\r\n\x1a\x00\xff", b"0123456789"):
        path.write_bytes(data)
        assert files.read_file(path, 10) == data
    assert unreadable(path, 9) == "the file is larger than 0 MiB"


def test_the_beginning_of_a_file_is_read(tmp_path: Path) -> None:
    """As much as is asked for, or as there is; only of an ordinary file."""
    path = tmp_path / "report.json"
    path.write_bytes(b"0123456789")
    assert files.read_beginning(path, 4) == b"0123"
    assert files.read_beginning(path, 40) == b"0123456789"
    with pytest.raises(UserError, match=r"not an ordinary file|cannot be read"):
        files.read_beginning(tmp_path, 4)


def test_a_huge_file_is_not_read_to_its_end(tmp_path: Path) -> None:
    """A sparse file of a terabyte is refused at once."""
    path = tmp_path / "huge.json"
    with path.open("wb") as file:
        file.truncate(2**40)
    assert unreadable(path, 4 * 2**20) == "the file is larger than 4 MiB"


def test_only_files_are_read(tmp_path: Path) -> None:
    """Not folders, missing files, or names that no file can have."""
    assert unreadable(tmp_path / "missing") == "there is no such file"
    assert "cannot be read" in unreadable(Path("a\0b"))
    assert "null" in unreadable(Path("a\0b"))
    if sys.platform != "win32":
        assert unreadable(tmp_path) == "this is not an ordinary file"
        assert unreadable(tmp_path / ("x" * 300)) == "cannot be read: File name too long"


@posix
def test_pipes_and_devices_are_not_waited_for(tmp_path: Path) -> None:
    """Nobody may ever write to a pipe, and /dev/zero has no end."""
    pipe = tmp_path / "pipe.json"
    os.mkfifo(pipe)
    assert unreadable(pipe) == "this is not an ordinary file"
    assert unreadable(Path("/dev/zero")) == "this is not an ordinary file"


@posix
def test_a_link_is_followed_when_reading(tmp_path: Path) -> None:
    """A broken link or a loop is reported."""
    (tmp_path / "target").write_bytes(OLD)
    for name, target in (("link", "target"), ("nowhere", "missing"), ("circle", "circle")):
        (tmp_path / name).symlink_to(tmp_path / target)
    assert files.read_file(tmp_path / "link", 100) == OLD
    assert unreadable(tmp_path / "nowhere") == "there is no such file"
    assert "cannot be read: Too many levels" in unreadable(tmp_path / "circle")


@pytest.mark.parametrize("error", [errno.EACCES, errno.EIO, errno.ESTALE])
def test_a_read_error_has_its_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: int
) -> None:
    """At once or in the middle, and the file is closed again."""
    path = tmp_path / "report.json"
    path.write_bytes(OLD)

    def refuse(*_arguments: Any) -> None:
        raise OSError(error, os.strerror(error))

    closed: list[int] = []
    real = os.close

    def close(handle: int) -> None:
        closed.append(handle)
        real(handle)

    monkeypatch.setattr(os, "close", close)
    monkeypatch.setattr(os, "read", refuse)
    assert unreadable(path, 100) == f"cannot be read: {os.strerror(error)}"
    assert len(closed) == 1
    monkeypatch.setattr(os, "open", refuse)
    assert unreadable(path, 100) == f"cannot be read: {os.strerror(error)}"


def test_a_path_that_cannot_be_looked_at_does_not_exist(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Asking raises no error, whatever the name or folder."""
    (tmp_path / "file").write_bytes(OLD)
    assert files.exists(tmp_path / "file")
    assert files.exists(tmp_path)
    assert files.is_folder(tmp_path)
    assert not files.is_folder(tmp_path / "file")
    for name in ("missing", "x" * 5000, "file/in a file", "a\0b"):
        assert not files.exists(tmp_path / name)
        assert not files.is_folder(tmp_path / name)

    def denied(_path: Path, **_options: Any) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(os, "stat", denied)
    assert not files.exists(tmp_path / "file")
    assert not files.is_folder(tmp_path)
