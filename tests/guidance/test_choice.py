"""The stored page that a file is a revision of."""

from __future__ import annotations

import pytest

from travelsec.guidance.choice import choose
from travelsec.guidance.page import index
from travelsec.pack.model import Guidance, GuidanceSection
from travelsec.problems import UserError

SECTIONS = (GuidanceSection("only", "Only"),)
KNOWN = {
    "boats": Guidance("boats", "Boats at work", "The office", sections=SECTIONS),
    "ferries": Guidance("ferries", "Large boats", "The office", sections=SECTIONS),
    "leaflet": Guidance("leaflet", "A leaflet", "The office"),
}


def chosen(text: str, stem: str, name: str | None = None) -> str:
    return choose(KNOWN, index(text), stem, name).id


def test_the_name_of_the_file_or_the_title_of_the_page_chooses() -> None:
    assert chosen("# Anything\n", "Ferries") == "ferries"
    assert chosen("#  boats AT  work\n", "download") == "boats"


def test_an_id_that_is_given_outweighs_file_name_and_title() -> None:
    assert chosen("# Boats at work\n", "boats", "ferries") == "ferries"


@pytest.mark.parametrize(
    ("text", "stem", "name", "why"),
    [
        ("# Planes\n", "planes", None, "neither its name nor its title is that of a page; say whi"),
        ("# Boats and work\n", "planes", None, "is that of a page; is it boats\\?; say which"),
        ("# Planes\n", "ferry", None, "is that of a page; is it ferries\\?; say which"),
        ("# Large boats\n", "boats", None, "it may be boats and ferries; say which with --page"),
        ("# Planes\n", "planes", "boat", "no pack has a page “boat” .*did you mean boats"),
        ("# Planes\n", "leaflet", None, "“leaflet” is cited as a whole and has no index"),
    ],
)
def test_where_no_page_can_be_chosen_the_error_says_why(
    text: str, stem: str, name: str | None, why: str
) -> None:
    with pytest.raises(UserError, match=why):
        chosen(text, stem, name)


def test_the_error_lists_every_page() -> None:
    with pytest.raises(UserError, match="the pages are: boats, ferries, leaflet"):
        chosen("# Planes\n", "planes")
    with pytest.raises(UserError, match="the packs have none"):
        choose({}, index("# Planes\n"), "planes", None)
