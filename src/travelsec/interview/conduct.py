"""Lead a traveller through the questions and the items, and back to any of them."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from travelsec import values
from travelsec.document import Block, Entry, Heading, Paragraph
from travelsec.interview import questions
from travelsec.interview.prompter import ChoicePrompt, Move, Prompter, TextPrompt, TicksPrompt
from travelsec.pack.model import Pack
from travelsec.trip.answers import Answers
from travelsec.trip.facts import Facts
from travelsec.trip.readiness import assess
from travelsec.trip.selection import Selected, SelectedSection, sections, select, steps
from travelsec.trip.statuses import MAX_REASON, UNANSWERED, Status, StatusWord, word
from travelsec.values import Value

FINISH, FACT, EXCUSES = "finish", "fact", "excuses"


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
    """

    def __init__(
        self,
        pack: Pack,
        prompter: Prompter,
        answers: Answers,
        today: datetime.date,
    ) -> None:
        self.pack = pack
        self.prompter = prompter
        self.answers = answers
        self.today = today
        self.asked = set(answers.facts)
        self.shown = {
            name for name, status in answers.statuses.items() if status.status != "unanswered"
        }
        # The items for which it was asked whether they do not apply or cannot be agreed to.
        self.considered: set[str] = set()
        self.way: list[_Done] = []

    def run(self) -> None:
        """Ask until the traveller says that all is right.

        Raises:
            Stopped: the traveller wants to stop.
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
        self.asked.add(name)
        self._went(_Done("fact", (name,)))

    def _keep_fact(self, name: str, value: Value | None) -> None:
        if value is None:
            self.answers.facts.pop(name, None)
            self.answers.how.pop(name, None)
        else:
            self.answers.facts[name] = value
            self.answers.how[name] = "terminal"

    def _ask_section(self, section: SelectedSection, judged: list[Selected], facts: Facts) -> None:
        everything = sections(judged)
        number = [one.id for one in everything].index(section.id) + 1
        self.prompter.tell(self._section_text(section, f"{number} of {len(everything)}", facts))
        ticked = tuple(one.id for one in section.items if self._status(one).status == "done")
        undertaking = all(one.phase == "away" for one in section.items)
        answer = self.prompter.ticks(
            TicksPrompt(
                message="Which of these do you agree to?" if undertaking else "Which are done?",
                options={one.id: f"{one.label} ({one.item.level})" for one in section.items},
                ticked=ticked,
                why="Each item comes from the guidance that is named with it.",
                whys={one.id: self._source(one) for one in section.items},
            )
        )
        if isinstance(answer, Move):
            self._back()
            return
        given = {one.id: self._after_ticks(one, one.id in answer) for one in section.items}
        self._keep_statuses(given)
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
        answer = self.prompter.ticks(
            TicksPrompt(
                message="Which of these do not apply to you, or can you not agree to?",
                options={one.id: f"{one.label} ({one.item.level})" for one in remaining},
                hint="The others stay on your list as still to do. You are asked for a reason.",
                why="Your line manager sees the reason. A must that is left out counts as waived.",
                whys={one.id: self._source(one) for one in remaining},
            )
        )
        if isinstance(answer, Move):
            self._back()
            return
        for one in remaining:
            if one.id in answer:
                status = self._ask_excuse(one)
                if isinstance(status, Move):
                    return
                self._keep_statuses({one.id: status})
        names = tuple(one.id for one in remaining)
        self.considered.update(names)
        self._went(_Done(EXCUSES, names))

    def _ask_excuse(self, one: Selected) -> Status | Move:
        kind = self.prompter.choice(
            ChoicePrompt(
                message=f"{one.label}:",
                options={
                    "not-applicable": "It does not apply to this trip",
                    "declined": "I cannot do it or agree to it",
                },
                why=self._source(one),
            )
        )
        if isinstance(kind, Move):
            return kind
        reason = self.prompter.text(
            TextPrompt(
                message="What is the reason?",
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
        self.prompter.tell(self._summary_text(judged))
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
        if answer == FINISH:
            return True
        if isinstance(answer, Move):
            self._back()
        elif answer == FACT:
            self._change_fact(facts)
        elif answer == EXCUSES:
            self._change_excuses(excusable)
        else:
            section = next(one for one in sections(judged) if one.id == answer)
            self._ask_section(section, judged, facts)
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

    def _section_text(self, section: SelectedSection, number: str, facts: Facts) -> Iterator[Block]:
        yield Heading(2, f"Section {number}: {section.title}")
        for one in section.items:
            body = [one.why] if one.why else []
            situation = self.pack.situations.get(one.item.situation)
            if situation is not None:
                body += [
                    f"{index}. {facts.fill_or_mark(step.do)}"
                    for index, step in enumerate(steps(situation, facts), 1)
                ]
            if one.due is not None and one.phase == "before":
                late = one.due < self.today
                when = "now" if late else f"by {values.show_date(one.due)}"
                body.append(f"Suggested: {when}.")
            status = self._status(one)
            if status.status != "unanswered":
                reason = f": {status.reason}" if status.reason else ""
                body.append(f"So far: {word(status.status, one.phase)}{reason}.")
            level = one.item.level.upper()
            yield Entry(None, f"{level}: {one.do}", "strong", tuple(body))

    def _summary_text(self, judged: list[Selected]) -> Iterable[Block]:
        judgement = assess((one.id, one.item.level, self._status(one)) for one in judged)
        counts = judgement.counts
        yield Heading(2, "Summary")
        yield Paragraph(
            f"{len(judged)} items apply. {counts['done']} are done or agreed, "
            f"{len(judgement.open)} are open, {counts['open-must']} of them a must. "
            f"{counts['not-applicable']} do not apply, {counts['declined']} are declined."
        )

    def _source(self, one: Selected) -> str:
        places = []
        for path in one.item.cites:
            page_id, _, rest = path.partition("/")
            page = self.pack.guidance[page_id]
            title = next((s.title for s in page.sections if s.id == rest.split("/")[0]), "")
            place = f"{page.title}, “{title}”" if title else page.title
            if place not in places:
                places.append(place)
        return f"{one.do} {one.why}\nSource: {values.join_words(places)}."


def _check_reason(text: str) -> str | None:
    if not text:
        return "a reason is needed; b goes back"
    if len(text) > MAX_REASON:
        return f"{len(text)} characters, at most {MAX_REASON} are kept"
    return None
