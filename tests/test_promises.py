"""The table of promises names files that exist, and every test file has its place."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parent.parent
TABLE = re.findall(
    r"^\| (.+) \| ((?:`[^`]+`(?:, )?)+) \|$",
    (ROOT / "docs" / "tests.md").read_text(encoding="utf-8"),
    re.MULTILINE,
)
NAMED = [name for _, files in TABLE for name in re.findall(r"`([^`]+)`", files)]


def mirrors_a_module(test: Path) -> bool:
    """Return whether a test file is named after a module or a package, in the same place."""
    folder = test.relative_to(ROOT / "tests").parent
    module = ROOT / "src" / "travelsec" / folder / test.stem.removeprefix("test_")
    return module.is_dir() or module.with_suffix(".py").is_file()


def test_every_file_in_the_table_exists() -> None:
    """Whoever moves a test moves its name in the table."""
    assert len(TABLE) > 30
    assert [name for name in NAMED if not (ROOT / name).is_file()] == []


def test_every_test_file_mirrors_a_module_or_is_in_the_table() -> None:
    """So a test can be found from what it tests, or from what it promises."""
    tests = sorted((ROOT / "tests").rglob("test_*.py"))
    homeless = [
        name
        for test in tests
        if not mirrors_a_module(test) and (name := test.relative_to(ROOT).as_posix()) not in NAMED
    ]
    assert homeless == []


def test_every_module_has_a_test_file_of_its_name() -> None:
    """But for the packages, whose modules have theirs, and the start of `python -m`."""
    package = ROOT / "src" / "travelsec"
    modules = [
        path.relative_to(package)
        for path in sorted(package.rglob("*.py"))
        if path.name not in ("__init__.py", "__main__.py")
    ]
    assert len(modules) > 100
    missing = [
        module.as_posix()
        for module in modules
        if not (ROOT / "tests" / module.parent / f"test_{module.name}").is_file()
    ]
    assert missing == []
