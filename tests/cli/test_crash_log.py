"""A fault of travelsec itself: one line, and a log wherever one can be written."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.terminal import environment
from travelsec.cli import crash_log


def failing(*_arguments: object, **_options: object) -> None:
    """Fail as any function can."""
    raise RuntimeError("A. " + "Smith")


def fault() -> Exception:
    """Return an exception that was raised."""
    try:
        failing()
    except RuntimeError as error:
        return error
    raise AssertionError


def reported(capsys: pytest.CaptureFixture[str]) -> str:
    """Report a fault; return the one line that is shown."""
    crash_log.record(fault())
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith("travelsec failed (RuntimeError); this is a fault of travelsec")
    assert captured.err.count("\n") == 1
    return captured.err


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the data folder, and let the temporary one be in the folder of the test too."""
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    monkeypatch.setenv("TRAVELSEC_DATA_DIR", str(tmp_path / "data"))
    return tmp_path / "data"


def be_a_file(data: Path) -> None:
    data.touch()


def have_a_folder_for_a_log(data: Path) -> None:
    (data / "fault.log").mkdir(parents=True)


def have_a_pipe_for_a_log(data: Path) -> None:
    data.mkdir()
    if hasattr(os, "mkfifo"):
        os.mkfifo(data / "fault.log")
    else:
        have_a_folder_for_a_log(data)


def test_the_log_is_in_the_data_folder(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One after another; none holds what the exception says."""
    assert str(data / "fault.log") in reported(capsys)
    reported(capsys)
    text = (data / "fault.log").read_text(encoding="utf-8")
    assert text.count("in failing") == 2
    assert "A. Smith" not in text


@pytest.mark.parametrize("spoil", [be_a_file, have_a_folder_for_a_log, have_a_pipe_for_a_log])
def test_else_it_is_in_the_temporary_folder(
    data: Path, capsys: pytest.CaptureFixture[str], spoil: Callable[[Path], None]
) -> None:
    """For its owner alone, with a name that nobody could have taken before."""
    spoil(data)
    told = reported(capsys)
    (log,) = (data.parent / "temporary").iterdir()
    assert str(log) in told
    assert "in failing" in log.read_text(encoding="utf-8")
    if os.name == "posix":
        assert stat.S_IMODE(log.stat().st_mode) == 0o600


def test_without_a_data_folder_it_is_in_the_temporary_one(
    data: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """As where there is no home."""
    monkeypatch.setattr(crash_log, "data_folder", failing)
    told = reported(capsys)
    (log,) = (data.parent / "temporary").iterdir()
    assert str(log) in told


@pytest.mark.parametrize("broken", ["open", "fdopen", "mkdir"])
@pytest.mark.parametrize("error", [OSError, RuntimeError, UnicodeEncodeError, MemoryError])
def test_no_fault_of_the_log_hides_the_fault(
    data: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    broken: str,
    error: type[Exception],
) -> None:
    """Whatever is raised where it is written; without any log, the line says so."""

    def fail(*_arguments: object, **_options: object) -> None:
        raise error("utf-8", "", 0, 1, "") if error is UnicodeEncodeError else error

    with monkeypatch.context() as patch:
        patch.setattr(os, broken, fail)
        patch.setattr(tempfile, "mkstemp", fail)
        told = reported(capsys)
    assert told.endswith("No log could be written.\n")
    assert list((data.parent / "temporary").iterdir()) == []


UNREADABLE = r"""
from travelsec.cli import crash_log

names = {}
exec(compile("def broken(): raise RuntimeError", "caf\udce9.py", "exec"), names)
try:
    names["broken"]()
except RuntimeError as error:
    crash_log.record(error)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere names of files are text")
def test_a_log_of_paths_that_are_no_text(tmp_path: Path) -> None:
    """Both the file of the fault and that of the log may be named with any bytes."""
    done = subprocess.run(
        [sys.executable, "-c", UNREADABLE],
        env=environment(tmp_path, TRAVELSEC_DATA_DIR=f"{tmp_path}/caf\udce9"),
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0
    assert done.stderr.count(b"\n") == 1
    (log,) = tmp_path.glob("*/fault.log")
    assert "in broken" in log.read_text(encoding="utf-8")


def test_nobody_to_tell(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Standard error that is full leaves the log, and no other fault."""
    monkeypatch.setattr(sys.stderr, "write", lambda _: (_ for _ in ()).throw(OSError))
    crash_log.record(fault())
    assert (data / "fault.log").is_file()


def test_a_developer_can_see_the_traceback(
    data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whoever has just written a mistake wants its line and its words; nobody else does."""
    monkeypatch.setenv("TRAVELSEC_DEBUG", "1")
    crash_log.record(fault())
    told = capsys.readouterr().err
    assert "in failing" in told
    assert "A. Smith" in told
    assert told.endswith(f"{data / 'fault.log'}\n")
