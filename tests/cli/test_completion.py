"""The script for a shell is printed, or installed where the shell reads it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import shellingham

from tests.cli.command import run
from tests.terminal import environment
from travelsec.cli.completion import install
from travelsec.problems import UserError

# It is for shells in terminals.
pytestmark = pytest.mark.terminal

PLACES = {
    "bash": (".bash_completions/travelsec.sh", ".bashrc"),
    "zsh": (".zfunc/_travelsec", ".zshrc"),
    "fish": (".config/fish/completions/travelsec.fish", None),
}


def within(shell: str, option: str, home: Path) -> subprocess.CompletedProcess[str]:
    """Run travelsec from within a shell."""
    if sys.platform == "win32":
        pytest.skip("shells on Windows find other homes")
    if not shutil.which(shell):
        pytest.skip(f"{shell} is not installed")
    # The second command keeps the shell from becoming travelsec, instead of starting it.
    command = f"'{sys.executable}' -m travelsec {option}; true"
    return subprocess.run(
        [shell, "-c", command],
        env=environment(home),
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("shell", PLACES)
def test_it_is_installed_for_the_shell_at_hand(tmp_path: Path, shell: str) -> None:
    """The script that is printed too; the shell's file names it once, behind what it has."""
    script, settings = PLACES[shell]
    if settings:
        (tmp_path / settings).write_text("# my own, and no line end", encoding="utf-8")
    for _ in range(2):
        done = within(shell, "--install-completion", tmp_path)
        assert done.stderr == ""
        assert str(tmp_path / script) in done.stdout
    printed = run("completion", shell, folder=tmp_path).out
    assert (tmp_path / script).read_text(encoding="utf-8") == printed
    assert within(shell, "--show-completion", tmp_path).stdout == printed
    if settings:
        own, told = (tmp_path / settings).read_text(encoding="utf-8").splitlines()
        assert own == "# my own, and no line end"
        assert ".zfunc" in told or str(tmp_path / script) in told


def test_a_shell_without_a_script(tmp_path: Path) -> None:
    """Exit code 2, and which there are."""
    done = within("sh", "--install-completion", tmp_path)
    assert "there is no completion for" in done.stderr
    assert "bash, zsh, fish, powershell" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    """No traceback."""
    (tmp_path / ".bashrc").mkdir()
    done = within("bash", "--install-completion", tmp_path)
    assert done.stderr == f"Error: {tmp_path / '.bashrc'}: cannot be written: Is a directory\n"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Have a home whose name a shell could take for more than a name."""
    folder = tmp_path / "it's $(touch PWNED)"
    folder.mkdir()
    monkeypatch.setenv("HOME", str(folder))
    for name in ("ZDOTDIR", "XDG_CONFIG_HOME"):
        monkeypatch.delenv(name, raising=False)
    return folder


def powershell(folder: Path, policy: str, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Put a program in the place of PowerShell that answers like it; return its profile."""
    profile = folder / "WindowsPowerShell" / "profile.ps1"
    program = folder / "pwsh"
    program.write_text(f"#!/bin/sh\necho {policy}\ncat <<'END'\n{profile}\nEND\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setattr(shellingham, "detect_shell", lambda: ("pwsh", str(program)))
    return profile


def test_powershell_reads_it_from_its_profile(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its settings stay as they are."""
    profile = powershell(home, "RemoteSigned", monkeypatch)
    install()
    script = profile.with_name("travelsec.ps1")
    assert str(script) in capsys.readouterr().out
    assert "Register-ArgumentCompleter" in script.read_text(encoding="utf-8")
    quoted = str(script).replace("'", "''")
    assert profile.read_text(encoding="utf-8") == f". '{quoted}'\n"


def test_powershell_that_runs_no_scripts_is_left_alone(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A profile would make it complain at each start."""
    profile = powershell(home, "Restricted", monkeypatch)
    with pytest.raises(UserError, match="Set-ExecutionPolicy"):
        install()
    assert not profile.exists()


@pytest.mark.skipif(not shutil.which("bash"), reason="bash is not installed")
def test_a_home_with_a_hostile_name(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """bash reads the script from it, and runs nothing else."""
    monkeypatch.setattr(shellingham, "detect_shell", lambda: ("bash", "bash"))
    install()
    shell = ["bash", "--norc", "-c", "source ~/.bashrc && complete -p travelsec"]
    done = subprocess.run(shell, cwd=home, capture_output=True, check=True, text=True)
    assert done.stdout == "complete -o default -F _travelsec travelsec\n"
    assert not (home / "PWNED").exists()


def test_without_a_home_nothing_is_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    """It says so."""

    def home() -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.setattr(Path, "home", home)
    monkeypatch.setattr(shellingham, "detect_shell", lambda: ("zsh", "zsh"))
    with pytest.raises(UserError, match="no home folder"):
        install()


def test_a_shell_that_cannot_be_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """The script can still be printed."""

    def detect() -> tuple[str, str]:
        raise shellingham.ShellDetectionFailure

    monkeypatch.setattr(shellingham, "detect_shell", detect)
    with pytest.raises(UserError, match="travelsec completion SHELL"):
        install()
