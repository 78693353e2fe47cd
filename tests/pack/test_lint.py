"""Warnings are certain in spite of faults, and correct packs get none."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.pack.packs import OVER, base, write
from tests.pack.warnings_of import ITEM, codes, over, warnings
from travelsec.pack.check import check_packs
from travelsec.pack.folder import bundled_folder
from travelsec.pack.lint import find_all, lint


def test_the_bundled_pack_has_no_warning() -> None:
    """So that people take every warning seriously."""
    assert lint(check_packs()) == []


def test_the_example_has_no_warning() -> None:
    """People start from a copy of it."""
    example = bundled_folder().parent / "examples" / "agency"
    assert lint(check_packs([example])) == []


@pytest.mark.parametrize(
    "text",
    [
        ITEM.replace("New", "x" * 40),
        ITEM.replace("Do it.", f"Use e.g. 1.5 litres … {'word ' * 18}here. {'word ' * 20}there."),
        ITEM.replace("must", "should").replace("why: So., ", ""),
        ITEM.replace("EXTRA", ", when: {not: {country: Peru}}"),
        ITEM.replace("EXTRA", ", when: {all: [{country: Peru}, {nights: {at_least: 400}}]}"),
        ITEM.replace("EXTRA", ", when: {all: [{departs: 0001-01-01}, {count: 999999}]}"),
        ITEM.replace("EXTRA", ", when: {all: [{devices: laptop}, {devices: phone}]}"),
        ITEM.replace("Do it.", "Write to very-old-desk@example.org now."),
        ITEM.replace("Do it.", "Tell $country."),
        ITEM.replace("Do it.", "Call $tel_desk, 999 or 101 by 01-12-2026."),
    ],
)
def test_correct_entries_get_no_warning(tmp_path: Path, text: str) -> None:
    """Only what the base pack has anyway."""
    folder = base(tmp_path)
    before = codes(folder)
    found = codes(folder, over(tmp_path, text.replace("EXTRA", "")))
    # Some of them ask for a country, which the base pack has people type.
    assert found - {"free-text"} <= before


def test_errors_do_not_hide_certain_warnings(tmp_path: Path) -> None:
    """But no warning is given that an error may have caused."""
    text = ITEM.replace("label: New", f"label: {'x' * 41}").replace(
        "EXTRA", ", when: {devices: lapto}"
    )
    text += "        - {id: bad}\n"
    found = warnings(base(tmp_path), over(tmp_path, text))
    assert [one.partition(" ")[0] for one in found] == ["long-label"]
    # What cannot be read may be a question that was overridden.
    (tmp_path / "over" / "more.yaml").write_text("questions: [\n", encoding="utf-8")
    assert codes(tmp_path / "base", tmp_path / "over") == {"long-label"}


def test_a_text_that_yaml_cuts_short_gets_a_warning(tmp_path: Path) -> None:
    """Behind a `#` is a comment."""
    text = "questions:\n  - id: seat\n    ask: Seat #1 or #2?\n    type: text\n"
    folder = write(tmp_path / "over", {"over": OVER + text})
    assert "cut-text" in codes(base(tmp_path), folder)


def test_errors_and_warnings_are_in_the_order_of_their_places(tmp_path: Path) -> None:
    """A file with another ending is told: whoever names it .yml loses all that is in it."""
    folder = write(tmp_path / "over", {"over": OVER + "contacts: [\n", "more": "contacts: []\n"})
    (folder / "more.yaml").rename(folder / "more.yml")
    found = find_all(check_packs([folder], bundled=base(tmp_path)), [folder])
    places = [finding.problem.place for finding in found]
    assert places == sorted(places)
    told = [(finding.code, Path(finding.problem.place.file).name) for finding in found]
    assert [each for each in told if each[1] in ("more.yml", "over.yaml")] == [
        ("not-read", "more.yml"),
        ("error", "over.yaml"),
    ]


def emitted(source: str) -> Iterator[str]:
    """Yield the codes of the warnings that a module of rules gives.

    A code is written out, or taken from the tuples that a loop goes through.
    """
    functions = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef))
    for function in functions:
        parameters = {argument.arg for argument in function.args.args}
        for node in ast.walk(function):
            match node:
                case ast.Call(ast.Attribute(attr="warn") | ast.Name("Finding"), [code, *_]):
                    if not (isinstance(code, ast.Name) and code.id in parameters):
                        found = list(possible(code, function))
                        assert found, ast.unparse(node)
                        yield from found


def possible(code: ast.expr, function: ast.FunctionDef) -> Iterator[str]:
    """Yield what a code can be in a function."""
    if isinstance(code, ast.Constant):
        yield str(code.value)
    for node in ast.walk(function):
        match node:
            case ast.For(ast.Tuple([ast.Name(name), *_]), ast.Tuple(rows)):
                if isinstance(code, ast.Name) and name == code.id:
                    yield from (ast.literal_eval(row.elts[0]) for row in rows)  # type: ignore[attr-defined]


def expected() -> set[str]:
    """Return the first word of each text in the tests of the rules: some of them are codes."""
    tests = [Path(__file__), *(Path(__file__).parent / "lint").glob("test_*.py")]
    nodes = (node for test in tests for node in ast.walk(ast.parse(test.read_bytes())))
    return {
        node.value.partition(" ")[0]
        for node in nodes
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def test_every_code_is_expected_by_a_test() -> None:
    """A rule that no test expects may find nothing."""
    rules = Path(inspect.getfile(lint)).parent
    sources = [path.read_text(encoding="utf-8") for path in rules.glob("*.py")]
    given = {code for source in sources for code in emitted(source)}
    assert len(given) > 20
    assert given - expected() == set()
