"""Put entries in the order that the packs ask for with `after` and `first`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from travelsec.pack.parse import Located
from travelsec.problems import Place, Problem, allowed, brief
from travelsec.wording import join_words


class EntrySequence(NamedTuple):
    """Consecutive entries of one kind.

    `written` has each as every pack writes it, by id. `noun` says what they are, and `where` where
    they are, with a space before it. `is_excused` tells whether a missing one is not a fault.
    """

    noun: str
    written: Mapping[str, Sequence[Located[Any]]]
    is_excused: Callable[[str, Place], bool]
    where: str = ""


def arranged(
    siblings: EntrySequence, bottom: Collection[str], report: Callable[[Problem], None]
) -> list[str]:
    """Return the ids in order, and report what cannot be done.

    Those that are `first` stand at the beginning, and each with `after` behind the one it names;
    several at one place are in the order of their packs and files. `bottom` are the files of the
    bottom pack, whose entries are in order already.
    """
    firsts: list[str] = []
    followers: dict[str, list[str]] = defaultdict(list)
    for name, placed in _with_own_place(siblings):
        field = "first" if placed.value.first else "after"
        problem = _fault_of_place(siblings, placed, field, bottom)
        if problem:
            report(problem)
        elif field == "first":
            firsts.append(name)
        elif placed.value.after in siblings.written:
            followers[placed.value.after].append(name)
    following = {name for names in followers.values() for name in names}
    unplaced = (name for name in siblings.written if name not in following and name not in firsts)
    order = list(_with_followers([*firsts, *unplaced], followers))
    circle = [name for name in siblings.written if name in following.difference(order)]
    if circle:
        first = next(placed for name, placed in _with_own_place(siblings) if name in circle)
        text = f"“after” leads in a circle through {join_words(circle)}: change one of them"
        report(Problem(first.at("after"), text))
    return [*order, *circle]


def _with_own_place(siblings: EntrySequence) -> Iterator[tuple[str, Located[Any]]]:
    """Yield each entry that has a place of its own, as the last pack that gives one writes it."""
    for name, written in siblings.written.items():
        given = (
            located for located in reversed(written) if located.value.after or located.value.first
        )
        if (placed := next(given, None)) is not None:
            yield name, placed


def _fault_of_place(
    siblings: EntrySequence, placed: Located[Any], field: str, bottom: Collection[str]
) -> Problem | None:
    place, target = placed.at(field), placed.value.after
    if place.file in bottom:
        text = f"{field}: only a pack on top of another places its entries; move it in the file"
    elif target and placed.value.first:
        text = "first: “after” puts it elsewhere; leave one of them out"
    elif not target or target in siblings.written or siblings.is_excused(target, place):
        return None
    else:
        text = (
            f"after: there is no {siblings.noun} “{brief(target)}”{siblings.where}"
            f"{allowed([name for name in siblings.written if name != placed.value.id], target)}"
        )
    return Problem(place, text)


def _with_followers(names: Iterable[str], followers: Mapping[str, Sequence[str]]) -> Iterator[str]:
    # Not recursive, as a pack can have any number in a chain.
    waiting = list(names)[::-1]
    while waiting:
        name = waiting.pop()
        yield name
        waiting += reversed(followers.get(name, ()))
