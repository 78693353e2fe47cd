"""The picture of the packages is up to date, and no import forms a circle or points upwards."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from scripts import draw_architecture as architecture

PAGE = architecture.PAGE.read_text(encoding="utf-8")
MODULE = re.compile(r"`([a-z_]+(?:/[a-z_]+)*)`")

Files = dict[str, str]


def write(folder: Path, files: Files) -> Path:
    """Write modules, with their packages."""
    for name, text in files.items():
        path = folder / "travelsec" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    for path in list((folder / "travelsec").rglob("*.py")):
        (path.parent / "__init__.py").touch()
    (folder / "travelsec" / "__init__.py").touch()
    return folder


def graph_of(folder: Path, files: Files) -> architecture.Graph:
    """Write modules, and read what they import."""
    return architecture.read_imports(write(folder, files))


def faults_of(folder: Path, files: Files) -> list[str]:
    """Write modules, and find what is forbidden in them."""
    source = write(folder, files)
    graph, names = architecture.read_imports(source), architecture.read_names(source)
    return list(architecture.find_faults(graph, names))


def test_the_picture_is_up_to_date(capsys: pytest.CaptureFixture[str]) -> None:
    """So are the rules: this fails on a circle and on an arrow upwards, too."""
    code = architecture.main(check=True)
    assert (code, capsys.readouterr().out) == (0, "")


@pytest.mark.parametrize(
    ("files", "fault"),
    [
        (
            {"a.py": "import travelsec.b", "b.py": "def f():\n    from travelsec.a import x\n"},
            "imports form a circle: travelsec.a imports travelsec.b imports travelsec.a",
        ),
        (
            {
                "pack/a.py": "from travelsec.trip import b",
                "trip/b.py": "from typing import TYPE_CHECKING",
                "trip/c.py": "if True:\n    from travelsec.pack.d import x",
                "pack/d.py": "",
            },
            "imports form a circle: pack imports trip imports pack",
        ),
        (
            {"trip/a.py": "from travelsec import cli", "cli/b.py": ""},
            "travelsec.trip.a imports travelsec.cli, which is above it",
        ),
        (
            {"cli/a.py": "from travelsec.cli.commands.b import x", "cli/commands/b.py": ""},
            "travelsec.cli.a imports travelsec.cli.commands.b, which is above it",
        ),
        (
            {
                "pack/lint/a.py": "def f():\n    from travelsec.guidance.b import x",
                "guidance/b.py": "from travelsec.pack import c",
                "pack/c.py": "",
            },
            "imports form a circle: guidance imports pack imports guidance",
        ),
        (
            {"a.py": "FORMATS = {'text': 'travelsec.cli.b'}", "cli/b.py": ""},
            "travelsec.a names travelsec.cli.b, which is above it",
        ),
    ],
)
def test_a_forbidden_import_is_found(tmp_path: Path, files: Files, fault: str) -> None:
    """Wherever in a file it is written, or only named; packages alone may form the circle."""
    assert fault in faults_of(tmp_path, files)


def test_what_is_allowed(tmp_path: Path) -> None:
    """Downwards, `python -m travelsec`, and names of what is loaded when it is needed."""
    files = {
        "__main__.py": "from travelsec.cli.main import main",
        "cli/main.py": "from travelsec.trip import facts\nNAME = 'travelsec.cli.commands.prepare'",
        "cli/commands/prepare.py": "from travelsec.cli import main",
        "trip/facts.py": "from travelsec import values",
        "values.py": "NAME = 'travelsec.trip.facts'",
    }
    assert faults_of(tmp_path, files) == []


def test_an_arrow_is_drawn_unless_a_longer_way_leads_there(tmp_path: Path) -> None:
    """The table has every arrow."""
    files = {
        "report/build.py": "from travelsec.trip import facts\nfrom travelsec.pack import model",
        "trip/facts.py": "from travelsec.pack import model",
        "pack/model.py": "import travelsec.values",
        "values.py": "",
    }
    drawn = architecture.draw(graph_of(tmp_path, files))
    arrows = re.findall(r"(\w+) --> (\w+)", drawn)
    assert arrows == [("report", "trip"), ("trip", "pack"), ("pack", "foundation")]
    assert "| `report` | `trip`, `pack` |" in drawn
    assert '["single modules:<br>values"]' in drawn


def test_another_picture_is_out_of_date(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """`--check` says so and leaves the page alone; without it the picture is drawn again."""
    page = tmp_path / "architecture.md"
    old = PAGE.replace("report --> trip", "trip --> report")
    page.write_text(old, encoding="utf-8")
    monkeypatch.setattr(architecture, "PAGE", page)
    assert architecture.main(check=True) == 1
    assert "run make architecture" in capsys.readouterr().out
    assert page.read_text(encoding="utf-8") == old
    assert architecture.main(check=False) == 0
    assert page.read_text(encoding="utf-8") == PAGE


def test_the_walks_name_modules_that_exist() -> None:
    """Whoever moves or renames a module finds the sentence that names it."""
    source = architecture.SOURCE / "travelsec"
    names = MODULE.findall(PAGE.partition(architecture.END)[2])
    assert len(names) > 20
    missing = [
        name
        for name in names
        if not ((source / name).is_dir() or (source / f"{name}.py").is_file())
    ]
    assert missing == []
