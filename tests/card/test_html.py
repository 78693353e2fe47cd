"""The card as HTML."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.card.travellers import TRAVELLERS, bundled, card_for
from tests.pack.packs import load_over
from travelsec.card import html
from travelsec.people import Person

HOSTILE = "<script>alert(1)</script><b>&amp; [x](http://evil.example) {{ 7*7 }}"

DIALLED = {
    name: f"tel:{bundled().contacts[contact].tel_from_abroad.replace(' ', '')}"
    for name, contact in {
        "hmpps-official-abroad": "information-incident-line",
        "agency-at-home": "technology-service-desk",
        "hq-on-holiday": "technology-service-desk",
        "nobody-known": "technology-service-desk",
    }.items()
}
"""What the QR code of a traveller's card dials: the first line that is surely there for them."""


def test_html_is_self_contained() -> None:
    """One file without scripts, and with a policy that forbids them and anything from elsewhere."""
    shown = html.render(card_for({"traveller": HOSTILE, "line_manager": (Person(HOSTILE),)}))
    assert "default-src 'none'; style-src 'unsafe-inline'" in shown
    assert 'lang="en-GB"' in shown
    assert not re.search(r"<(script|link|img|iframe|object)\b|url\(|@import|src=", shown)
    assert not re.search(r"<a (?!href=\"(tel:|mailto:))", shown)
    assert "&lt;script&gt;" in shown
    assert "49" not in shown.split("Your line manager")[1]


def links(shown: str) -> dict[str, str]:
    """Return the links of a page: what they show and where they lead."""
    return {text: to for to, text in re.findall(r'<a href="([^"]*)">([^<]*)</a>', shown)}


@pytest.mark.parametrize("name", TRAVELLERS)
def test_a_touch_calls_or_writes(name: str) -> None:
    """To everybody on the card who has a number or an address."""
    found = links(html.render(card_for(TRAVELLERS[name])))
    assert found["security@justice.gov.uk"] == "mailto:security@justice.gov.uk"
    if name == "hmpps-official-abroad":
        assert found["+44 20 7946 0001"] == "tel:+442079460001"
        assert found["+351 21 999 0003"] == "tel:+351219990003"


def test_the_line_manager_is_called_as_from_abroad() -> None:
    """However the traveller typed the number; at home as there."""
    ray = (Person("Bob Ray", "020 7946 0018 ext 12"),)
    abroad = links(html.render(card_for({"abroad": True, "line_manager": ray})))
    assert abroad["+44 20 7946 0018 ext 12"] == "tel:+442079460018;ext=12"
    home = links(html.render(card_for({"abroad": False, "line_manager": ray})))
    assert home["020 7946 0018 ext 12"] == "tel:02079460018;ext=12"


DESK = """\
situations:
  - {id: fire, title: Fire, card: front, contacts: [helpers],
     steps: [{do: Leave., cites: [leaflet]}]}
contacts:
  - {id: helpers, name: "The <b>desk</b>", %s, cites: [leaflet]}
"""


def test_the_code_is_labelled_as_text(tmp_path: Path) -> None:
    """Whatever an overlay calls its desk."""
    shown = html.render(card_for({}, load_over(tmp_path, DESK % "tel: '999'")))
    assert shown.count("<svg") == 1
    assert "QR code that calls The &lt;b&gt;desk&lt;/b&gt;, 999" in shown
    assert "<b>desk" not in shown


@pytest.mark.parametrize("way", ["tel: ask reception", "email: desk@example.org"])
def test_a_number_that_nobody_could_dial_has_no_code(tmp_path: Path, way: str) -> None:
    """Nor has a desk without one."""
    shown = html.render(card_for({}, load_over(tmp_path, DESK % way)))
    assert "The &lt;b&gt;desk" in shown
    assert "<svg" not in shown
    assert "Scan" not in shown
