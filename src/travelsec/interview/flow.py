"""Lead a traveller through the questions and the items, and back to any of them."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Literal, NamedTuple, Protocol, cast

from travelsec.document import Paragraph
from travelsec.interview import questions, screens
from travelsec.interview.prompter import (
    ChoicePrompt,
    Move,
    Position,
    Prompter,
    SectionPrompt,
    SetAsideAnswer,
    TextPrompt,
)
from travelsec.pack.model import BEFORE_RETURN, Pack, Phase, Question
from travelsec.question_types import Value
from travelsec.trip.answers import Answers
from travelsec.trip.contacts import show_answer
from travelsec.trip.facts import Facts
from travelsec.trip.selection import Selected, SelectedSection, sections, select
from travelsec.trip.statuses import (
    NEED_REASON,
    UNANSWERED,
    How,
    Status,
    StatusWord,
    reason_fault,
    word,
)

FINISH, OPEN_ITEMS, FACT, SECTION = "finish", "open", "fact", "section"


class Session(Protocol):
    """The trip that is asked about. It keeps each answer before the next question."""

    pack: Pack
    answers: Answers
    today: datetime.date

    def facts(self) -> Facts:
        """Return the facts as they are known now."""

    def fact(self, name: str, value: Value | None, how: How) -> None:
        """Keep the answer to a question; None forgets it."""

    def last_answer(self, question: Question) -> Value | None:
        """Return the answer to a lasting question on the trip before, if it is kept."""

    def statuses(self, statuses: dict[str, Status]) -> None:
        """Keep the statuses of items, by full id."""


class _Step(NamedTuple):
    """A prompt of the interview: a question, or a section of items."""

    kind: str
    name: str = ""


class Interview:
    """One run of questions.

    Args:
        session: the trip; what is answered already is not asked again.
        prompter: asks the traveller.
        phases: those whose items are asked about; for `back` alone, also the questions on return.
    """

    def __init__(
        self, session: Session, prompter: Prompter, phases: tuple[Phase, ...] = BEFORE_RETURN
    ) -> None:
        self.session = session
        self.pack, self.answers = session.pack, session.answers
        self.prompter = prompter
        self.phases = phases
        self.is_return = phases == ("back",)
        # On return, ask again each time: the answers may have changed since.
        self.asked_questions = set() if self.is_return else set(self.answers.facts)
        # What is settled is not asked again; what is open is.
        self.shown_items = {
            name for name, status in self.answers.statuses.items() if not status.is_open
        }
        # Everything was answered or passed before: someone who comes back to tick one thing does
        # not want to go through it all again.
        items = self._items()
        self.is_back = bool(items) and all(item.id in self.answers.statuses for item in items)
        if self.is_back:
            self._pass_over_open()
        # The traveller stopped halfway before: offer the same choice first.
        self.is_halfway = not self.is_back and not self.is_return and self._pass_over_answered()
        # Whether the traveller chose to go through what is open, and whether they chose anything.
        self.from_choice = self.has_chosen = False
        # The steps behind, and, after going back, those ahead, and whether they were passed.
        self.behind: list[_Step] = []
        self.ahead: list[tuple[_Step, bool]] = []

    def run(self) -> None:
        """Ask until the traveller says that all is right.

        Raises:
            Stopped: the traveller wants to stop; all that was answered is recorded.
        """
        while True:
            step, again = (None, False) if self.is_halfway else self._next()
            if step is None:
                if self._summary():
                    return
            elif self._ask(step, again=again) is Move.BACK:
                self._back(step, again=again)
            else:
                self.behind.append(step)

    def length(self) -> int:
        """Return how many prompts there are at most, the summary included."""
        return sum(1 for _ in self._steps(again=False)) + 1

    def _pass_over_answered(self) -> bool:
        """Pass over what was asked in a terminal before; return whether anything was."""
        statuses = self.answers.statuses.items()
        items = {name for name, status in statuses if status.how == "terminal"}
        passed = list(self.pack.questions)
        answered = [name for name in passed if self.answers.how.get(name) == "terminal"]
        if answered and not items:
            passed = passed[: passed.index(answered[-1])]
        if answered or items:
            # A question that must be answered cannot have been left open.
            optional = (name for name in passed if not self.pack.questions[name].required)
            self.asked_questions.update(optional)
            self.shown_items |= items
        return bool(answered or items)

    def _pass_over_open(self) -> None:
        self.asked_questions.update(question.id for question in self._open_questions())
        self.shown_items.update(selected.id for selected in self._items())

    def _go_through_open(self) -> None:
        self.from_choice = True
        self.behind.clear()
        self.asked_questions.difference_update(question.id for question in self._open_questions())
        self.shown_items.difference_update(
            selected.id for selected in self._items() if self._status(selected).is_open
        )

    def _next(self) -> tuple[_Step | None, bool]:
        """Return the next step, and whether it was passed before; None for the summary."""
        while self.ahead:
            step, again = self.ahead.pop()
            if step in self._steps(again=again):
                return step, again
        return next(self._steps(again=False), None), False

    def _steps(self, *, again: bool) -> Iterator[_Step]:
        """Yield the steps in order: those not passed yet, or all if `again`."""
        for question in self._questions():
            # What follows from other answers is not asked; it can be changed at the end.
            is_due = again or question.id not in self.asked_questions
            if is_due and not self.session.facts().follows(question):
                yield _Step(FACT, question.id)
        for section in sections(self._items()):
            if again or any(selected.id not in self.shown_items for selected in section.items):
                yield _Step(SECTION, section.id)

    def _ask(self, step: _Step, *, again: bool) -> Move | None:
        if step.kind == FACT:
            return self._ask_fact(step.name)
        return self._ask_section(step.name, again=again)

    def _back(self, step: _Step | None, *, again: bool = False) -> None:
        """Go to the step before; the present one, whether `again` or not, comes after it."""
        if step is not None and not self.behind and self.from_choice:
            # Back from the first of what is open leads to the choice to go through it.
            if self.is_back:
                self._pass_over_open()
            else:
                self.is_halfway = True
            self.ahead.clear()
            self.has_chosen = False
            return
        if step is not None:
            self.ahead.append((step, again))
        if self.behind:
            self.ahead.append((self.behind.pop(), True))
        else:
            text = "There is nothing before this. Earlier answers can be changed at the end."
            self.prompter.tell([Paragraph(text)])

    # Each asks one thing, and returns None once it is answered, or `Move.BACK`

    def _ask_fact(self, name: str) -> Move | None:
        question = self.pack.questions[name]
        self.prompter.move_to(self._place(_Step(FACT, name)))
        answer = questions.ask(
            self.prompter,
            question,
            self.session.facts(),
            left_open=name in self.asked_questions,
            last_time=self.session.last_answer(question),
        )
        if isinstance(answer, Move):
            return answer
        self.session.fact(name, answer, "terminal")
        facts = self.session.facts()
        text = "left open" if answer is None else show_answer(facts, question, answer)
        self.prompter.acknowledge(facts.fill_or_mark(question.ask), text)
        self.asked_questions.add(name)
        # Forget an earlier answer that the new one contradicts, such as a return before it.
        for contradicted, fault in list(self.session.facts().faults()):
            self.session.fact(contradicted, None, "terminal")
            self.asked_questions.discard(contradicted)
            self.prompter.tell([Paragraph(f"Now {fault}. It is asked again.", "strong")])
        return None

    def _ask_section(self, name: str, *, again: bool) -> Move | None:
        """Ask about the items of a section that are open, or, to change answers, about all."""
        self.prompter.move_to(self._place(_Step(SECTION, name)))
        to_skip = self.shown_items if not again else set()
        items = [item for item in self._section(name).items if item.id not in to_skip]
        message = screens.section_question(items)
        ticked = tuple(item.id for item in items if self._status(item).status == "done")
        pointed = ""
        while True:
            answer = self.prompter.section(self._prompt(name, items, message, ticked, pointed))
            if isinstance(answer, Move):
                return answer
            if not isinstance(answer, SetAsideAnswer):
                break
            pointed, ticked = answer.value, answer.ticked
            selected = next(item for item in items if item.id == pointed)
            if self._set_aside(selected):
                ticked = tuple(item for item in ticked if item != pointed)
        self.session.statuses(
            {item.id: self._after_ticks(item, item.id in answer) for item in items}
        )
        self.prompter.acknowledge(f"{items[0].section.title}:", screens.ticked(items, answer))
        self.shown_items.update(item.id for item in items)
        return None

    def _section(self, name: str) -> SelectedSection:
        return next(section for section in sections(self._items()) if section.id == name)

    def _place(self, step: _Step | None) -> Position:
        """Return where a step is among those of its kind; None is the summary."""
        trip = screens.trip_line(self.session.facts())
        kinds: dict[str, Literal["question", "section"]] = {FACT: "question", SECTION: "section"}
        alike = [other for other in self._steps(again=True) if step and other.kind == step.kind]
        if step is None or step not in alike:
            return Position(trip)
        return Position(trip, kinds[step.kind], alike.index(step) + 1, len(alike))

    def _prompt(
        self, name: str, items: list[Selected], message: str, ticked: tuple[str, ...], pointed: str
    ) -> SectionPrompt:
        facts = self.session.facts()
        section = self._section(name)
        return SectionPrompt(
            message=message,
            options={item.id: screens.option(item, self._status(item)) for item in items},
            hint=screens.answered_before(section, items, self.answers.statuses),
            ticked=ticked,
            whys={item.id: screens.source(item, facts, self._status(item)) for item in items},
            title=section.title,
            place=self._place(_Step(SECTION, name)),
            levels={item.id: item.item.level for item in items},
            details={
                item.id: screens.item_details(item, facts, self._status(item)) for item in items
            },
            pointed=pointed,
            set_aside=frozenset(
                item.id for item in items if self._status(item).status in NEED_REASON
            ),
        )

    def _after_ticks(self, selected: Selected, ticked: bool) -> Status:
        # An item that was set aside stays so if it is not ticked now.
        unchanged = ("done",) if ticked else NEED_REASON
        present = self._status(selected)
        if present.status in unchanged:
            return present
        return self._new_status(selected, "done" if ticked else "todo")

    def _set_aside(self, selected: Selected) -> bool:
        """Ask how and why an item is set aside, and store that; return False to go back."""
        present = self._status(selected)
        options: dict[str, str] = {
            "not-applicable": "It does not apply to me",
            "declined": "I cannot do it or agree to it",
        }
        if present.status in options:
            options["todo"] = "Neither: put it back on my list"
        kind = self.prompter.choice(
            ChoicePrompt(
                message=f"{selected.label}:",
                options=options,
                initial=present.status if present.status in options else None,
                why="Your line manager sees the reason. A must left out counts as waived.",
            )
        )
        if isinstance(kind, Move):
            return False
        reason: str | Move = ""
        if kind != "todo":
            reason = self.prompter.text(
                TextPrompt(
                    message=f"{selected.label}: {options[kind]}. What is the reason?",
                    initial=present.reason,
                    check=_check_reason,
                    why="Your line manager reads it in the report.",
                )
            )
        if isinstance(reason, Move):
            return False
        status = self._new_status(selected, cast(StatusWord, kind), reason)
        self.session.statuses({selected.id: status})
        answer = word(status.status, selected.phase)
        self.prompter.acknowledge(f"{selected.label}:", f"{answer}: {reason}" if reason else answer)
        return True

    # The summary, and changing answers

    def _summary(self) -> bool:
        """Show where the trip stands; return whether the traveller is content with it."""
        items = self._items()
        self.prompter.move_to(self._place(None))
        if not self.is_halfway:
            self.prompter.tell(screens.progress_summary(items, self.answers.statuses))
        message, options = self._ways_to_go_on()
        if any(self._questions()):
            options[FACT] = "Change an answer about the trip"
        for section in sections(items) if FINISH in options else ():
            ticked = sum(self._status(item).status == "done" for item in section.items)
            options[section.id] = f"Change: {section.title} ({ticked} of {len(section.items)})"
        answer = self.prompter.choice(
            ChoicePrompt(
                message=message,
                options=options,
                initial=next(iter(options)),
                why="You can still change each of these answers.",
            )
        )
        if isinstance(answer, Move):
            self._back(None)
            return False
        self.prompter.acknowledge(message, options[answer])
        self.has_chosen = True
        # Going back from any of them leads here again, with nothing changed.
        if answer == OPEN_ITEMS and self.is_halfway:
            self.is_halfway, self.from_choice = False, True
        elif answer == OPEN_ITEMS:
            self._go_through_open()
        elif answer == FACT:
            self._change_fact()
        elif answer != FINISH:
            self._ask_section(answer, again=True)
        return answer == FINISH

    def _ways_to_go_on(self) -> tuple[str, dict[str, str]]:
        """Return the question of the summary, and its first options."""
        number = sum(self._status(selected).is_open for selected in self._items())
        number += sum(1 for _ in self._open_questions())
        if self.is_halfway:
            options = {OPEN_ITEMS: f"Go on where you stopped ({number} open)"}
            if not any(question.required for question in self._open_questions()):
                options[FINISH] = "Finish"
            return "How do you want to go on?", options
        is_offered = self.is_back and number
        go_through = {OPEN_ITEMS: f"Go through what is still open ({number})"} if is_offered else {}
        if go_through and not self.has_chosen:
            finish = "Leave that open" if self.is_return else "Finish"
            return "How do you want to go on?", {**go_through, FINISH: finish}
        finish = "Yes, go on" if self.is_return else "Yes, finish"
        return "Is this right?", {FINISH: finish, **go_through}

    def _change_fact(self) -> None:
        facts = self.session.facts()
        options = {}
        for question in self._questions():
            value = self.answers.facts.get(question.id)
            text = "left open" if value is None else show_answer(facts, question, value)
            default = facts.default(question) if facts.follows(question) else None
            if value is None and default is not None:
                text = f"{show_answer(facts, question, default)}, taken from your other answers"
            options[question.id] = f"{facts.fill_or_mark(question.ask)} {text}"
        chosen = self.prompter.choice(
            ChoicePrompt(
                message="Which answer do you want to change?",
                options=options,
                why="All answers to items that still apply are kept.",
            )
        )
        if not isinstance(chosen, Move):
            self._ask_fact(chosen)

    # What is known

    def _questions(self) -> Iterator[Question]:
        return self.session.facts().questions(on_return=self.is_return)

    def _open_questions(self) -> Iterator[Question]:
        return self.session.facts().to_ask(on_return=self.is_return)

    def _items(self) -> list[Selected]:
        return select(self.pack, self.session.facts(), self.phases)

    def _status(self, selected: Selected) -> Status:
        return self.answers.statuses.get(selected.id, UNANSWERED)

    def _new_status(self, selected: Selected, status: StatusWord, reason: str = "") -> Status:
        return Status(status, reason=reason, note=self._status(selected).note, how="terminal")


def _check_reason(text: str) -> str | None:
    return reason_fault(text) if text else "a reason is needed; b goes back"
