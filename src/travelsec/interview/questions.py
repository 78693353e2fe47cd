"""Put one question of a pack to the traveller and read the answer."""

from __future__ import annotations

from travelsec import values
from travelsec.interview.prompter import ChoicePrompt, Move, Prompter, TextPrompt, TicksPrompt
from travelsec.pack.model import Question
from travelsec.question_types import Value, behaviour, none_hint, read_value, show_value
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

    help_ = facts.fill_or_mark(question.help)
    answer = prompter.text(
        TextPrompt(
            message=facts.fill_or_mark(question.ask),
            hint=" ".join(filter(None, (help_, kind.prompt, none_hint(question)))),
            initial="" if current is None else kind.type_in(current),
            check=check,
            why=_why(question),
        )
    )
    if isinstance(answer, Move):
        return answer
    return read_value(question, kind.said(answer)) if answer else None


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
