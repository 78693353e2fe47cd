"""CSV as spreadsheets write it: UTF-8, with commas or semicolons."""

from __future__ import annotations

import codecs
import csv
import re
from collections.abc import Container, Iterator, Mapping
from itertools import chain
from typing import BinaryIO

from travelsec.batch import table
from travelsec.batch.starters import StarterLine, StarterReader
from travelsec.batch.table import Row
from travelsec.pack.model import BEFORE_RETURN
from travelsec.pack.yaml import MAX_YAML_BYTES
from travelsec.problems import UserError
from travelsec.trip.facts import Facts
from travelsec.trip.selection import sections, select
from travelsec.trip.statuses import Status
from travelsec.values import InvalidValue

_SEPARATORS = ",;"
_SEPARATOR_LINE = re.compile(r"(?i)\s*\"?sep=(.)\"?\s*")
"""The first line that Excel writes and reads, to say what separates cells."""

_AS_TEXT = re.compile(r'\A="([^"]*)"\Z')
"""A cell that programs write as a formula, so that a spreadsheet keeps the zeros of a number."""


def lines(stream: BinaryIO, reader: StarterReader) -> Iterator[StarterLine]:
    """Yield the rows below the header.

    Raises:
        UserError: it is not UTF-8 text, or the header has faults.
    """
    return table.lines(_rows(_Text(stream, reader.file), reader), reader)


def template(facts: Facts, _statuses: Mapping[str, Status]) -> str:
    """Return the header for starters with these facts: what they are asked, and their items."""
    items = sections(select(facts.pack, facts, BEFORE_RETURN))
    names = [question.id for question in facts.questions()]
    names += [selected.id for section in items for selected in section.items]
    return ",".join(names) + "\r\n"


def recognises(start: bytes, column_names: Container[str]) -> bool:
    """Return whether the first line names columns that are known, or what separates them."""
    first = re.split(rb"[\r\n]", start, maxsplit=1)[0].decode(errors="replace")
    if "\0" in first:
        # The first bytes of a ZIP file could contain a name, too.
        return False
    return bool(_SEPARATOR_LINE.fullmatch(first)) or _separator(first, column_names)[1] > 0


def refusal(_start: bytes) -> str:
    """Refuse nothing: any text can be a table, whose header tells what is wrong with it."""
    return ""


def _separator(first: str, known_names: Container[str]) -> tuple[str, int]:
    """Return what separates the names in the first line, and how many of these are known."""
    matches = {
        mark: sum(table.name_of_head(name) in known_names for name in _cells(first, mark))
        for mark in _SEPARATORS
    }
    return max(matches.items(), key=lambda counted: (counted[1], first.count(counted[0])))


def _cells(first: str, mark: str) -> list[str]:
    """Return the cells that end in the first line."""
    try:
        return next(csv.reader([first], delimiter=mark), [])
    except csv.Error:
        return []


class _Text:
    """The lines of a file as text, and the number of the last that was read.

    A row may have several lines; `length` is theirs, and set to 0 before each row.
    """

    def __init__(self, stream: BinaryIO, file: str) -> None:
        self.file = file
        self.number = 0
        self.length = 0
        self._stream = stream

    def __iter__(self) -> Iterator[str]:
        while data := self._stream.readline(MAX_YAML_BYTES + 1):
            if not self.number:
                data = data.removeprefix(codecs.BOM_UTF8)
            try:
                text = data.decode()
            except UnicodeDecodeError:
                raise UserError(
                    f"{self.file}:{self.number + 1}: this is not UTF-8 text: save the file as “CSV "
                    "UTF-8” (in Excel), or with the character set UTF-8 (in LibreOffice)"
                ) from None
            # An old Mac ends its lines with a carriage return alone.
            for line in re.findall(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+", text):
                self.number += 1
                self.length += len(line)
                if self.length > MAX_YAML_BYTES:
                    raise UserError(
                        f"{self.file}:{self.number}: the row is longer than "
                        f"{MAX_YAML_BYTES // 1024 // 1024} MiB: is a quotation mark not closed?"
                    )
                yield line


def _rows(text: _Text, reader: StarterReader) -> Iterator[Row]:
    source = iter(text)
    first = next((line for line in source if line.strip()), "")
    if named := _SEPARATOR_LINE.fullmatch(first):
        mark = named[1]
        first = ""
    else:
        mark, matches = _separator(first, table.known_names(reader))
        if not matches and "\t" in first:
            mark = "\t"
    if mark not in _SEPARATORS:
        what = "tabs separate" if mark == "\t" else f"“{mark}” separates"
        raise UserError(f"{text.file}: {what} the cells: save the file with commas or semicolons")
    # The first record begins with a line that is read already.
    begun = text.number if first else text.number + 1
    records = csv.reader(chain([first] if first else [], source), delimiter=mark, strict=True)
    while True:
        text.length = 0
        try:
            cells = next(records)
        except StopIteration:
            return
        except csv.Error as error:
            yield Row(begun, InvalidValue(_explain_error(error, begun, text.number)))
        else:
            if not table.is_blank(cells):
                yield Row(begun, [_AS_TEXT.sub(r"\1", cell) for cell in cells])
        begun = text.number + 1


def _explain_error(error: csv.Error, first: int, last: int) -> str:
    if "field limit" in str(error):
        limit = csv.field_size_limit()
        why = f"a cell is longer than {limit} characters: is a quotation mark not closed?"
    elif "unexpected end" in str(error):
        why = "a quotation mark is not closed"
    else:
        why = "there is a quotation mark inside a cell: write it twice, and quote the whole cell"
    until = f" (read as one row up to line {last})" if last > first else ""
    return f"{why}{until}"
