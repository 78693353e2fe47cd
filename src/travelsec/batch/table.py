"""A table of starters: a row of names, then a row for each trip."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from functools import partial
from typing import NamedTuple, TypeAlias

from travelsec.batch.starters import KEY, Starter, StarterLine, StarterReader, read_key
from travelsec.labels import folded
from travelsec.pack.model import Question
from travelsec.pack.yaml import REFUSED
from travelsec.problems import InputError, Place, Problem, UserError, brief, few_guesses
from travelsec.question_types import behaviour
from travelsec.trip.statuses import NEED_REASON, WRITTEN, word
from travelsec.values import InvalidValue
from travelsec.wording import join_words

MAX_COLUMNS = 1000

_ERROR = re.compile("#N/A|#[A-Z][A-Z0-9/_]*[!?]|Err:[0-9]{3}")
"""What a spreadsheet shows, and writes as CSV, if it cannot calculate the value of a cell."""
_SHORTENED = re.compile(r"[1-9](?:[.,][0-9]+)?E\+[0-9]{2,3}")

Cell: TypeAlias = "str | InvalidValue"
"""A text, or why the cell cannot be read."""


class Row(NamedTuple):
    """A row with at least one cell that is not empty, or why it cannot be read."""

    number: int
    cells: list[Cell] | InvalidValue


class _Column(NamedTuple):
    name: str  # the id of a fact or an item, KEY, or empty for a column without a name
    head: str
    read: Callable[[str], str] = str


_LABELS_OF_STATUSES = {
    "-".join(word(status, "before").split()): status for status in ("todo", "not-applicable")
}


def known_names(reader: StarterReader) -> dict[str, str]:
    """Map the names that a column can have, as `name_of_head` has them, to the ids they mean.

    A fact is named by its id or its question, an item by its id or its label. Where two have the
    same words, only their ids are names.
    """
    labels = {label: ids[0] for label, ids in _labelled(reader).items() if len(ids) == 1}
    names = [KEY, *reader.pack.questions, *reader.items]
    return labels | {folded(name): name for name in names}


def name_of_head(head: str) -> str:
    """Return a head in a form to compare: `Destination *` and `destination:` are the same.

    Spreadsheets have such marks for what is required, or leave out the one of a question.
    """
    return folded(head).strip("*:? ")


def _labelled(reader: StarterReader) -> dict[str, list[str]]:
    """Map the questions, and the labels of items, to the ids of what they stand for."""
    labelled: dict[str, list[str]] = {}
    for question in reader.pack.questions.values():
        labelled.setdefault(name_of_head(question.ask), []).append(question.id)
    for full, _, _, item in reader.pack.items():
        labelled.setdefault(name_of_head(item.label), []).append(full)
    return labelled


def lines(rows: Iterator[Row], reader: StarterReader) -> Iterator[StarterLine]:
    """Yield the rows below the header.

    Raises:
        UserError: the header has faults, or there are no rows below it.
    """
    header = next(rows, None)
    if header is None:
        return
    place = Place(reader.file, header.number)
    if isinstance(header.cells, InvalidValue):
        raise InputError.at(place, str(header.cells))
    columns = _columns(header.cells, place, reader)
    is_empty = True
    for number, cells in rows:
        is_empty = False
        here = Place(reader.file, number)
        yield StarterLine(here, partial(_read_row, cells, here, columns, reader))
    if is_empty:
        raise UserError(f"{reader.file}: it has no rows below its header: write one for each trip")


def is_blank(cells: Iterable[Cell]) -> bool:
    """Return whether a row has nothing in it."""
    return not any(isinstance(cell, InvalidValue) or cell.strip() for cell in cells)


@few_guesses()
def _columns(cells: list[Cell], place: Place, reader: StarterReader) -> list[_Column]:
    """Read the header."""
    heads = _heads(cells, place)
    names_by_head, labelled = known_names(reader), _labelled(reader)
    names = [names_by_head.get(name_of_head(head), " ".join(head.split())) for head in heads]
    ids = set(names_by_head.values())
    if ids.isdisjoint(names):
        raise InputError.at(place, _why_no_names(heads, names_by_head))
    checker = reader.begin()
    named = set()
    for number, name in enumerate(names, 1):
        here = place._replace(column=number)
        full = reader.items.get(name, name)
        if full in named:
            checker.problems.append(Problem(here, f"there is another column for “{brief(full)}”"))
        elif full not in ids and (items := labelled.get(name_of_head(name))):
            text = f"“{brief(name)}” stands for {join_words(items)}: write an id instead"
            checker.problems.append(Problem(here, text))
        elif name and name != KEY:
            checker.read_answer(name, None, here)
        named.add(full or None)
    questions = reader.pack.questions
    columns = [_column(*pair, questions) for pair in zip(names, heads, strict=True)]
    if checker.problems:
        raise InputError([_in_column(problem, columns) for problem in checker.problems])
    return columns


def _why_no_names(heads: list[str], known: Container[str]) -> str:
    parts = map(name_of_head, re.split("[,;\t]", heads[0]))
    if len(heads) == 1 and any(part in known for part in parts):
        return "all names are in one cell: split the column, as “Text to Columns” does in Excel"
    return (
        "no column is named after a fact or an item, as the first row must do: remove a title "
        "above it; travelsec prepare --answers-template --format csv prints such a row"
    )


def _heads(cells: list[Cell], place: Place) -> list[str]:
    """Return the texts of the header, up to the last that is not empty."""
    heads = []
    for number, cell in enumerate(cells, 1):
        if isinstance(cell, InvalidValue):
            raise InputError.at(place, f"column {number}: {cell}")
        heads.append(cell)
    while heads and not heads[-1].strip():
        heads.pop()
    if len(heads) > MAX_COLUMNS:
        raise InputError.at(
            place, f"there are {len(heads)} columns; at most {MAX_COLUMNS} are read"
        )
    return heads


def _column(name: str, head: str, questions: Mapping[str, Question]) -> _Column:
    question = questions.get(name)
    if question is not None:
        return _Column(name, head, behaviour(question.type).cell_reader(question))
    return _Column(name, head, _written_status if "." in name else str)


def _written_status(text: str) -> str:
    """Put the word of a status in the place of its label: `Not applicable`, `To do`.

    Raises:
        InvalidValue: the status needs a reason, and there is none after a colon.
    """
    status, colon, reason = text.partition(":")
    written = "-".join(status.casefold().split())
    written = _LABELS_OF_STATUSES.get(written, written)
    if written not in WRITTEN:
        for begin in NEED_REASON:
            if written.startswith(begin):
                raise InvalidValue(
                    f"“{brief(text)}” is not read: write the reason after a colon, as in "
                    f"“{begin}: reason”"
                )
        return text
    if written in NEED_REASON and not reason.strip():
        raise InvalidValue(f"{written} needs a reason: write it as “{written}: reason”")
    return f"{written}{colon}{reason}"


def _read_row(
    cells: list[Cell] | InvalidValue, place: Place, columns: list[_Column], reader: StarterReader
) -> Starter:
    if isinstance(cells, InvalidValue):
        raise InputError.at(place, str(cells))
    answers = reader.begin()
    key = ""
    cells = [*cells, *[""] * (len(columns) - len(cells))]
    for number, cell in enumerate(cells, 1):
        try:
            text = _text_of_cell(cell)
            column = columns[number - 1] if number <= len(columns) else _NO_COLUMN
            if column.name == KEY:
                key = _read_key(text)
            elif text and not column.name:
                raise InvalidValue(f"“{brief(text)}” is in a column that has no name")
            elif text:
                at = Place(reader.file, place.line, number)
                answers.read_answer(column.name, column.read(text), at)
        except InvalidValue as wrong:
            answers.problems.append(Problem(place._replace(column=number), str(wrong)))
    locate = partial(_in_column, columns=columns)
    return reader.finish(answers, key, place, locate, "in a column of that name")


_NO_COLUMN = _Column("", "")


def _read_key(text: str) -> str:
    if _SHORTENED.fullmatch(text):
        # Two numbers may look the same, and in another format the key would be another one.
        raise InvalidValue(
            f"“{text}” is a long number that a spreadsheet has shortened: give the column the "
            "format of a text or of a number without decimals"
        )
    return read_key(text)


def _text_of_cell(cell: Cell) -> str:
    if isinstance(cell, InvalidValue):
        raise cell
    text = cell.strip()
    if not text.isprintable() and (refused := re.search(REFUSED, text)):
        raise InvalidValue(f"the character U+{ord(refused[0]):04X} is not allowed: remove it")
    if text and not text.strip("#"):
        raise InvalidValue("the column was too narrow for its value: widen it, and save again")
    if _ERROR.fullmatch(text):
        raise InvalidValue(f"the cell has the error {text}: write the value itself")
    return text


def _in_column(problem: Problem, columns: list[_Column]) -> Problem:
    """Name the column of a problem, which its place has as a number."""
    number = problem.place.column
    column = columns[number - 1] if number <= len(columns) else _NO_COLUMN
    text = problem.text.removeprefix(f"{column.name}: ")
    named = f"column “{brief(column.head.strip())}”" if column.head.strip() else f"column {number}"
    return Problem(problem.place._replace(column=0), f"{named}: {text}", problem.severity)
