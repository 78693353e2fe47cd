"""Print or install the scripts that let shells complete."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from travelsec.problems import UserError, allowed

SCRIPTS = {
    "bash": "travelsec.bash",
    "zsh": "travelsec.zsh",
    "fish": "travelsec.fish",
    "powershell": "travelsec.ps1",
}


def put_script(shell: str) -> None:
    """Print the script for a shell, if there is one."""
    # As bytes: shells do not read Windows line ends.
    sys.stdout.buffer.write(_script(shell))


def _script(shell: str) -> bytes:
    if shell not in SCRIPTS:
        raise UserError(f"there is no completion for “{shell}”{allowed(SCRIPTS, shell)}")
    return (Path(__file__).parent / "completion_scripts" / SCRIPTS[shell]).read_bytes()


def detect_shell() -> tuple[str, str]:
    """Return the name of the parent shell, and its program.

    Raises:
        UserError: they cannot be detected.
    """
    import shellingham

    try:
        name, program = shellingham.detect_shell()
    except shellingham.ShellDetectionFailure:
        raise UserError(
            "the shell cannot be detected; travelsec completion SHELL prints the script for it"
        ) from None
    return ("powershell" if name == "pwsh" else name), program


def install() -> None:
    """Install the script for the parent shell where that shell reads it.

    Raises:
        UserError: the shell cannot be detected, has no script, or its files cannot be written.
    """
    from travelsec import files
    from travelsec.safe_text import line

    shell, program = detect_shell()
    script = _script(shell)
    try:
        path, settings, loading = _setup_of(shell, program)
        path.parent.mkdir(parents=True, exist_ok=True)
        files.write_file(path, script, force=True)
        if settings is not None:
            _add_line(settings, loading)
    except RuntimeError:
        raise UserError("there is no home folder to install it in") from None
    except OSError as error:
        where = error.filename or "the files of your shell"
        raise UserError(f"{where}: cannot be written: {error.strerror}") from None
    print(f"The completion for {shell} is in {line(str(path))}. It works in the next window.")


def is_installed(shell: str) -> bool | None:
    """Return whether `install` has put the script where the shell reads it.

    None for PowerShell: only PowerShell knows the place.
    """
    if shell == "powershell":
        return None
    try:
        path, settings, loading = _setup_of(shell, "")
        lines = settings.read_bytes().splitlines() if settings else [loading.encode()]
        return path.is_file() and loading.encode() in lines
    except (RuntimeError, OSError):
        # There is no home folder, or no such file in it.
        return False


def _setup_of(shell: str, program: str) -> tuple[Path, Path | None, str]:
    """Return the file for a shell's script, and the settings file and line that load it."""
    home = Path.home()
    match shell:
        case "bash":
            path = home / ".bash_completions" / "travelsec.sh"
            quoted = str(path).replace("'", r"'\''")
            return path, home / ".bashrc", f"source '{quoted}'"
        case "zsh":
            settings = Path(os.environ.get("ZDOTDIR") or home) / ".zshrc"
            loading = "fpath+=~/.zfunc; autoload -Uz compinit; compinit"
            return home / ".zfunc" / "_travelsec", settings, loading
        case "fish":
            # fish loads what it finds there.
            folder = Path(os.environ.get("XDG_CONFIG_HOME") or home / ".config")
            return folder / "fish" / "completions" / "travelsec.fish", None, ""
    profile = _powershell_profile(program)
    path = profile.with_name("travelsec.ps1")
    quoted = str(path).replace("'", "''")
    return path, profile, f". '{quoted}'"


def _add_line(path: Path, line: str) -> None:
    """Append a line to a settings file of the user unless it is there already."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+b") as file:
        file.seek(0)
        lines = file.read()
        if line.encode() not in lines.splitlines():
            start = b"" if lines.endswith(b"\n") or not lines else b"\n"
            file.write(start + line.encode() + b"\n")


def _powershell_profile(program: str) -> Path:
    """Return the profile that PowerShell reads when it starts, if its policy lets it do so."""
    import subprocess

    command = [program, "-NoProfile", "-Command", "Get-ExecutionPolicy; $PROFILE"]
    out = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    policy, profile, *_ = (*map(str.strip, out.split("\n")), "")
    if policy in ("Restricted", "AllSigned") or not profile:
        raise UserError(
            f"PowerShell runs no scripts of yours ({policy or 'it did not answer'}). Allow them "
            "with Set-ExecutionPolicy RemoteSigned -Scope CurrentUser, then try again"
        )
    return Path(profile)
