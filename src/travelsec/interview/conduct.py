"""Lead a traveller through the questions and the items, and back to any of them."""

from __future__ import annotations

import datetime
from typing import NamedTuple, Protocol

from travelsec import values
from travelsec.document import Paragraph
from travelsec.interview import questions, texts
from travelsec.interview.prompter import ChoicePrompt, Move, Prompter, TextPrompt, TicksPrompt
from travelsec.pack.model import Pack
from travelsec.trip.answers import Answers
from travelsec.trip.facts import Facts
from travelsec.trip.selection import Selected, SelectedSection, sections, select
from travelsec.trip.statuses import MAX_REASON, UNANSWERED, How, Status, StatusWord, word
from travelsec.values import Value

FINISH, FACT, EXCUSES = "finish", "fact", "excuses"


class Recorder(Protocol):
    """Keeps each answer before the next thing is asked."""

    def fact(self, name: str, value: Value | None, how: How) -> None:
        """Keep the answer to a question; None forgets it."""

    def statuses(self, given: dict[str, Status]) -> None:
        """Keep the statuses of items, by full id."""


class _Done(NamedTuple):
    """A stop on the way that can be gone back to."""

    kind: str
    names: tuple[str, ...]


class Interview:
    """One run of questions.

    Args:
        pack: what to ask and which items there are.
        prompter: the way of asking.
        answers: what is known already; it is completed in place and not asked again.
        today: the day the trip is judged for.
        recorder: keeps every answer as it is given; None keeps nothing.
    """

    def __init__(
        self,
        pack: Pack,
        prompter: Prompter,
        answers: Answers,
        today: datetime.date,
        recorder: Recorder | None = None,
    ) -> None:
        self.pack = pack
        self.prompter = prompter
        self.answers = answers
        self.today = today
        self.recorder = recorder
        self.asked = set(answers.facts)
        # What is settled is not asked again; what is open is.
        self.shown = {name for name, status in answers.statuses.items() if not status.is_open}
        # The items for which it was asked whether they do not apply or cannot be agreed to.
        self.considered: set[str] = set()
        self.way: list[_Done] = []

    def run(self) -> None:
        """Ask until the traveller says that all is right.

        Raises:
            Stopped: the traveller wants to stop; all that was answered is recorded.
        """
        while True:
            facts = self._facts()
            question = next((q for q in facts.open_questions() if q.id not in self.asked), None)
            if question is not None:
                self._ask_fact(question.id)
                continue
            judged = self._judged(facts)
            unseen = self._unseen(judged)
            if unseen is not None:
                self._ask_section(unseen, judged, facts)
                continue
            remaining = [one for one in judged if self._status(one).status == "todo"]
            if any(one.id not in self.considered for one in remaining):
                self._ask_excuses(remaining)
                continue
            if self._summary(judged, facts):
                return

    # One thing at a time

    def _ask_fact(self, name: str) -> None:
        answer = questions.ask(self.prompter, self.pack.questions[name], self._facts())
        if isinstance(answer, Move):
            self._back()
            return
        self._keep_fact(name, answer)
        question = self.pack.questions[name]
        said = "left open" if answer is None else values.show(question.fact, answer)
        self.prompter.acknowledge(self._facts().fill_or_mark(question.ask), said)
        self.asked.add(name)
        self._went(_Done("fact", (name,)))

    def _keep_fact(self, name: str, value: Value | None) -> None:
        if value is None:
            self.answers.facts.pop(name, None)
            self.answers.how.pop(name, None)
        else:
            self.answers.facts[name] = value
            self.answers.how[name] = "terminal"
        if self.recorder is not None:
            self.recorder.fact(name, value, "terminal")

    def _ask_section(
        self,
        section: SelectedSection,
        judged: list[Selected],
        facts: Facts,
        *,
        again: bool = False,
    ) -> None:
        """Ask for the items of a section that are open, or, to change answers, for all of it."""
        items = [one for one in section.items if again or one.id not in self.shown]
        everything = sections(judged)
        number = [one.id for one in everything].index(section.id) + 1
        place = f"{number} of {len(everything)}"
        self.prompter.tell(texts.section(section, items, place, facts, self.answers.statuses))
        undertaking = all(one.phase == "away" for one in items)
        message = "Which of these do you agree to?" if undertaking else "Which are done?"
        answer = self.prompter.ticks(
            TicksPrompt(
                message=message,
                options={one.id: f"{one.label} ({one.item.level})" for one in items},
                ticked=tuple(one.id for one in items if self._status(one).status == "done"),
                why="Each item comes from the guidance that is named with it.",
                whys={one.id: self._source(one) for one in items},
            )
        )
        if isinstance(answer, Move):
            self._back()
            return
        given = {one.id: self._after_ticks(one, one.id in answer) for one in items}
        self._keep_statuses(given)
        ticked = [one.label for one in items if one.id in answer]
        self.prompter.acknowledge(message, texts.ticked(ticked))
        self.shown.update(given)
        self._went(_Done("section", tuple(given)))

    def _after_ticks(self, one: Selected, ticked: bool) -> Status:
        present = self._status(one)
        if ticked:
            done = present.status == "done"
            return present if done else Status("done", note=present.note, how="terminal")
        # Not ticking an item that was excused before leaves the excuse as it is.
        if present.status in ("not-applicable", "declined"):
            return present
        return Status("todo", note=present.note, how="terminal")

    def _ask_excuses(self, remaining: list[Selected]) -> None:
        message = "Which of these do not apply to you, or can you not agree to?"
        answer = self.prompter.ticks(
            TicksPrompt(
                message=message,
                options={one.id: f"{one.label} ({one.item.level})" for one in remaining},
                hint="The others stay on your list as still to do. You are asked for a reason.",
                why="Your line manager sees the reason. A must that is left out counts as waived.",
                whys={one.id: self._source(one) for one in remaining},
            )
        )
        if isinstance(answer, Move):
            self._back()
            return
        chosen = [one.label for one in remaining if one.id in answer]
        self.prompter.acknowledge(message, texts.ticked(chosen))
        for one in remaining:
            if one.id in answer:
                status = self._ask_excuse(one)
                if isinstance(status, Move):
                    return
                self._keep_statuses({one.id: status})
                said = f"{word(status.status, one.phase)}: {status.reason}"
                self.prompter.acknowledge(f"{one.label}:", said)
        names = tuple(one.id for one in remaining)
        self.considered.update(names)
        self._went(_Done(EXCUSES, names))

    def _ask_excuse(self, one: Selected) -> Status | Move:
        options = {
            "not-applicable": "It does not apply to this trip",
            "declined": "I cannot do it or agree to it",
        }
        kind = self.prompter.choice(
            ChoicePrompt(message=f"{one.label}:", options=options, why=self._source(one))
        )
        if isinstance(kind, Move):
            return kind
        reason = self.prompter.text(
            TextPrompt(
                message=f"{options[kind]}. What is the reason?",
                check=_check_reason,
                why="Your line manager reads it in the report.",
            )
        )
        if isinstance(reason, Move):
            return reason
        status: StatusWord = "declined" if kind == "declined" else "not-applicable"
        return Status(status, reason=reason, note=self._status(one).note, how="terminal")

    # The summary, and changing what was said

    def _summary(self, judged: list[Selected], facts: Facts) -> bool:
        """Show where the trip stands; return whether the traveller is content with it."""
        self.prompter.tell(texts.summary(judged, self.answers.statuses))
        options = {FINISH: "All is right: make the report", FACT: "Change an answer about the trip"}
        for section in sections(judged):
            ticked = sum(self._status(one).status == "done" for one in section.items)
            options[section.id] = f"Change: {section.title} ({ticked} of {len(section.items)})"
        excusable = [
            one
            for one in judged
            if self._status(one).status in ("todo", "not-applicable", "declined")
        ]
        if excusable:
            options[EXCUSES] = "Change what does not apply or is declined"
        answer = self.prompter.choice(
            ChoicePrompt(
                message="Is this right?",
                options=options,
                initial=FINISH,
                why="The report is made from these answers. You can still change each of them.",
            )
        )
        if isinstance(answer, Move):
            self._back()
            return False
        self.prompter.acknowledge("Is this right?", options[answer])
        if answer == FINISH:
            return True
        if answer == FACT:
            self._change_fact(facts)
        elif answer == EXCUSES:
            self._change_excuses(excusable)
        else:
            section = next(one for one in sections(judged) if one.id == answer)
            self._ask_section(section, judged, facts, again=True)
        return False

    def _change_fact(self, facts: Facts) -> None:
        options = {}
        for name, question in self.pack.questions.items():
            if facts.applies(question) is not False:
                value = self.answers.facts.get(name)
                said = "left open" if value is None else values.show(question.fact, value)
                options[name] = f"{facts.fill_or_mark(question.ask)} {said}"
        chosen = self.prompter.choice(
            ChoicePrompt(message="Which answer do you want to change?", options=options)
        )
        if not isinstance(chosen, Move):
            self._ask_fact(chosen)

    def _change_excuses(self, excusable: list[Selected]) -> None:
        """Take back every excuse that is not given again."""
        self._keep_statuses(
            {
                one.id: Status("todo", note=self._status(one).note, how="terminal")
                for one in excusable
            }
        )
        self._ask_excuses(excusable)

    # Back

    def _went(self, done: _Done) -> None:
        if not self.way or self.way[-1] != done:
            self.way.append(done)

    def _back(self) -> None:
        """Undo having passed the last stop, so that it is asked again with its answer offered."""
        if not self.way:
            self.prompter.tell([Paragraph("This is the beginning: there is nothing before it.")])
            return
        last = self.way.pop()
        if last.kind == "fact":
            name = last.names[0]
            self.asked.discard(name)
            self._ask_fact(name)
        elif last.kind == "section":
            self.shown.difference_update(last.names)
        else:
            self.considered.difference_update(last.names)

    # What is known, and texts

    def _facts(self) -> Facts:
        return Facts(self.pack, self.answers.facts, self.today)

    def _judged(self, facts: Facts) -> list[Selected]:
        return [one for one in select(self.pack, facts) if one.phase != "back"]

    def _unseen(self, judged: list[Selected]) -> SelectedSection | None:
        for section in sections(judged):
            if any(one.id not in self.shown for one in section.items):
                return section
        return None

    def _status(self, one: Selected) -> Status:
        return self.answers.statuses.get(one.id, UNANSWERED)

    def _keep_statuses(self, given: dict[str, Status]) -> None:
        self.answers.statuses |= given
        if self.recorder is not None:
            self.recorder.statuses(given)

    def _source(self, one: Selected) -> str:
        return texts.source(one, self.pack)


def _check_reason(text: str) -> str | None:
    if not text:
        return "a reason is needed; b goes back"
    if len(text) > MAX_REASON:
        return f"{len(text)} characters, at most {MAX_REASON} are kept"
    return None
