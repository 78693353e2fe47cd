"""A public name is one thing, wherever it is defined: a type, a function or a constant."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

import pytest

SOURCE = Path(__file__).parent.parent / "src" / "travelsec"
SAME_ON_PURPOSE = {
    "IndexedSection": "a section in the index of a page; schemas that are printed have the name",
    "IndexedStatement": "a statement in that index; schemas that are printed have the name",
    # What the formats of one registry in `formats` define.
    "changes": "each format of `guidance diff`",
    "coverage": "each format of `checklist coverage`, which `guidance/coverage` works out",
    "fidelity": "each format of `guidance fidelity`",
    "index": "each format of an index, which `guidance/page` makes",
    "lines": "each format of a batch; `batch/table` has what tables share",
    "pages": "each format of `guidance list`",
    "recognises": "each format of a batch: does a file look like it?",
    "refusal": "each format of a batch, given as something else",
    "render": "each format of a report, a card, a comparison or findings",
    "summary": "each format of what a batch has made",
    "template": "each format of an answers file to fill in",
    "write": "each format of a review",
    # What modules of one kind define.
    "FIELDS": "what schemas say of fields, of packs and of all else",
    "LIST_SCHEMA": "the name of a schema",
    "SCHEMA": "the name of a schema",
    "SHOW_SCHEMA": "the name of a schema",
    "app": "the commands of a group",
    "check": "each extra: is it installed?",
    "import_library": "each extra: can it be used?",
    "locations": "what `doctor` looks at",
    "outline": "the blocks that show the subject of the module",
}
"""Names with several definitions, and what each of them is."""

COMMANDS = "cli/commands/"
"""Functions in this folder are named as people type the command, or as what it shows."""

TYPE = re.compile(r"[A-Z]\w*[a-z]\w*")
"""A name that is written as names of types are: constants have no small letter."""


def statements(body: Iterable[ast.stmt]) -> Iterator[ast.stmt]:
    """Yield the statements of a module, with those behind an `if` or in a `try`."""
    for statement in body:
        yield statement
        for part in ("body", "orelse", "finalbody"):
            if isinstance(statement, ast.If | ast.Try):
                yield from statements(getattr(statement, part, []))
        if isinstance(statement, ast.Try):
            for handler in statement.handlers:
                yield from statements(handler.body)


def types(statement: ast.stmt) -> Iterator[str]:
    """Yield the names of the classes and types that a statement defines.

    A type variable is none: what it stands for differs from use to use.
    """
    if isinstance(statement, ast.ClassDef):
        yield statement.name
    yield from (name for name in assigned(statement) if TYPE.fullmatch(name))


def functions(statement: ast.stmt) -> Iterator[str]:
    """Yield the name of the function that a statement defines."""
    if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef):
        yield statement.name


def constants(statement: ast.stmt) -> Iterator[str]:
    """Yield the names of the values that a statement defines."""
    yield from (name for name in assigned(statement) if not TYPE.fullmatch(name))


def assigned(statement: ast.stmt) -> Iterator[str]:
    match statement:
        case ast.Assign(value=ast.Call(func=ast.Name("TypeVar" | "ParamSpec"))):
            pass
        case ast.Assign(targets):
            for target in targets:
                yield from (part.id for part in ast.walk(target) if isinstance(part, ast.Name))
        case ast.AnnAssign(ast.Name(name)):
            yield name


Kind = Callable[[ast.stmt], Iterator[str]]


def defined_twice(files: Mapping[str, str], kind: Kind) -> dict[str, list[str]]:
    """Return the public names of a kind that several modules define, and those modules."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for module, source in files.items():
        names = {name for part in statements(ast.parse(source).body) for name in kind(part)}
        for name in names:
            if not name.startswith("_"):
                found[name].append(module)
    return {name: modules for name, modules in found.items() if len(modules) > 1}


@pytest.fixture(scope="module")
def files() -> dict[str, str]:
    return {
        path.relative_to(SOURCE).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(SOURCE.rglob("*.py"))
    }


@pytest.mark.parametrize("kind", [types, functions, constants])
def test_no_two_modules_define_a_public_name(files: dict[str, str], kind: Kind) -> None:
    """Functions of commands aside."""
    if kind is functions:
        files = {name: text for name, text in files.items() if not name.startswith(COMMANDS)}
    twice = defined_twice(files, kind)
    assert {name: twice[name] for name in twice.keys() - SAME_ON_PURPOSE} == {}


def test_every_exception_is_needed(files: dict[str, str]) -> None:
    twice = [name for kind in (types, functions, constants) for name in defined_twice(files, kind)]
    assert SAME_ON_PURPOSE.keys() - twice == set()


SAMPLE = """
class Plain: pass
class Place(NamedTuple): line: int
Alias = list[int]
Annotated: TypeAlias = "str | int"
if TYPE_CHECKING:
    Checked = int
_Private = int
class _Hidden: pass
MAX_BYTES = 3
FIRST, SECOND = 1, 2
table: dict[str, int] = {}
_SECRET = 4
T = TypeVar("T")
Task = TypeVar("Task")
def function() -> None:
    Inner = int
    LOCAL = 1
async def waiting() -> None: pass
def _helper() -> None: pass
try:
    import fast
except ImportError:
    def fallback() -> None: pass
else:
    FAST = True
"""


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (types, ["Alias", "Annotated", "Checked", "Place", "Plain"]),
        (functions, ["fallback", "function", "waiting"]),
        (constants, ["FAST", "FIRST", "MAX_BYTES", "SECOND", "table"]),
    ],
)
def test_every_way_to_define_a_name_is_seen(kind: Kind, expected: list[str]) -> None:
    """Private names, type variables and what is local may repeat."""
    assert sorted(defined_twice({"a.py": SAMPLE, "b.py": SAMPLE}, kind)) == expected
    importing = "from a import Plain, function, FIRST\nOther = Plain\nother = FIRST"
    assert defined_twice({"a.py": SAMPLE, "b.py": importing}, kind) == {}
