"""Pages, indexes and changes as JSON."""

from __future__ import annotations

import json

from tests.guidance.pages import OLD, compare, revised, stored
from tests.results.schemas import assert_fits
from travelsec.guidance import data
from travelsec.guidance.coverage import coverage
from travelsec.guidance.fidelity import explain
from travelsec.guidance.page import index
from travelsec.pack.load import load

CITED = [{"kind": "item", "id": "any.item", "text": "An item"}]


def test_a_page_is_listed_with_its_counts() -> None:
    listed = json.loads(data.pages([stored(OLD)]))
    assert listed == {
        "schema": "travelsec.guidance-list/1",
        "pages": [
            {
                "id": "page",
                "title": "A page",
                "publisher": "The office",
                "url": None,
                "expires": "2030-01-31",
                "sections": 4,
                "statements": 12,
                "duties": 7,
            }
        ],
    }


def test_an_index_has_no_sentences() -> None:
    page = index("# Boats\n\nMoor it well.\n")
    assert json.loads(data.index(page)) == {
        "schema": "travelsec.guidance-index/1",
        "title": "Boats",
        "expires": None,
        "sections": [
            {
                "id": "boats",
                "title": "Boats",
                "line": 1,
                "statements": [
                    {
                        "id": "moor-well",
                        "kind": "duty",
                        "fingerprint": page.sections[0].statements[0].fingerprint,
                        "line": 3,
                    }
                ],
            }
        ],
    }


def test_a_change_has_both_paths_and_what_cites_it() -> None:
    made = json.loads(data.changes(revised(("Check both", "Check the front"))))
    assert (made["page"], made["needs_work"], made["sections"]) == ("page", True, [])
    assert made["statements"] == [
        {
            "change": "changed",
            "path": "page/before-you-ride/own-1-0",
            "new_path": "page/before-you-ride/own-1-0",
            "kind": "duty",
            "line": 11,
            "old_words": None,
            "new_words": "Check the front brakes.",
            "needs_work": True,
            "cited_by": CITED,
            "level": None,
            "note": "",
            "edits": [
                {"change": "kept", "text": "Check", "words": 1},
                {"change": "deleted", "text": None, "words": 1},
                {"change": "inserted", "text": "the front", "words": 2},
                {"change": "kept", "text": "brakes.", "words": 1},
            ],
            "members_added": [],
            "members_removed": [],
        }
    ]


def test_a_removed_statement_has_no_line_and_an_added_one_no_citation() -> None:
    made = json.loads(
        data.changes(compare("# A\n\nRow.\n\n# B\n\nRest.\n", "# A\n\n# B\n\nRest. Good."))
    )
    found = [
        (one["change"], one["line"], one["needs_work"], one["cited_by"])
        for one in made["statements"]
    ]
    assert found == [("added", 5, False, []), ("removed", None, True, CITED)]


def test_each_document_fits_its_schema() -> None:
    """Of real packs, and of a page in which something of every kind changed."""
    packs = load()
    moved = compare("# A\n\nRow.\n\n# B\n\nRest.\n", "# C\n\nRow.\n\n# B\n\nGood. Rest well.")
    documents = (
        data.pages([*packs.guidance.values(), stored(OLD)]),
        data.index(index("# Boats\n\nMoor it well.\n")),
        data.changes(revised(("Check both", "Check the front"))),
        data.changes(moved),
        data.coverage(coverage(packs), [stored(OLD)]),
        data.fidelity(explain(packs)),
    )
    for document in documents:
        assert_fits(json.loads(document))


def test_no_character_reaches_a_terminal_unescaped() -> None:
    made = data.changes(compare("# A\n\nRow.\n", "# A\n\nRow\x1b[31m\u202e!\n"))
    assert made.isascii()
    assert "\x1b" not in made
