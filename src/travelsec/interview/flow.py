"""Lead a traveller through the questions and the items, and back to any of them."""

from __future__ import annotations

import datetime
from typing import NamedTuple, Protocol

from travelsec.document import Paragraph
from travelsec.interview import questions, screens
from travelsec.interview.prompter import ChoicePrompt, Move, Prompter, TextPrompt, TicksPrompt
from travelsec.pack.model import BEFORE_RETURN, Pack, Phase
from travelsec.question_types import Value, show_value
from travelsec.trip.answers import Answers
from travelsec.trip.facts import Facts
from travelsec.trip.selection import Selected, sections, select
from travelsec.trip.statuses import MAX_REASON, NEED_REASON, UNANSWERED, How, Status, StatusWord

FINISH, OPEN, FACT, EXCUSES = "finish", "open", "fact", "excuses"


class Recorder(Protocol):
    """Keeps each answer before the next thing is asked."""

    def fact(self, name: str, value: Value | None, how: How) -> None:
        """Keep the answer to a question; None forgets it."""

    def statuses(self, given: dict[str, Status]) -> None:
        """Keep the statuses of items, by full id."""


class _Step(NamedTuple):
    """A prompt on the way: the question of a fact, a section, or the list of excuses."""

    kind: str
    name: str = ""


class Interview:
    """One run of questions.

    Args:
        pack: what to ask and which items there are.
        prompter: the way of asking.
        answers: what is known already; it is completed in place and not asked again.
        today: the day the trip is judged for.
        recorder: keeps every answer as it is given; None keeps nothing.
        phases: the items that are asked for; those on return come without the questions.
    """

    def __init__(
        self,
        pack: Pack,
        prompter: Prompter,
        answers: Answers,
        today: datetime.date,
        recorder: Recorder | None = None,
        phases: tuple[Phase, ...] = BEFORE_RETURN,
    ) -> None:
        self.pack = pack
        self.prompter = prompter
        self.answers = answers
        self.today = today
        self.recorder = recorder
        self.phases = phases
        self.asked = set(answers.facts)
        # What is settled is not asked again; what is open is.
        self.shown = {name for name, status in answers.statuses.items() if not status.is_open}
        # The items for which it was asked whether they do not apply or cannot be agreed to.
        self.considered: set[str] = set()
        # Back at a trip that was gone through before: nobody wants to do all of that again who
        # has come to tick one thing.
        self.is_back = self._was_gone_through()
        if self.is_back:
            self._pass_over_open()
        # The choice was made to go through what is open; and whether any was made.
        self.from_choice = self.has_chosen = False
        # The stops behind, and, after going back, those ahead, and whether they were passed.
        self.way: list[_Step] = []
        self.ahead: list[tuple[_Step, bool]] = []

    def run(self) -> None:
        """Ask until the traveller says that all is right.

        Raises:
            Stopped: the traveller wants to stop; all that was answered is recorded.
        """
        while True:
            stop, again = self._next()
            if stop is None:
                if self._summary():
                    return
            elif self._ask(stop, again=again) is Move.BACK:
                self._back(stop, again=again)
            else:
                self.way.append(stop)

    @property
    def _is_return(self) -> bool:
        return self.phases == ("back",)

    def _was_gone_through(self) -> bool:
        judged = self._judged(self._facts())
        return bool(judged) and all(selected.id in self.answers.statuses for selected in judged)

    def _pass_over_open(self) -> None:
        facts = self._facts()
        judged = self._judged(facts)
        self.asked.update(question.id for question in facts.open_questions())
        self.shown.update(chosen.id for chosen in judged)
        self.considered.update(selected.id for selected in self._todo(judged))

    def _go_through_open(self) -> None:
        self.from_choice = True
        self.way.clear()
        facts = self._facts()
        self.asked.difference_update(question.id for question in facts.open_questions())
        self.shown.difference_update(selected.id for selected in self._open(self._judged(facts)))
        self.considered.clear()

    def _next(self) -> tuple[_Step | None, bool]:
        """Return where to stop next, and whether it was passed before; None for the summary."""
        facts = self._facts()
        judged = self._judged(facts)
        while self.ahead:
            stop, again = self.ahead.pop()
            if self._is_there(stop, facts, judged, again=again):
                return stop, again
        if not self._is_return:
            for question in facts.open_questions():
                if question.id not in self.asked:
                    return _Step(FACT, question.id), False
        for section in sections(judged):
            if any(chosen.id not in self.shown for chosen in section.items):
                return _Step("section", section.id), False
        if any(selected.id not in self.considered for selected in self._todo(judged)):
            return _Step(EXCUSES), False
        return None, False

    def _is_there(self, stop: _Step, facts: Facts, judged: list[Selected], *, again: bool) -> bool:
        if stop.kind == FACT:
            return facts.applies(self.pack.questions[stop.name]) is not False
        if stop.kind == EXCUSES:
            return bool(self._todo(judged))
        return any(
            section.id == stop.name
            and (again or any(selected.id not in self.shown for selected in section.items))
            for section in sections(judged)
        )

    def _ask(self, stop: _Step, *, again: bool) -> Move | None:
        if stop.kind == FACT:
            return self._ask_fact(stop.name)
        judged = self._judged(self._facts())
        if stop.kind == EXCUSES:
            return self._ask_excuses(self._todo(judged))
        return self._ask_section(stop.name, judged, again=again)

    def _back(self, stop: _Step | None, *, again: bool = False) -> None:
        """Go to the stop before; the present one, whether `again` or not, is come to after it."""
        if stop is not None and not self.way and self.from_choice:
            # What was open is to be gone through: back from its first leads to that choice.
            self._pass_over_open()
            self.ahead.clear()
            self.has_chosen = False
            return
        if stop is not None:
            self.ahead.append((stop, again))
        if self.way:
            self.ahead.append((self.way.pop(), True))
        else:
            self.prompter.tell(
                [
                    Paragraph(
                        "There is nothing before this. Earlier answers can be changed at the end."
                    )
                ]
            )

    # One thing at a time; each returns the wish to go back, or None when it is answered

    def _ask_fact(self, name: str) -> Move | None:
        question = self.pack.questions[name]
        answer = questions.ask(self.prompter, question, self._facts(), left_open=name in self.asked)
        if isinstance(answer, Move):
            return answer
        self._keep_fact(name, answer)
        text = "left open" if answer is None else show_value(question, answer)
        self.prompter.acknowledge(self._facts().fill_or_mark(question.ask), text)
        if isinstance(answer, datetime.date) and answer < self.today:
            # A mistyped year is seen at once, not when the trip counts as over.
            self.prompter.tell([Paragraph("Note: this day is past.", "attention")])
        self.asked.add(name)
        self._ask_again_what_contradicts()
        return None

    def _keep_fact(self, name: str, value: Value | None) -> None:
        if value is None:
            self.answers.facts.pop(name, None)
            self.answers.how.pop(name, None)
        else:
            self.answers.facts[name] = value
            self.answers.how[name] = "terminal"
        if self.recorder is not None:
            self.recorder.fact(name, value, "terminal")

    def _ask_again_what_contradicts(self) -> None:
        """Forget an earlier answer that the new one contradicts, such as a return before it."""
        for name, fault in list(self._facts().faults()):
            self._keep_fact(name, None)
            self.asked.discard(name)
            self.prompter.tell([Paragraph(f"Now {fault}. It is asked again.", "attention")])

    def _ask_section(
        self, name: str, judged: list[Selected], *, again: bool = False
    ) -> Move | None:
        """Ask for the items of a section that are open, or, to change answers, for all of it."""
        everything = sections(judged)
        number, section = next(
            (number, one) for number, one in enumerate(everything, 1) if one.id == name
        )
        items = [one for one in section.items if again or one.id not in self.shown]
        self.prompter.tell(
            screens.section(
                section,
                items,
                f"{number} of {len(everything)}",
                self._facts(),
                self.answers.statuses,
            )
        )
        undertaking = all(one.phase == "away" for one in items)
        message = "Which of these do you agree to?" if undertaking else "Which are done?"
        answer = self.prompter.ticks(
            TicksPrompt(
                message=message,
                options=screens.options(items),
                ticked=tuple(one.id for one in items if self._status(one).status == "done"),
                whys={chosen.id: screens.source(chosen, self.pack) for chosen in items},
            )
        )
        if isinstance(answer, Move):
            return answer
        given = {
            selected.id: self._after_ticks(selected, selected.id in answer) for selected in items
        }
        self._keep_statuses(given)
        self.prompter.acknowledge(message, screens.ticked(items, answer))
        self.shown.update(given)
        return None

    def _after_ticks(self, selected: Selected, ticked: bool) -> Status:
        present = self._status(selected)
        if ticked:
            done = present.status == "done"
            return present if done else Status("done", note=present.note, how="terminal")
        # Not ticking an item that was excused before leaves the excuse as it is.
        if present.status in NEED_REASON:
            return present
        return Status("todo", note=present.note, how="terminal")

    def _ask_excuses(self, items: list[Selected]) -> Move | None:
        """Ask which items do not apply or are declined; those that are already are ticked."""
        ticked = tuple(one.id for one in items if self._status(one).status in NEED_REASON)
        message = "Which of these do not apply to you, or can you not agree to?"
        while True:
            answer = self.prompter.ticks(
                TicksPrompt(
                    message=message,
                    options=screens.options(items),
                    ticked=ticked,
                    hint="The others stay on your list as still to do. You are asked for a reason.",
                    why="Your line manager sees the reason. A must left out counts as waived.",
                    whys={one.id: screens.source(one, self.pack) for one in items},
                )
            )
            if isinstance(answer, Move):
                return answer
            self._take_back([one for one in items if one.id in ticked and one.id not in answer])
            self.prompter.acknowledge(message, screens.ticked(items, answer))
            if all(self._ask_excuse(chosen) for chosen in items if chosen.id in answer):
                self.considered.update(selected.id for selected in items)
                return None
            # Back from one of them: the list comes again, as it was ticked.
            ticked = answer

    def _take_back(self, items: list[Selected]) -> None:
        """Make excused items ones to do again."""
        self._keep_statuses(
            {
                selected.id: Status("todo", note=self._status(selected).note, how="terminal")
                for selected in items
            }
        )

    def _ask_excuse(self, selected: Selected) -> bool:
        """Ask how and why an item is excused, and keep it; return False for going back."""
        present = self._status(selected)
        options = {
            "not-applicable": "It does not apply to me",
            "declined": "I cannot do it or agree to it",
        }
        kind = self.prompter.choice(
            ChoicePrompt(
                message=f"{selected.label}:",
                options=options,
                initial=present.status if present.status in options else None,
                why=screens.source(selected, self.pack),
            )
        )
        if isinstance(kind, Move):
            return False
        reason = self.prompter.text(
            TextPrompt(
                message=f"{options[kind]}. What is the reason?",
                initial=present.reason,
                check=_check_reason,
                why="Your line manager reads it in the report.",
            )
        )
        if isinstance(reason, Move):
            return False
        word: StatusWord = "declined" if kind == "declined" else "not-applicable"
        status = Status(word, reason=reason, note=present.note, how="terminal")
        self._keep_statuses({selected.id: status})
        self.prompter.acknowledge(f"{selected.label}:", screens.shown_answer(selected, status))
        return True

    # The summary, and changing what was said

    def _summary(self) -> bool:
        """Show where the trip stands; return whether the traveller is content with it."""
        judged = self._judged(self._facts())
        self.prompter.tell(screens.summary(judged, self.answers.statuses))
        excusable = [
            chosen for chosen in judged if self._status(chosen).status in ("todo", *NEED_REASON)
        ]
        message, options = self._ways_to_go_on()
        if not self._is_return:
            options[FACT] = "Change an answer about the trip"
        for section in sections(judged):
            ticked = sum(self._status(selected).status == "done" for selected in section.items)
            options[section.id] = f"Change: {section.title} ({ticked} of {len(section.items)})"
        if excusable:
            options[EXCUSES] = "Change what does not apply or is declined"
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
        if answer == OPEN:
            self._go_through_open()
        elif answer == FACT:
            self._change_fact()
        elif answer == EXCUSES:
            self._ask_excuses(excusable)
        elif answer != FINISH:
            self._ask_section(answer, judged, again=True)
        return answer == FINISH

    def _ways_to_go_on(self) -> tuple[str, dict[str, str]]:
        """Return what the summary asks, and its first options."""
        facts = self._facts()
        left = len(self._open(self._judged(facts)))
        if not self._is_return:
            left += sum(1 for _ in facts.open_questions())
        through = {OPEN: f"Go through what is still open ({left})"} if self.is_back and left else {}
        if through and not self.has_chosen:
            finish = "Leave that open" if self._is_return else "Make the report"
            return "How do you want to go on?", {**through, FINISH: finish}
        finish = "Yes, go on" if self._is_return else "Yes, make the report"
        return "Is this right?", {FINISH: finish, **through}

    def _change_fact(self) -> None:
        facts = self._facts()
        options = {}
        for name, question in self.pack.questions.items():
            if facts.applies(question) is not False:
                value = self.answers.facts.get(name)
                text = "left open" if value is None else show_value(question, value)
                options[name] = f"{facts.fill_or_mark(question.ask)} {text}"
        chosen = self.prompter.choice(
            ChoicePrompt(
                message="Which answer do you want to change?",
                options=options,
                why="All answers to items that still apply are kept.",
            )
        )
        if not isinstance(chosen, Move):
            self._ask_fact(chosen)

    # What is known, and texts

    def _facts(self) -> Facts:
        return Facts(self.pack, self.answers.facts, self.today)

    def _judged(self, facts: Facts) -> list[Selected]:
        return select(self.pack, facts, self.phases)

    def _todo(self, judged: list[Selected]) -> list[Selected]:
        return [selected for selected in judged if self._status(selected).status == "todo"]

    def _open(self, judged: list[Selected]) -> list[Selected]:
        return [selected for selected in judged if self._status(selected).is_open]

    def _status(self, selected: Selected) -> Status:
        return self.answers.statuses.get(selected.id, UNANSWERED)

    def _keep_statuses(self, given: dict[str, Status]) -> None:
        self.answers.statuses |= given
        if self.recorder is not None:
            self.recorder.statuses(given)


def _check_reason(text: str) -> str | None:
    if not text:
        return "a reason is needed; b goes back"
    if len(text) > MAX_REASON:
        return f"{len(text)} characters, at most {MAX_REASON} are kept"
    return None
