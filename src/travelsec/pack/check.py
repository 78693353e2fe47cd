"""Check packs: read and merge them, and report every fault of each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple

from travelsec.pack import parse, references
from travelsec.pack.folder import bundled_folder, read_files
from travelsec.pack.model import Pack, PackInfo
from travelsec.pack.overlays import Merged, merge
from travelsec.problems import InputError, Place, Problem, allowed


class Checked(NamedTuple):
    """Packs that were read and merged, whatever faults they have.

    Use `pack` only if there are no `problems`. `merged` knows where each entry is written, `infos`
    identify the packs, `files` are the names of all files that were read, and `cut` are warnings
    about texts that YAML cuts short.
    """

    pack: Pack
    merged: Merged
    infos: list[parse.Located[PackInfo]]
    problems: list[Problem]
    files: list[str]
    cut: list[Problem]


def check_packs(overlays: Sequence[Path] = (), *, bundled: Path | None = None) -> Checked:
    """Read packs as `load` does, but return them together with all their faults."""
    bottom = bundled or bundled_folder()
    return check_parsed([read_pack(folder, bottom) for folder in (bottom, *overlays)])


def check_parsed(packs: Sequence[parse.ParsedPack]) -> Checked:
    """Lay packs over one another, the bundled one first, and return them with all their faults."""
    unread = [problem for parsed in packs for problem in parsed.problems]
    merged = merge(packs)
    pack, faults = references.resolve(merged, packs)
    faults = [*_id_faults(packs), *merged.problems, *faults]
    problems = _in_order(packs, unread, faults) if unread or faults else []
    infos = [parsed.info for parsed in packs if parsed.info is not None]
    files = [file for parsed in packs for file in parsed.files]
    cut = [problem for parsed in packs for problem in parsed.cut]
    return Checked(pack, merged, infos, problems, files, cut)


def _in_order(
    packs: Sequence[parse.ParsedPack], unread: Sequence[Problem], faults: Sequence[Problem]
) -> list[Problem]:
    """Sort problems by pack, file and line."""
    files = [file for parsed in packs for file in (*parsed.files, parsed.name)]
    rank = {file: number for number, file in reversed(list(enumerate(files)))}

    def key(problem: Problem) -> tuple[int, int, int]:
        file, line, column = problem.place
        return rank.get(file, 0), line, column

    # A missing field is placed where its entry begins, but is reported after the entry's other
    # faults.
    keyed = [*zip(accumulate(map(key, unread), max), unread, strict=True)]
    keyed += [(key(problem), problem) for problem in faults]
    return [problem for _, problem in sorted(keyed, key=itemgetter(0))]


def read_pack(folder: Path, bottom: Path) -> parse.ParsedPack:
    """Read the files of a pack; a fault of a file is among its problems."""
    try:
        return parse.parse_pack(str(folder), read_files(folder, bottom))
    except InputError as error:
        parsed = parse.ParsedPack(str(folder), list(error.problems))
        parsed.unreadable.add_file()
        return parsed


def _id_faults(packs: Sequence[parse.ParsedPack]) -> Iterator[Problem]:
    """Yield a fault for each pack id that is taken, and each `not_covered_instead_of` unknown.

    A report names its packs by id.
    """
    below: dict[str, Place] = {}
    for info in (parsed.info for parsed in packs if parsed.info is not None):
        name = info.value.id
        if name in below:
            yield Problem(info.at("id"), f"“{name}” is already the id of the pack at {below[name]}")
        for index, replaced in enumerate(info.value.not_covered_instead_of):
            if replaced not in below:
                text = f"“{replaced}” is not a pack below this one{allowed(below, replaced)}"
                yield Problem(info.at("not_covered_instead_of", index), text)
        below.setdefault(name, info.place)
