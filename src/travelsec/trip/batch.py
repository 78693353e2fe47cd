"""Read many trips from lines of JSON, each like an answers file."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any

from msgspec import Struct, field

from travelsec.pack import json_line
from travelsec.pack.model import Pack
from travelsec.problems import InputError, Place, Problem
from travelsec.trip.answers import Answers, AnswersReader, item_names
from travelsec.trip.facts import Facts
from travelsec.trip.missing import how_to_give, missing_facts, take_defaults


class LineReader(Struct):
    """Reads the lines of one file; raises `InputError` if the settings have faults."""

    pack: Pack
    file: str  # the name to show in problems
    settings: Sequence[str]  # as `--set` gives them; they override every line
    defaults: bool  # whether to take the defaults of open questions
    today: datetime.date
    _items: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._items = item_names(self.pack)
        # Read here, so that a wrong option is reported once and not for every line.
        reader = AnswersReader(self.pack, self._items)
        reader.read_settings(self.settings)
        reader.finish(Facts(self.pack, reader.answers.facts, self.today))

    def read(self, data: bytes, number: int) -> tuple[Facts, Answers]:
        """Read the trip of a line, given without its line end; numbers count from 1.

        Raises:
            InputError: it has every fault of the line, each at its place in the file.
        """
        try:
            return self._trip(json_line.decode(data), number)
        except (InputError, ValueError, RecursionError) as error:
            known = error
        try:
            # Parse again, more slowly, to find the column of each fault.
            tree = json_line.parse(data, self.file, number)
        except InputError as error:
            # For JSON that is not YAML, keep the faults without columns.
            raise (known if isinstance(known, InputError) else error) from None
        return self._trip(tree, number)

    def _trip(self, tree: Any, number: int) -> tuple[Facts, Answers]:
        here = Place(self.file, number, 1)
        if not isinstance(tree, dict):
            shape = 'a line must be an object: {"trip": {…}, "items": {…}}'
            raise InputError.at(here, shape)
        reader = AnswersReader(self.pack, self._items)
        reader.read_tree(tree, self.file)
        reader.read_settings(self.settings)
        facts = Facts(self.pack, reader.answers.facts, self.today)
        try:
            answers = reader.finish(facts)
        except InputError as error:
            problems = [self._within(problem, number) for problem in error.problems]
            raise InputError(problems) from None
        if self.defaults:
            facts = take_defaults(facts, answers)
        missing = [
            f"there is no answer to “{question.id}”: {question.ask} Give it under “trip”, or for "
            f"every line with {how_to_give(question)}"
            for question in missing_facts(facts, required=True)
        ]
        if missing:
            raise InputError([Problem(here, text) for text in missing])
        return facts, answers

    def _within(self, problem: Problem, number: int) -> Problem:
        """Place a fault in its line, even that of an option which only this line contradicts."""
        if problem.place.file != self.file:
            return Problem(Place(self.file, number, 1), str(problem))
        return json_line.in_file(problem, self.file, number)
