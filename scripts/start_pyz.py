"""Start travelsec from travelsec.pyz: unpack it once for this Python, then run it from there.

`make_dist.py` puts this file into the archive as `__main__.py`. Compiled modules cannot be
imported from an archive, and compiling the others at each start would take seconds.
"""

import os
import sys
from contextlib import suppress
from pathlib import Path

OLDEST = (3, 11)
"""Anything older must still be able to read this file, and to say so."""


def refuse(reason: str) -> None:
    """End with the exit code for what cannot be carried out."""
    print(f"Error: travelsec.pyz {reason}", file=sys.stderr)
    sys.exit(2)


def target() -> str:
    """Return the Python and the system that compiled modules are for, as in their file names."""
    from importlib.machinery import EXTENSION_SUFFIXES

    name = EXTENSION_SUFFIXES[0].split(".")[1]
    # On a Mac, the file names do not tell the two processors apart.
    return f"{name}-{os.uname().machine}" if sys.platform == "darwin" else name


def cache_folder() -> "Path | None":
    """Return the user's own folder for files that can be made again, if there is one."""
    if sys.platform == "win32":
        named, usual = os.environ.get("LOCALAPPDATA"), "~/AppData/Local"
    elif sys.platform == "darwin":
        named, usual = None, "~/Library/Caches"
    else:
        named, usual = os.environ.get("XDG_CACHE_HOME"), "~/.cache"
    with suppress(RuntimeError):
        folder = Path(named or usual).expanduser()
        if folder.is_absolute():
            return folder / "travelsec-pyz"
    return None


def weigh(folder: str) -> int:
    """Return the number of files in a folder and of their bytes, without those Python compiled."""
    weight, folders = 0, [folder]
    for path in folders:
        with os.scandir(path) as entries:
            for entry in entries:
                if not entry.is_dir():
                    weight += 1 + entry.stat().st_size
                elif entry.name != "__pycache__":
                    folders.append(entry.path)
    return weight


def is_whole(folder: Path, weight: int) -> bool:
    """Return whether all was unpacked to a folder of the user's, and is still there.

    Whatever clears caches may leave a part, and a power failure files without their bytes. With
    `sudo` and the home of another user, that user could change the program.
    """
    try:
        is_own = sys.platform == "win32" or folder.stat().st_uid == os.getuid()
        return is_own and weigh(str(folder)) == weight
    except OSError:
        return False


def unpack(archive: Path, name: str, folder: Path, weight: int) -> None:
    """Unpack the files for a target to a new folder, and give it its name once all are there."""
    import json
    import shutil
    import tempfile
    import zipfile

    folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    new = Path(tempfile.mkdtemp(prefix=".unpacking-", dir=folder.parent))
    try:
        with zipfile.ZipFile(archive) as outer:
            payload = zipfile.ZipFile(outer.open("payload.zip"))
            for path, content in json.loads(payload.read(name)).items():
                file = new / path
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(payload.read(str(content)))
        # Another start may have been quicker, and run from there already.
        if not is_whole(folder, weight):
            shutil.rmtree(folder, ignore_errors=True)
            new.rename(folder)
    finally:
        shutil.rmtree(new, ignore_errors=True)


def find(archive: Path, build: str, targets: "dict[str, int]") -> "tuple[Path, Path | None]":
    """Return the folder with the program, and the folder to remove at the end, if any."""
    import tempfile

    name = target()
    if name not in targets:
        refuse(f"has nothing for this Python ({name}), only for {', '.join(sorted(targets))}")
    weight = targets[name]
    cache = cache_folder()
    if cache:
        folder = cache / f"{build}-{name}"
        if not is_whole(folder, weight):
            # If nothing can be kept there, or another start was quicker, the next line finds out.
            with suppress(OSError):
                unpack(archive, name, folder, weight)
        if is_whole(folder, weight):
            return folder, None
    try:
        temporary = Path(tempfile.mkdtemp(prefix="travelsec-pyz-"))
        folder = temporary / name
        unpack(archive, name, folder, weight)
    except OSError as error:
        places = f"{cache or 'a home folder'} or a temporary folder"
        refuse(f"cannot be unpacked to {places}: {error.strerror or error}")
    return folder, temporary


def main(build: str, targets: "dict[str, int]") -> None:
    """Run travelsec from where it is unpacked, and remove it if it cannot be kept there."""
    if sys.version_info < OLDEST:
        oldest, this = (".".join(map(str, version[:2])) for version in (OLDEST, sys.version_info))
        refuse(f"needs Python {oldest} or newer, and this is {this}")
    try:
        folder, temporary = find(Path(__file__).absolute().parent, build, targets)
    except KeyboardInterrupt:
        sys.exit(130)
    # In place of the archive: nothing else that is installed comes first.
    sys.path[0] = str(folder)
    try:
        from travelsec.cli.main import main as travelsec

        travelsec()
    finally:
        if temporary:
            import shutil

            shutil.rmtree(temporary, ignore_errors=True)
