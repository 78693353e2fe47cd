"""Ask someone in trouble what happened, and what to put into the note for the desk."""

from __future__ import annotations

from collections.abc import Sequence

from travelsec.document import Paragraph
from travelsec.interview.prompter import ChoicePrompt, Move, Prompter, TextPrompt, ask_choice
from travelsec.pack.model import Situation
from travelsec.trip.facts import Facts
from travelsec.trip.note import NOTE_FIELDS


def ask_what_happened(
    prompter: Prompter, facts: Facts, situations: Sequence[Situation], hint: str
) -> Situation:
    """Return the situation that is chosen; `hint` is shown below the question.

    Raises:
        Stopped: the traveller chooses none.
    """
    answer = ask_choice(
        prompter,
        ChoicePrompt(
            message="What happened?",
            options={situation.id: facts.fill_or_mark(situation.title) for situation in situations},
            hint=hint,
            why="Choose the nearest. You will see the steps at once.",
            at_once=True,
        ),
    )
    return facts.pack.situations[answer]


def ask_note(prompter: Prompter, texts: dict[str, str]) -> None:
    """Ask for the fields of the note, and add each text to `texts` as soon as it is typed.

    Raises:
        Stopped: the traveller leaves the rest blank.
    """
    about = "For the note: Enter alone leaves a line blank, q writes what you have said so far."
    prompter.tell([Paragraph(""), Paragraph(about, "attention")])
    names = list(NOTE_FIELDS)
    index = 0
    while index < len(names):
        name = names[index]
        answer = prompter.text(
            TextPrompt(
                message=NOTE_FIELDS[name],
                initial=texts.get(name, ""),
                why="Facts only, as you would say them to the desk. Leave it empty if unsure.",
            )
        )
        if isinstance(answer, Move):
            index = max(index - 1, 0)
            continue
        texts[name] = answer
        prompter.acknowledge(NOTE_FIELDS[name], answer or "left open")
        index += 1
