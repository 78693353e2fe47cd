"""The registry of formats: all that names or makes a format derives from it."""

from __future__ import annotations

import inspect
import re
import shutil
import tomllib
from importlib.util import find_spec
from pathlib import Path

import pytest
from scripts.make_manual import helps

from tests.cli.command import run
from travelsec import formats
from travelsec.formats import (
    BATCH_FORMATS,
    CARD_FORMATS,
    COVERAGE_FORMATS,
    DIFF_FORMATS,
    EXTRAS,
    FINDING_FORMATS,
    GUIDANCE_FORMATS,
    INDEX_FORMATS,
    MAIL_ENDING,
    REPORT_FORMATS,
    REVIEW_FORMATS,
    SUMMARY_FORMATS,
    TEMPLATE_FORMATS,
    Format,
    Formats,
    names_a_report,
)
from travelsec.problems import UserError
from travelsec.report.diagnose import ENDINGS

ROOT = Path(__file__).parent.parent
DOCUMENTS = {
    "a report": REPORT_FORMATS,
    "starters": BATCH_FORMATS,
    "what a batch has made": SUMMARY_FORMATS,
    "answers to fill in": TEMPLATE_FORMATS,
    "a card": CARD_FORMATS,
    "a review": REVIEW_FORMATS,
    "errors and warnings of packs": FINDING_FORMATS,
    "duties that the packs carry": COVERAGE_FORMATS,
    "what another version of a pack changes": DIFF_FORMATS,
    "guidance pages and their changes": GUIDANCE_FORMATS,
    "the index of a page": INDEX_FORMATS,
}
TRIP = ("prepare", "--no-input", "--set", "abroad=false", "--set", "devices=laptop")
LOUD = 'return "LOUD\\n"'
LOUD_STARTERS = """
def lines(stream, reader): return iter(())
def recognises(start, column_names): return start.isupper()
def refusal(start): return "it is too quiet"
"""
LOUD_SUMMARY = """
class Loud:
    def row(self, result): return ""
    def end(self, counts): return "LOUD"
def summary(digits, width): return Loud()
"""
NEW = {
    "REPORT": ("report", f"def render(report): {LOUD}"),
    "BATCH": ("batch", LOUD_STARTERS),
    "SUMMARY": ("batch/summary", LOUD_SUMMARY),
    "TEMPLATE": ("interview", f"def template(facts, statuses): {LOUD}"),
    "CARD": ("card", f"def render(card): {LOUD}"),
    "REVIEW": ("review", "def write(output, sink): list(output.rows), sink.write('LOUD\\n')"),
    "FINDING": ("pack/findings", f"def render(findings, files): {LOUD}"),
    "COVERAGE": ("trip", f"def coverage(pages, wholes): {LOUD}"),
    "DIFF": ("changes", f"def render(changes): {LOUD}"),
    "GUIDANCE": (
        "guidance",
        f"def pages(pages): {LOUD}\ndef changes(revision): {LOUD}",
    ),
    "INDEX": ("pack", f"def index(page): {LOUD}"),
}
"""For each kind of document a folder, and a module that makes a new format of it."""


@pytest.mark.parametrize(
    ("name", "format_"), [("a.json", "json"), ("a.MD", "md"), ("b.c/a.b.txt", "txt")]
)
def test_the_ending_of_a_file_names_the_format(name: str, format_: str) -> None:
    """In any case; only the last ending counts."""
    assert REPORT_FORMATS.of_file(Path(name)).name == format_


@pytest.mark.parametrize("name", ["a", "a.", "a.exe", ".json", "json", "a.json.gz"])
def test_an_ending_that_names_no_format_is_refused(name: str) -> None:
    """The message lists those that do."""
    with pytest.raises(UserError, match=r"names no format \(allowed: json, .*txt"):
        REPORT_FORMATS.of_file(Path(name))


def test_a_format_that_does_not_exist_is_refused() -> None:
    """The message has the nearest that does."""
    with pytest.raises(UserError, match=r"“jsn” \(allowed: json, .*; did you mean json\?\)"):
        REPORT_FORMATS.find("jsn")


def test_the_format_is_named_or_that_of_the_file() -> None:
    """The name overrides the ending."""
    assert CARD_FORMATS.choose(None, None, in_terminal=True).name == "txt"
    assert CARD_FORMATS.choose(None, Path("card.HTML"), in_terminal=True).name == "html"
    assert CARD_FORMATS.choose("md", Path("card.text"), in_terminal=True).name == "md"
    assert CARD_FORMATS.choose("pdf", None, in_terminal=False).name == "pdf"
    for name, output, message in (
        ("docx", None, "no format “docx”"),
        ("htm", None, "did you mean html"),
        ("pdf", None, "--output FILE.pdf"),
        (None, Path("card.doc"), "names no format"),
        (None, Path("card"), "names no format"),
    ):
        with pytest.raises(UserError, match=message):
            CARD_FORMATS.choose(name, output, in_terminal=True)


def test_formats_may_share_an_ending() -> None:
    """The ending alone means the first of them; a format's name need not be an ending."""
    made = Formats(Format("rows", endings=("csv", "tsv")), Format("cells", endings=("csv",)))
    assert made.of_file(Path("a.csv")).name == "rows"
    for name in ("rows", "cells"):
        assert made.choose(name, Path("a.csv"), in_terminal=True).name == name
    with pytest.raises(UserError, match=r"the ending of a\.tsv says another"):
        made.choose("cells", Path("a.tsv"), in_terminal=True)


def test_a_terminal_gets_the_ending_of_what_it_cannot_show() -> None:
    """The ending can differ from the name of the format."""
    made = Formats(Format("sheet", endings=("xlsx",), binary=True), default="sheet")
    with pytest.raises(UserError, match=r"cannot show SHEET: add --output FILE\.xlsx"):
        made.choose(None, None, in_terminal=True)


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_every_format_has_its_module_and_extra(kind: str) -> None:
    """The default is one of them, and pyproject declares the extras."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    known = DOCUMENTS[kind]
    assert known.default in known.names
    for format_ in known:
        assert find_spec(format_.module)
        assert not format_.extra or format_.extra in project["optional-dependencies"]


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_the_page_of_formats_names_every_format(kind: str) -> None:
    """With endings that differ from the name, and the extra it needs."""
    known = DOCUMENTS[kind]
    row = ", ".join(map(in_table, known))
    lines = (ROOT / "docs" / "formats.md").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if line.startswith(f"| {kind} |") and f"| {row} |" in line]


def in_table(format_: Format) -> str:
    """Return a format as the table of that page names it."""
    endings = [f"`.{ending}`" for ending in format_.endings if ending != format_.name]
    about = [*endings, *([f"extra `{format_.extra}`"] if format_.extra else [])]
    return f"`{format_.name}`" + (f" ({', '.join(about)})" if about else "")


def test_the_page_of_formats_names_every_command_with_a_choice() -> None:
    """In its table, as it is typed."""
    table = (ROOT / "docs" / "formats.md").read_text(encoding="utf-8").partition("\n## ")[0]
    with_formats = [
        each.name.removeprefix("travelsec ")
        for each in helps()
        if any(term.startswith("--format") for part in each.sections for term, _ in part.rows)
    ]
    assert len(with_formats) > 15
    assert [name for name in with_formats if f"`{name}`" not in table] == []


def test_what_is_read_as_a_report_is_in_the_registry() -> None:
    """An argument with such an ending names a report; emails have one attached."""
    assert REPORT_FORMATS.readable == (*ENDINGS, MAIL_ENDING)
    for ending in REPORT_FORMATS.readable:
        assert names_a_report(f"my trip{ending.upper()}")
    for text in ("Lisbon", "json", ".json", "report.pdf", "report.html.txt"):
        assert not names_a_report(text)


def test_every_kind_of_document_is_checked() -> None:
    """By this file; `TEXT_OR_JSON` has no modules."""
    kinds = {name: kind for name, kind in inspect.getmembers(formats) if isinstance(kind, Formats)}
    del kinds["TEXT_OR_JSON"]
    assert {*DOCUMENTS.values()} == {*kinds.values()}
    assert {f"{kind}_FORMATS" for kind in NEW} == {*kinds}


def test_the_extras_are_those_of_all_formats() -> None:
    """Of every kind of document."""
    needed = {format_.extra for kind in DOCUMENTS.values() for format_ in kind if format_.extra}
    assert sorted(EXTRAS) == sorted(needed)


@pytest.fixture(scope="module")
def extended(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the sources of travelsec with one more file and line for each kind of document."""
    folder = tmp_path_factory.mktemp("extended")
    without = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "src", folder / "src", ignore=without)
    shutil.copytree(ROOT / "checklists", folder / "checklists")
    source = folder / "src" / "travelsec"
    registry = (source / "formats.py").read_text(encoding="utf-8")
    for kind, (place, content) in NEW.items():
        module = f"travelsec.{place.replace('/', '.')}.loud"
        (source / place / "loud.py").write_text(content, encoding="utf-8")
        table = f"{kind}_FORMATS = Formats(\n"
        assert table in registry
        line = f'    Format("shout", "{module}", ("loud",)),\n'
        registry = registry.replace(table, table + line)
    (source / "formats.py").write_text(registry, encoding="utf-8")
    return folder / "src"


@pytest.mark.slow
@pytest.mark.parametrize(
    "command",
    [
        TRIP,
        (*TRIP, "--answers-template"),
        ("export", "report.json"),
        ("card",),
        ("review", "report.json"),
        ("checklist", "validate"),
        ("checklist", "coverage"),
        ("checklist", "diff", "installed", "installed"),
        ("guidance", "list"),
        ("guidance", "diff", "page.md", "--page", "remote-working"),
        ("guidance", "index", "page.md"),
    ],
    ids=lambda command: " ".join(command[:2]),
)
def test_a_new_format_is_a_file_and_a_line(
    tmp_path: Path, extended: Path, command: tuple[str, ...]
) -> None:
    """It is in help, errors and completion, and is written to files with its ending."""
    new = {"PYTHONPATH": str(extended)}
    (tmp_path / "page.md").write_text("# Remote Working\n\nLock the screen.\n", encoding="utf-8")
    assert run(*TRIP, "--output", "report.json", folder=tmp_path).code == 1
    done = run(*command, "--format", "shout", folder=tmp_path, **new)
    assert done.out == "LOUD\n"
    assert done.code in (0, 1), done.err
    assert "shout, " in run(*command, "--help", folder=tmp_path, **new).out
    wrong = run(*command, "--format", "shuot", folder=tmp_path, **new)
    assert wrong.code == 2
    assert "there is no format “shuot” (allowed: shout, " in wrong.err
    assert "; did you mean shout?)" in wrong.err
    offered = run(*command, "--format", "sh", folder=tmp_path, _TRAVELSEC_COMPLETE="fish", **new)
    assert offered.out.splitlines()[1:] == ["shout"]
    if "--output " in run(*command, "--help", folder=tmp_path, **new).out:
        run(*command, "--output", "made.loud", folder=tmp_path, **new)
        assert (tmp_path / "made.loud").read_text(encoding="utf-8") == "LOUD\n"


def test_a_batch_writes_files_with_the_ending_of_a_new_format(
    tmp_path: Path, extended: Path
) -> None:
    """Not with its name."""
    (tmp_path / "trips.jsonl").write_text(
        '{"trip": {"abroad": false, "devices": ["laptop"]}}\n', encoding="utf-8"
    )
    batch = ("prepare", "--batch", "trips.jsonl", "--output-dir", "out", "--format", "shout")
    done = run(*batch, folder=tmp_path, PYTHONPATH=str(extended))
    assert (done.code, done.err) == (1, "")
    assert [path.suffix for path in (tmp_path / "out").iterdir()] == [".loud"]


def test_a_batch_is_summed_up_in_a_new_format(tmp_path: Path, extended: Path) -> None:
    """With nothing else to change; errors and completion name it too."""
    (tmp_path / "trips.jsonl").write_text(
        '{"trip": {"abroad": false, "devices": ["laptop"]}}\n', encoding="utf-8"
    )
    new = {"PYTHONPATH": str(extended)}
    batch = ("prepare", "--batch", "trips.jsonl", "--output-dir", "out", "--summary")
    done = run(*batch, "shout", folder=tmp_path, **new)
    assert (done.code, done.out, done.err) == (1, "LOUD\n", "")
    wrong = run(*batch, "shuot", folder=tmp_path, **new)
    assert "there is no format “shuot” (allowed: shout, " in wrong.err
    offered = run(*batch, "sh", folder=tmp_path, _TRAVELSEC_COMPLETE="fish", **new)
    assert offered.out.splitlines()[1:] == ["shout"]


def test_a_batch_reads_a_new_format(tmp_path: Path, extended: Path) -> None:
    """By its beginning; a file with its ending can be refused. Help and errors name it."""
    new = {"PYTHONPATH": str(extended)}
    batch = ("prepare", "--output-dir", "out", "--batch")
    help_text = " ".join(run("prepare", "--help", folder=tmp_path, **new).out.split())
    assert "of a file: shout, JSON Lines," in help_text
    for name, text, told in (
        ("trips", "ANN, LISBON", "it has no lines"),
        ("trips.loud", "ANN, LISBON", "it has no lines"),
        ("trips.csv", "ANN, LISBON", "this is SHOUT, not CSV"),
        ("trips.loud", "Ann, Lisbon", "it is too quiet; starters are read from shout, JSON Lines,"),
    ):
        (tmp_path / name).write_text(text, encoding="utf-8")
        done = run(*batch, name, folder=tmp_path, **new)
        assert (done.code, done.err.partition(told)[:2]) == (2, (f"Error: {name}: ", told))


@pytest.fixture
def without_pdf(tmp_path: Path) -> dict[str, str]:
    """Return the environment of a Python that has no weasyprint."""
    (tmp_path / "python").mkdir()
    hidden = "import sys\nsys.modules['weasyprint'] = None\n"
    (tmp_path / "python" / "sitecustomize.py").write_text(hidden, encoding="utf-8")
    return {"PYTHONPATH": str(tmp_path / "python")}


@pytest.mark.parametrize(
    "command",
    [
        (*TRIP, "--format", "pdf"),
        (*TRIP, "--output", "made.pdf"),
        ("prepare", "--batch", "-", "--output-dir", "made.pdf", "--format", "pdf"),
        ("export", "-", "--output", "made.pdf"),
        ("card", "--format", "pdf"),
    ],
    ids=" ".join,
)
def test_a_missing_extra_is_reported_first(
    tmp_path: Path, without_pdf: dict[str, str], command: tuple[str, ...]
) -> None:
    """With how to get it, before anything else is printed or written."""
    done = run(*command, folder=tmp_path, **without_pdf)
    assert (done.code, done.out) == (2, "")
    assert re.match(r"Error: no PDF can be made here: .+ install .+\[pdf\]", done.err)
    assert not (tmp_path / "made.pdf").exists()


def test_the_card_is_printed_even_without_the_extra(
    tmp_path: Path, without_pdf: dict[str, str]
) -> None:
    """As text: the traveller may need it now."""
    done = run("card", "--output", "card.pdf", folder=tmp_path, **without_pdf)
    assert done.code == 2
    assert done.out.startswith("Emergency card")
    assert "[pdf]" in done.err


def test_a_file_that_is_no_pdf_needs_no_extra(tmp_path: Path, without_pdf: dict[str, str]) -> None:
    """Whatever its name is."""
    done = run("checklist", "schema", "--output", "pack.pdf", folder=tmp_path, **without_pdf)
    assert done.code == 0, done.err


def test_the_files_that_are_read_again_are_listed_once_each() -> None:
    """Texts for users take the list from here; other endings are read, but not named."""
    made = Formats(Format("a", readable=("a", "aa")), Format("b"), Format("c", readable=("c",)))
    assert made.list_readable("or") == ".a or .c"
    assert made.readable == (".a", ".aa", ".c")
