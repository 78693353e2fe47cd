"""Put one question of a pack to the traveller and read the answer."""

from __future__ import annotations

from travelsec import values
from travelsec.interview.prompter import ChoicePrompt, Move, Prompter, TextPrompt, TicksPrompt
from travelsec.pack.model import Question
from travelsec.question_types import Value, behaviour, read_value, show_value
from travelsec.trip.contacts import show_answer, telephone_doubts
from travelsec.trip.facts import Facts

OPEN = "open"
NONE = "none"
_OPEN_LABEL = "Leave it open (items that may apply are kept)"


def ask(
    prompter: Prompter, question: Question, facts: Facts, *, left_open: bool = False
) -> Value | Move | None:
    """Ask one question.

    Args:
        prompter: the way of asking.
        question: what to ask; a present answer, or else the default, is offered.
        facts: the facts of the trip so far.
        left_open: it was asked before and left open; then no default is offered.

    Returns:
        The value, None if it was left open, or the wish to go back.
    """
    current = facts.answers.get(question.id)
    if current is None and not left_open:
        current = facts.default(question)
    compared = behaviour(question.type).compared
    if compared == "several":
        return _ask_choices(prompter, question, facts, current)
    if compared == "one":
        return _ask_choice(prompter, question, facts, current)
    return _ask_text(prompter, question, facts, current)


def _ask_text(
    prompter: Prompter, question: Question, facts: Facts, current: Value | None
) -> Value | Move | None:
    kind = behaviour(question.type)

    def check(text: str) -> str | None:
        if not text:
            return "an answer is needed here" if question.required else None
        try:
            value = read_value(question, kind.said(text))
        except values.InvalidValue as wrong:
            return str(wrong)
        trial = Facts(facts.pack, {**facts.answers, question.id: value}, facts.today)
        return next((fault for name, fault in trial.faults() if name == question.id), None)

    while True:
        answer = prompter.text(
            TextPrompt(
                message=facts.fill_or_mark(question.ask),
                hint=f"{facts.fill_or_mark(question.help)} {kind.prompt}".strip(),
                initial="" if current is None else kind.type_in(current),
                check=check,
                why=_why(question),
            )
        )
        if isinstance(answer, Move):
            return answer
        if not answer:
            return None
        current = read_value(question, kind.said(answer))
        if _is_confirmed(prompter, question, facts, current):
            return current


def _is_confirmed(prompter: Prompter, question: Question, facts: Facts, value: Value) -> bool:
    """Confirm telephone numbers that change on the way abroad, or that may not work from there."""
    trial = Facts(facts.pack, {**facts.answers, question.id: value}, facts.today)
    shown = show_answer(trial, question, value)
    doubts = list(telephone_doubts(trial, question.id))
    if trial.value("abroad") is False or (shown == show_value(question, value) and not doubts):
        return True
    prompt = ChoicePrompt(
        message=f"As dialled from abroad: {shown}. Is that right?",
        options={"yes": "Yes", "no": "No, type it again"},
        hint=f"{'; '.join(doubts)}." if doubts else "",
        initial="no" if doubts else "yes",
        why="You, or border officials, may have to call from another country.",
    )
    return prompter.choice(prompt) == "yes"


def _ask_choice(
    prompter: Prompter, question: Question, facts: Facts, current: Value | None
) -> Value | Move | None:
    own = behaviour(question.type).options
    options = dict(question.choices if own is None else own)
    if not question.required:
        options[OPEN] = _OPEN_LABEL
    # Enter in haste leaves a question open, so that no item is dropped for it.
    offered = OPEN if current is None and not question.required else current
    initial = show_value(question, offered) if isinstance(offered, bool) else offered
    answer = prompter.choice(
        ChoicePrompt(
            message=facts.fill_or_mark(question.ask),
            options=options,
            hint=facts.fill_or_mark(question.help),
            initial=initial if isinstance(initial, str) else None,
            why=_why(question),
        )
    )
    if isinstance(answer, Move):
        return answer
    return None if answer == OPEN else read_value(question, answer)


def _ask_choices(
    prompter: Prompter, question: Question, facts: Facts, current: Value | None
) -> Value | Move | None:
    def check(ticked: tuple[str, ...]) -> str | None:
        if NONE in ticked and len(ticked) > 1:
            return "“None of these” cannot be ticked together with others"
        if question.required and not ticked:
            return "tick what fits, or “None of these”"
        return None

    # Nothing ticked may be haste: it leaves the question open, and no item is dropped for it.
    ticked = () if current is None else tuple(map(str, current)) or (NONE,)  # type: ignore[arg-type]
    answer = prompter.ticks(
        TicksPrompt(
            message=facts.fill_or_mark(question.ask),
            options={**question.choices, NONE: "None of these"},
            hint=facts.fill_or_mark(question.help),
            ticked=ticked,
            check=check,
            why=_why(question),
            alone=NONE,
        )
    )
    if isinstance(answer, Move):
        return answer
    if not answer:
        return None
    return () if answer == (NONE,) else answer


def _why(question: Question) -> str:
    use = "It may decide which items you are shown, and stands in the report."
    if question.private:
        use = "It is kept for your card. It stands in no report."
    return f"{use} You may leave it open." if not question.required else use
