"""Try the pre-commit hook and the GitHub Action in a repository with a pack, made for that.

    python scripts/check_pack_repository.py

Exit code 1 if either refuses a good pack, or passes one with an error or without naming its place.
Both install travelsec from this repository, and its packages from the index.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parent.parent
CONFIGURATION = """\
repos:
  - repo: {repository}
    rev: {revision}
    hooks:
      - id: travelsec-validate
        args: [checklists, more checklists]
"""
ADDED = """\
contacts:
  - id: harbour
    name: Harbour
    fax: "+442079460018"
"""
"""The last line is an error: there is no such field."""
Check = Callable[[], subprocess.CompletedProcess[str]]


def main() -> int:
    """Try both; return the exit code."""
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        pack = work / "pack"
        shutil.copytree(ROOT / "examples" / "agency", pack / "checklists")
        shutil.copytree(ROOT / "tests" / "pack" / "policy", pack / "more checklists")
        travelsec = _copy(work / "travelsec")
        faults = [
            *_try("pre-commit", _hook(travelsec, pack, work), pack, "{}:{}:5:"),
            *_try("the Action", _action(travelsec, pack, work), pack, "::error file={},line={},"),
        ]
    print("\n".join(faults) or "the hook and the Action pass a good pack, and mark an error")
    return bool(faults)


def _try(name: str, check: Check, pack: Path, mark: str) -> Iterator[str]:
    """Check a good pack, then one with an error in its second folder."""
    done = check()
    if done.returncode:
        yield f"{name} refuses a good pack:\n{done.stdout}{done.stderr}"
    relative = Path("more checklists", "contacts.yaml")
    file = pack / relative
    good = file.read_text(encoding="utf-8")
    file.write_text(ADDED, encoding="utf-8")
    done = check()
    place = mark.format(relative, ADDED.count("\n"))
    if not done.returncode or place not in done.stdout:
        yield f"{name} ends with {done.returncode}, without {place}:\n{done.stdout}{done.stderr}"
    file.write_text(good, encoding="utf-8")


def _copy(folder: Path) -> Path:
    """Return a repository with all that git knows here, or would take."""
    if (ROOT / ".git").exists():
        listed = _git(ROOT, "ls-files", "-z", "--cached", "--others", "--exclude-standard")
        for name in filter(None, listed.split("\0")):
            if (ROOT / name).is_file():
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(ROOT / name, folder / name)
    else:
        left_out = shutil.ignore_patterns(".venv", ".*_cache", "dist", "tests")
        shutil.copytree(ROOT, folder, ignore=left_out)
    return _commit(folder)


def _commit(folder: Path) -> Path:
    """Put all files of a folder into a repository."""
    _git(folder, "init", "--quiet")
    _git(folder, "add", "--all")
    person = ("-c", "user.name=Ann Lee", "-c", "user.email=ann.lee@example.org")
    _git(folder, *person, "commit", "--quiet", "--message", "Begin")
    return folder


def _git(folder: Path, *arguments: str) -> str:
    command = ["git", "-C", str(folder), *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def _hook(travelsec: Path, pack: Path, work: Path) -> Check:
    revision = _git(travelsec, "rev-parse", "HEAD").strip()
    configuration = CONFIGURATION.format(repository=travelsec.as_posix(), revision=revision)
    (pack / ".pre-commit-config.yaml").write_text(configuration, encoding="utf-8")
    _commit(pack)

    def check() -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "pre_commit", "run", "--all-files"]
        return _run(command, pack, PRE_COMMIT_HOME=str(work / "hooks"))

    return check


def _action(travelsec: Path, pack: Path, work: Path) -> Check:
    """Return what runs the steps of the Action, in bash, as a runner of GitHub does."""
    steps = yaml.safe_load((travelsec / "action.yml").read_text(encoding="utf-8"))["runs"]["steps"]
    scripts = [(step["run"], step.get("env", {})) for step in steps if "run" in step]
    path = work / "path"
    system = {"win32": "Windows", "darwin": "macOS"}.get(sys.platform, "Linux")
    runner = {
        "GITHUB_ACTION_PATH": str(travelsec),
        "GITHUB_PATH": str(path),
        "RUNNER_OS": system,
        "RUNNER_TEMP": str(work),
    }
    inputs = {"${{ inputs.folders }}": "checklists\nmore checklists\n"}

    def check() -> subprocess.CompletedProcess[str]:
        path.write_text("", encoding="utf-8")
        for script, names in scripts:
            found = [line for line in path.read_text(encoding="utf-8").splitlines() if line]
            places = os.pathsep.join([*found, str(Path(sys.executable).parent), os.environ["PATH"]])
            given = {name: inputs[value] for name, value in names.items()}
            command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script]
            done = _run(command, pack, **runner, **given, PATH=places)
            if done.returncode:
                break
        return done

    return check


def _run(command: list[str], folder: Path, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command,
        cwd=folder,
        env={**os.environ, **env},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )


if __name__ == "__main__":
    sys.exit(main())
