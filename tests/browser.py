"""Debian's Chromium: pages as people see and print them.

A module that wants it takes the fixtures over: `browser, page = chromium.browser, chromium.page`.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = [
    *("--no-sandbox", "--disable-gpu", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--no-first-run"),
]
A4 = {"width": 794, "height": 1123}
NARROW = {"width": 320, "height": 640}
"""What 400 % leaves of a common window."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Start Chromium once."""
    sync_api = pytest.importorskip("playwright.sync_api")
    if not CHROMIUM.exists():
        # Continuous integration must not pass for want of a browser.
        missing = f"{CHROMIUM} is not there: apt-get install chromium"
        (pytest.fail if os.environ.get("CI") else pytest.skip)(missing)
    with sync_api.sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        yield started
        started.close()


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    """Open a page the size of a sheet; nothing may be asked of the network."""
    asked: list[str] = []

    def refuse(route: Any) -> None:
        asked.append(route.request.url)
        route.abort()

    opened = browser.new_page(viewport=A4)
    opened.route("**/*", refuse)
    yield opened
    opened.close()
    assert asked == []


def assert_axe_finds_nothing(page: Any, *rules: str) -> None:
    """Check that nothing shuts people out of the page; also nothing that axe could not judge.

    All rules of axe apply, or those that are named.
    """
    # Evaluated as a debugger does: the page's own policy allows no scripts.
    page.evaluate(files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8"))
    # Of what passed, only a count is looked at: the rest of it is long.
    options = {"resultTypes": ["violations", "incomplete"], **({"runOnly": rules} if rules else {})}
    found = page.evaluate("async options => await axe.run(options)", options)
    faults = [
        f"{one['id']}: {node['html']}"
        for one in found["violations"] + found["incomplete"]
        for node in one["nodes"]
    ]
    assert not faults, "\n".join(faults)
    assert len(found["passes"]) >= (len(rules) or 10)


def width(page: Any) -> int:
    """Return how wide the page's content is, in pixels."""
    wide: int = page.evaluate("document.documentElement.scrollWidth")
    return wide
