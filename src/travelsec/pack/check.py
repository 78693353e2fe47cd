"""Check packs: read them, lay them over one another, and tell every fault of every one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from travelsec.pack import parse, references
from travelsec.pack.folder import bundled_folder, read_files
from travelsec.pack.model import Pack, Source
from travelsec.pack.overlays import Merged, merge
from travelsec.problems import InputError, Place, Problem, allowed


class Checked(NamedTuple):
    """Packs that were read and laid over one another, whatever faults they have.

    `pack` is fit for use only where there are no `problems`. `merged` knows where each entry was
    written, and `files` are the names of all files that were read.
    """

    pack: Pack
    merged: Merged
    problems: list[Problem]
    files: list[str]


def check(overlays: Sequence[Path] = (), *, bundled: Path | None = None) -> Checked:
    """Read packs as `load` does, and return what is known of them with all their faults."""
    bottom = bundled or bundled_folder()
    read = [_read(folder, bottom) for folder in (bottom, *overlays)]
    unread = [problem for _, found in read for problem in found]
    drafts = [one for one, _ in read]
    merged, clashes = merge(drafts)
    sources = tuple(Source(one.info.value, one.digest) for one in drafts if one.info is not None)
    pack, faults = references.resolve(merged, sources)
    faults = [*_twins(drafts), *_not_below(drafts), *clashes, *faults]
    problems = _in_order(drafts, unread, faults) if unread or faults else []
    return Checked(pack, merged, problems, [file for parsed in drafts for file in parsed.files])


def _in_order(
    drafts: Sequence[parse.ParsedPack], unread: Iterable[Problem], faults: Iterable[Problem]
) -> list[Problem]:
    """Put all problems in the order of the packs, of their files and of their lines."""
    files = [file for parsed in drafts for file in (*parsed.files, parsed.name)]
    rank = {file: number for number, file in reversed(list(enumerate(files)))}

    def key(problem: Problem) -> tuple[int, int, int]:
        file, line, column = problem.place
        return rank.get(file, 0), line, column

    keyed = []
    last = (0, 0, 0)
    for problem in unread:
        # What is missing from an entry is told after what is wrong in it, though it began above.
        last = max(last, key(problem))
        keyed.append((last, problem))
    keyed += [(key(problem), problem) for problem in faults]
    return [problem for _, problem in sorted(keyed, key=lambda pair: pair[0])]


def _read(folder: Path, bottom: Path) -> tuple[parse.ParsedPack, list[Problem]]:
    try:
        return parse.parse_pack(str(folder), read_files(folder, bottom))
    except InputError as error:
        unread = parse.ParsedPack(str(folder))
        unread.lost.add_file()
        return unread, list(error.problems)


def _twins(drafts: Sequence[parse.ParsedPack]) -> Iterator[Problem]:
    """Yield a fault for each pack with the id of one below: a report names its packs by id."""
    first: dict[str, Place] = {}
    for info in (parsed.info for parsed in drafts if parsed.info is not None):
        name = info.value.id
        if name in first:
            yield Problem(info.at("id"), f"“{name}” is already the id of the pack at {first[name]}")
        first.setdefault(name, info.place)


def _not_below(drafts: Sequence[parse.ParsedPack]) -> Iterator[Problem]:
    """Yield a fault for each pack that is named to be replaced and is not below."""
    below: list[str] = []
    for info in (parsed.info for parsed in drafts if parsed.info is not None):
        for index, name in enumerate(info.value.not_covered_instead_of):
            if name not in below:
                text = f"“{name}” is no pack below this one{allowed(below, name)}"
                yield Problem(info.at("not_covered_instead_of", index), text)
        below.append(info.value.id)
