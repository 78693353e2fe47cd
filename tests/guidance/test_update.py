"""After an update every id is still at its own words, whatever happened to the page."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.examples import examples
from tests.guidance.pages import stored
from travelsec.guidance.fingerprints import words
from travelsec.guidance.page import index
from travelsec.guidance.revision import revise, words_of

PATIENT = settings(deadline=None, max_examples=examples(60))
VOCABULARY = [a + b + c for a in "bdfgklmnprstvz" for b in "aeiou" for c in ("lk", "nd", "rst")]


@dataclass(frozen=True)
class Line:
    """A statement and its origin: the number of the old one that it still is, if any."""

    text: str
    origin: int | None
    edited: bool = False


Lines = list[list[Line]]
"""The statements of each section, in order."""


def made(chance: random.Random) -> Lines:
    """Return a page of prose and lines of contacts, of which no two say the same."""
    vocabulary = chance.sample(VOCABULARY, len(VOCABULARY))
    number = 0
    sections: Lines = []
    for _ in range(chance.randint(1, 3)):
        sections.append([])
        for _ in range(chance.randint(2, 6)):
            spoken = [vocabulary.pop() for _ in range(5)]
            address = chance.choice((f"020 7946 00{number:02}", f"{spoken[2]}@office.example"))
            contact = f"{spoken[0]} {spoken[1]}: {address}"
            prose = f"{' '.join(spoken)}."
            text = chance.choice((contact, prose)).capitalize()
            sections[-1].append(Line(text, number))
            number += 1
    return sections


def edit(chance: random.Random, page: Lines) -> None:
    """Add a word to a statement."""
    section = chance.choice(page)
    place = chance.randrange(len(section)) if section else None
    if place is not None and not section[place].edited:
        section[place] = replace(section[place], text="Quickly " + section[place].text, edited=True)


def insert(chance: random.Random, page: Lines) -> None:
    """Add a statement, of prose or of contacts."""
    section = chance.choice(page)
    text = chance.choice(
        ("Wholly unheard sentence about otters.", "Otters: 020 7946 0099", "Otters: o@zoo.example")
    )
    section.insert(chance.randint(0, len(section)), Line(text, None))


def remove(chance: random.Random, page: Lines) -> None:
    """Take a statement out."""
    section = chance.choice(page)
    if len(section) > 1:
        section.pop(chance.randrange(len(section)))


def move(chance: random.Random, page: Lines) -> None:
    """Put a statement somewhere else."""
    section = chance.choice(page)
    if len(section) > 1:
        line = section.pop(chance.randrange(len(section)))
        target = chance.choice(page)
        target.insert(chance.randint(0, len(target)), line)


def swap(chance: random.Random, page: Lines) -> None:
    """Exchange the addresses of two contacts; the name says which is which."""
    section = chance.choice(page)
    places = [n for n, line in enumerate(section) if ": " in line.text and not line.edited]
    if len(places) > 1:
        one, other = chance.sample(places, 2)
        (name, address), (name_2, address_2) = (section[n].text.split(": ") for n in (one, other))
        same = ("@" in address) == ("@" in address_2)
        for place, text in ((one, f"{name}: {address_2}"), (other, f"{name_2}: {address}")):
            origin = section[place].origin if same else None
            section[place] = Line(text, origin, edited=True)


def punctuate(chance: random.Random, page: Lines) -> None:
    """Change punctuation and letter case only."""
    for section in page:
        for n, line in enumerate(section):
            if chance.random() < 0.5:
                text = line.text.rstrip(".").upper() if ": " not in line.text else line.text + "."
                section[n] = replace(line, text=text)


def lay_out(page: Lines) -> str:
    return "\n\n".join(
        f"# Part {n}\n\n" + "\n".join(f"- {line.text}" for line in section)
        for n, section in enumerate(page)
    )


@PATIENT
@given(
    st.randoms(use_true_random=False),
    st.lists(st.sampled_from([edit, insert, remove, move, swap, punctuate]), max_size=5),
    st.booleans(),
)
def test_every_id_stays_at_its_own_words(
    chance: random.Random, changes: list[object], with_words: bool
) -> None:
    """Surviving paths have their words, or those of the same statement told as changed."""
    page = made(chance)
    old_lines = [line for section in page for line in section]
    old_text = lay_out(page)
    for change in changes:
        change(chance, page)  # type: ignore[operator]
    new_lines = [line for section in page for line in section]
    known = stored(old_text)
    old_paths = [path for path, _ in known.statements()]
    old_words = words_of(known, index(old_text)) if with_words else None
    revision = revise(known, index(lay_out(page)), old_words)
    told = {one.new_path: one for one in revision.statements}
    new_paths = [path for path, _ in revision.index.statements()]
    assert len(new_paths) == len(new_lines)
    for path, line in zip(new_paths, new_lines, strict=True):
        change_told = told.get(path)
        came_from = change_told.path if change_told else path
        if came_from is None:
            # What says the same is never taken for new.
            assert line.origin is None or line.edited
            continue
        origin = old_paths.index(came_from)
        same_words = words(old_lines[origin].text) == words(line.text)
        assert same_words or line.origin == origin
        assert same_words or (change_told and change_told.change == "changed")
    assert revise(revision.index, index(lay_out(page))).is_empty
