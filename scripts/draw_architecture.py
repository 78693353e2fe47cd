"""Draw which package imports which into docs/architecture.md, and find imports that are forbidden.

python scripts/draw_architecture.py          draw it
python scripts/draw_architecture.py --check  exit 1 if the picture is out of date

Either way it exits with 1 if imports form a circle or point upwards, or if the core names a module
of the shell to look it up later.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src"
PAGE = ROOT / "docs" / "architecture.md"
BEGIN = "<!-- Drawn from the imports: run `make architecture` instead of editing. -->\n"
END = "<!-- End of what is drawn. -->\n"
TOP = "travelsec"
COMMANDS = f"{TOP}.cli.commands"
FOUNDATION = "foundation"

Graph = Mapping[str, set[str]]


def read_imports(source: Path) -> Graph:
    """Return which modules each module imports, anywhere in its file."""
    paths = {_name(path, source): path for path in sorted(source.rglob("*.py"))}
    return {name: set(_imported(path, paths)) - {name} for name, path in paths.items()}


def read_names(source: Path) -> Graph:
    """Return which modules each module names in its texts, to import them when they are needed."""
    paths = {_name(path, source): path for path in sorted(source.rglob("*.py"))}
    return {
        name: {
            node.value
            for node in ast.walk(ast.parse(path.read_bytes()))
            if isinstance(node, ast.Constant) and node.value in paths and node.value != TOP
        }
        for name, path in paths.items()
    }


def _name(path: Path, source: Path) -> str:
    return ".".join(path.relative_to(source).with_suffix("").parts).removesuffix(".__init__")


def _imported(path: Path, known: Mapping[str, Path]) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in known)
        elif isinstance(node, ast.ImportFrom):
            if node.level:
                raise SystemExit(f"{path}:{node.lineno}: write the whole name of the module")
            for alias in node.names:
                name = f"{node.module}.{alias.name}"
                if name in known:
                    yield name
                elif node.module in known:
                    yield str(node.module)


def find_faults(graph: Graph, names: Graph) -> Iterator[str]:
    """Yield each import or name that points upwards, and a circle if there is one.

    A circle may be between modules, boxes of the picture, or whole packages.
    """
    for name, imported in graph.items():
        for other in imported:
            if _points_upwards(name, other):
                yield f"{name} imports {other}, which is above it"
    for name, named in names.items():
        # The registry of formats and the commands name what they load: only the shell is above all.
        yield from (
            f"{name} names {other}, which is above it"
            for other in sorted(named)
            if _leaves_core(name, other)
        )
    boxes = _boxes(graph)
    packages = {name: box.partition("/")[0] for name, box in boxes.items()}
    yield from dict.fromkeys(
        fault
        for arrows in (graph, _between(boxes, graph), _between(packages, graph))
        for fault in _circle(arrows)
    )


def _points_upwards(name: str, other: str) -> bool:
    if name == f"{TOP}.__main__":
        return False
    return _leaves_core(name, other) or (_is_in(other, COMMANDS) and not _is_in(name, COMMANDS))


def _leaves_core(name: str, other: str) -> bool:
    return _is_in(other, f"{TOP}.cli") and not _is_in(name, f"{TOP}.cli")


def _is_in(name: str, package: str) -> bool:
    return f"{name}.".startswith(f"{package}.")


def _circle(graph: Graph) -> Iterator[str]:
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        yield f"imports form a circle: {' imports '.join(reversed(error.args[1]))}"


def _boxes(graph: Graph) -> dict[str, str]:
    """Return the box in which each module is drawn.

    A package is a box, the commands are one, and so are the single modules that need no package.
    """
    boxes = {}
    for name in graph:
        folder = name if _is_package(name, graph) else name.rpartition(".")[0]
        if _is_in(folder, COMMANDS):
            folder = COMMANDS
        if folder == TOP:
            needed = _reached(name, graph)
            if all(one.count(".") < 2 and not _is_package(one, graph) for one in needed - {TOP}):
                boxes[name] = FOUNDATION
                continue
            folder = name
        boxes[name] = folder.removeprefix(f"{TOP}.").replace(".", "/")
    return boxes


def _is_package(name: str, graph: Graph) -> bool:
    return any(other.startswith(f"{name}.") for other in graph)


def _reached(start: str, graph: Graph) -> set[str]:
    """Return all that is imported by a module, or by what it imports."""
    reached: set[str] = set()
    ahead = [start]
    while ahead:
        new = graph[ahead.pop()] - reached
        reached |= new
        ahead += new
    return reached


def _between(groups: Mapping[str, str], graph: Graph) -> Graph:
    """Return which group imports which, given the group of each module."""
    arrows: dict[str, set[str]] = {group: set() for group in groups.values()}
    for name, imported in graph.items():
        for other in imported:
            if groups[name] != groups[other]:
                arrows[groups[name]].add(groups[other])
    return arrows


def draw(graph: Graph) -> str:
    """Return the picture in Mermaid, and a table with every arrow."""
    boxes = _boxes(graph)
    arrows = {box: found for box, found in _between(boxes, graph).items() if box != "__main__"}
    upwards = TopologicalSorter({box: sorted(arrows[box]) for box in sorted(arrows)})
    order = list(reversed(list(upwards.static_order())))
    single = [name for name, box in boxes.items() if box == FOUNDATION and name != TOP]
    names = [name.removeprefix(f"{TOP}.") for name in single]
    lines = ["```mermaid", "flowchart TD"]
    for box in order:
        label = f"single modules:<br>{', '.join(names)}" if box == FOUNDATION else box
        lines.append(f'    {_id(box)}["{label}"]')
    for box in order:
        direct = {
            other
            for other in arrows[box]
            if not any(other in _reached(between, arrows) for between in arrows[box])
        }
        lines += [f"    {_id(box)} --> {_id(other)}" for other in order if other in direct]
    lines += ["```", "", "| package | imports |", "|---|---|"]
    for box in (box for box in order if box != FOUNDATION):
        others = [f"`{other}`" for other in order if other in arrows[box] - {FOUNDATION}]
        others += ["single modules"] if FOUNDATION in arrows[box] else []
        lines.append(f"| `{box}` | {', '.join(others)} |")
    return "\n".join([*lines, ""])


def _id(box: str) -> str:
    return box.replace("/", "_")


def put_into(page: str, picture: str) -> str:
    """Return the page with this picture in the place of the one it has."""
    before, begin, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end):
        raise SystemExit(f"{PAGE.name}: the lines around the picture are missing")
    return f"{before}{BEGIN}\n{picture}\n{END}{after}"


def main(*, check: bool) -> int:
    """Draw the picture or check it; return the exit code."""
    graph = read_imports(SOURCE)
    faults = list(find_faults(graph, read_names(SOURCE)))
    if not faults:
        page = PAGE.read_text(encoding="utf-8")
        drawn = put_into(page, draw(graph))
        if check and drawn != page:
            faults.append(f"{PAGE.name}: the picture is out of date: run make architecture")
        elif drawn != page:
            PAGE.write_text(drawn, encoding="utf-8")
    for fault in faults:
        print(fault)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(check="--check" in sys.argv))
