"""Print or install the scripts that let shells complete."""

from __future__ import annotations

import os
import sys
from pathlib import Path

SCRIPTS = {
    "bash": "travelsec.bash",
    "zsh": "travelsec.zsh",
    "fish": "travelsec.fish",
    "powershell": "travelsec.ps1",
}


def put_script(shell: str) -> None:
    """Print the script for a shell.

    Raises:
        UserError: there is none.
    """
    # As bytes: shells do not read Windows line ends.
    sys.stdout.buffer.write(_script(shell))


def _script(shell: str) -> bytes:
    from travelsec.problems import UserError, allowed

    if shell not in SCRIPTS:
        raise UserError(f"there is no completion for “{shell}”{allowed(SCRIPTS, shell)}")
    return (Path(__file__).parent / "completion_scripts" / SCRIPTS[shell]).read_bytes()


def current_shell() -> str:
    """Return the name of the parent shell.

    Raises:
        UserError: it cannot be detected.
    """
    return _detect()[0]


def _detect() -> tuple[str, str]:
    """Return the name of the parent shell, and its program."""
    import shellingham

    from travelsec.problems import UserError

    try:
        name, program = shellingham.detect_shell()
    except shellingham.ShellDetectionFailure:
        raise UserError(
            "which shell this is cannot be told; travelsec completion SHELL prints its script"
        ) from None
    return ("powershell" if name == "pwsh" else name), program


def install() -> None:
    """Install the script for the parent shell where that shell reads it.

    Raises:
        UserError: there is none for this shell, or a file cannot be written.
    """
    from travelsec import files
    from travelsec.problems import UserError
    from travelsec.safe_text import line

    shell, program = _detect()
    script = _script(shell)
    try:
        path, settings, told = _places(shell, program)
        path.parent.mkdir(parents=True, exist_ok=True)
        files.write(path, script, force=True)
        if settings is not None:
            _add_line(settings, told)
    except RuntimeError:
        raise UserError("there is no home folder to install it in") from None
    except OSError as error:
        where = error.filename or "the files of your shell"
        raise UserError(f"{where}: cannot be written: {error.strerror}") from None
    print(f"The completion for {shell} is in {line(str(path))}. It works in the next window.")


def _places(shell: str, program: str) -> tuple[Path, Path | None, str]:
    """Return the file for a shell's script, and the settings file and line that load it."""
    home = Path.home()
    match shell:
        case "bash":
            path = home / ".bash_completions" / "travelsec.sh"
            quoted = str(path).replace("'", r"'\''")
            return path, home / ".bashrc", f"source '{quoted}'"
        case "zsh":
            settings = Path(os.environ.get("ZDOTDIR") or home) / ".zshrc"
            told = "fpath+=~/.zfunc; autoload -Uz compinit; compinit"
            return home / ".zfunc" / "_travelsec", settings, told
        case "fish":
            # fish looks there anyway.
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
    """Return PowerShell's profile, which it reads when it starts.

    Raises:
        UserError: it would refuse to read one, and complain each time.
    """
    import subprocess

    from travelsec.problems import UserError

    asked = [program, "-NoProfile", "-Command", "Get-ExecutionPolicy; $PROFILE"]
    told = subprocess.run(asked, capture_output=True, text=True, check=False).stdout.split("\n")
    policy, profile = (told[0].strip(), told[1].strip()) if len(told) > 1 else ("", "")
    if policy in ("Restricted", "AllSigned") or not profile:
        raise UserError(
            f"PowerShell runs no scripts of yours ({policy or 'it did not answer'}). Allow them "
            "with Set-ExecutionPolicy RemoteSigned -Scope CurrentUser, then try again"
        )
    return Path(profile)
