"""Run everything in dist/ outside the repository, and compare what it prints with the wheel's.

    python scripts/check_dist.py [PYTHON ...]

travelsec.pyz is run by the Python that runs this, and by every other that is named. Exit code 1 if
a digest, an SBOM or a byte of the output is wrong, or if a start takes more processor time than its
limit, as a ratio to the wheel's.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import tarfile
import tempfile
import time
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

ROOT = Path(__file__).resolve().parent.parent
sys.path.append(str(ROOT / "benchmarks"))

from processes import ratio, settle, spent  # noqa: E402

DIST = ROOT / "dist"
RUNS = 10
LIMITS = {"pyz": 1.6, "folder": 2.5, "single": 5.0}
COMMANDS = (
    # The first report of the README, an emergency, a card and a review.
    "prepare --answers lisbon.yaml --no-input --today 2026-11-29 --format txt",
    "prepare --answers lisbon.yaml --no-input --today 2026-11-29 --output report.html",
    "incident out-of-sight",
    "card --today 2026-11-29 --output card.html",
    "review report.html --today 2026-11-29",
    # What comes from the packages and the data that came along.
    "--help",
    "prepare --batch starters.csv --output-dir out --today 2026-11-29",
    "export report.html --output reminders.ics",
    "review . --today 2026-11-29 --output review.xlsx",
    "checklist validate",
    "completion zsh",
)
"""Each is run in a folder that the commands before it have written to."""


def main(pythons: Sequence[str]) -> int:
    """Check everything; return the exit code."""
    faults = [*_damaged(), *_wrong_sboms()]
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        programs = _set_up(work)
        archive = str(DIST / "travelsec.pyz")
        programs |= {f"pyz by {python}": [python, archive] for python in pythons}
        expected = _use(programs["wheel"], work / "expected")
        for number, (name, program) in enumerate(programs.items()):
            began = time.perf_counter()
            found = _use(program, work / f"used-{number}")
            faults += [f"{name}: {what} differs" for what in _differences(expected, found)]
            print(f"{name}: {len(found)} results compared in {time.perf_counter() - began:.0f} s")
        faults += _lost_data(work)
        faults += _refused(programs, work)
        faults += _slow(programs, work)
    print("\n".join(faults) or "all as it should be")
    return bool(faults)


def _damaged() -> Iterator[str]:
    lines = (DIST / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    sums = {name: digest for digest, _, name in (line.partition("  ") for line in lines)}
    files = {path.name for path in DIST.iterdir()} - {"SHA256SUMS"}
    yield from (f"{name}: only in dist/ or only in SHA256SUMS" for name in files ^ sums.keys())
    for name in files & sums.keys():
        if hashlib.sha256((DIST / name).read_bytes()).hexdigest() != sums[name]:
            yield f"{name}: has another digest than SHA256SUMS says"


def _wrong_sboms() -> Iterator[str]:
    validator = JsonStrictValidator(SchemaVersion.V1_6)
    for path in DIST.glob("*.cdx.json"):
        text = path.read_text(encoding="utf-8")
        if error := validator.validate_str(text):
            yield f"{path.name}: {error}"
        if '"msgspec"' not in text:
            yield f"{path.name}: does not name msgspec"


def _set_up(work: Path) -> dict[str, list[str]]:
    """Return the command of each program, with the wheel's first."""
    (wheel,) = DIST.glob("*.whl")
    uv = (sys.executable, "-m", "uv")
    home = work / "wheel"
    subprocess.run([*uv, "venv", "--quiet", "--python", sys.executable, str(home)], check=True)
    installed = home / ("Scripts" if os.name == "nt" else "bin")
    install = [*uv, "pip", "install", "--quiet", "--constraint", str(ROOT / "constraints.txt")]
    python = str(installed / "python")
    subprocess.run([*install, "--python", python, f"{wheel}[xlsx]"], check=True)
    (packed,) = [*DIST.glob("*-*-*-*.zip"), *DIST.glob("travelsec-*-*-*.tar.gz")]
    if packed.suffix == ".zip":
        zipfile.ZipFile(packed).extractall(work / "unpacked")
    else:
        with tarfile.open(packed) as archive:
            archive.extractall(work / "unpacked", filter="data")
    single = DIST / packed.name.removesuffix(".tar.gz").removesuffix(".zip")
    return {
        "wheel": [str(installed / "travelsec")],
        "pyz": [python, str(DIST / "travelsec.pyz")],
        "folder": [str(next((work / "unpacked").glob("*/travelsec*")))],
        "single": [str(single.with_name(f"{single.name}.exe") if os.name == "nt" else single)],
    }


def _environment(home: Path | str, temporary: Path) -> dict[str, str]:
    """Return this environment with another home, and with nothing of the repository."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("TRAVELSEC_")}
    for name in ("PYTHONPATH", "VIRTUAL_ENV", "XDG_CACHE_HOME", "XDG_DATA_HOME"):
        kept.pop(name, None)
    temporary.mkdir(exist_ok=True)
    places = dict.fromkeys(("HOME", "USERPROFILE", "LOCALAPPDATA"), str(home))
    return {**kept, **places, "TMPDIR": str(temporary), "SOURCE_DATE_EPOCH": "1795910400"}


def _use(program: Sequence[str], folder: Path) -> dict[str, object]:
    """Run the commands in a folder; return what they printed, and the files they wrote."""
    home, temporary = folder.with_suffix(".home"), folder.with_suffix(".temporary")
    folder.mkdir()
    home.mkdir()
    for name in ("lisbon.yaml", "starters.csv"):
        (folder / name).write_bytes((ROOT / "examples" / name).read_bytes())
    env = _environment(home, temporary)
    results: dict[str, object] = {}
    for command in COMMANDS:
        done = subprocess.run(
            [*program, *command.split()], cwd=folder, env=env, capture_output=True, check=False
        )
        results[f"travelsec {command}"] = (done.returncode, done.stdout, done.stderr)
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            results[path.relative_to(folder).as_posix()] = path.read_bytes()
    results["temporary files"] = sorted(path.name for path in temporary.iterdir())
    return results


def _differences(expected: Mapping[str, object], found: Mapping[str, object]) -> Iterator[str]:
    for name in {**expected, **found}:
        if expected.get(name) != found.get(name):
            yield f"{name} ({expected.get(name)!r:.300} became {found.get(name)!r:.300})"


def _lost_data(work: Path) -> Iterator[str]:
    """Yield the packs, templates and other data of the wheel that a program came without."""
    (wheel,) = DIST.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = [name for name in archive.namelist() if name.startswith("travelsec/")]
    expected = {name for name in names if not name.endswith(".py")}
    for place in ("unpacked/*/_internal", "used-1.home/**/travelsec-pyz/*"):
        (folder,) = work.glob(place)
        for name in expected:
            if not (folder / name).is_file():
                yield f"{place}: has no {name}"


def _refused(programs: Mapping[str, Sequence[str]], work: Path) -> Iterator[str]:
    """Run each program where no home can be written to, and the archive with half of its cache."""
    half = work / "half"
    half.mkdir()
    cases = [("pyz", half), *((name, Path(os.devnull)) for name in LIMITS), ("pyz", half)]
    for number, (name, home) in enumerate(cases):
        for file in half.glob("**/travelsec/cli/end.py"):
            file.unlink()
        temporary = work / f"temporary-{number}"
        done = subprocess.run(
            [*programs[name], "incident", "out-of-sight"],
            env=_environment(home, temporary),
            capture_output=True,
            check=False,
        )
        if done.returncode or not done.stdout:
            yield f"{name} at home in {home}: {done.returncode}, {done.stderr.decode()}"
        if left := [path.name for path in temporary.iterdir()]:
            yield f"{name} at home in {home}: left {left}"


def _slow(programs: Mapping[str, list[str]], work: Path) -> Iterator[str]:
    home = work / "measured"
    home.mkdir()
    settle(home)
    ours = ["incident", "out-of-sight"]
    for name, limit in LIMITS.items():
        first, second = [*programs[name], *ours], [*programs["wheel"], *ours]
        spent(first), spent(second)
        pairs = [(spent(first), spent(second)) for _ in range(RUNS)]
        found = ratio(pairs)
        print(f"start of {name}: {found:.2f} times that of the wheel (limit {limit})")
        if found > limit:
            yield f"{name}: starts in {found:.2f} times the time of the wheel (limit {limit})"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
