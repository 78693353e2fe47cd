"""Make what a release publishes, in dist/: the sdist and the wheel, and files to run as they are.

    python scripts/make_dist.py

travelsec.pyz needs a Python, of any of VERSIONS on any of PLATFORMS. The folder and the single
executable need nothing, and are for the system this runs on. Each comes with an SBOM, and
SHA256SUMS covers them all. SOURCE_DATE_EPOCH, or else the last commit, gives every date.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import platform
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import time
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
DIST = ROOT / "dist"
UV = (sys.executable, "-m", "uv")
INSTALL = (*UV, "pip", "install", "--quiet", "--constraint", "constraints.txt")
VERSIONS = ("3.11", "3.12", "3.13", "3.14")
PLATFORMS = {
    "x86_64-unknown-linux-gnu": "",
    "aarch64-unknown-linux-gnu": "",
    "x86_64-unknown-linux-musl": "",
    "x86_64-pc-windows-msvc": "",
    "aarch64-apple-darwin": "-arm64",
    "x86_64-apple-darwin": "-x86_64",
}
"""Platforms as uv names them, and what `target` of start_pyz.py adds to the names of modules."""
NOT_NEEDED = ("RECORD", "WHEEL", "INSTALLER", "REQUESTED", "direct_url.json", "uv_cache.json")
"""What an installer notes for itself beside the metadata of a package."""
EXTENSIONS = (".so", ".pyd")
FIRST_DATE = 315532800
"""1 January 1980: a ZIP archive knows no earlier date."""


def main() -> None:
    """Make everything."""
    os.environ.setdefault("SOURCE_DATE_EPOCH", _last_commit())
    # PyInstaller writes sets in the order that Python gives them.
    os.environ["PYTHONHASHSEED"] = "0"
    shutil.rmtree(DIST, ignore_errors=True)
    _run(sys.executable, "-m", "build", "--no-isolation", "--outdir", str(DIST), str(ROOT))
    (wheel,) = DIST.glob("*.whl")
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        name = f"travelsec-{_version(wheel)}"
        _install(work / "plain", str(wheel))
        _write_sbom(name, [work / "plain"], work)
        sites = dict(_install_for_each(wheel, work))
        make_pyz(sites, work)
        _write_sbom("travelsec.pyz", sites.values(), work)
        _freeze(wheel, name, work)
    write_sums()


def _last_commit() -> str:
    command = ["git", "-C", str(ROOT), "log", "-1", "--format=%ct"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.stdout.strip() or str(FIRST_DATE)


def _version(wheel: Path) -> str:
    return wheel.name.split("-")[1]


def _system() -> str:
    system, machine = platform.system().lower(), platform.machine().lower()
    names = {"darwin": "macos", "amd64": "x86_64", "aarch64": "arm64"}
    return f"{names.get(system, system)}-{names.get(machine, machine)}"


def _run(*command: str, cwd: Path = ROOT) -> None:
    done = subprocess.run(command, cwd=cwd, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if done.returncode:
        sys.exit(f"{' '.join(command)} failed:\n{done.stdout.decode(errors='replace')}")


def _install(site: Path, requirement: str, *options: str) -> None:
    _run(*INSTALL, "--target", str(site), *options, requirement)


def _install_for_each(wheel: Path, work: Path) -> Iterator[tuple[str, Path]]:
    """Install the wheel for each Python on each platform, by the name that `start_pyz` gives it."""
    for system, ending in PLATFORMS.items():
        for version in VERSIONS:
            site = work / "sites" / f"{system}-{version}"
            options = ("--python-platform", system, "--python-version", version)
            _install(site, f"{wheel}[xlsx]", *options, "--only-binary", ":all:")
            (module,) = (path for path in site.glob("msgspec/_core.*") if path.suffix in EXTENSIONS)
            yield module.name.split(".")[1] + ending, site


def make_pyz(sites: Mapping[str, Path], work: Path) -> None:
    """Make the archive: what starts it, and in an archive of its own what that unpacks.

    Reading the names of thousands of files would slow each start. A file that is the same for
    several targets is there once.
    """
    numbers: dict[bytes, int] = {}
    weights = {}
    payload = work / "payload.zip"
    with zipfile.ZipFile(payload, "w") as archive:
        for name, site in sites.items():
            content = {}
            weights[name] = 0
            for path in _needed(site):
                data = path.read_bytes()
                digest = hashlib.sha256(data).digest()
                if digest not in numbers:
                    numbers[digest] = len(numbers)
                    _add(archive, str(numbers[digest]), data)
                content[path.relative_to(site).as_posix()] = numbers[digest]
                weights[name] += 1 + len(data)
            _add(archive, name, json.dumps(content).encode())
    packed = payload.read_bytes()
    start = (ROOT / "scripts" / "start_pyz.py").read_text(encoding="utf-8")
    build = hashlib.sha256(packed).hexdigest()[:16]
    with (DIST / "travelsec.pyz").open("wb") as file:
        file.write(b"#!/usr/bin/env python3\n")
        with zipfile.ZipFile(file, "w") as archive:
            _add(archive, "__main__.py", f"{start}\n\nmain({build!r}, {weights!r})\n".encode())
            # It is compressed already.
            _add(archive, "payload.zip", packed, zipfile.ZIP_STORED)
    (DIST / "travelsec.pyz").chmod(0o755)


def _needed(site: Path) -> list[Path]:
    """Return the files of a site that a start may need, and licences."""
    return [
        path
        for path in sorted(site.rglob("*"))
        if path.is_file()
        and path.relative_to(site).parts[0] not in ("bin", "share")
        and "tests" not in path.parent.relative_to(site).parts
        and path.suffix not in (".c", ".pyc", ".pyi")
        and not (path.parent.suffix == ".dist-info" and path.name in NOT_NEEDED)
    ]


def _add(archive: zipfile.ZipFile, name: str, data: bytes, how: int = zipfile.ZIP_DEFLATED) -> None:
    date = time.gmtime(max(int(os.environ["SOURCE_DATE_EPOCH"]), FIRST_DATE))[:6]
    archive.writestr(zipfile.ZipInfo(name, date), data, how, 9)


def _freeze(wheel: Path, name: str, work: Path) -> None:
    """Make the folder, as an archive, and the single executable."""
    home = work / "frozen"
    python = home / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    _run(*UV, "venv", "--quiet", "--python", sys.executable, str(home))
    _run(*INSTALL, "--python", str(python), f"{wheel}[xlsx]", "pyinstaller")
    spec = str(ROOT / "scripts" / "travelsec.spec")
    made = work / "made"
    places = ("--distpath", str(made), "--workpath", str(work / "build"))
    _run(str(python), "-m", "PyInstaller", "--noconfirm", *places, spec, cwd=work)
    program, ending = f"{name}-{_system()}", ".exe" if os.name == "nt" else ""
    shutil.copy2(made / f"travelsec-single{ending}", DIST / f"{program}{ending}")
    # Unpacked beside it, the folder must not have the name of the single executable.
    folder = (made / "folder").rename(made / name)
    _pack(folder, program)
    _install(work / "host", f"{wheel}[xlsx]")
    _write_sbom(program, [work / "host"], work, _bundled(folder))


def _pack(folder: Path, name: str) -> None:
    """Pack a folder for release, with the dates and owners of no machine."""
    files = sorted(path for path in folder.rglob("*") if not path.is_dir() or path.is_symlink())
    if os.name == "nt":
        with zipfile.ZipFile(DIST / f"{name}.zip", "w") as archive:
            for path in files:
                _add(archive, path.relative_to(folder.parent).as_posix(), path.read_bytes())
        return
    with (
        (DIST / f"{name}.tar.gz").open("wb") as file,
        # No name and no date in the header.
        gzip.GzipFile("", "wb", fileobj=file, mtime=0) as packed,
        tarfile.open(fileobj=packed, mode="w") as tar,
    ):
        for path in files:
            tar.add(path, path.relative_to(folder.parent).as_posix(), filter=_plain)


def _plain(entry: tarfile.TarInfo) -> tarfile.TarInfo:
    entry.mtime = int(os.environ["SOURCE_DATE_EPOCH"])
    entry.uid = entry.gid = 0
    entry.uname = entry.gname = ""
    entry.mode = 0o755 if entry.mode & 0o100 else 0o644
    return entry


def _bundled(folder: Path) -> list[dict[str, Any]]:
    """Return the components that PyInstaller adds to the packages: Python and its libraries."""
    internal = folder / "_internal"
    libraries = [path for path in internal.iterdir() if re.search(r"\.(so|dll|dylib)\b", path.name)]
    files = [
        {
            "type": "file",
            "name": path.name,
            "hashes": [{"alg": "SHA-256", "content": _sum(path)}],
        }
        for path in sorted(libraries)
    ]
    return [{"type": "platform", "name": "CPython", "version": platform.python_version()}, *files]


def _sum(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _write_sbom(name: str, sites: Iterable[Path], work: Path, more: Sequence[Any] = ()) -> None:
    """Write which packages a file holds, or needs."""
    home = work / f"sbom-{name}"
    _run(*UV, "venv", "--quiet", "--python", sys.executable, str(home))
    (packages,) = home.glob("[Ll]ib/**/site-packages")
    for site in sites:
        for metadata in site.glob("*.dist-info"):
            shutil.copytree(metadata, packages / metadata.name, dirs_exist_ok=True)
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    version = f'version = "{_version(next(DIST.glob("*.whl")))}"'
    (home / "pyproject.toml").write_text(
        project.replace('dynamic = ["version"]', version), encoding="utf-8"
    )
    shutil.copy2(ROOT / "LICENSE", home)
    file = DIST / f"{name}.cdx.json"
    _run(
        *(sys.executable, "-m", "cyclonedx_py", "environment", "--output-reproducible"),
        *("--gather-license-texts", "--pyproject", str(home / "pyproject.toml")),
        *("--output-file", str(file), str(home)),
    )
    bom = json.loads(file.read_text(encoding="utf-8"))
    bom["components"] += more
    file.write_text(json.dumps(bom, indent=2) + "\n", encoding="utf-8", newline="\n")


def write_sums() -> None:
    """Write the digests of all files, as `sha256sum --check` reads them."""
    files = (path for path in sorted(DIST.iterdir()) if path.name != "SHA256SUMS")
    lines = [f"{_sum(path)}  {path.name}\n" for path in files]
    (DIST / "SHA256SUMS").write_bytes("".join(lines).encode())


if __name__ == "__main__":
    main()
