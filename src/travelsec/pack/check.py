"""Check packs: read them, lay them over one another, and tell every fault of every one."""

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
    """Packs that were read and laid over one another, whatever faults they have.

    `pack` is fit for use only where there are no `problems`. `merged` knows where each entry was
    written, `infos` are who the packs are, and `files` the names of all files that were read.
    """

    pack: Pack
    merged: Merged
    infos: list[parse.Located[PackInfo]]
    problems: list[Problem]
    files: list[str]


def check(overlays: Sequence[Path] = (), *, bundled: Path | None = None) -> Checked:
    """Read packs as `load` does, and return what is known of them with all their faults."""
    bottom = bundled or bundled_folder()
    drafts = [_read(folder, bottom) for folder in (bottom, *overlays)]
    unread = [problem for parsed in drafts for problem in parsed.problems]
    merged = merge(drafts)
    pack, faults = references.resolve(merged, drafts)
    faults = [*_id_faults(drafts), *merged.problems, *faults]
    problems = _in_order(drafts, unread, faults) if unread or faults else []
    infos = [parsed.info for parsed in drafts if parsed.info is not None]
    return Checked(pack, merged, infos, problems, [file for one in drafts for file in one.files])


def _in_order(
    drafts: Sequence[parse.ParsedPack], unread: Sequence[Problem], faults: Sequence[Problem]
) -> list[Problem]:
    """Put all problems in the order of the packs, of their files and of their lines."""
    files = [file for parsed in drafts for file in (*parsed.files, parsed.name)]
    rank = {file: number for number, file in reversed(list(enumerate(files)))}

    def key(problem: Problem) -> tuple[int, int, int]:
        file, line, column = problem.place
        return rank.get(file, 0), line, column

    # What is missing from an entry is told after what is wrong in it, though it began above.
    keyed = [*zip(accumulate(map(key, unread), max), unread, strict=True)]
    keyed += [(key(problem), problem) for problem in faults]
    return [problem for _, problem in sorted(keyed, key=itemgetter(0))]


def _read(folder: Path, bottom: Path) -> parse.ParsedPack:
    try:
        return parse.parse_pack(str(folder), read_files(folder, bottom))
    except InputError as error:
        unread = parse.ParsedPack(str(folder), list(error.problems))
        unread.lost.add_file()
        return unread


def _id_faults(drafts: Sequence[parse.ParsedPack]) -> Iterator[Problem]:
    """Yield a fault for each pack with the id of one below, or that replaces one not below.

    A report names its packs by id.
    """
    below: dict[str, Place] = {}
    for info in (parsed.info for parsed in drafts if parsed.info is not None):
        name = info.value.id
        if name in below:
            yield Problem(info.at("id"), f"“{name}” is already the id of the pack at {below[name]}")
        for index, other in enumerate(info.value.not_covered_instead_of):
            if other not in below:
                text = f"“{other}” is no pack below this one{allowed(below, other)}"
                yield Problem(info.at("not_covered_instead_of", index), text)
        below.setdefault(name, info.place)
