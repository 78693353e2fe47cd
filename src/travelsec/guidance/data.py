"""Guidance pages, their indexes and their changes as JSON, for machines."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

import msgspec

from travelsec.guidance.citations import Citations
from travelsec.guidance.outline import count_statements, needs_work
from travelsec.guidance.page import Page
from travelsec.guidance.revision import Revision, title_of
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
    sections = [
        {
            "id": section.id,
            "title": title_of(section),
            "line": section.line,
            "statements": [
                {"id": s.id, "kind": s.kind, "fingerprint": s.fingerprint, "line": s.line}
                for s in section.statements
            ],
        }
        for section in page.sections
    ]
    content = {"title": page.title, "expires": page.expires, "sections": sections}
    return _json("travelsec.guidance-index/1", content)


def changes(revision: Revision, cited: Citations) -> str:
    """Return what a revised page changes, and what cites each statement."""
    statements = [
        {
            "change": change.change,
            "path": change.path,
            "new_path": change.new_path,
            "kind": change.kind,
            "line": change.line or None,
            "old_words": change.old_words,
            "new_words": change.new_words,
            "needs_work": needs_work(change, cited),
            "cited_by": cited.get(change.path or "", ()),
        }
        for change in revision.statements
    ]
    content = {
        "page": revision.index.id,
        "title": revision.index.title,
        "new_expires": revision.new_expires,
        "needs_work": any(change["needs_work"] for change in statements),
        "sections": revision.sections,
        "statements": statements,
    }
    return _json("travelsec.guidance-diff/1", content)


def _json(schema: str, content: dict[str, Any]) -> str:
    data = msgspec.to_builtins({"schema": schema, **content})
    # ASCII only: no character in it can do anything to a terminal.
    return json.dumps(data, indent=2) + "\n"
