"""What a revised page changes, found from fingerprints alone and with the old words."""

from __future__ import annotations

import copy
import random
from datetime import date

import msgspec
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.examples import examples
from tests.guidance.pages import (
    OLD,
    PAGES,
    STYLES,
    Page,
    Style,
    changes,
    compare,
    lay_out,
    prints,
    revised,
    slots,
    stored,
    told,
)
from travelsec.guidance.fingerprints import SMALL_WORDS, words
from travelsec.guidance.page import index
from travelsec.guidance.revision import revise, words_of

# The first example pays for importing the parser, and machines differ.
PATIENT = settings(deadline=None, max_examples=examples(25))
CHANCES = st.randoms(use_true_random=False)
NEW = "Quite newly worded."


# --- any page


@PATIENT
@given(st.text(), st.text())
def test_any_two_texts_can_be_compared(old: str, new: str) -> None:
    """The new index is always that of the new text."""
    revision = compare(old, new)
    made = [one.fingerprint for part in revision.index.sections for one in part.statements]
    page = index(new)
    assert made == [one.fingerprint for part in page.sections for one in part.statements]
    assert compare(new, new).is_empty


@PATIENT
@given(PAGES, STYLES)
def test_layout_is_no_change(page: Page, style: Style) -> None:
    """Wrapping, spacing, bullets, headings, comments and letter case do not count."""
    assert compare(lay_out(page), lay_out(page, style)).is_empty


@PATIENT
@given(PAGES, STYLES, CHANCES, st.booleans())
def test_an_edited_statement_is_one_change(
    page: Page, style: Style, chance: random.Random, with_words: bool
) -> None:
    """One statement is changed, and keeps its id, if most of its words are the same."""
    edited = copy.deepcopy(page)
    places = [
        (slot, place)
        for slot in slots(edited)
        for place, text in enumerate(slot.sentences)
        if len(set(words(text)) - SMALL_WORDS) > 1
    ]
    assume(places)
    chosen, place = chance.choice(places)
    chosen.sentences[place] = "Quite " + chosen.sentences[place].lower()
    known = stored(lay_out(page))
    old_words = words_of(known, index(lay_out(page))) if with_words else None
    revision = revise(known, index(lay_out(edited, style)), old_words)
    [change] = revision.statements
    assert change.change == "changed"
    assert change.path == change.new_path
    assert change.new_words is not None
    assert change.new_words.casefold().endswith(chosen.sentences[place].casefold())
    assert (change.old_words is not None) is with_words


@PATIENT
@given(PAGES, STYLES, CHANCES, st.booleans())
def test_an_inserted_statement_is_one_addition(
    page: Page, style: Style, chance: random.Random, repeated: bool
) -> None:
    """One statement is added, even if the page has the same one; the rest keep their ids."""
    longer = copy.deepcopy(page)
    chosen = chance.choice(slots(longer))
    text = chance.choice(chance.choice(slots(page)).sentences) if repeated else NEW
    chosen.sentences.insert(chance.randint(0, len(chosen.sentences)), text)
    known = stored(lay_out(page))
    revision = revise(known, index(lay_out(longer, style)))
    assert changes(revision) == ["added"]
    assert prints(known).items() <= prints(revision.index).items()


@PATIENT
@given(PAGES, STYLES, CHANCES)
def test_a_deleted_statement_is_one_removal(
    page: Page, style: Style, chance: random.Random
) -> None:
    """One statement is removed, and its path with it."""
    shorter = copy.deepcopy(page)
    # The last sentence of an item would take its bullet, or a lead-in's list, with it.
    several = [slot for slot in slots(shorter) if len(slot.sentences) > 1]
    assume(several)
    chosen = chance.choice(several)
    del chosen.sentences[chance.randrange(len(chosen.sentences))]
    known = stored(lay_out(page))
    revision = revise(known, index(lay_out(shorter, style)))
    [change] = revision.statements
    assert (change.change, change.new_path, change.line) == ("removed", None, None)
    left = {path: value for path, value in prints(known).items() if path != change.path}
    # Of equal statements any may be the one that is gone.
    assert prints(revision.index) == left


@PATIENT
@given(PAGES, STYLES, CHANCES)
def test_a_moved_statement_is_one_move(page: Page, style: Style, chance: random.Random) -> None:
    """One statement has moved, or none among equal ones; its path changes with its section."""
    moved = copy.deepcopy(page)
    several = [slot for slot in slots(moved) if len(slot.sentences) > 1]
    assume(several)
    origin = chance.choice(several)
    targets = [slot for slot in slots(moved) if slot.lead_ins == origin.lead_ins]
    text = origin.sentences.pop(chance.randrange(len(origin.sentences)))
    target = chance.choice(targets)
    target.sentences.insert(chance.randint(0, len(target.sentences)), text)
    known = stored(lay_out(page))
    revision = revise(known, index(lay_out(moved, style)))
    if origin.section == target.section:
        assert changes(revision) in ([], ["moved"])
        assert prints(revision.index) == prints(known)
    else:
        [change] = revision.statements
        assert change.change == "moved"
        assert change.path != change.new_path
        assert sorted(prints(revision.index).values()) == sorted(prints(known).values())
        assert len(prints(known).keys() - prints(revision.index).keys()) == 1


@PATIENT
@given(PAGES, STYLES, CHANCES)
def test_another_lead_in_changes_all_below_it_and_nothing_else(
    page: Page, style: Style, chance: random.Random
) -> None:
    """“Never:” turned into “Always:” changes every statement in its list."""
    flipped = copy.deepcopy(page)
    lists = [
        block for section in flipped for block in section.blocks if block.items and block.lead_in
    ]
    assume(lists)
    chosen = chance.choice(lists)
    chosen.lead_in = "Quite seldom:"
    below = sum(len(s.sentences) for s in slots(flipped) if s.lead_ins[:1] == ("Quite seldom:",))
    revision = compare(lay_out(page), lay_out(flipped, style))
    assert changes(revision) == ["changed"] * below
    assert all(change.path == change.new_path for change in revision.statements)


@PATIENT
@given(PAGES, STYLES, CHANCES)
def test_a_renamed_heading_keeps_its_id(page: Page, style: Style, chance: random.Random) -> None:
    """A section is found again by its content; every path stays the same."""
    renamed = copy.deepcopy(page)
    chosen = chance.choice([section for section in renamed if section.blocks])
    chosen.title = "Qqq zzz"
    known = stored(lay_out(page))
    revision = revise(known, index(lay_out(renamed, style)))
    assert not revision.statements
    assert [change.change for change in revision.sections] == ["renamed"]
    assert prints(revision.index) == prints(known)


@PATIENT
@given(PAGES, CHANCES)
def test_the_order_of_sections_is_no_change(page: Page, chance: random.Random) -> None:
    """A citation names its section, wherever that is."""
    shuffled = chance.sample(page, len(page))
    known = stored(lay_out(page))
    revision = revise(known, index(lay_out(shuffled)))
    assert revision.is_empty
    assert prints(revision.index) == prints(known)


@PATIENT
@given(PAGES, PAGES, st.booleans())
def test_after_an_update_a_path_has_its_words_or_counts_as_changed(
    page: Page, other: Page, with_words: bool
) -> None:
    """No path gets other words unnoticed."""
    known = stored(lay_out(page))
    old_words = words_of(known, index(lay_out(page))) if with_words else None
    new_text = lay_out([*other, *page[:2]])
    revision = revise(known, index(new_text), old_words)
    before, after = prints(known), prints(revision.index)
    changed = {one.path for one in revision.statements if one.change == "changed"}
    gone = {one.path for one in revision.statements if one.new_path != one.path}
    for path, value in before.items():
        assert (path in after and after[path] == value) or path in changed | gone
        assert path not in gone or path not in after
    assert revise(revision.index, index(new_text)).is_empty


# --- a page as somebody writes one


def test_the_sample_index_has_ids_of_its_own() -> None:
    """The tests below name these paths."""
    assert list(prints(stored(OLD))) == [
        "page/bicycles-at-work/own-0-0",
        "page/bicycles-at-work/own-0-1",
        "page/before-you-ride/own-1-0",
        "page/before-you-ride/own-1-1",
        "page/before-you-ride/own-1-2",
        "page/before-you-ride/own-1-3",
        "page/on-the-road/own-2-0",
        "page/on-the-road/own-2-1",
        "page/on-the-road/own-2-2",
        "page/on-the-road/own-2-3",
        "page/help/own-3-0",
        "page/help/own-3-1",
    ]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("- Tel: 020 7946 0018", "- Tel: 020 7946 0019"),
        ("mailto:desk@bicycles.example", "mailto:depot@bicycles.example"),
        ("Check both brakes", "Check both the brakes"),
        ("The pump hangs by the door", "The pump hangs in the shed"),
    ],
)
def test_one_detail_changes_one_statement(old: str, new: str) -> None:
    """A number, an address behind a link, a word, a note."""
    revision = revised((old, new))
    assert changes(revision) == ["changed"]
    assert revision.statements[0].path == revision.statements[0].new_path


def test_a_comment_and_an_anchor_change_nothing() -> None:
    """No reader sees them."""
    assert revised(("0999", "0998"), ('<a id="before"></a>\n', "")).is_empty


def test_insertion_in_front_leaves_ids_alone() -> None:
    """A new first bullet renumbers nothing."""
    revision = revised(("- Check both", "- Read the label.\n- Check both"))
    assert told(revision) == [("added", None, "page/before-you-ride/read-label")]


def test_an_added_statement_takes_no_id_that_is_gone() -> None:
    """A citation of a removed statement must not point to another."""
    known = revise(stored(""), index("# A\n\nRide. Rest. Read.\n")).index
    revision = revise(
        known, index("# A\n\nRest. Read. Ride with them now.\n\n# A\n\nRide then? Yes.\n")
    )
    assert told(revision) == [
        ("added", None, "page/a/ride-them-now"),
        ("added", None, "page/a-2/ride-then"),
        ("added", None, "page/a-2/yes"),
        ("removed", "page/a/ride", None),
    ]
    known = revise(stored(""), index("# A\n\nRide one two three four. Rest.\n")).index
    longer = "Ride one two three four long miles in rain, snow, wind, sleet, fog, ice, heat, mud."
    again = revise(known, index(f"# A\n\n{longer} Rest.\n"))
    assert told(again) == [
        ("added", None, "page/a/ride-one-two-three-four-2"),
        ("removed", "page/a/ride-one-two-three-four", None),
    ]


def test_a_statement_in_another_section_has_another_path() -> None:
    """The last part of its path stays, but its citations must be changed."""
    revision = revised(
        ("The office lends bicycles. ", ""),
        ("**Note:** The pump", "The office lends bicycles. **Note:** The pump"),
    )
    assert told(revision) == [
        ("moved", "page/bicycles-at-work/own-0-0", "page/before-you-ride/own-0-0")
    ]
    assert revision.statements[0].needs_work


def test_a_removed_section_is_listed_with_its_statements() -> None:
    """Each of them, and the heading."""
    revision = compare(OLD, OLD[: OLD.index("## Help")])
    assert changes(revision) == ["removed", "removed"]
    assert [(one.change, one.id) for one in revision.sections] == [("removed", "help")]


def test_old_words_are_those_of_the_index_only() -> None:
    """A statement with other words in the text is not taken for the indexed one."""
    found = words_of(stored(OLD), index(OLD.replace("Check both", "Try both")))
    assert len(found) == len(prints(stored(OLD))) - 1
    assert "Ride without a lamp." in [one.text for one in found.values()]


def test_a_new_date_and_a_lost_one_are_reported() -> None:
    """A page without a date does not change it, and that is reported."""
    later = revised(("2030-01-31", "2031-01-31"))
    assert later.new_expires == date(2031, 1, 31)
    assert later.index.expires == date(2031, 1, 31)
    assert later.lost_expires is None
    none = revised(("expires: 2030-01-31", "title: x"))
    assert not none.is_empty
    assert none.lost_expires == none.index.expires == date(2030, 1, 31)


def test_the_title_of_a_page_goes_with_its_heading() -> None:
    """A title that is no heading stays."""
    text = OLD.replace("# Bicycles at work", "# Cycling at work")
    own = stored(OLD)
    kept = revise(own, index(text))
    assert (kept.index.title, kept.new_title, kept.page_title) == (
        "A page",
        None,
        "Cycling at work",
    )
    taken = msgspec.structs.replace(own, title="Bicycles at work")
    renamed = revise(taken, index(text))
    assert renamed.index.title == renamed.new_title == "Cycling at work"
    assert renamed.page_title is None


def test_text_before_the_first_heading_keeps_the_title_somebody_gave() -> None:
    """It has no title of its own, and that is no change."""
    text = "One.\n\n# A\n\nTwo.\n"
    known = stored(text)
    first = msgspec.structs.replace(known.sections[0], title="Welcome")
    known = msgspec.structs.replace(known, sections=(first, known.sections[1]))
    revision = revise(known, index(text))
    assert revision.is_empty
    assert revision.index == known
