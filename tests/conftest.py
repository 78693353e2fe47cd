"""What all tests share: how much hypothesis tries, the marks, and the files of agreed output.

Nobody writes a mark but `slow`; the others follow from what a test uses.
"""

from __future__ import annotations

import functools
import inspect
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import CodeType
from typing import Any

import pytest
from hypothesis import settings

# A machine under load is slow for a moment; that is no fault of what is tested.
settings.register_profile("travelsec", deadline=None, max_examples=40)
settings.register_profile("quick", deadline=None, max_examples=5)
settings.load_profile("travelsec")

_SLOW = pytest.StashKey[int]()


@pytest.fixture
def golden() -> Callable[[Path, str], str]:
    """Return a function that reads what was agreed to; UPDATE_GOLDEN=1 first rewrites the file.

    It takes the file and what is made now. Read what `git diff` shows after an update.
    """

    def agreed(path: Path, made: str) -> str:
        if os.environ.get("UPDATE_GOLDEN"):
            path.write_bytes(made.encode())
        return path.read_bytes().decode()

    return agreed


def pytest_itemcollected(item: pytest.Item) -> None:
    """Mark what needs a browser, a terminal or processes, has agreed output, or is one of many."""
    if isinstance(item, pytest.Function):
        if item.path.parent.name == "doctored":
            item.add_marker("doctored")
        for fixture in ("browser", "golden"):
            if fixture in item.fixturenames:
                item.add_marker(fixture)
        used = _reached(item.function)
        if any(map(inspect.ismodule, used)):
            item.add_marker("terminal")
        if any(getattr(thing, "__module__", "") == "tests.cli.command" for thing in used):
            item.add_marker("process")
        if sys.platform == "win32" and item.get_closest_marker("terminal"):
            item.add_marker(pytest.mark.skip(reason="pseudo-terminals are POSIX's"))


def _reached(test: Callable[..., object]) -> set[object]:
    """Follow the names in a test's code, through functions and classes of the tests, to pexpect."""
    met: set[object] = set()
    ahead: list[Any] = [inspect.unwrap(test)]
    while ahead:
        thing = ahead.pop()
        if thing not in met:
            met.add(thing)
            if not inspect.ismodule(thing):
                ahead += _used(thing)
    return met


@functools.cache
def _used(thing: Any) -> list[Any]:
    """Return the functions and classes of the tests that one of them names, and pexpect."""
    if inspect.isclass(thing):
        named = [*vars(thing).values()]
    else:
        named = [thing.__globals__.get(name) for name in _names(thing.__code__)]
    found = [inspect.unwrap(each) if callable(each) else each for each in named]
    return [
        each
        for each in found
        if (inspect.ismodule(each) and each.__name__ == "pexpect")
        or (
            (inspect.isclass(each) or inspect.isfunction(each))
            and str(each.__module__).startswith("tests.")
        )
    ]


def _names(code: CodeType) -> Iterator[str]:
    yield from code.co_names
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            yield from _names(inner)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out slow tests, unless marks were asked for."""
    slow = [item for item in items if item.get_closest_marker("slow")]
    if slow and not config.option.markexpr:
        items[:] = [item for item in items if item not in slow]
        config.hook.pytest_deselected(items=slow)
        config.stash[_SLOW] = len(slow)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Hand the number of slow tests from a worker to who prints the summary."""
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["slow"] = session.config.stash.get(_SLOW, 0)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Take it; each worker leaves out the same tests."""
    node.config.stash[_SLOW] = getattr(node, "workeroutput", {}).get("slow", 0)


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """Say what was left out."""
    number = config.stash.get(_SLOW, 0)
    if number:
        tests = "1 slow test" if number == 1 else f"{number} slow tests"
        terminalreporter.write_line(f"left out: {tests} (make slow runs them)")


@pytest.fixture
def _of_16_colours(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fill in reverse."""
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("COLORTERM", raising=False)
