"""The text of docs/fidelity.md: what carries each statement of the pages of the packs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from travelsec.guidance.fidelity import ExplainedPage, ExplainedStatement, describe, explain
from travelsec.pack.folder import optional_packs
from travelsec.pack.load import load

DOCUMENT = Path(__file__).parents[2] / "docs" / "fidelity.md"
HEAD = """\
# What carries each statement of the guidance

`make golden` writes this page from what `travelsec checklist coverage --explain` prints. It \
names statements by their ids and has no words of the pages.

The level of a duty is that of the strongest wording that governs it, its lead-in included:

- *must*, *never*, *always*, *do not*, *ensure* and a plain order make a `must`;
- *should*, *avoid*, and what is softened by *where appropriate* or *wherever possible*, make a \
`should`;
- *consider*, *think about*, *be aware*, *be wary* and *be careful* make a `consider`.

The level of each item is next to it. A note says where an item differs from the statement on \
purpose, and why.
"""


def document() -> str:
    """Return the whole page."""
    bundled = explain(load())
    lines = [line for page in bundled for line in _page(page, page.title)]
    known = {page.id for page in bundled}
    for name, folder in optional_packs().items():
        # What it adds to the bundled pages is next to its own.
        for page in explain(load([folder])):
            if page.id not in known:
                lines += _page(page, f"{page.title}, in the optional pack {name}")
    return "\n".join([HEAD, *lines])


def _page(page: ExplainedPage, title: str) -> Iterator[str]:
    yield f"## {title}\n"
    for section in page.sections:
        yield f"### {section.title}\n"
        yield "| statement | kind and level | carried by | note |"
        yield "|---|---|---|---|"
        yield from (_row(statement) for statement in section.statements)
        yield ""


def _row(statement: ExplainedStatement) -> str:
    level = f"{statement.kind}, {statement.level}" if statement.level else statement.kind
    carried = "<br>".join(describe(statement))
    return f"| `{statement.id}` | {level} | {carried} | {statement.note} |"
