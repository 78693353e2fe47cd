"""A public class or type of one name is one thing, wherever it is defined."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

SOURCE = Path(__file__).parent.parent / "src" / "travelsec"
SAME_ON_PURPOSE = {
    "IndexedSection": "a section in the index of a page; schemas that are printed have the name",
    "IndexedStatement": "a statement in that index; schemas that are printed have the name",
}
"""Names with several definitions, and what each of them describes."""

TYPE = re.compile(r"[A-Z]\w*[a-z]\w*")
"""A name that is written as names of types are: constants have no small letter."""


def statements(body: Iterable[ast.stmt]) -> Iterator[ast.stmt]:
    """Yield the statements of a module, with those behind an `if` or in a `try`."""
    for statement in body:
        yield statement
        for part in ("body", "orelse", "finalbody"):
            if isinstance(statement, ast.If | ast.Try):
                yield from statements(getattr(statement, part, []))


def types(source: str) -> Iterator[str]:
    """Yield the names of the public classes and types that a module defines.

    A type variable is none: what it stands for differs from use to use.
    """
    for statement in statements(ast.parse(source).body):
        match statement:
            case ast.ClassDef(name) if not name.startswith("_"):
                yield name
            case ast.Assign(value=ast.Call(func=ast.Name("TypeVar" | "ParamSpec"))):
                continue
            case ast.Assign([ast.Name(name)]) | ast.AnnAssign(ast.Name(name)):
                if TYPE.fullmatch(name):
                    yield name


def defined_twice(files: Mapping[str, str]) -> dict[str, list[str]]:
    """Return the names that several modules define, and those modules."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for module, source in files.items():
        for name in set(types(source)):
            found[name].append(module)
    return {name: modules for name, modules in found.items() if len(modules) > 1}


def test_no_two_modules_define_a_type_of_one_name() -> None:
    """Nor is an exception kept that is no longer needed."""
    files = {
        path.relative_to(SOURCE).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(SOURCE.rglob("*.py"))
    }
    twice = defined_twice(files)
    assert {name: twice[name] for name in twice.keys() - SAME_ON_PURPOSE} == {}
    assert SAME_ON_PURPOSE.keys() - twice == set()


def test_every_way_to_define_a_type_is_seen() -> None:
    """Constants, private names and type variables may repeat."""
    source = """
class Plain: pass
class Place(NamedTuple): line: int
Alias = list[int]
Annotated: TypeAlias = "str | int"
if TYPE_CHECKING:
    Checked = int
_Private = int
class _Hidden: pass
MAX_BYTES = 3
T = TypeVar("T")
Task = TypeVar("Task")
def function() -> None: Inner = int
"""
    assert sorted(defined_twice({"a.py": source, "b.py": source})) == [
        "Alias",
        "Annotated",
        "Checked",
        "Place",
        "Plain",
    ]
    assert defined_twice({"a.py": source, "b.py": "from a import Plain\nOther = Plain"}) == {}
