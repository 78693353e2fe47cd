"""How the `checklist` commands put out what they found."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Annotated, Any

from travelsec.cli.options import format_option, wants_accessible
from travelsec.formats import TEXT_OR_JSON

if TYPE_CHECKING:
    from travelsec.document import Block

TextOrJsonOption = Annotated[str, format_option(TEXT_OR_JSON)]


def check_word(option: str, word: str | None, known: Sequence[str]) -> None:
    """Refuse a word that the option does not know.

    Raises:
        UserError: with the words it knows.
    """
    from travelsec.problems import UserError, allowed

    if word is not None and word not in known:
        raise UserError(f"{option}: “{word}” is not known{allowed(known, word)}")


def put_json(content: Any) -> None:
    """Print JSON in ASCII: no character in it can do anything to a terminal."""
    import json

    import msgspec

    print(json.dumps(msgspec.to_builtins(content), indent=2))


def put_blocks(blocks: Iterable[Block], *, plain: bool) -> None:
    """Print a document for people."""
    from travelsec.console import print_blocks

    print_blocks(blocks, sys.stdout, plain=plain or wants_accessible(False), whole_words=True)
