"""The card as people see and print it, in Debian's Chromium."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests import browser as chromium
from tests.browser import NARROW
from tests.card import qr_codes
from tests.card.test_html import DIALLED
from tests.card.travellers import LONGEST, TODAY, TRAVELLERS, card_for
from travelsec.card import html
from travelsec.card.content import card_content
from travelsec.pack.folder import bundled_folder
from travelsec.pack.load import load
from travelsec.people import Person
from travelsec.trip.facts import Facts

browser, page = chromium.browser, chromium.page

ALL = {**TRAVELLERS, **LONGEST}

TYPICAL = "hmpps-official-abroad"


def each(*in_every_run: str) -> list[Any]:
    """Return the names of all; those that are not in every run are slow."""
    return [
        pytest.param(name, marks=[] if name in in_every_run else pytest.mark.slow) for name in ALL
    ]


# Of every panel: its box, how far its content reaches below and beside it, and its parts' boxes.
MEASURE = """() => [...document.querySelectorAll('.panel')].map(panel => {
  const box = e => { const r = e.getBoundingClientRect();
                     return [r.left, r.top, r.right, r.bottom]; };
  const texts = [...panel.querySelectorAll('h1, h2, li, p')];
  const sizes = [panel, ...panel.querySelectorAll('*')]
    .map(e => parseFloat(getComputedStyle(e).fontSize));
  return {box: box(panel), texts: texts.map(box), smallest: Math.min(...sizes),
          down: panel.scrollHeight - panel.clientHeight,
          aside: panel.scrollWidth - panel.clientWidth};
})"""


@pytest.mark.parametrize("name", each(TYPICAL, "wide"))
def test_it_prints_on_one_page(page: Any, name: str) -> None:
    """One A4 sheet, for every traveller, and with the longest names."""
    shown = card_for(ALL[name])
    page.set_content(html.render(shown))
    made = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", made)) == 1 + bool(shown.back)
    assert re.search(rb"/MediaBox\s*\[0 0 59[45][.\d]* 84[12][.\d]*\]", made)


@pytest.mark.parametrize(
    "name",
    [TYPICAL, *(pytest.param(name, marks=pytest.mark.slow) for name in DIALLED if name != TYPICAL)],
)
def test_a_camera_reads_the_code_of_the_printed_card(page: Any, name: str) -> None:
    """It dials the desk of that traveller."""
    page.set_content(html.render(card_for(TRAVELLERS[name])))
    assert qr_codes.read(page.pdf(prefer_css_page_size=True)) == [DIALLED[name]]


def test_the_code_has_room_of_its_own(page: Any) -> None:
    """In its panel, with no text on it; screen readers say what it is."""
    page.set_content(html.render(card_for({})))
    page.emulate_media(media="print")
    code = page.get_by_role("img", name="QR code that calls Technology Service Desk, +44 800 ")
    box = code.bounding_box()
    panel = page.locator(".panel").first.bounding_box()
    assert box["x"] + box["width"] <= panel["x"] + panel["width"] - 10
    assert box["y"] + box["height"] <= panel["y"] + panel["height"] - 10
    touched = """box => [...document.querySelectorAll('.panel:first-child :is(h1, li, p)')]
      .filter(e => { const range = document.createRange(); range.selectNodeContents(e);
        return [...range.getClientRects()].some(r => r.right > box.x && r.left < box.x + box.width
          && r.bottom > box.y && r.top < box.y + box.height); }).map(e => e.textContent)"""
    assert page.evaluate(touched, box) == []


def test_an_overlay_has_the_back_of_the_sheet(page: Any) -> None:
    """It is the second page, in columns; the front stays the same."""
    policy = bundled_folder().parent / "tests" / "pack" / "policy"
    page.set_content(html.render(card_content(Facts(load([policy]), {}, TODAY))))
    assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True))) == 2
    chromium.assert_axe_finds_nothing(page)
    page.emulate_media(media="print")
    assert len(page.evaluate(MEASURE)) == 8
    back = page.evaluate(
        "() => { const r = document.querySelector('.back').getBoundingClientRect();"
        " return [r.left, Math.round(r.top), Math.round(r.width)] }"
    )
    assert round(back[0]) == 0
    assert back[1] >= 1122
    assert back[2] == 794


@pytest.mark.parametrize("name", each(TYPICAL, "wide"))
def test_nothing_overlaps_or_is_cut(page: Any, name: str) -> None:
    """Eight panels of one size; texts stay inside, do not overlap, and have 9 pt or more."""
    page.set_content(html.render(card_for(ALL[name])))
    page.emulate_media(media="print")
    panels = page.evaluate(MEASURE)
    assert len(panels) == 8
    for number, panel in enumerate(panels):
        left, top, right, bottom = panel["box"]
        assert (round(right - left), round(bottom - top)) == (397, 281)
        assert round(left) == (number % 2) * 397
        assert abs(top - (number // 2) * 280.63) < 1
        assert max(panel["down"], panel["aside"]) <= 1
        assert panel["smallest"] >= 12
        for text in panel["texts"]:
            assert text[0] >= left + 10
            assert text[1] >= top + 10
            assert text[2] <= right - 10
            assert text[3] <= bottom - 10
        in_order = zip(panel["texts"], panel["texts"][1:], strict=False)
        assert all(above[3] <= below[1] + 0.5 for above, below in in_order)


@pytest.mark.parametrize("name", each(TYPICAL))
def test_axe_finds_nothing(page: Any, name: str) -> None:
    """Nothing shuts people out, nor is there anything that axe could not judge."""
    page.set_content(html.render(card_for(ALL[name])))
    chromium.assert_axe_finds_nothing(page)


def test_axe_finds_nothing_in_dark_colours(page: Any) -> None:
    """Of a page in the dark scheme nothing is different but the colours."""
    page.emulate_media(color_scheme="dark")
    page.set_content(html.render(card_for(TRAVELLERS[TYPICAL])))
    chromium.assert_axe_finds_nothing(page, "color-contrast")


@pytest.mark.parametrize("name", [TYPICAL, "wide", "chinese"])
def test_a_narrow_window_does_not_scroll_sideways(page: Any, name: str) -> None:
    """At 400 %, a common window is 320 pixels wide."""
    page.set_viewport_size(NARROW)
    page.set_content(html.render(card_for(ALL[name])))
    assert chromium.width(page) <= NARROW["width"]


def test_print_is_dark_on_white(page: Any) -> None:
    """A dark screen does not print a black sheet."""
    page.emulate_media(media="print", color_scheme="dark")
    page.set_content(html.render(card_for({})))
    style = "(e => [e.color, e.backgroundColor])(getComputedStyle(document.body))"
    assert page.evaluate(style) == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]


def test_hostile_names_are_shown_as_text(page: Any) -> None:
    """Markup, escapes and bidirectional overrides can be seen, and do nothing."""
    names = ["<b>x</b>", "\x1b[31mred", "a\u202eb"]
    page.set_content(
        html.render(
            card_for({"traveller": "<script>top.y=1</script>", "hosts": tuple(map(Person, names))})
        )
    )
    shown = page.inner_text("main")
    for text in ("<b>x</b>", "<script>top.y=1</script>", "<U+001B>[31mred", "a<U+202E>b"):
        assert text in shown
    assert page.evaluate("window.y === undefined")
    assert page.locator("main script, main b").count() == 0
