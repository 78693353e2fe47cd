"""Lead a traveller through the questions and the items, and back to any of them."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import NamedTuple, Protocol, cast

from travelsec.document import Paragraph
from travelsec.interview import questions, screens
from travelsec.interview.prompter import (
    ChoicePrompt,
    Move,
    Place,
    Prompter,
    SectionPrompt,
    SetAside,
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

FINISH, OPEN, FACT, SECTION = "finish", "open", "fact", "section"


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

    def statuses(self, given: dict[str, Status]) -> None:
        """Keep the statuses of items, by full id."""


class _Step(NamedTuple):
    """A prompt on the way: the question of a fact, or a section."""

    kind: str
    name: str = ""


class Interview:
    """One run of questions.

    Args:
        session: the trip; what is known of it is not asked again.
        prompter: the way of asking.
        phases: ask about the items of these, and the questions of before or of the return.
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
        self.asked = set() if self.is_return else set(self.answers.facts)
        # What is settled is not asked again; what is open is.
        self.shown = {name for name, status in self.answers.statuses.items() if not status.is_open}
        # Back at a trip that was gone through before: someone who comes to tick one thing does not
        # want to go through everything again.
        judged = self._judged()
        self.is_back = bool(judged) and all(item.id in self.answers.statuses for item in judged)
        if self.is_back:
            self._pass_over_open()
        # Back at a trip that was stopped halfway: the same choice comes first.
        self.is_halfway = not self.is_back and not self.is_return and self._pass_over_answered()
        # Whether the traveller chose to go through what is open, and whether they chose anything.
        self.from_choice = self.has_chosen = False
        # The steps behind, and, after going back, those ahead, and whether they were passed.
        self.way: list[_Step] = []
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
                self.way.append(step)

    def length(self) -> int:
        """Return how many prompts there are at most, the summary included."""
        return sum(1 for _ in self._steps(again=False)) + 1

    def _pass_over_answered(self) -> bool:
        """Pass over what was asked in a terminal before; return whether anything was."""
        statuses = self.answers.statuses.items()
        items = {name for name, status in statuses if status.how == "terminal"}
        asked = list(self.pack.questions)
        answered = [name for name in asked if self.answers.how.get(name) == "terminal"]
        if answered and not items:
            asked = asked[: asked.index(answered[-1])]
        if answered or items:
            # A question that must be answered cannot have been left open.
            self.asked.update(name for name in asked if not self.pack.questions[name].required)
            self.shown |= items
        return bool(answered or items)

    def _pass_over_open(self) -> None:
        judged = self._judged()
        self.asked.update(question.id for question in self._open_questions())
        self.shown.update(selected.id for selected in judged)

    def _go_through_open(self) -> None:
        self.from_choice = True
        self.way.clear()
        self.asked.difference_update(question.id for question in self._open_questions())
        self.shown.difference_update(
            selected.id for selected in self._judged() if self._status(selected).is_open
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
            if (again or question.id not in self.asked) and not self.session.facts().follows(
                question
            ):
                yield _Step(FACT, question.id)
        judged = self._judged()
        for section in sections(judged):
            if again or any(selected.id not in self.shown for selected in section.items):
                yield _Step(SECTION, section.id)

    def _ask(self, step: _Step, *, again: bool) -> Move | None:
        if step.kind == FACT:
            return self._ask_fact(step.name)
        return self._ask_section(step.name, again=again)

    def _back(self, step: _Step | None, *, again: bool = False) -> None:
        """Go to the step before; the present one, whether `again` or not, comes after it."""
        if step is not None and not self.way and self.from_choice:
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
        if self.way:
            self.ahead.append((self.way.pop(), True))
        else:
            text = "There is nothing before this. Earlier answers can be changed at the end."
            self.prompter.tell([Paragraph(text)])

    # One thing at a time; each returns the wish to go back, or None when it is answered

    def _ask_fact(self, name: str) -> Move | None:
        question = self.pack.questions[name]
        answer = questions.ask(
            self.prompter,
            question,
            self.session.facts(),
            left_open=name in self.asked,
            last_time=self.session.last_answer(question),
        )
        if isinstance(answer, Move):
            return answer
        self.session.fact(name, answer, "terminal")
        facts = self.session.facts()
        text = "left open" if answer is None else show_answer(facts, question, answer)
        self.prompter.acknowledge(facts.fill_or_mark(question.ask), text)
        self.asked.add(name)
        # Forget an earlier answer that the new one contradicts, such as a return before it.
        for wrong, fault in list(self.session.facts().faults()):
            self.session.fact(wrong, None, "terminal")
            self.asked.discard(wrong)
            self.prompter.tell([Paragraph(f"Now {fault}. It is asked again.", "attention")])
        return None

    def _ask_section(self, name: str, *, again: bool) -> Move | None:
        """Ask about the items of a section that are open, or, to change answers, about all."""
        shown = self.shown if not again else set()
        items = [item for item in self._section(name)[1].items if item.id not in shown]
        message = screens.section_question(items)
        ticked = tuple(item.id for item in items if self._status(item).status == "done")
        pointed = ""
        while True:
            answer = self.prompter.section(self._prompt(name, items, message, ticked, pointed))
            if isinstance(answer, Move):
                return answer
            if not isinstance(answer, SetAside):
                break
            pointed, ticked = answer.value, answer.ticked
            selected = next(item for item in items if item.id == pointed)
            if self._set_aside(selected):
                ticked = tuple(item for item in ticked if item != pointed)
        self.session.statuses(
            {item.id: self._after_ticks(item, item.id in answer) for item in items}
        )
        self.prompter.acknowledge(f"{items[0].section.title}:", screens.ticked(items, answer))
        self.shown.update(item.id for item in items)
        return None

    def _section(self, name: str) -> tuple[Place, SelectedSection]:
        everything = sections(self._judged())
        at = [section.id for section in everything].index(name)
        section = everything[at]
        trip = screens.trip_line(self.session.facts())
        return Place(trip, section.title, at + 1, len(everything)), section

    def _prompt(
        self, name: str, items: list[Selected], message: str, ticked: tuple[str, ...], pointed: str
    ) -> SectionPrompt:
        facts = self.session.facts()
        place, section = self._section(name)
        return SectionPrompt(
            message=message,
            options={item.id: screens.option(item, self._status(item)) for item in items},
            hint=screens.answered_before(section, items, self.answers.statuses),
            ticked=ticked,
            whys={item.id: screens.source(item, facts, self._status(item)) for item in items},
            place=place,
            levels={item.id: item.item.level for item in items},
            details={item.id: screens.details(item, facts, self._status(item)) for item in items},
            pointed=pointed,
        )

    def _after_ticks(self, selected: Selected, ticked: bool) -> Status:
        # An item that was set aside stays so if it is not ticked now.
        kept = ("done",) if ticked else NEED_REASON
        present = self._status(selected)
        if present.status in kept:
            return present
        return self._new_status(selected, "done" if ticked else "todo")

    def _set_aside(self, selected: Selected) -> bool:
        """Ask how and why an item is set aside, and keep it; return False for going back."""
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
        judged = self._judged()
        if not self.is_halfway:
            self.prompter.tell(screens.summary(judged, self.answers.statuses))
        message, options = self._ways_to_go_on()
        if any(self._questions()):
            options[FACT] = "Change an answer about the trip"
        for section in sections(judged) if FINISH in options else ():
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
        # Back from any of them leads here again, with all as it was.
        if answer == OPEN and self.is_halfway:
            self.is_halfway, self.from_choice = False, True
        elif answer == OPEN:
            self._go_through_open()
        elif answer == FACT:
            self._change_fact()
        elif answer != FINISH:
            self._ask_section(answer, again=True)
        return answer == FINISH

    def _ways_to_go_on(self) -> tuple[str, dict[str, str]]:
        """Return the question of the summary, and its first options."""
        left = sum(self._status(selected).is_open for selected in self._judged())
        left += sum(1 for _ in self._open_questions())
        if self.is_halfway:
            options = {OPEN: f"Go on where you stopped ({left} open)"}
            if not any(question.required for question in self._open_questions()):
                options[FINISH] = "Finish"
            return "How do you want to go on?", options
        through = {OPEN: f"Go through what is still open ({left})"} if self.is_back and left else {}
        if through and not self.has_chosen:
            finish = "Leave that open" if self.is_return else "Finish"
            return "How do you want to go on?", {**through, FINISH: finish}
        finish = "Yes, go on" if self.is_return else "Yes, finish"
        return "Is this right?", {FINISH: finish, **through}

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

    def _judged(self) -> list[Selected]:
        return select(self.pack, self.session.facts(), self.phases)

    def _status(self, selected: Selected) -> Status:
        return self.answers.statuses.get(selected.id, UNANSWERED)

    def _new_status(self, selected: Selected, status: StatusWord, reason: str = "") -> Status:
        return Status(status, reason=reason, note=self._status(selected).note, how="terminal")


def _check_reason(text: str) -> str | None:
    return reason_fault(text) if text else "a reason is needed; b goes back"
