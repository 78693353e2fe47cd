"""Eight travellers: the commands they run, and what they answer to each question."""

from __future__ import annotations

from typing import NamedTuple

from tests.terminal import DOWN, ENTER, SPACE

BACKSPACE = "\x7f"


class Answer(NamedTuple):
    """The answer to a question: keys where it is drawn, a line where it is read out.

    Without a line, the question is only asked where it is drawn.
    """

    keys: str
    line: str | None


Step = tuple[str, Answer]
"""A part of a question, and the answer."""


class Visit(NamedTuple):
    """A command, the answers to its questions, and its exit code.

    Without questions it runs without a terminal, and only prepares what comes next.
    """

    command: tuple[str, ...]
    steps: tuple[Step, ...] = ()
    code: int = 0


class Traveller(NamedTuple):
    """Someone with a trip."""

    id: str
    story: str
    visits: tuple[Visit, ...]


def text(words: str) -> Answer:
    """Write something, or a letter named below the question."""
    return Answer(words + ENTER, words)


def correct(wrong: str, words: str) -> Answer:
    """Write something instead of what was wrong, which a drawn field still holds."""
    return Answer(BACKSPACE * len(wrong) + words + ENTER, words)


def pick(number: int) -> Answer:
    """Choose by the number of an option."""
    return Answer(f"{number}{ENTER}", str(number))


def tick(*numbers: int) -> Answer:
    """Tick options by their numbers, in order."""
    moves = [number - before for before, number in zip((1, *numbers), numbers, strict=False)]
    keys = "".join(f"{DOWN * by}{SPACE}" for by in moves)
    return Answer(keys + ENTER, " ".join(map(str, numbers)))


def set_aside(number: int) -> Answer:
    """Say that an item of a section is not for me."""
    return Answer(DOWN * (number - 1) + "x", f"x {number}")


def at_once(number: int) -> Answer:
    """Choose where a number is enough."""
    return Answer(str(number), str(number))


def key(letter: str) -> Answer:
    """Press a key named below a list."""
    return Answer(letter, letter)


GO_ON = Answer(ENTER, "")
ALL = text("all")

WHY = Answer("?", "?")
BACK_TO_LIST = Answer(ENTER, None)
YES, NO = pick(1), pick(2)


def sections(total: int, answer: Answer, first: int = 1) -> tuple[Step, ...]:
    """Answer the sections from this one on alike."""
    return tuple((f"section {number} of {total}", answer) for number in range(first, total + 1))


TRAVELLERS = (
    Traveller(
        "lisbon-tomorrow",
        "An official who leaves for Lisbon tomorrow, and is tired.",
        (
            Visit(
                ("prepare",),
                (
                    ("What is your name?", text("A. Smith")),
                    ("Which part of the MoJ", pick(1)),
                    ("Will you leave", YES),
                    ("Where are you going?", text("Lisbon")),
                    ("Which day do you leave?", text("tomorow")),
                    ("is not a date", correct("tomorow", "tomorrow")),
                    ("Which day do you come back?", text("27/11")),
                    ("on official business?", YES),
                    ("Which work devices", tick(1, 3)),
                    ("papers from work?", NO),
                    ("Where will you stay", tick(2, 5)),
                    ("Which of these might you do", tick(1)),
                    ("Who in your department", text("Ann Lee, 020 7946 0000")),
                    ("As dialled from abroad", GO_ON),
                    ("Who is your line manager", text("Jo Day, 020 7946 0001")),
                    ("As dialled from abroad", GO_ON),
                    ("Who will you visit?", text("Rui Paz, +351 21 000 0000")),
                    ("section 1 of 7", tick(1, 2, 3, 4, 5)),
                    ("section 2 of 7", set_aside(1)),
                    ("2. I cannot do it", pick(2)),
                    ("What is the reason?", text("Mine is not approved yet")),
                    ("section 2 of 7", GO_ON),
                    *sections(7, ALL, first=3),
                    ("Is this right?", GO_ON),
                ),
                code=1,
            ),
        ),
    ),
    Traveller(
        "home-for-good",
        "Someone who works at home for good, with a family.",
        (
            Visit(
                ("prepare",),
                (
                    ("What is your name?", text("B. Jones")),
                    ("Which part of the MoJ", pick(2)),
                    ("Will you leave", NO),
                    ("Where are you going?", text("Home")),
                    ("Which day do you leave?", text("none")),
                    ("Which work devices", tick(1, 3)),
                    ("papers from work?", NO),
                    ("Where will you stay", tick(1)),
                    ("Will anyone else be in the", YES),
                    ("Which of these might you do", tick(1, 2)),
                    ("Who is your line manager", text("Jo Day, 020 7946 0001")),
                    *sections(4, ALL),
                    ("Is this right?", GO_ON),
                ),
            ),
        ),
    ),
    Traveller(
        "holiday-with-a-work-phone",
        "Someone on holiday who takes the work phone, stops halfway and comes back.",
        (
            Visit(
                ("prepare",),
                (
                    ("What is your name?", text("C. Brown")),
                    ("Which part of the MoJ", pick(1)),
                    ("Will you leave", YES),
                    ("Where are you going?", text("Crete")),
                    ("Which day do you leave?", text("next friday")),
                    ("Which day do you come back?", text("5 Dec")),
                    ("on official business?", NO),
                    ("Which work devices", key("q")),
                ),
                code=130,
            ),
            Visit(
                ("prepare",),
                (
                    ("Which trip", pick(1)),
                    ("How do you want to go on?", GO_ON),
                    ("Which work devices", tick(3)),
                    ("papers from work?", NO),
                    ("Where will you stay", tick(2, 3)),
                    ("Which of these might you do", tick(5)),
                    ("Who in your department", GO_ON),
                    ("Who is your line manager", GO_ON),
                    *sections(7, GO_ON),
                    ("Is this right?", GO_ON),
                ),
                code=1,
            ),
        ),
    ),
    Traveller(
        "hmpps-in-a-hotel",
        "An officer of HMPPS who spends two nights in a hotel in Leeds.",
        (
            Visit(
                ("prepare",),
                (
                    ("What is your name?", text("D. Green")),
                    ("Which part of the MoJ", pick(3)),
                    ("Will you leave", NO),
                    ("Where are you going?", text("Leeds")),
                    ("Which day do you leave?", text("1/12/2026")),
                    ("is that right?", GO_ON),
                    ("Which day do you come back?", text("3 December 2026")),
                    ("Which work devices", tick(1)),
                    ("papers from work?", YES),
                    ("Where will you stay", tick(2, 3)),
                    ("Which of these might you do", tick(1, 2)),
                    ("Who is your line manager", text("Jo Day, 020 7946 0001")),
                    *sections(4, tick(1)),
                    ("Is this right?", GO_ON),
                ),
                code=1,
            ),
        ),
    ),
    Traveller(
        "contractor-unsure",
        "A contractor who does not know their part of the MoJ, and asks why.",
        (
            Visit(
                ("prepare",),
                (
                    ("What is your name?", text("E. White")),
                    ("Which part of the MoJ", WHY),
                    ("You may leave it open", BACK_TO_LIST),
                    ("Leave it open", GO_ON),
                    ("Will you leave", NO),
                    ("Where are you going?", text("b")),
                    ("Will you leave", NO),
                    ("Where are you going?", GO_ON),
                    ("Which day do you leave?", GO_ON),
                    ("Which day do you come back?", GO_ON),
                    ("Which work devices", GO_ON),
                    ("tick what fits", tick(1)),
                    ("papers from work?", GO_ON),
                    ("Where will you stay", GO_ON),
                    ("Will anyone else be in the", GO_ON),
                    ("Which of these might you do", GO_ON),
                    ("Might anything you print", GO_ON),
                    ("Who is your line manager", text("?")),
                    ("no report. You may", GO_ON),
                    *sections(4, GO_ON),
                    ("Is this right?", GO_ON),
                ),
                code=1,
            ),
        ),
    ),
    Traveller(
        "papers-only",
        "Someone who takes only papers to a meeting in Bristol.",
        (
            Visit(
                ("prepare",),
                (
                    ("What is your name?", text("F. Black")),
                    ("Which part of the MoJ", pick(4)),
                    ("Will you leave", NO),
                    ("Where are you going?", text("Bristol")),
                    ("Which day do you leave?", text("2026-12-01")),
                    ("Which day do you come back?", text("2026-12-01")),
                    ("Which work devices", tick(6)),
                    ("papers from work?", YES),
                    ("Where will you stay", tick(3, 5)),
                    ("Which of these might you do", tick(5)),
                    ("Who is your line manager", text("Jo Day, 020 7946 0001")),
                    *sections(4, ALL),
                    ("Is this right?", GO_ON),
                ),
            ),
        ),
    ),
    Traveller(
        "lost-phone",
        "Someone whose phone is gone, in Lisbon, at night.",
        (
            Visit(
                (
                    *("prepare", "--no-input", "--trip", "Lisbon", "--set", "abroad=true"),
                    *("--set", "destination=Lisbon", "--set", "departs=2026-11-20"),
                    *("--set", "returns=2026-11-27", "--set", "official=true"),
                    *("--set", "devices=laptop,phone", "--set", "organisation=hq"),
                ),
                code=1,
            ),
            Visit(
                ("incident", "--note", "note.txt"),
                (
                    ("What happened?", at_once(5)),
                    ("When did it happen?", text("About 9 pm")),
                    ("Where?", text("In a taxi from the airport")),
                    ("What was affected?", text("My work phone")),
                    ("What did you see?", GO_ON),
                    ("What did you do?", text("Rang the taxi firm")),
                    ("Who did you tell", text("q")),
                ),
            ),
        ),
    ),
    Traveller(
        "return-with-prints",
        "Someone who is back, and brings prints along.",
        (
            Visit(
                (
                    *("prepare", "--no-input", "--trip", "York", "--set", "abroad=false"),
                    *("--set", "destination=York", "--set", "departs=2026-11-16"),
                    *("--set", "returns=2026-11-20", "--set", "devices=laptop"),
                    *("--set", "places=hotel", "--set", "organisation=hq"),
                    *("--set", "plans=printing"),
                ),
                code=1,
            ),
            Visit(
                ("debrief",),
                (
                    ("Did you print anything?", YES),
                    ("section 1 of 1", tick(1)),
                    ("Is this right?", GO_ON),
                    ("Did any of this happen", tick(2)),
                    ("has it been reported?", NO),
                    ("What should happen to this trip", GO_ON),
                ),
                code=1,
            ),
        ),
    ),
)
