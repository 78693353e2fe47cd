"""Offer completions for the values of arguments and options."""

# No `annotations` from `__future__`: typer would have to compile each of them at every start.

import itertools
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from travelsec.pack.model import Pack, Question

Completions: TypeAlias = list[str | tuple[str, str]]
"""Values, or pairs of a value and its description; the caller drops those that do not fit."""

FILES, FOLDERS = "\tfiles", "\tfolders"
"""Instead of a description: let the shell offer its files or folders."""


def complete_file(incomplete: str) -> Completions:
    """Let the shell offer files."""
    return [(incomplete, FILES)]


def complete_folder(incomplete: str) -> Completions:
    """Let the shell offer folders."""
    return [(incomplete, FOLDERS)]


INSTALLED = "installed"
"""The packs in force, where `checklist diff` takes a pack."""


def complete_pack(incomplete: str) -> Completions:
    """Offer the optional packs that begin so, or else let the shell offer folders."""
    return _words_or_folders(incomplete)


def complete_pack_or_installed(incomplete: str) -> Completions:
    """Offer “installed” and the optional packs that begin so, or else folders."""
    return _words_or_folders(incomplete, INSTALLED)


def _words_or_folders(incomplete: str, *words: str) -> Completions:
    from travelsec.pack.folder import optional_packs

    if not incomplete:
        return complete_folder(incomplete)
    offered = [word for word in (*words, *optional_packs()) if word.startswith(incomplete)]
    return [*offered] or complete_folder(incomplete)


def one_of(words: Iterable[str]) -> Callable[[], list[str]]:
    """Return a function that offers fixed words."""
    return lambda: list(words)


def complete_trip(incomplete: str) -> Completions:
    """Offer the stored trips, in whatever case the beginning of a name was typed.

    What was typed stays as it is: shells and typer expect that, and a name is found in any case.
    """
    from travelsec.folders import trips_file
    from travelsec.store import peek

    try:
        stored = peek(trips_file())
    except Exception:
        # Whatever is wrong with the store, names of reports still complete.
        return []
    length = len(incomplete)
    return [
        (incomplete + value[length:], description)
        for value, description in itertools.starmap(_name_or_id, stored)
        if value[:length].casefold() == incomplete.casefold()
    ]


def _name_or_id(trip_id: str, name: str) -> tuple[str, str]:
    """Return a trip by its name, or by its id if the name could be mistaken for something else.

    That is an option, a report, what a shell expands (`~`, or a command between backticks, where
    one backslash does not quote another), or a name with hidden characters.
    """
    from travelsec.formats import names_a_report
    from travelsec.safe_text import line

    ambiguous = name.startswith(("-", "~")) or "`" in name or names_a_report(name)
    safe_name = line(name)
    return (trip_id, safe_name) if ambiguous or safe_name != name else (name, "")


def complete_trip_or_report(incomplete: str) -> Completions:
    """Offer the stored trips, or files if none fits."""
    return complete_trip(incomplete) or complete_file(incomplete)


def complete_setting(incomplete: str) -> Completions:
    """Offer facts and items, and after `=` their values."""
    pack = _load_pack()
    return [*_facts(pack, incomplete), *_items(pack, incomplete)]


def complete_fact(incomplete: str) -> Completions:
    """Offer facts, and after `=` their values."""
    return _facts(_load_pack(), incomplete)


def complete_return_setting(incomplete: str) -> Completions:
    """Offer the questions asked and the items to do on return, and after `=` their values."""
    pack = _load_pack()
    return [*_facts(pack, incomplete, phase="back"), *_items(pack, incomplete, phase="back")]


def _facts(pack: "Pack", incomplete: str, phase: str | None = None) -> Completions:
    questions = {
        question.id: question
        for question in pack.questions.values()
        if phase in (None, question.phase)
    }
    name, equals, value = incomplete.partition("=")
    if not equals:
        return [(f"{question.id}=", question.ask) for question in questions.values()]
    question = questions.get(name)
    values = _values(question, value) if question else ()
    return [(f"{name}={word}", title) for word, title in values]


def _items(pack: "Pack", incomplete: str, phase: str | None = None) -> Completions:
    from travelsec.trip.statuses import WRITTEN

    items = {full: item.label for full, _, _, item in pack.items() if phase in (None, item.phase)}
    name, equals, _ = incomplete.partition("=")
    if not equals:
        return [(f"{item}=", label) for item, label in items.items()]
    return [f"{name}={word}" for word in WRITTEN] if name in items else []


def _values(question: "Question", typed: str) -> Iterator[tuple[str, str]]:
    from travelsec.question_types import behaviour, read_value

    kind = behaviour(question.type)
    if kind.compared == "one":
        for option in question.choices if kind.options is None else kind.options:
            value = read_value(question, option)
            yield kind.type_in(value), kind.show(question, value)
    elif question.none:
        yield "none", question.none
    elif kind.compared == "several":
        # Several are separated by commas.
        before, comma, last = typed.rpartition(",")
        for word, title in question.choices.items() or _countries(last):
            if word not in before.split(","):
                yield f"{before}{comma}{word}", title


def _countries(typed: str) -> Iterator[tuple[str, str]]:
    """Yield each country by the first of its names, or its code, that begins as typed."""
    from travelsec.countries import data

    for code, names in data().countries.items():
        words = [*names, code] if typed else [code]
        for word in words:
            if "," not in word and word[: len(typed)].casefold() == typed.casefold():
                yield typed + word[len(typed) :], names[0]
                break


def complete_situation() -> list[str]:
    """Offer the situations of travellers."""
    return [
        situation.id
        for situation in _load_pack().situations.values()
        if situation.audience == "traveller"
    ]


def complete_topic() -> list[str]:
    """Offer the topics of contacts."""
    from travelsec.trip.contacts import topics

    return list(topics(_load_pack()))


def complete_entry() -> list[str]:
    """Offer the entries of the packs."""
    pack = _load_pack()
    names = [checklist.id for checklist in pack.checklists]
    names += [name for name, *_ in pack.items()]
    for table in (pack.questions, pack.situations, pack.contacts, pack.guidance):
        names += table
    # A checklist and a guidance page may share a name.
    return list(dict.fromkeys(names))


def complete_page() -> list[str]:
    """Offer the indexed guidance pages."""
    return [page.id for page in _load_pack().guidance.values() if page.sections]


def _load_pack() -> "Pack":
    from travelsec.pack.folder import overlays
    from travelsec.pack.load import load

    return load(overlays())
