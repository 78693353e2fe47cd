"""Pages and changes as people read them."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from tests.guidance.pages import OLD, compare, revised, stored
from travelsec.document import Block, Heading, ListItem, Paragraph
from travelsec.guidance import outline
from travelsec.guidance.citations import Citation
from travelsec.guidance.edits import Edit
from travelsec.guidance.page import index
from travelsec.guidance.revision import revise, words_of


def texts(blocks: Iterable[Block]) -> list[str]:
    """Return each heading, paragraph and item as one text."""
    found = []
    for block in blocks:
        if isinstance(block, Heading | Paragraph):
            found.append(block.text)
        elif isinstance(block, ListItem):
            found.append(" | ".join((block.head, *block.body)))
    return found


def test_a_page_is_listed_with_its_date_and_counts() -> None:
    [listed] = texts(outline.pages([stored(OLD)]))
    assert listed == (
        "page | A page | The office | Expires: Thu 31 January 2030 | "
        "4 sections, 12 statements, 7 duties"
    )


def test_new_duties_come_first_and_then_what_is_cited() -> None:
    known = stored("# A\n\nRow. Rest. Swim.\n\n# B\n\nOne.\n")
    cited = compare("# A\n\nRow. Rest. Swim.\n\n# B\n\nOne.\n", "").statements[0]
    assert cited.path is not None
    new = "# A\n\nRow now. Rest. Go.\n\n# B\n\nOne. Two. Keep left.\n"
    revision = revise(known, index(new), cited={cited.path: cited.cited_by})
    headings = [one.text for one in outline.changes(revision) if isinstance(one, Heading)]
    assert headings == [
        "What the revised page “A page” changes",
        "New duties: let an item or a step carry them",
        "Read again what cites these",
        "New: decide whether the checklists must ask for them",
        "Other changes: nothing to do",
    ]


def test_no_change_is_one_sentence() -> None:
    assert texts(outline.changes(compare(OLD, OLD)))[2:] == [
        "Nothing: every statement matches the index."
    ]


def test_dates_and_titles_are_told() -> None:
    """And what the new index keeps, because the page does not give it."""
    lost = revised(("expires: 2030-01-31", "title: x"))
    shown = " ".join(texts(outline.changes(lost)))
    assert "The page calls itself “Bicycles at work”." in shown
    assert "no longer gives a date of expiry; the index has Thu 31 January 2030." in shown
    assert texts(outline.kept(lost)) == [
        "Kept, because the page does not give them: title “A page” (the page calls itself "
        "“Bicycles at work”), publisher “The office” and expires Thu 31 January 2030 (the page no "
        "longer gives a date). Check that they still hold."
    ]
    own = msgspec.structs.replace(stored(OLD), title="Bicycles at work")
    renamed = revise(own, index(OLD.replace("# Bicycles at work", "# Cycling at work")))
    assert "The title is now “Cycling at work”." in texts(outline.changes(renamed))


def test_old_words_stand_beside_the_new_ones() -> None:
    known = stored("# A\n\nRow. Rest.\n")
    new = index("# A\n\nRow now. Rest.\n")
    revision = revise(known, new, words_of(known, index("# A\n\nRow. Rest.\n")))
    [change] = (one for one in texts(outline.changes(revision)) if one.startswith("CHANGED"))
    assert change == (
        "CHANGED (background, line 3) | page/a/own-0-0 | Was: “Row.” | Now: “Row now.” | "
        "Marked: Row [+now.+] | Nothing cites it."
    )


def test_a_renamed_heading_tells_how_many_entries_cite_what_is_below_it() -> None:
    shown = texts(outline.changes(revised(("## Help", "## Who helps"))))
    assert shown[-1].startswith("RENAMED: help | Was: “Help” | Now: “Who helps” | Statements")
    assert "are cited by 1 entry" in shown[-1]


def test_work_is_grouped_by_the_entry_that_has_it() -> None:
    revision = revised(("Check both", "Check the front"), ("0018", "0020"), ("Read this", "Mind"))
    assert texts(outline.work(revision)) == [
        "What is left to do",
        "item any.item (An item) | page/bicycles-at-work/own-0-1 | "
        "It was changed: read it again (line 6 of the page). | page/before-you-ride/own-1-0 | "
        "It was changed: read it again (line 11 of the page). | page/help/own-3-1 | "
        "It was changed: read it again (line 35 of the page).",
    ]


def test_a_new_duty_is_work_and_is_named_first() -> None:
    """Nothing cites it, and that is what is left to do."""
    revision = revised(("Check both", "Check all"), ("1. Use", "1. Stay put.\n1. Use"))
    assert texts(outline.work(revision))[:2] == [
        "What is left to do",
        "page/on-the-road/stay-put | "
        "New duty (line 25 of the page): let an item or a step carry it.",
    ]


def test_a_changed_statement_shows_the_level_and_the_note_to_check() -> None:
    known = stored("# A\n\nRow.\n")
    [section] = known.sections
    weak = [msgspec.structs.replace(section.statements[0], level="should", note="Joined.")]
    section = msgspec.structs.replace(section, statements=tuple(weak))
    known = msgspec.structs.replace(known, sections=(section,))
    revision = revise(known, index("# A\n\nRow now.\n"))
    [change] = (one for one in texts(outline.changes(revision)) if one.startswith("CHANGED"))
    assert "| Was worded as: should. Check that it still is. |" in change
    assert "| Note in the index, to check again: Joined. |" in change


def test_the_choice_to_edit_is_named() -> None:
    """By the comparison and by the list of what is left to do after an update."""
    old = "# Places\n\nAsk before you go to Chad, Cuba, Iran or Mali.\n"
    known = stored(old)
    [(path, _)] = known.statements()
    choice = Citation("question", "country", "Mali", choice="mali")
    page = index(old.replace("Cuba", "Cuba, Peru"))
    revision = revise(known, page, cited={path: (choice,)})
    assert any(
        "New in the list: Peru | Cited by: question country, choice mali (Mali)" in one
        for one in texts(outline.changes(revision))
    )
    assert any(
        one.startswith(f"question country, choice mali (Mali) | {path} | It was changed")
        and one.endswith(" | New in the list: Peru")
        for one in texts(outline.work(revision))
    )


def test_what_stays_is_shortened_between_words() -> None:
    """A part of a word reads as a misprint."""
    kept = " ".join(f"country{number}" for number in range(40))
    begin, end = outline.marked_words([Edit("kept", kept, 40)]).split(" … ")
    assert set(begin.split()) | set(end.split()) <= set(kept.split())
