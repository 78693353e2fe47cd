"""JSON Lines: each line is an object like an answers file, with a `key` if it has one."""

from __future__ import annotations

import codecs
import re
from collections.abc import Container, Iterator
from functools import partial
from typing import Any, BinaryIO

from travelsec.batch.starters import KEY, Starter, StarterLine, StarterReader, read_key
from travelsec.pack import json_line, yaml
from travelsec.pack.yaml import MAX_YAML_BYTES
from travelsec.problems import InputError, Place, Problem
from travelsec.values import InvalidValue

_OBJECT = re.compile(rb"^[ \t]*\{", re.MULTILINE)


def recognises(start: bytes, _column_names: Container[str]) -> bool:
    """Return whether the file begins with an object."""
    return start.startswith(b"{")


def refusal(start: bytes) -> str:
    """Say why a file cannot be one: the first lines may be at fault, but not all of them."""
    return "none of its first lines is a JSON object" if start and not has_object(start) else ""


def has_object(start: bytes) -> bool:
    """Return whether one of the lines begins as an object does."""
    return bool(_OBJECT.search(start))


def lines(stream: BinaryIO, reader: StarterReader) -> Iterator[StarterLine]:
    """Yield each line that is not empty, however long it is."""
    # With room for a byte order mark and a line end. What is cut here is still too long to be read.
    limit = MAX_YAML_BYTES + 8
    for number, data in enumerate(iter(lambda: stream.readline(limit), b""), 1):
        chunk = data if len(data) == limit else b""
        while chunk and not chunk.endswith(b"\n"):
            chunk = stream.readline(limit)
        if number == 1:
            data = data.removeprefix(codecs.BOM_UTF8)
        if data.strip():
            place = Place(reader.file, number, 1)
            yield StarterLine(place, partial(read, data.rstrip(b"\r\n"), place, reader))


def read(data: bytes, place: Place, reader: StarterReader) -> Starter:
    """Read the trip of a line, given without its line end.

    Raises:
        InputError: it has faults.
    """
    try:
        return _starter(json_line.decode_line(data), place, reader)
    except (InputError, ValueError, RecursionError) as error:
        first_error = error
    try:
        # Parse again, more slowly, to find the column of each fault.
        tree = json_line.parse_line(data, reader.file, place.line)
    except InputError as error:
        # For JSON that is not YAML, keep the faults without columns.
        raise (first_error if isinstance(first_error, InputError) else error) from None
    return _starter(tree, place, reader)


def _starter(tree: Any, place: Place, reader: StarterReader) -> Starter:
    if not isinstance(tree, dict):
        shape = 'a line must be an object: {"trip": {…}, "items": {…}}'
        raise InputError.at(place, shape)
    answers = reader.begin()
    key = ""
    if KEY in tree:
        try:
            key = read_key(tree[KEY])
        except InvalidValue as wrong:
            at = tree.place_of(KEY) if isinstance(tree, yaml.Mapping) else place
            answers.problems.append(Problem(at, f"{KEY}: {wrong}"))
    answers.read_tree(tree, reader.file, also=(KEY,))
    return reader.finish(
        answers,
        key,
        place,
        lambda problem: json_line.in_file(problem, reader.file, place.line),
        "under “trip”",
    )
