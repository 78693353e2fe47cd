"""Load packs from folders: the bundled one, and overlays on top of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from travelsec.pack import draft, merge, resolve
from travelsec.pack.model import Pack, PackInfo, Source
from travelsec.pack.yaml_tree import MAX_BYTES
from travelsec.problems import InputError, Place, Problem

_PACKAGE = Path(__file__).resolve().parent.parent


def bundled_folder() -> Path:
    """Return the folder of the bundled pack: inside a wheel's package, else beside `src`."""
    inside = _PACKAGE / "checklists"
    return inside if inside.is_dir() else _PACKAGE.parent.parent / "checklists"


def load(overlays: Sequence[Path] = (), *, bundled: Path | None = None) -> Pack:
    """Read the bundled pack with overlays on top.

    Args:
        overlays: folders of further packs, each laid over those before it.
        bundled: the folder at the bottom, if not the one that comes with travelsec.

    Raises:
        InputError: every fault of every pack.
    """
    bottom = bundled or bundled_folder()
    read = [_read(folder, bottom) for folder in (bottom, *overlays)]
    problems = [problem for _, found in read for problem in found]
    if problems:
        # A reference to an entry that could not be read would be a fault that is none.
        raise InputError(problems)
    drafts = [one for one, _ in read]
    twins = list(_twins(drafts))
    merged, clashes = merge.merge(drafts)
    sources = tuple(Source(_info(one).value, one.digest) for one in drafts)
    pack, faults = resolve.resolve(merged, sources)
    if twins or clashes or faults:
        raise InputError([*twins, *clashes, *faults])
    return pack


def _read(folder: Path, bottom: Path) -> tuple[draft.Draft, list[Problem]]:
    try:
        return draft.read(str(folder), files(folder, bottom))
    except InputError as error:
        return draft.Draft(str(folder)), list(error.problems)


def files(folder: Path, bottom: Path) -> list[tuple[str, bytes]]:
    """Read the `*.yaml` files of a pack, in the order of their names.

    The bundled pack's files are named without the folder they are installed in.

    Raises:
        InputError: the folder is none, holds no such file, or one cannot be read.
    """
    if not folder.is_dir():
        raise InputError([Problem(Place(str(folder)), "there is no such folder with a pack")])
    found = sorted(path for path in folder.rglob("*.yaml") if path.is_file())
    if not found:
        raise InputError([Problem(Place(str(folder)), "no file in this folder ends in .yaml")])
    return [(_name(path, folder, bottom), _bytes(path)) for path in found]


def _name(path: Path, folder: Path, bottom: Path) -> str:
    if folder == bottom == bundled_folder():
        return f"checklists/{path.relative_to(folder).as_posix()}"
    return str(path)


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            # One byte more than is allowed shows that it is too large; no need to read on.
            return file.read(MAX_BYTES + 1)
    except OSError as error:
        raise InputError([Problem(Place(str(path)), f"cannot be read: {error.strerror}")]) from None


def _twins(drafts: Sequence[draft.Draft]) -> Iterator[Problem]:
    """Yield a fault for each pack with the id of one below: a report names its packs by id."""
    first: dict[str, Place] = {}
    for info in map(_info, drafts):
        name = info.value.id
        if name in first:
            yield Problem(info.at("id"), f"“{name}” is already the id of the pack at {first[name]}")
        first.setdefault(name, info.place)


def _info(one: draft.Draft) -> draft.Placed[PackInfo]:
    assert one.info is not None, "draft.read reports a pack without its “pack” entry"
    return one.info
