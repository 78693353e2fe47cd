"""The check of plain English, which `make lint` and CI run."""

from __future__ import annotations

import runpy
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
SCRIPT = ROOT / "scripts" / "check_english.py"


def test_every_text_is_plain() -> None:
    """Packs, examples, templates, the source and the docs."""
    done = subprocess.run(
        [sys.executable, str(SCRIPT)], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (0, "")


def test_what_is_found_and_where(tmp_path: Path) -> None:
    """Words in YAML, templates, source and docs; lengths by field, a folded text as it is read."""
    source = tmp_path / "src" / "travelsec"
    for folder in (source, tmp_path / "checklists", tmp_path / "examples"):
        folder.mkdir(parents=True)
    (tmp_path / "checklists" / "a.yaml").write_text(
        f"questions:\n  - ask: Whom?\n    help: >-\n      {'long ' * 15}\n      {'long ' * 15}\n"
        f"    label: {'x' * 41}\n    title: {'x' * 200}\n"
        f"    note_down:\n      - {'x' * 141}\n    cites: [{'x' * 141}]\n",
        encoding="utf-8",
    )
    (tmp_path / "examples" / "a.yaml").write_text("a: 1\nb: Take no calls.\n", encoding="utf-8")
    (source / "a.html.j2").write_text("<p>\nAsk somebody.\n", encoding="utf-8")
    (source / "a.py").write_text(
        '# For whoever reads it.\nx = """A.\nLet nobody in."""\n', encoding="utf-8"
    )
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "a.md").write_text("# Asking\n\nAsk anybody.\n", encoding="utf-8")
    found = [
        f"{path.name}:{line}: {text.partition(':')[0]}"
        for path, line, text in runpy.run_path(str(SCRIPT))["check"](tmp_path)
    ]
    assert sorted(found) == [
        "a.html.j2:2: “somebody” reads as translated",
        "a.md:3: “anybody” reads as translated",
        "a.py:1: “whoever” reads as translated",
        "a.py:3: “Let nobody” reads as translated",
        "a.yaml:2: “Take no” reads as translated",
        "a.yaml:2: “Whom” reads as translated",
        "a.yaml:3: help",
        "a.yaml:6: label",
        "a.yaml:7: title",
        "a.yaml:9: note_down",
    ]
