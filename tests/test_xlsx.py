"""The extra `xlsx` is asked for where it is missing."""

from __future__ import annotations

from pathlib import Path

from tests.cli.command import run


def test_without_the_extra_a_spreadsheet_is_refused(tmp_path: Path) -> None:
    """With how to get it; CSV needs none."""
    hidden = "import sys\nsys.modules['openpyxl'] = None\n"
    (tmp_path / "sitecustomize.py").write_text(hidden, encoding="utf-8")
    (tmp_path / "b.xlsx").write_bytes(b"PK\x03\x04")
    (tmp_path / "b.csv").write_text("abroad,devices\nno,none\n", encoding="utf-8")
    for name, code, told in (("b.xlsx", 2, "[xlsx]"), ("b.csv", 1, "")):
        batch = ("prepare", "--batch", name, "--output-dir", "out")
        done = run(*batch, folder=tmp_path, PYTHONPATH=str(tmp_path))
        assert (done.code, told in done.err) == (code, True), done.err
