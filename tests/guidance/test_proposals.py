"""The ids and kinds proposed for the statements of a page."""

from __future__ import annotations

import pytest

from tests.guidance.pages import page_of, statements


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("Bikes, boats & trains", "bikes-boats-trains"),
        ("What you don't need", "what-you-dont-need"),
        ("What you don’t need", "what-you-dont-need"),
        ('<a id="old-name"></a>Café *menu* 2', "cafe-menu-2"),
        ("Read [the map](https://example.org/x)", "read-the-map"),
        ("日本", "section"),
        ("", "section"),
    ],
)
def test_section_ids_come_from_the_heading(heading: str, expected: str) -> None:
    assert [section.id for section in page_of(f"# {heading}\n").sections] == [expected]


def test_repeated_headings_are_numbered_and_never_clash() -> None:
    page = page_of("# Food\n# Food 2\n# Food\n# !\n# ?\n# Food\n")
    ids = [section.id for section in page.sections]
    assert ids == ["food", "food-2", "food-3", "section", "section-2", "food-4"]


def test_ids_are_the_first_significant_words_unique_in_their_section() -> None:
    page = page_of(
        "# A\n\nTake the boat to your quiet little island home. Row! Row. The.\n\n# B\n\nRow.\n"
    )
    ids = [[statement.id for statement in section.statements] for section in page.sections]
    assert ids == [["take-boat-quiet-little-island", "row", "row-2", "statement"], ["row"]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[The map](https://example.org)", "link"),
        ("Map: [sea](a), [land](b).", "link"),
        ("See [the map](https://example.org)", "background"),
        ("[Write to us](mailto:a@b.example)", "contact"),
        ("Email: [a@b.example](a@b.example)", "contact"),
        ("Tel: 020 7946 0000", "contact"),
        ("Tel: +44 (0)20 7946 0000", "contact"),
        ("Slack: `#ferries`", "contact"),
        ("The boat of 2031-04-05 has 12 seats, see item #1.", "background"),
        ("You must row.", "duty"),
        ("Proceed to the quay.", "duty"),
        ("Swim directly to [the boat](#boat).", "duty"),
        ("Don’t row.", "duty"),
        ("Be extra wary of eels.", "duty"),
        ("Keep a lamp lit.", "duty"),
        ("**Note:** Carry oars.", "duty"),
        ("If it rains, use a hat.", "duty"),
        ("You may want to paint it.", "duty"),
        ("If you do not row, it drifts.", "background"),
        ("Boats shall be moored.", "duty"),
        ("It is mandatory to row.", "duty"),
        ("A licence is required.", "duty"),
        ("You have to row.", "duty"),
        ("Pump the bilge.", "duty"),
        ("If it leaks, bail it out.", "duty"),
        ("Guard your oars.", "duty"),
        ("Report leaks to a@b.example at once.", "duty"),
        ("Call 020 7946 0000 before you row.", "duty"),
        ("**Write** the name of the boat to a@b.example.", "duty"),
        ("You must ring 020 7946 0000.", "duty"),
        ("Ring [us](tel:02079460000).", "contact"),
        ("Harbour desk: 020 7946 0000, at any time", "contact"),
        ("Rowing the boat is fun.", "background"),
        ("Boats the size of a house are moored.", "background"),
        ("The state of the boat is good.", "background"),
        ("The musty boat considered shoulders.", "background"),
    ],
)
def test_kinds(text: str, expected: str) -> None:
    assert [statement.kind for statement in statements(text)] == [expected]


def test_an_order_in_the_lead_in_makes_duties() -> None:
    assert [s.kind for s in statements("Never:\n\n- Eels in the boat.\n")] == ["duty"]
