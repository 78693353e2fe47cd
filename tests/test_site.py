"""The documentation site: accessible, and asking nothing of the network."""

from __future__ import annotations

import html
import importlib.util
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from scripts.make_manual import helps

from tests import browser as chromium
from tests.terminal import SECONDS, environment

ROOT = Path(__file__).parent.parent

browser = chromium.browser

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        importlib.util.find_spec("sphinx") is None, reason="the extra docs is not installed"
    ),
]

HOST = "http://site.test"
"""No such place exists: the browser gets the files of the site from here."""

VIEWS = {
    "at 320 pixels": (chromium.NARROW, {"color_scheme": "light", "media": "screen"}),
    "in dark": (chromium.A4, {"color_scheme": "dark", "media": "screen"}),
    "printed": (chromium.A4, {"color_scheme": "light", "media": "print"}),
}


def build(source: Path, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run what `make site` runs."""
    return subprocess.run(
        [sys.executable, "-m", "scripts.make_site", str(folder)],
        cwd=source,
        env=environment(folder.parent),
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the site once."""
    folder = tmp_path_factory.mktemp("site") / "site"
    done = build(ROOT, folder)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


@pytest.mark.parametrize(
    "faults",
    [
        {
            "[A page](nowhere.md)": "nowhere.md",
            "[A part](traveller.md#no-such-heading)": "no-such-heading",
        },
        {
            '<a href="nothing.json">A file</a>': "index.html: nothing.json leads nowhere",
            '<img alt="" src="https://example.org/a.png">': "fetches https://example.org/a.png",
        },
    ],
    ids=["Sphinx", "what is built"],
)
def test_faults_end_the_build(tmp_path: Path, faults: dict[str, str]) -> None:
    """Links that lead nowhere, and what would be fetched from elsewhere."""
    for name in ("docs", "scripts", "examples", "checklists", "checklists-optional"):
        shutil.copytree(ROOT / name, tmp_path / name)
    for path in ROOT.glob("*.md"):
        shutil.copy(path, tmp_path)
    with (tmp_path / "docs" / "index.md").open("a", encoding="utf-8") as index:
        index.write("\n".join(("", *faults, "")))
    done = build(tmp_path, tmp_path / "site")
    assert done.returncode == 1
    assert [fault for fault in faults.values() if fault not in done.stdout + done.stderr] == []


def test_the_reference_says_what_the_help_says(site: Path) -> None:
    """Each row of each command, character for character: dashes and bars too."""
    text = (site / "reference" / "commands.html").read_text(encoding="utf-8")
    cells = re.findall(r"<td><p>(.*?)</p></td>", text, re.DOTALL)
    shown = {html.unescape(re.sub(r"<[^>]+>", "", cell)) for cell in cells}
    rows = [
        row
        for command in helps()
        for section in command.sections
        for row in section.rows
        if section.title != "Examples"
    ]
    assert len(rows) > 100
    assert {cell for row in rows for cell in row} - shown == set()


@pytest.fixture
def page(browser: Any, site: Path) -> Iterator[Any]:
    """Open pages that get what is in the folder of the site, and may ask for nothing else."""
    asked: list[str] = []

    def answer(route: Any) -> None:
        host, _, name = route.request.url.partition("?")[0].partition(f"{HOST}/")
        path = site / name
        if not host and path.is_file():
            route.fulfill(path=path)
        else:
            asked.append(route.request.url)
            route.abort()

    opened = browser.new_page()
    opened.route("**/*", answer)
    yield opened
    opened.close()
    assert asked == []


def show_all_of(page: Any) -> None:
    """Make the window as high as the page: axe cannot judge colours at an edge that cuts a line."""
    height = page.evaluate(
        """Math.max(...[...document.querySelectorAll("html, aside *")].map(e => e.scrollHeight))"""
    )
    page.set_viewport_size({"width": page.viewport_size["width"], "height": height + 200})


@pytest.mark.parametrize("view", VIEWS)
def test_axe_finds_nothing(page: Any, site: Path, view: str) -> None:
    """On any page; and none is so wide that it scrolls sideways."""
    size, media = VIEWS[view]
    page.emulate_media(**media)
    found = {}
    names = sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))
    assert len(names) > 20
    for name in names:
        page.set_viewport_size(size)
        page.goto(f"{HOST}/{name}")
        show_all_of(page)
        try:
            chromium.assert_axe_finds_nothing(page)
            assert chromium.width(page) <= size["width"], "too wide"
        except AssertionError as error:
            found[name] = str(error)
    assert found == {}


def test_the_keyboard_alone_reaches_all_that_is_in_sight(page: Any) -> None:
    """In a narrow window, the list of pages takes no focus until a key has opened it."""
    page.set_viewport_size(chromium.NARROW)
    page.goto(f"{HOST}/traveller.html")
    focused = "document.activeElement.getBoundingClientRect()"
    while not page.evaluate("document.activeElement.closest('article')"):
        page.keyboard.press("Tab")
        assert page.evaluate(f"{focused}.left >= 0 && {focused}.right <= innerWidth")
    page.goto(f"{HOST}/traveller.html")
    link = page.locator(".sidebar-drawer a", has_text="For line managers")
    assert not link.is_visible()
    button = page.get_by_role("button", name="All pages", expanded=False)
    button.focus()
    page.keyboard.press("Space")
    link.wait_for(state="visible")
    link.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"{HOST}/manager.html")


@pytest.mark.parametrize("width", [1100, 1600])
def test_axe_finds_nothing_beside_the_text(page: Any, width: int) -> None:
    """In wide windows, where the lists of pages and headings stand there."""
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{HOST}/manager.html")
    show_all_of(page)
    chromium.assert_axe_finds_nothing(page)


def test_the_search_asks_nothing_of_the_network(page: Any) -> None:
    """What it found is accessible too."""
    page.goto(f"{HOST}/search.html?q=card")
    page.wait_for_selector("#search-results li")
    show_all_of(page)
    chromium.assert_axe_finds_nothing(page)


def test_a_page_cannot_ask_anything_of_another_place(page: Any) -> None:
    """The browser refuses before anything is sent."""
    page.goto(f"{HOST}/index.html")
    refused = page.evaluate(
        """() => new Promise(resolve => {
            document.addEventListener("securitypolicyviolation", e => resolve(e.blockedURI));
            document.body.append(Object.assign(new Image(), {src: "https://example.org/a.png"}));
        })"""
    )
    assert refused == "https://example.org/a.png"
