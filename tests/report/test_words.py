"""The words of a report have a version, so that `review` compares only what it can."""

from __future__ import annotations

import ast
import hashlib
import json
import os
import re
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType
from typing import Any

import msgspec
import pytest

import travelsec
from tests.report import worded
from travelsec.pack.model import Pack
from travelsec.report import html
from travelsec.report.model import NAME, WORDS, Report, Tool, canonical, digest
from travelsec.report.read import parse_report

RECORD = Path(__file__).parent / "golden" / "words.json"
"""The fingerprint of each number of the words. A number that was released is never changed."""
SOURCE = Path(travelsec.__file__).parent
NOT_COMPARED = ("claims", "was_changed")
"""What a page says only of a report that was changed; `review` tells of that itself."""


def lines_run(work: Callable[[], object]) -> dict[Path, set[int]]:
    """Return the numbers of the lines that run, by file, of the modules that write reports."""
    ran: dict[Path, set[int]] = defaultdict(set)
    folders = (str(SOURCE / "report"), str(SOURCE / "trip"), str(SOURCE / "wording"))

    def trace(frame: FrameType, _event: str, _argument: object) -> Any:
        name = frame.f_code.co_filename
        # Templates are traced, too.
        if not name.startswith(folders) or not name.endswith(".py"):
            return None
        ran[Path(name)].add(frame.f_lineno)
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        work()
    finally:
        sys.settrace(before)
    return ran


def functions_run(path: Path, lines: set[int]) -> Iterator[ast.FunctionDef]:
    """Yield the functions of a file of which a line ran, besides that of `def`."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef):
            inside = range(node.body[0].lineno, (node.body[-1].end_lineno or 0) + 1)
            if not lines.isdisjoint(inside):
                yield node


def lines_with_text(function: ast.FunctionDef) -> set[int]:
    """Return the lines with a text of several words, without docstrings and errors."""
    skipped = {
        id(text)
        for node in ast.walk(function)
        if isinstance(node, ast.Raise | ast.Expr)
        for text in ast.walk(node)
        if isinstance(node, ast.Raise) or text is node.value
    }
    return {
        node.lineno
        for node in ast.walk(function)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        if " " in node.value.strip() and id(node) not in skipped
    }


@pytest.fixture(scope="module")
def packs(tmp_path_factory: pytest.TempPathFactory) -> tuple[Pack, Pack]:
    """Load the packs of the reports."""
    return worded.read_packs(tmp_path_factory.mktemp("packs"))


@pytest.mark.golden
def test_other_words_have_another_version(packs: tuple[Pack, Pack]) -> None:
    """What `review` compares, rendered from fixed packs, belongs to this number."""
    compared = hashlib.sha256()
    for report in worded.make_worded(*packs):
        made = msgspec.structs.replace(report, tool=Tool(NAME, "1.2.3"))
        compared.update(canonical(made) + html.render(made).encode())
    fingerprint = compared.hexdigest()[:16]
    known = json.loads(RECORD.read_text(encoding="utf-8"))
    if os.environ.get("UPDATE_GOLDEN") and str(WORDS) not in known:
        known[str(WORDS)] = fingerprint
        RECORD.write_text(f"{json.dumps(known, indent=2)}\n", encoding="utf-8")
    assert known.get(str(WORDS)) == fingerprint, (
        "The words of reports, or the page around them, have changed: raise WORDS in "
        "src/travelsec/report/model.py, unless that was done since the last release; take its "
        "number out of golden/words.json, and run make golden."
    )


def test_every_text_is_in_one_of_these_reports(packs: tuple[Pack, Pack]) -> None:
    """Otherwise it could change without a change of the fingerprint.

    In each function that takes part, every line with a text of several words must have run.
    """
    ran = lines_run(lambda: [html.render(report) for report in worded.make_worded(*packs)])
    missed = [
        f"{path.name}: {function.name}: {line}"
        for path, lines in sorted(ran.items())
        for function in functions_run(path, lines)
        if function.name not in NOT_COMPARED
        for line in sorted(lines_with_text(function) - lines)
    ]
    assert missed == []


def test_every_text_of_the_page_is_in_one_of_these_reports(packs: tuple[Pack, Pack]) -> None:
    """Of its template, too."""
    pages = "".join(" ".join(html.render(made).split()) for made in worded.make_worded(*packs))
    source = (SOURCE / "report" / "templates" / "report.html.j2").read_text(encoding="utf-8")
    texts = (" ".join(text.split()) for text in re.split(r"(?s)\{[%{#].*?[%}#]\}", source))
    missed = [
        text
        for text in texts
        if text not in pages and re.search("[a-z]", re.sub("<[^>]*(>|$)", "", text))
    ]
    assert missed == []


def test_a_report_without_a_number_still_has_its_digest(report: Report) -> None:
    """0.2.0 wrote no number; the digests of its reports still match."""
    old = msgspec.structs.replace(report, tool=Tool(NAME, "0.2.0"), digest="")
    data = msgspec.json.encode(msgspec.structs.replace(old, digest=digest(old)))
    assert b'"words"' not in data
    assert parse_report(data).fits
