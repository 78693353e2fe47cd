"""The starters of a batch: each line or row is the trip of one, with an optional key."""

from __future__ import annotations

import datetime
import hashlib
import unicodedata
from collections.abc import Callable, Sequence
from typing import NamedTuple

from msgspec import Struct, field

from travelsec import safe_text
from travelsec.pack.model import Pack
from travelsec.problems import InputError, Place, Problem
from travelsec.trip.answers import Answers, AnswersReader, item_names
from travelsec.trip.facts import Facts
from travelsec.trip.missing import how_to_give, missing_facts, take_defaults
from travelsec.values import InvalidValue, read_text

KEY = "key"
"""The field or column that identifies the trip of a line, even if all else in the line changes."""


class Starter(NamedTuple):
    """The trip of a line, and its key; empty if it has none."""

    facts: Facts
    answers: Answers
    key: str = ""


class FaultyLine(InputError):
    """Every fault of a line, each at its place in the file; `key` is empty if it has none."""

    def __init__(self, problems: Sequence[Problem], key: str = "") -> None:
        super().__init__(problems)
        self.key = key


class StarterLine(NamedTuple):
    """A line or row that is not empty; `read` may raise a `FaultyLine`."""

    place: Place
    read: Callable[[], Starter]


class StarterReader(Struct):
    """What holds for every line of a file; raises `InputError` if the settings have faults."""

    pack: Pack
    file: str  # the name to show in problems
    settings: Sequence[str]  # as `--set` gives them; they override every line
    defaults: bool  # whether to take the defaults of open questions
    today: datetime.date
    items: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.items = item_names(self.pack)
        # Read here, so that a wrong option is reported once and not for every line.
        reader = self.begin()
        reader.read_settings(self.settings)
        reader.finish(Facts(self.pack, reader.answers.facts, self.today))

    def begin(self) -> AnswersReader:
        """Return a reader for the answers of one line."""
        return AnswersReader(self.pack, self.items)

    def finish(
        self,
        reader: AnswersReader,
        key: str,
        here: Place,
        locate: Callable[[Problem], Problem],
        where: str,
    ) -> Starter:
        """Complete what was read of a line.

        Args:
            reader: it has read the line.
            key: that of the line, or empty.
            here: the place of the line.
            locate: puts a problem of the line at its place in the file.
            where: where in a line a required fact is given.

        Raises:
            FaultyLine: it has faults.
        """
        reader.read_settings(self.settings)
        facts = Facts(self.pack, reader.answers.facts, self.today)
        try:
            answers = reader.finish(facts)
        except InputError as error:
            # Where this line alone contradicts an option, name both.
            problems = [
                locate(problem) if problem.place.file == self.file else Problem(here, str(problem))
                for problem in error.problems
            ]
            raise FaultyLine(problems, key) from None
        if self.defaults:
            facts = take_defaults(facts, answers)
        missing = [
            f"there is no answer to “{question.id}”: {question.ask} Give it {where}, or for "
            f"every line with {how_to_give(question)}"
            for question in missing_facts(facts, required=True)
        ]
        if missing:
            raise FaultyLine([Problem(here, text) for text in missing], key)
        return Starter(facts, answers, key)


def read_key(raw: object) -> str:
    """Read a key, with single spaces and its characters composed.

    Raises:
        InvalidValue: it is empty, is not a short text, or has characters that nobody sees.
    """
    if not isinstance(raw, str):
        raise InvalidValue("a text or a number is needed here")
    if not raw.strip():
        raise InvalidValue("the text is empty: give every line a key, or none of them")
    key = " ".join(read_text(raw.strip()).split())
    if safe_text.line(key) != key:
        raise InvalidValue(f"“{safe_text.line(key)}” has hidden characters in it: remove them")
    return unicodedata.normalize("NFC", key)


def trip_of_key(key: str) -> str:
    """Return the id of the trip with this key: the same on every run and every computer.

    Upper and lower case make no difference. The id is as long as the random ones of other trips,
    so the chance of a clash is one in 2^128.
    """
    return hashlib.sha256(f"key {key.casefold()}".encode()).hexdigest()[:32]


def name_of_key(key: str) -> str:
    """Return the name of the file for a key, without its ending: no two keys share one."""
    name = safe_text.file_name(key)
    if name == key.casefold():
        return name
    return f"{name[:60].rstrip('-')}-{trip_of_key(key)[:8]}"
