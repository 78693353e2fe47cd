"""Put the result of a command on standard output, or into a file."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from travelsec.cli.messages import inform
from travelsec.cli.options import wants_accessible

if TYPE_CHECKING:
    from travelsec.document import Block


def print_document(
    blocks: Iterable[Block], *, plain: bool = False, whole_words: bool = False
) -> None:
    """Print a document for people; `whole_words` does not break long ids."""
    from travelsec.console import print_blocks

    plain = plain or wants_accessible(False)
    print_blocks(blocks, sys.stdout, plain=plain, whole_words=whole_words)


def print_text_or_blocks(content: str | Iterable[Block], *, plain: bool) -> None:
    """Print what a format made: text for programs as it is, blocks for people."""
    if isinstance(content, str):
        print_bytes(content.encode())
    else:
        print_document(content, plain=plain, whole_words=True)


def print_json(content: Any, stream: TextIO | None = None) -> None:
    """Print JSON in ASCII: no character in it can do anything to a terminal."""
    from travelsec.safe_text import ascii_json

    print(ascii_json(content), end="", file=stream)


def print_bytes(content: bytes) -> None:
    """Print bytes as they are: every system gets the same UTF-8 and the same line ends."""
    sys.stdout.buffer.write(content)
    sys.stdout.flush()


def write_or_print(content: bytes, output: Path | None, noun: str, *, force: bool) -> None:
    """Write what was made to a file and say where it is, or print it if no file is given."""
    if output is None:
        print_bytes(content)
        return
    from travelsec import files

    files.write_file(output, content, force=force)
    inform(f"The {noun} is in {output}")
