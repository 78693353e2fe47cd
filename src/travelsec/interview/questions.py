"""Put one question of a pack to the traveller and read the answer."""

from __future__ import annotations

import datetime
from typing import Any

from travelsec import values
from travelsec.interview.prompter import ChoicePrompt, Move, Prompter, TextPrompt, TicksPrompt
from travelsec.pack.model import Question
from travelsec.question_types import Value, behaviour, none_hint, read_value, show_value
from travelsec.trip.contacts import show_answer, telephone_doubts
from travelsec.trip.facts import Facts
from travelsec.wording import show_date

NO_CHOICE = ""
"""The option added to the choices of a question: to leave it open, or for none of them."""

_OPEN_LABEL = "Leave it open (items that may apply are kept)"


def ask(
    prompter: Prompter,
    question: Question,
    facts: Facts,
    *,
    left_open: bool = False,
    last_time: Value | None = None,
) -> Value | Move | None:
    """Ask one question.

    Args:
        prompter: asks the traveller.
        question: what to ask; a present answer, or else the default, is offered.
        facts: the facts of the trip so far.
        left_open: it was asked before and left open, so nothing is offered.
        last_time: the answer on the previous trip, which is offered.

    Returns:
        The value, None if it was left open, or `Move.BACK`.
    """
    kind = behaviour(question.type)
    current = facts.answers.get(question.id)
    is_as_last_time = current is None and not left_open and last_time is not None
    if current is None and not left_open:
        current = last_time if is_as_last_time else facts.default(question)
    help_ = facts.fill_or_mark(question.help)
    offer = "Offered: your answer of the last trip." if is_as_last_time else ""
    texts = {
        "message": facts.fill_or_mark(question.ask),
        "hint": " ".join(filter(None, (help_, kind.prompt, none_hint(question), offer))),
        "why": _reason_to_ask(question),
    }
    answer: str | tuple[str, ...] | Move
    if kind.options == {}:
        return _ask_text(prompter, question, current, texts, facts)
    if kind.compared == "several":
        answer = prompter.ticks(_ticks_prompt(question, current, texts))
    else:
        answer = prompter.choice(_choice_prompt(question, current, texts))
    if isinstance(answer, Move):
        return answer
    if not answer:
        return None
    if isinstance(answer, tuple):
        return tuple(choice for choice in answer if choice != NO_CHOICE)
    return read_value(question, answer)


def _ask_text(
    prompter: Prompter,
    question: Question,
    current: Value | None,
    texts: dict[str, Any],
    facts: Facts,
) -> Value | Move | None:
    """Ask until the answer is left open, needs no confirmation, or is confirmed."""
    kind = behaviour(question.type)
    while True:
        answer = prompter.text(_text_prompt(question, current, texts, facts))
        if isinstance(answer, Move):
            return answer
        if not answer:
            return None
        read_as, doubt = kind.interpret(answer, facts.today)
        current = read_value(question, read_as)
        confirmation = _confirmation(question, facts, current, doubt)
        if confirmation is None or prompter.choice(confirmation) == "yes":
            return current


def _text_prompt(
    question: Question, current: Value | None, texts: dict[str, Any], facts: Facts
) -> TextPrompt:
    kind = behaviour(question.type)

    def check(text: str) -> str | None:
        if not text:
            return "an answer is needed here" if question.required else None
        try:
            value = read_value(question, kind.interpret(text, facts.today)[0])
        except values.InvalidValue as wrong:
            return str(wrong)
        trial = Facts(facts.pack, {**facts.answers, question.id: value}, facts.today)
        return next((fault for name, fault in trial.faults() if name == question.id), None)

    initial = _offered(question, current)
    return TextPrompt(**texts, initial=initial, check=check, complete=kind.complete)


def _offered(question: Question, value: Value | None) -> str:
    """Write the answer that Enter takes: a date as people read it, and can type it."""
    if isinstance(value, datetime.date):
        return show_date(value)
    return "" if value is None else behaviour(question.type).type_in(value)


def _confirmation(
    question: Question, facts: Facts, value: Value, doubt: str
) -> ChoicePrompt | None:
    """Return the question whether a doubtful answer is right; None if it needs no asking."""
    if isinstance(value, datetime.date):
        is_known = value == facts.answers.get(question.id)
        return None if is_known else _date_confirmation(value, facts.today, doubt)
    return _telephone_confirmation(question, facts, value)


def _date_confirmation(
    date: datetime.date, today: datetime.date, doubt: str
) -> ChoicePrompt | None:
    """Confirm a date that is past, or that can be read in two ways."""
    is_past = date < today
    if not is_past and not doubt:
        return None
    return _is_right(
        f"{show_date(date)}{' is in the past' if is_past else ''}: is that right?",
        hint=f"{doubt}." if doubt else "",
        is_likely=not is_past,
        why="The dates decide which items you are shown, and when they are due.",
    )


def _telephone_confirmation(question: Question, facts: Facts, value: Value) -> ChoicePrompt | None:
    """Confirm telephone numbers that change on the way abroad, or that may not work from there."""
    trial = Facts(facts.pack, {**facts.answers, question.id: value}, facts.today)
    dialled = show_answer(trial, question, value)
    doubts = list(telephone_doubts(trial, question.id))
    if trial.value("abroad") is False or (dialled == show_value(question, value) and not doubts):
        return None
    return _is_right(
        f"As dialled from abroad: {dialled}. Is that right?",
        hint=f"{'; '.join(doubts)}." if doubts else "",
        is_likely=not doubts,
        why="You, or border officials, may have to call from another country.",
    )


def _is_right(message: str, *, hint: str, is_likely: bool, why: str) -> ChoicePrompt:
    return ChoicePrompt(
        message=message,
        options={"yes": "Yes", "no": "No, type it again"},
        hint=hint,
        initial="yes" if is_likely else "no",
        why=why,
    )


def _choice_prompt(
    question: Question, current: Value | None, texts: dict[str, Any]
) -> ChoicePrompt:
    fixed_options = behaviour(question.type).options
    options = dict(question.choices if fixed_options is None else fixed_options)
    if not question.required:
        options[NO_CHOICE] = _OPEN_LABEL
        if current is None:
            # Enter in haste leaves a question open, so that no item is dropped because of it.
            current = NO_CHOICE
    initial = show_value(question, current) if isinstance(current, bool) else current
    return ChoicePrompt(
        **texts, options=options, initial=initial if isinstance(initial, str) else None
    )


def _ticks_prompt(question: Question, current: Value | None, texts: dict[str, Any]) -> TicksPrompt:
    def check(ticked: tuple[str, ...]) -> str | None:
        is_missing = question.required and not ticked
        return "tick what fits, or “None of these”" if is_missing else None

    # Ticking nothing may be haste: it leaves the question open, so that no item is dropped.
    ticked = () if current is None else tuple(map(str, current)) or (NO_CHOICE,)  # type: ignore[arg-type]
    return TicksPrompt(
        **texts,
        options={**question.choices, NO_CHOICE: "None of these"},
        ticked=ticked,
        check=check,
        alone=NO_CHOICE,
    )


def _reason_to_ask(question: Question) -> str:
    use = "It may decide which items you are shown, and it appears in the report."
    if question.private:
        use = "It is kept for your card, and appears in no report."
    return f"{use} You may leave it open." if not question.required else use
