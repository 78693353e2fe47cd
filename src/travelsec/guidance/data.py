"""Guidance pages, their indexes and their changes as JSON, for machines."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from travelsec.guidance.coverage import Covered
from travelsec.guidance.outline import count_statements
from travelsec.guidance.page import Page
from travelsec.guidance.revision import Revision
from travelsec.pack.model import Guidance


def pages(known: Iterable[Guidance]) -> str:
    """List the pages of the packs."""
    listed = [
        {
            "id": page.id,
            "title": page.title,
            "publisher": page.publisher,
            "url": page.url or None,
            "expires": page.expires,
            **count_statements(page),
        }
        for page in known
    ]
    return _json("travelsec.guidance-list/1", {"pages": listed})


def index(page: Page) -> str:
    """Return the proposed index of a page, without its sentences."""
    content = msgspec.to_builtins(page)
    for section in content["sections"]:
        for statement in section["statements"]:
            del statement["text"], statement["lead_in"]
    return _json("travelsec.guidance-index/1", content)


def changes(revision: Revision) -> str:
    """Return what a revised page changes, and what cites each statement."""
    content = {
        "page": revision.index.id,
        "title": revision.index.title,
        "new_title": revision.new_title,
        "page_title": revision.page_title,
        "new_expires": revision.new_expires,
        "lost_expires": revision.lost_expires,
        "needs_work": revision.needs_work,
        "sections": revision.sections,
        "statements": revision.statements,
    }
    return _json("travelsec.guidance-diff/1", content)


def coverage(pages: list[Covered], wholes: list[Guidance]) -> str:
    """Return each duty of the pages and what cites it, and the pages that are cited as a whole."""
    content = {
        "carried": sum(page.carried for page in pages),
        "duties": sum(len(page.duties) for page in pages),
        "unconfirmed": sum(page.unconfirmed for page in pages),
        "pages": [{**_share(page), "sections": [*_sections(page)]} for page in pages],
        "cited_as_a_whole": [page.id for page in wholes],
    }
    return _json("travelsec.checklist-coverage/1", content)


def _share(part: Covered) -> dict[str, object]:
    return {
        "id": part.id,
        "title": part.title,
        "carried": part.carried,
        "duties": len(part.duties),
        "unconfirmed": part.unconfirmed,
    }


def _sections(page: Covered) -> Iterator[dict[str, object]]:
    for section in page.sections:
        statements = [
            {"path": duty.path, "carried": duty.is_carried, "cited_by": duty.cited_by}
            for duty in section.duties
        ]
        yield {**_share(section), "statements": statements}


def _json(schema: str, content: dict[str, Any]) -> str:
    data = msgspec.to_builtins({"schema": schema, **content})
    # In pure ASCII, nothing can act on a terminal.
    return json.dumps(data, indent=2) + "\n"
